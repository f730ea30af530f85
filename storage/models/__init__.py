"""Every table, one module a concern."""

from storage.models.accounts import (
    Account,
    AccountDate,
    AccountDateSource,
    AccountSpelling,
    Acquaintance,
    MarketNote,
    MarketNoteTag,
    MarketTag,
    MarketTagSpelling,
    Transition,
)
from storage.models.appointments import Appointment, Preparation
from storage.models.base import Base
from storage.models.binder import CalendarAddress, Export, Handover
from storage.models.contacts import Interaction, Note
from storage.models.delivery import Delivery, PostedMessage, Schedule
from storage.models.field_days import FieldDay, StandingFocus, Visit
from storage.models.meetings import AgendaItem, Carried, Meeting, Swap, TeamPromise
from storage.models.promises import Cleared, Promise
from storage.models.results import (
    Director,
    Metric,
    PeriodWords,
    Reading,
    Result,
    SaveItAnswer,
    SaveItPlan,
    SaveItStep,
)
from storage.models.sessions import Draft, Plan, Session, SessionTopic, Sharing, Topic, TopicSet
from storage.models.team import (
    LaidStep,
    Membership,
    MembershipQuestion,
    Move,
    Person,
    RampStep,
    Team,
    TickedPromise,
    TimeOff,
)
from storage.models.todo import IssueAnswer, IssueOfTheDay, Slot, TodoList
from storage.models.workspaces import Audit, Erased, Submission, Workspace

__all__ = [
    "Account",
    "AccountDate",
    "AccountDateSource",
    "AccountSpelling",
    "Acquaintance",
    "AgendaItem",
    "Appointment",
    "Audit",
    "Base",
    "CalendarAddress",
    "Carried",
    "Cleared",
    "Delivery",
    "Director",
    "Draft",
    "Erased",
    "Export",
    "FieldDay",
    "Handover",
    "Interaction",
    "IssueAnswer",
    "IssueOfTheDay",
    "LaidStep",
    "MarketNote",
    "MarketNoteTag",
    "MarketTag",
    "MarketTagSpelling",
    "Meeting",
    "Membership",
    "MembershipQuestion",
    "Metric",
    "Move",
    "Note",
    "PeriodWords",
    "Person",
    "Plan",
    "PostedMessage",
    "Preparation",
    "Promise",
    "RampStep",
    "Reading",
    "Result",
    "SaveItAnswer",
    "SaveItPlan",
    "SaveItStep",
    "Schedule",
    "Session",
    "SessionTopic",
    "Sharing",
    "Slot",
    "StandingFocus",
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
