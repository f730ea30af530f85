"""Since when a rep is with their manager, and with whom before."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.binder.handover import Handover, HandoverState, Received, received_of
from bot.domain.team.memberships import RepMove
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team
from tests.domain.test_transitions import DANA, LENA, RAJ, TOM

JAN, MAY, SEP = date(2026, 1, 5), date(2026, 5, 4), date(2026, 9, 7)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


OWN = Team(7, TOM, TeamSettings(), led_since=at(MAY))
OTHER = Team(8, LENA, TeamSettings(), led_since=at(SEP))
TEAMS = {8: OTHER}
THERE = Membership(1, 7, RAJ, JAN, None, "", True, {})
CAME = replace(THERE, joined_on=SEP)
MOVE = RepMove(1, RAJ, 8, 7, SEP, carried=True)
TO_TOM = Handover(
    1, 7, None, DANA, TOM, "", HandoverState.TAKEN, offered_at=at(MAY), settled_at=at(MAY)
)
TO_LENA = replace(TO_TOM, id=2, team_id=8, receiver=LENA, settled_at=at(date(2026, 10, 5)))
DAY_BEFORE = replace(TO_LENA, settled_at=at(date(2026, 9, 1)))


@pytest.mark.parametrize(
    ("membership", "moves", "passes", "expected"),
    [
        (THERE, (), (TO_TOM,), Received(MAY, "Dana Moss")),
        (CAME, (), (TO_TOM,), None),
        (THERE, (), (), None),
        (CAME, (MOVE,), (TO_TOM,), Received(SEP, "Lena Fox")),
        (CAME, (MOVE,), (TO_LENA,), Received(SEP, "Dana Moss")),
        (CAME, (MOVE,), (DAY_BEFORE,), Received(SEP, "Lena Fox")),
        (CAME, (replace(MOVE, carried=False),), (), None),
        (THERE, (MOVE,), (), None),
        (
            replace(THERE, joined_on=date(2026, 2, 2)),
            (replace(MOVE, day=date(2026, 2, 2)),),
            (TO_TOM,),
            Received(MAY, "Dana Moss"),
        ),
    ],
    ids=[
        "the team passed",
        "who came after it passed",
        "nothing happened",
        "moved",
        "moved, and the other team passed since",
        "moved, and the other team passed before",
        "to come",
        "was there before",
        "moved, and then the team passed",
    ],
)
def test_since_when_and_from_whom(
    membership: Membership,
    moves: tuple[RepMove, ...],
    passes: tuple[Handover, ...],
    expected: Received | None,
) -> None:
    assert received_of(OWN, membership, moves, passes, TEAMS) == expected
