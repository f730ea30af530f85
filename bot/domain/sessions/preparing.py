"""Before a session: what a rep prepares, and the notes to both sides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.domain.appointments import Appointment
from bot.domain.contacts.drafts import Draft
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import Focus
from bot.domain.promises import Promise
from bot.domain.results.pace import Pace
from bot.domain.results.results import Result
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.team.teams import Team


@dataclass(frozen=True)
class PreparationForm:
    """What a rep has to prepare: the topics, what was sent by key, and what is half written down,
    where it was begun; beside them the plan and the words of the `last` session that was shared,
    and what `became` of the steps, as far as the rep may read it; and their own `results` of the
    periods that run, on that team. `today` is the date on the rep's wall."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    prepared: Mapping[str, str]
    last: Mapping[str, PastTopic]
    became: Mapping[str, tuple[Promise, ...]]
    today: date
    draft: Draft | None = None
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class SessionNote:
    """What both sides read before a session, each their part: topics with last time's words
    and what `became` of their steps, open promises, the focus of the last field day, contacts
    since, what the rep prepared, and for the manager how the results of the rep stand (`paces`)."""

    appointment: Appointment
    team: Team
    topics: tuple[Topic, ...]
    last: Mapping[str, PastTopic]
    promises: tuple[Promise, ...]
    focus: Focus | None
    contacts: tuple[Interaction, ...]
    prepared: Mapping[str, str]
    today: date
    became: Mapping[str, tuple[Promise, ...]] = field(default_factory=dict)
    paces: tuple[Pace, ...] = ()

    @property
    def other_promises(self) -> tuple[Promise, ...]:
        """The open ones that are no step of a topic that is on."""
        keys = {topic.key for topic in self.topics}
        shown = {one.id for key, steps in self.became.items() if key in keys for one in steps}
        return tuple(one for one in self.promises if one.id not in shown)
