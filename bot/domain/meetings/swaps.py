"""A turn to lead **One skill** that somebody else is asked to take."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.meetings.meetings import Meeting
from bot.domain.workspaces.people import Person


class SwapState(StrEnum):
    """What the one who is asked says."""

    ASKED = "asked"
    TAKEN = "taken"
    DECLINED = "declined"
    ENDED = "ended"
    """Somebody else was asked after all."""


@dataclass(frozen=True)
class Swap:
    """`asked` is asked by `asked_by` to take the turn of `holder` in a meeting, as that was planned
    then: on `day`, `at`. `holder` None: nobody had the turn. It can be taken until `until`."""

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
