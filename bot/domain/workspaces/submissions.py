"""What a form made: the same form sent again says it anew, and makes nothing twice."""

from dataclasses import dataclass
from enum import StrEnum


class Made(StrEnum):
    """What a form, or a button, makes."""

    CONTACT = "contact"
    PRIVATE_NOTE = "private_note"
    PROMISE = "promise"
    TEAM_PROMISE = "team_promise"
    ITEM = "item"
    OUTCOME = "outcome"
    OBJECTION = "objection"
    TOPIC = "topic"
    RAMP_STEP = "ramp_step"
    SECTION = "section"
    ISSUE = "issue"
    ISSUE_ANSWER = "issue_answer"
    APPOINTMENT = "appointment"
    TRANSITION = "transition"
    TIME_OFF = "time_off"
    SAVE_IT_PLAN = "save_it_plan"
    BALANCE_SEEN = "balance_seen"
    """That a manager has read the quiet line of a month."""
    ACCOUNT_DATE = "account_date"
    HANDOVER = "handover"
    CALENDAR_ADDRESS = "calendar_address"
    CLEARED = "cleared"
    """That a manager put aside what a month could be told of."""
    EXPORT = "export"


@dataclass(frozen=True)
class Submission:
    """A form as its author sent it to a team before: the ids of what it made, none where it is
    sent for the first time; and the words it put among those of other forms."""

    id: int
    made: tuple[str, ...] = ()
    said: str = ""

    @property
    def is_new(self) -> bool:
        return not self.made

    @property
    def one(self) -> int:
        """The row it made; 0 where it is new."""
        return int(self.made[0]) if self.made else 0


def said_again(whole: str, before: str, words: str, between: str) -> str:
    """Passages with `between` them, where a form that said `before` says `words` now: in its
    place, else at the end. No words at all are no passage."""
    framed, passage = f"{between}{whole}{between}", f"{between}{before}{between}"
    at = framed.rfind(passage) if before else -1
    if at < 0:
        return between.join(filter(None, (whole, words)))
    rest = framed[:at], framed[at + len(passage) :]
    parts = rest[0].removeprefix(between), words, rest[1].removesuffix(between)
    return between.join(filter(None, parts))
