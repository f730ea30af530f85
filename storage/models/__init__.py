"""Every table, one module a concern."""

from storage.models.audit import Audit
from storage.models.base import Base
from storage.models.interactions import Interaction, Note
from storage.models.messages import PostedMessage, Schedule
from storage.models.people import Person, Workspace
from storage.models.promises import Promise
from storage.models.teams import Membership, Team, TimeOff

__all__ = [
    "Audit",
    "Base",
    "Interaction",
    "Membership",
    "Note",
    "Person",
    "PostedMessage",
    "Promise",
    "Schedule",
    "Team",
    "TimeOff",
    "Workspace",
]
