"""A team with thousands of open items is as quick as one with some: nobody is looked for in all of
them when a meeting ends, and Home reads how many there are."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.meetings.meetings import Dropped
from bot.domain.team.settings import WINS
from bot.domain.workspaces.people import Actor
from bot.services import home
from bot.services.meetings import meetings
from storage.database.engine import Database
from storage.meetings import agenda
from storage.meetings import meetings as stored
from storage.models import AgendaItem, Carried
from tests.services.company import LASTS, STARTS, Company, company
from tests.services.counting import PATIENCE, calls, counting
from tests.services.monday import MON, WEEK, at
from tests.storage.own_rows import select_own

FEW, MANY = 30, 3_000
BEGINS = at(MON, STARTS.hour)
OVER = BEGINS + LASTS


def open_items(here: Company, count: int) -> None:
    rows = [
        {
            "team_id": here.teams[0].id,
            "author_id": here.teams[0].manager.id,
            "text": f"price list {number}",
            "section": "ahead",
            "place": number,
            "approved": True,
            "added_on": MON - WEEK,
            "outcome": "",
        }
        for number in range(count)
    ]
    with here.database.writing(here.workspace_id, patience=PATIENCE) as tx:
        tx.insert_all(AgendaItem, rows)


def a_meeting_is_over(here: Company) -> None:
    with here.database.writing(here.workspace_id, patience=PATIENCE) as tx:
        meetings.roll_over(tx, here.team_ids, OVER)


def home_is_opened(here: Company) -> None:
    home.home(here.database, Actor(here.workspace_id, "M000"), BEGINS)


@pytest.mark.slow
@pytest.mark.parametrize("step", [home_is_opened, a_meeting_is_over])
def test_thousands_of_open_items_cost_no_more_than_some(
    one_database: Database, step: Callable[[Company], None]
) -> None:
    costs = []
    for count in (FEW, MANY):
        here = company(one_database, f"{step.__name__}{count}", count=1, reps=2, weeks=2)
        open_items(here, count)
        with counting(one_database) as counted:
            taken = calls(lambda here=here: step(here))  # type: ignore[misc]
        costs.append((counted.cost.statements, counted.cost.rows, taken))
    some, thousands = costs
    assert thousands[:2] == some[:2]
    assert thousands[2] < some[2] * 1.2


def test_what_was_to_be_seen_on_an_agenda_and_is_open_is_carried_on(one_database: Database) -> None:
    here = company(one_database, "CARRIED", count=1, reps=2, weeks=1)
    (team,), (meeting_id,) = here.teams, here.meetings
    own = {
        "team_id": team.id,
        "author_id": team.manager.id,
        "added_on": MON - WEEK,
        "approved": True,
    }
    with one_database.writing(here.workspace_id) as tx:
        meeting = stored.get_many(tx, [meeting_id])[meeting_id]
        before = {row.item_id for row in tx.all(select_own(Carried, Carried.item_id))}
        made = {
            "carried": agenda.add(tx, **own, text="prices"),
            "waits": agenda.add(tx, **{**own, "approved": False}, text="lunch"),
            "names": agenda.add(tx, **own, text="ask him", named="U000X000"),
            "a win": agenda.add(tx, **own, text="he did it", section=WINS, named="U000X000"),
            "later": agenda.add(tx, **{**own, "added_on": MON + WEEK}, text="next"),
            "dropped": agenda.add(tx, **own, text="no more", dropped_at=BEGINS),
            "done": agenda.add(tx, **own, text="over", done_in=meeting_id),
            "a rep's": agenda.add(tx, **own, text="theirs", rep_id=team.manager.id),
        }
        assert meeting_id in stored.carry_open(tx, {meeting_id: meeting.has_wins})
        rows = tx.all(select_own(Carried, Carried.item_id).where(Carried.meeting_id == meeting_id))
        carried = {row.item_id for row in rows} - before
        names = {name for name, item in made.items() if item in carried}
        assert names == {"carried", "a win"}
        # Once more is once.
        stored.carry_open(tx, {meeting_id: meeting.has_wins})
        again = tx.all(select_own(Carried, Carried.item_id).where(Carried.meeting_id == meeting_id))
        assert len(again) == len(rows)
        stored.carry_none(tx, meeting_id)
        stored.carry_open(tx, {meeting_id: False})
        rows = tx.all(select_own(Carried, Carried.item_id).where(Carried.meeting_id == meeting_id))
        assert made["a win"] not in {row.item_id for row in rows}
        assert not replace(meeting, sections=meeting.sections[1:]).has_wins
        assert replace(meeting, dropped=Dropped.SKIPPED).is_past
