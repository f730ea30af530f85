"""A turn to lead **One skill** that somebody else is asked to take, or to show something in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.meetings.meetings import Meeting
from bot.domain.workspaces.people import Person


class SwapKind(StrEnum):
    """What somebody is asked: to take the turn; whether they would like to see something shown by a
    teammate; to show it, which the other said yes to."""

    TAKE = "take"
    LEARN = "learn"
    SHOW = "show"


class SwapState(StrEnum):
    """What the one who is asked says."""

    ASKED = "asked"
    TAKEN = "taken"
    DECLINED = "declined"
    ENDED = "ended"
    """Somebody else was asked after all, or it does not fit any more."""
    PUT_OFF = "put_off"
    """Of a pair that was proposed to the manager: not for this meeting, so that nobody was asked.
    """


@dataclass(frozen=True)
class Swap:
    """`asked` is asked by `asked_by` to take the turn of `holder` in a meeting, as that was planned
    then: on `day`, `at`. `holder` None: nobody had the turn. It can be taken until `until`.

    Of a pair `other` is the other one, `skill` what is shown, in words for the team; `strength` and
    `focus` are the ids of the field days that it was found in, None once those are deleted."""

    id: int
    team_id: int
    meeting_id: int
    holder: Person | None
    asked: Person
    asked_by: Person
    day: date
    at: time
    until: datetime
    state: SwapState
    kind: SwapKind = SwapKind.TAKE
    other: Person | None = None
    skill: str = ""
    strength: int | None = None
    focus: int | None = None

    @property
    def learner(self) -> Person | None:
        """Of a pair who would see it; None for a swap."""
        return self.asked if self.kind is SwapKind.LEARN else self.other

    @property
    def shower(self) -> Person:
        """Who would lead."""
        of_learner = self.kind is SwapKind.LEARN and self.other is not None
        return self.other if of_learner and self.other else self.asked

    def is_open(self, meeting: Meeting, now: datetime) -> bool:
        """Whether it can be taken still: nobody answered, the meeting is when it was then, and the
        turn is whose it was."""
        return (
            self.state is SwapState.ASKED
            and now < self.until
            and meeting.dropped is None
            and meeting.closed_at is None
            and (meeting.day, meeting.at) == (self.day, self.at)
            and (meeting.leader and meeting.leader.id) == (self.holder and self.holder.id)
        )
