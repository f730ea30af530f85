"""Every table, one module a concern."""

from storage.models.accounts import Account, AccountSpelling, Acquaintance, Transition
from storage.models.appointments import Appointment, Preparation
from storage.models.base import Base
from storage.models.contacts import Interaction, Note
from storage.models.delivery import Delivery, PostedMessage, Schedule
from storage.models.field_days import FieldDay, Visit
from storage.models.meetings import AgendaItem, Carried, Meeting, Swap, TeamPromise
from storage.models.promises import Promise
from storage.models.results import Director, Metric, Reading, Result, SaveItPlan, SaveItStep
from storage.models.sessions import Draft, Plan, Session, SessionTopic, Sharing, Topic, TopicSet
from storage.models.team import (
    LaidStep,
    Membership,
    MembershipQuestion,
    Person,
    RampStep,
    Team,
    TickedPromise,
    TimeOff,
)
from storage.models.todo import IssueOfTheDay, Slot, TodoList
from storage.models.workspaces import Audit, Submission, Workspace

__all__ = [
    "Account",
    "AccountSpelling",
    "Acquaintance",
    "AgendaItem",
    "Appointment",
    "Audit",
    "Base",
    "Carried",
    "Delivery",
    "Director",
    "Draft",
    "FieldDay",
    "Interaction",
    "IssueOfTheDay",
    "LaidStep",
    "Meeting",
    "Membership",
    "MembershipQuestion",
    "Metric",
    "Note",
    "Person",
    "Plan",
    "PostedMessage",
    "Preparation",
    "Promise",
    "RampStep",
    "Reading",
    "Result",
    "SaveItPlan",
    "SaveItStep",
    "Schedule",
    "Session",
    "SessionTopic",
    "Sharing",
    "Slot",
    "Submission",
    "Swap",
    "Team",
    "TeamPromise",
    "TickedPromise",
    "TimeOff",
    "TodoList",
    "Topic",
    "TopicSet",
    "Transition",
    "Visit",
    "Workspace",
]
