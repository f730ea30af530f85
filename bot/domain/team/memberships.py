"""Whose rep somebody is: a second team is asked of the first manager, and a rep can say that
somebody is not their manager."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person


class QuestionState(StrEnum):
    """How a question about a membership stands, by the name it has in the database."""

    ASKED = "asked"
    """The first manager is asked whether a rep may be on a second team."""
    FINE = "fine"
    NOT_SO = "not_so"
    LEFT = "left"
    """The rep said **Not my manager** before anything was kept, and is off the team."""
    DISPUTED = "disputed"
    """The rep said so later, and the manager is asked."""
    KEPT = "kept"
    """The manager let the rep stay on the team."""
    TAKEN_OFF = "taken_off"
    """The manager took the rep off the team."""
    OVER = "over"
    """The team was joined with another before anybody answered."""

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer."""
        return self in (QuestionState.ASKED, QuestionState.DISPUTED)


@dataclass(frozen=True)
class MembershipQuestion:
    """A question about a rep's membership on a team: there is one at the most of each.

    `first_team_id` is the team whose manager is asked about a second one.
    """

    id: int
    team_id: int
    rep: Person
    first_team_id: int | None
    state: QuestionState
    changed_at: datetime

    @property
    def asked_of(self) -> int | None:
        """The team whose manager is asked, or was."""
        return self.team_id if self.first_team_id is None else self.first_team_id

    def stands_for(self, seat: Membership, zone: ZoneInfo) -> bool:
        """Whether **Not so** is the answer still, where the rep's place on the first team is that
        one: it is for as long as the rep stays there, in the zone that team goes by."""
        return (
            self.state is QuestionState.NOT_SO
            and self.first_team_id == seat.team_id
            and seat.joined_on <= local_date(self.changed_at, zone)
        )


@dataclass(frozen=True)
class QuestionView:
    """A question with the team it is about, and the team whose manager was asked about a second.
    `lapsed`: the rep has left that team since, so that there is nothing to answer."""

    question: MembershipQuestion
    team: Team
    first_team: Team | None
    lapsed: bool = False

    @property
    def rep(self) -> Person:
        return self.question.rep

    @property
    def state(self) -> QuestionState:
        return self.question.state

    @property
    def first_manager(self) -> Person:
        """Who is asked, or was, about a second team; the team's own manager elsewhere."""
        return self.first_team.manager if self.first_team else self.team.manager

    @property
    def answerer(self) -> Person | None:
        """Who is to answer; None where nobody is any more."""
        if self.lapsed:
            return None
        if self.state is QuestionState.ASKED:
            return self.first_manager
        return self.team.manager if self.state is QuestionState.DISPUTED else None

    @property
    def told(self) -> Person | None:
        """Who is told what came of it: whoever asked."""
        match self.state:
            case QuestionState.FINE | QuestionState.NOT_SO | QuestionState.LEFT:
                return self.team.manager
            case QuestionState.KEPT | QuestionState.TAKEN_OFF:
                return self.rep
        return None


@dataclass(frozen=True)
class RepMove:
    """That a rep moves from one team to another on a day; `carried`: what goes along did."""

    id: int
    rep: Person
    from_id: int
    to_id: int
    day: date
    carried: bool
