"""Meetings that a changed series does not have any more."""

from datetime import time

from bot.domain.meetings.entries import TeamItemEntry
from bot.domain.meetings.meetings import Dropped
from bot.services.meetings import agenda, notes
from bot.services.team import setup
from storage.meetings import meetings as stored
from tests.services.monday import DANA, MON, Office, at

NOW = at(MON, 7)


def test_what_was_ticked_in_a_meeting_before_it_began_outlives_a_change_of_the_series(
    office: Office,
) -> None:
    changes: dict[str, object] = {"meeting_days": (2,), "meeting_time": time(9)}
    office.asks(setup.change_settings, DANA, changes, NOW)
    with office.database.reading(office.workspace_id) as tx:
        first, *_ = stored.to_come(tx, [office.team_id(DANA)])
    form = "form-of-a-ticked-item"
    added = office.asks(agenda.add, DANA, TeamItemEntry("price list"), first.id, None, form, NOW)
    office.asks(notes.tick, DANA, first.id, added.item.id, NOW)
    office.asks(setup.change_settings, DANA, {"meeting_days": (3,)}, NOW)
    with office.database.reading(office.workspace_id) as tx:
        known = stored.get_many(tx, [first.id])
    assert known[first.id].dropped is Dropped.SKIPPED
    assert known[first.id].ticked
