"""What reps said to an issue of the day, as their manager noted it; and its round-up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.meetings.agenda import ITEM_LIMIT
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person

ANSWER_LIMIT = 150
"""Characters of what a rep said: one line, which a box to tick shows whole."""

OFFERED_FOR = timedelta(days=28)
"""After its last day an issue's round-up is offered, and listed, for so long."""

SHOWN_TO_REP = timedelta(days=14)
"""What was noted of a rep's words is on their Home for so long after the issue's last day."""

JOINT = " · "
"""Between the lines of an item for the agenda."""


@dataclass(frozen=True)
class IssueAnswer:
    """What a manager noted of what `rep` said to an issue, one a rep and issue. `not_so_on` is the
    day on which the rep said that these are not their words; None where they did not."""

    id: int
    issue_id: int
    rep: Person
    text: str
    noted_on: date
    not_so_on: date | None = None


@dataclass(frozen=True)
class NotedOfYou:
    """The same for the rep, with what the issue was."""

    issue: str
    answer: IssueAnswer


@dataclass(frozen=True)
class EndedIssue:
    """An issue that is over, and of how many reps a line is kept. `seen`: its manager opened the
    round-up."""

    issue: IssueOfTheDay
    said: int
    seen: bool

    @property
    def is_worth_a_word(self) -> bool:
        """Whether it is more than one that was set and taken back before a day of it was over."""
        return self.said > 0 or self.issue.ends_on >= self.issue.starts_on


@dataclass(frozen=True)
class RoundUp:
    """The page of an issue: who said what, by name; `others` are reps of the team of whom no line
    is kept, who are not shown, since nobody knows what they would say. `on_agenda` are the words
    that were sent to the agenda and stand open there, "" for none; `form` is the one that would say
    them anew."""

    issue: IssueOfTheDay
    answers: tuple[IssueAnswer, ...]
    others: tuple[Person, ...]
    today: date
    on_agenda: str = ""
    form: str = ""

    @property
    def has_ended(self) -> bool:
        return self.issue.ends_on < self.today

    @property
    def for_agenda(self) -> tuple[IssueAnswer, ...]:
        """What may go to the agenda without a name, by its words, so that the order tells nothing
        of who said what; nothing that its rep says is not so."""
        fine = (one for one in self.answers if one.not_so_on is None)
        return tuple(sorted(fine, key=lambda one: in_order(one.text)))


@dataclass(frozen=True)
class AnswerForm:
    """What is to be noted of one rep's words, with what is kept of them, "" for nothing."""

    issue: IssueOfTheDay
    rep: Person
    text: str


@dataclass(frozen=True)
class AgendaWords:
    """The words of an item for the agenda, of some lines, and those it would say in place of, ""
    for none."""

    text: str
    before: str = ""


def item_of(issue: IssueOfTheDay, lines: Iterable[str]) -> str:
    """An item for the agenda: the issue, and what was said to it."""
    return f"{issue.text}: {JOINT.join(lines)}"


def fitting(issue: IssueOfTheDay, answers: Sequence[IssueAnswer]) -> tuple[IssueAnswer, ...]:
    """As many of those, from the first on, as one item of the agenda holds."""
    kept: list[IssueAnswer] = []
    for one in answers:
        if len(item_of(issue, [*(some.text for some in kept), one.text])) > ITEM_LIMIT:
            break
        kept.append(one)
    return tuple(kept)
