"""Before a session: what a rep prepares, and the notes to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.appointments import Appointment
from bot.domain.contacts.drafts import Draft
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import Focus
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.team.teams import Team


@dataclass(frozen=True)
class PreparationForm:
    """What a rep has to prepare: the topics, what was sent by key, and what is half written down,
    where it was begun."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    prepared: Mapping[str, str]
    draft: Draft | None = None


@dataclass(frozen=True)
class SessionNote:
    """What both sides read before a session, each their part: topics with last time's words,
    open promises, the focus of the last field day, contacts since, what the rep prepared."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    last: Mapping[str, PastTopic]
    promises: tuple[Promise, ...]
    focus: Focus | None
    contacts: tuple[Interaction, ...]
    prepared: Mapping[str, str]
    today: date
