from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.domain.contacts.touches import Channel
from storage import promises
from storage.contacts import interactions
from storage.database.engine import Database
from tests.storage.world import LATER, NOW, PRIVATE, TODAY, add_promise, add_touch, fill

YESTERDAY = TODAY - timedelta(days=1)
LAST_WEEK = TODAY - timedelta(days=7)


def test_a_private_note_is_for_its_author_alone(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for someone_else in (world.rep_id, world.new_rep_id, 0):
            assert interactions.private_note(tx, world.touch_id, someone_else) is None
            interactions.set_private_note(tx, world.touch_id, someone_else, "overwritten")
            seen = interactions.get(tx, world.touch_id, someone_else)
            assert seen is not None
            assert not seen.has_private_note
        assert interactions.private_note(tx, world.touch_id, world.manager_id) == PRIVATE
        own = interactions.get(tx, world.touch_id, world.manager_id)
        assert own is not None
        assert own.has_private_note


def test_a_private_note_can_be_changed_and_removed_by_its_author(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for note in ("new words", None):
            interactions.set_private_note(tx, world.touch_id, world.manager_id, note)
            assert interactions.private_note(tx, world.touch_id, world.manager_id) == note


def test_no_list_of_contacts_carries_a_private_note(database: Database) -> None:
    world = fill(database, "T1")
    with database.reading(world.workspace_id) as tx:
        shown = [
            interactions.get(tx, world.touch_id, world.manager_id),
            *interactions.timeline(
                tx, world.team_id, world.rep_id, world.manager_id, before=None, limit=5
            ),
            *interactions.of_team(tx, world.team_id),
            *interactions.touch_counts(tx, [world.team_id]),
        ]
    assert len(shown) == 4
    assert PRIVATE not in repr(shown)


def test_a_timeline_is_paged_without_gap_or_repeat_where_days_have_many_contacts(
    database: Database,
) -> None:
    world = fill(database, "T1")
    days = [TODAY, YESTERDAY, TODAY, LAST_WEEK, YESTERDAY, TODAY, YESTERDAY, TODAY]
    with database.writing(world.workspace_id) as tx:
        for day in days:
            add_touch(tx, world.team_id, world.rep_id, world.manager_id, day)

        def page(before: tuple[date, int] | None) -> list[tuple[date, int]]:
            found = interactions.timeline(
                tx, world.team_id, world.rep_id, world.manager_id, before=before, limit=2
            )
            return [(contact.occurred_on, contact.id) for contact in found]

        seen = page(None)
        while last := page(seen[-1]):
            seen += last
            # A contact of an older day that is logged meanwhile moves nothing on later pages.
            if len(seen) == 4:
                add_touch(tx, world.team_id, world.rep_id, world.manager_id, TODAY)
    assert len(seen) == len(days) + 1
    assert seen == sorted(set(seen), reverse=True)


def test_the_page_of_a_contact_is_found_among_the_pages_read_in_turn(database: Database) -> None:
    world = fill(database, "T1")
    whose = (world.team_id, world.rep_id)
    with database.writing(world.workspace_id) as tx:
        for day in (TODAY, YESTERDAY, YESTERDAY, YESTERDAY, LAST_WEEK, LAST_WEEK):
            add_touch(tx, *whose, world.manager_id, day)
        before, pages = None, 0
        while page := interactions.timeline(tx, *whose, world.manager_id, before=before, limit=3):
            places = [(contact.occurred_on, contact.id) for contact in page]
            for place in places:
                assert interactions.place_before_page(tx, *whose, place, 3) == before
            before, pages = places[-1], pages + 1
    assert pages == 3


@pytest.mark.parametrize("limit", [1, 2, 5, 20])
def test_the_newest_of_many_reps_are_the_first_page_of_each(database: Database, limit: int) -> None:
    world = fill(database, "T1")
    pairs = [(world.team_id, world.rep_id), (world.team_id, world.new_rep_id)]
    with database.writing(world.workspace_id) as tx:
        for day in (TODAY, YESTERDAY, YESTERDAY, YESTERDAY, LAST_WEEK):
            for _, rep in pairs:
                add_touch(tx, world.team_id, rep, world.manager_id, day, private_note=PRIVATE)
        found = interactions.newest(tx, pairs, limit)
        for pair in pairs:
            first = interactions.timeline(tx, *pair, world.manager_id, before=None, limit=limit)
            assert found[pair] == first


def test_a_timeline_is_of_one_rep_on_one_team(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        add_touch(tx, world.team_id, world.new_rep_id, world.manager_id)
        found = interactions.timeline(
            tx, world.team_id, world.rep_id, world.manager_id, before=None, limit=5
        )
    assert [contact.id for contact in found] == [world.touch_id]


def test_contacts_of_some_days_are_those_that_stand_oldest_first(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        before = add_touch(tx, world.team_id, world.rep_id, world.manager_id, LAST_WEEK)
        other = add_touch(tx, world.team_id, world.new_rep_id, world.manager_id, YESTERDAY)

        def found(since: date, until: date) -> list[int]:
            return [one.id for one in interactions.contacts(tx, [world.team_id], since, until)]

        assert found(LAST_WEEK, TODAY) == [before, other, world.touch_id]
        assert found(YESTERDAY, YESTERDAY) == [other]
        assert found(LAST_WEEK, LAST_WEEK) == [before]
        interactions.change(tx, world.touch_id, deleted_at=NOW)
        assert found(YESTERDAY, TODAY) == [other]


def test_like_touches_are_counted_together_and_deleted_ones_not(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for about in ("twice", "twice", "once"):
            add_touch(tx, world.team_id, world.rep_id, world.manager_id, about=about, channel=None)
        interactions.change(tx, world.touch_id, deleted_at=NOW)
        counts = interactions.touch_counts(tx, [world.team_id])
    whose = (world.team_id, world.rep_id, TODAY)
    assert counts == {(*whose, None, "twice"): 2, (*whose, None, "once"): 1}


def test_many_touches_at_once_are_all_there_oldest_first(database: Database) -> None:
    world = fill(database, "T1")
    days = [TODAY - timedelta(days=n) for n in range(1, 8)]
    rows = [
        {
            "team_id": world.team_id,
            "rep_id": world.rep_id,
            "author_id": world.manager_id,
            "channel": Channel.EMAIL,
            "occurred_on": day,
            "occurred_at": NOW,
            "recorded_at": NOW,
            "about": "",
        }
        for day in days
    ]
    with database.writing(world.workspace_id) as tx:
        interactions.add_all(tx, rows)
        found = interactions.of_team(tx, world.team_id)
    assert [touch.occurred_on for touch in found] == [*sorted(days), TODAY]
    assert {touch.rep.slack_id for touch in found} == {"U0REP"}


@pytest.mark.parametrize("after", [timedelta(0), timedelta(microseconds=1)])
def test_only_what_was_deleted_before_is_removed_for_good(
    database: Database, after: timedelta
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        stands = add_touch(tx, world.team_id, world.rep_id, world.manager_id)
        later = add_touch(tx, world.team_id, world.rep_id, world.manager_id, deleted_at=LATER)
        promises.change(tx, world.promise_id, interaction_id=None)
        interactions.change(tx, world.touch_id, deleted_at=NOW)
        gone = [world.touch_id] if after else []
        assert interactions.deleted_before(tx, NOW + after, 9) == gone
        interactions.remove(tx, interactions.deleted_before(tx, NOW + after, 9))
        left = set(tx.execute(text("SELECT id FROM interaction")).scalars())
    assert left == {stands, later, world.touch_id} - set(gone)


def test_a_promise_outlives_the_contact_it_was_made_in(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, world.touch_id, deleted_at=NOW)
        deleted = add_promise(
            tx, world.team_id, world.rep_id, interaction_id=world.touch_id, deleted_at=NOW
        )
        promises.purge(tx, LATER)
        interactions.remove(tx, interactions.deleted_before(tx, LATER, 9))
        assert interactions.get(tx, world.touch_id, world.manager_id) is None
        assert promises.get(tx, deleted) is None
        kept = promises.get(tx, world.promise_id)
    assert kept is not None
    assert kept.interaction_id is None
