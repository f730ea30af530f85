"""Years of a large team go in small steps, while others read and write."""

import threading
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.retention import Kind
from bot.services.contacts import touches
from bot.services.workspaces import retention
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import installs
from tests.services.history import NOW, seed
from tests.storage.world import statements

numbers = count()
MOST_STATEMENTS = 120
"""Of one step, however many years there are, and of who writes meanwhile."""


def steps_of(database: Database, workspace_id: int) -> tuple[int, int, set[Kind]]:
    """Let all that is old go; how many steps that took, the most statements of one of them, and
    what there was."""
    found = set(retention.old(database, workspace_id, 12, NOW))
    retention.keep_for(database, workspace_id, 12, NOW)
    left, steps, most = list(retention.portions(database, workspace_id)), 0, 0
    while left:
        with statements(database) as asked:
            more = retention.expire(database, workspace_id, left.pop(0), NOW)
        steps, most = steps + 1, max(most, len(asked))
        if more is not None:
            left.insert(0, more)
    return steps, most, found


@pytest.mark.both
@pytest.mark.slow
@pytest.mark.parametrize(
    ("reps", "years"),
    [(4, 3), pytest.param(60, 10, marks=pytest.mark.sweep)],  # in short by the one before it
)
def test_years_go_in_small_steps_while_others_are_answered(
    one_database: Database, reps: int, years: int
) -> None:
    database = one_database
    workspace_id = installs.ensure(database, f"TY{next(numbers)}", "Home")
    seed(database, workspace_id, "UDANA", reps=reps, weeks=52 * years)
    with database.reading(workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        rep = teams.members(tx, team.id)[-1].rep.slack_id
    actor, stop = Actor(workspace_id, "UDANA"), threading.Event()
    logged: list[int] = []
    failed: list[Exception] = []

    def work() -> None:
        while not stop.is_set() and not failed:
            try:
                touches.log_line(database, actor, f"<@{rep}> call about {len(logged)}", NOW)
            except Exception as error:
                failed.append(error)
            logged.append(1)
            stop.wait(0.05)

    busy = threading.Thread(target=work)
    busy.start()
    try:
        steps, most, found = steps_of(database, workspace_id)
    finally:
        stop.set()
        busy.join()
    assert not failed
    assert logged
    assert steps > len(Kind)
    assert most <= MOST_STATEMENTS
    assert {Kind.TOUCHES, Kind.SESSIONS, Kind.FIELD_DAYS, Kind.MEETINGS, Kind.RESULTS} <= found
    assert retention.old(database, workspace_id, 12, NOW) == {}
    assert retention.old(database, workspace_id, 12, NOW + timedelta(days=30)) != {}
