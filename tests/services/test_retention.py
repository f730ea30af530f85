"""For how long things are kept: every table and kind, and what stands now outlives its source."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain.contacts.interactions import PUT_BACK_WITHIN, InteractionKind
from bot.domain.delivery import NOTHING, MessageKind, Subject
from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Owner
from bot.domain.sessions.sessions import Session
from bot.domain.workspaces.retention import RULES, STAYS, Kind
from bot.services.workspaces import retention
from storage import appointments, field_days, promises
from storage.accounts import acquaintances
from storage.binder import handovers
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda, meetings
from storage.models import Base
from storage.sessions import plans, sessions, sharing
from storage.team import absences, teams
from storage.workspaces import audits
from tests.storage.own_rows import delete_own, update_own
from tests.storage.world import (
    NOW,
    TODAY,
    World,
    add_promise,
    fill,
    rows_of,
)

YEAR = 12
LONG_AFTER = NOW + timedelta(days=3 * 365)
SOON_AFTER = NOW + timedelta(days=300)
WORDS = "said so in the session"
MODELS: dict[str, Any] = {one.class_.__tablename__: one.class_ for one in Base.registry.mappers}


def expire(database: Database, world: World, now: datetime, months: int | None = YEAR) -> None:
    """Everything that is old by then, as the upkeep of a day does it."""
    retention.keep_for(database, world.workspace_id, months, now)
    retention.purge(database, world.workspace_id, now)
    left = list(retention.portions(database, world.workspace_id))
    while left:
        more = retention.expire(database, world.workspace_id, left.pop(0), now)
        if more is not None:
            left.insert(0, more)


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T0HOME")


def test_of_every_table_it_is_said_what_becomes_of_it_when_it_is_old() -> None:
    going = {table for rule in RULES.values() for table in rule.tables if "." not in table}
    stays = set(STAYS)
    assert set(RULES) == set(Kind)
    assert going & stays == set()
    assert going | stays == set(MODELS)
    blanked = {table for rule in RULES.values() for table in rule.tables if "." in table}
    columns = {
        f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.c
    }
    assert blanked <= columns
    assert all(rule.by for rule in RULES.values())
    assert all(STAYS.values())


def test_every_table_with_a_soft_deletion_has_an_end_of_it(
    database: Database, world: World
) -> None:
    soft = {table.name for table in Base.metadata.sorted_tables if "deleted_at" in table.c}
    assert soft == {"interaction", "note", "promise"}
    with database.writing(world.workspace_id) as tx:
        for table in soft:
            update_own(tx, MODELS[table], deleted_at=NOW)
    for after, left in ((PUT_BACK_WITHIN, True), (PUT_BACK_WITHIN + timedelta(seconds=1), False)):
        retention.purge(database, world.workspace_id, NOW + after)
        with database.reading(world.workspace_id) as tx:
            there = rows_of(tx, world.workspace_id)
        assert {bool(there[table]) for table in soft} == {left}


def test_unless_it_is_said_everything_is_kept(database: Database, world: World) -> None:
    with database.reading(world.workspace_id) as tx:
        before = rows_of(tx, world.workspace_id)
    assert retention.kept_months(database, world.workspace_id) is None
    assert retention.portions(database, world.workspace_id) == []
    with database.reading(world.workspace_id) as tx:
        assert rows_of(tx, world.workspace_id) == before


def close_all(database: Database, world: World) -> None:
    """Nothing is open or still to come: all of it is of the past."""
    with database.writing(world.workspace_id) as tx:
        absences.tick(tx, world.time_off_id, [world.promise_id])
        closed: dict[str, dict[str, Any]] = {
            "promise": {"kept_on": TODAY},
            "team_promise": {"kept_on": TODAY},
            "agenda_item": {"done_in": world.meeting_id},
            "time_off": {"ends_on": TODAY},
            "membership": {"left_on": TODAY},
        }
        for name, values in closed.items():
            update_own(tx, MODELS[name], **values)
        delete_own(tx, MODELS["transition"])


def test_what_is_older_goes_whatever_table_it_is_in(database: Database, world: World) -> None:
    other = fill(database, "T0OTHER")
    close_all(database, world)
    with database.reading(other.workspace_id) as tx:
        others = rows_of(tx, other.workspace_id)
        before = rows_of(tx, world.workspace_id)
    going = {table for rule in RULES.values() for table in rule.tables if "." not in table}
    filled = {table for table in going if before.get(table)}
    # Made by nothing but a field day that goes.
    assert going - filled == {"standing_focus"}
    assert retention.old(database, world.workspace_id, YEAR, SOON_AFTER) == {}
    expire(database, world, SOON_AFTER)
    with database.reading(world.workspace_id) as tx:
        kept = rows_of(tx, world.workspace_id)
    assert {table for table in going if not kept[table]} == {"standing_focus", "draft"}
    found = retention.old(database, world.workspace_id, YEAR, LONG_AFTER)
    assert {Kind.TOUCHES, Kind.TEAM_PROMISES, Kind.LISTS, Kind.RESULTS, Kind.AUDITS} <= set(found)
    expire(database, world, LONG_AFTER)
    # What had its day only as something else went: its form was seen then.
    expire(database, world, LONG_AFTER + timedelta(days=3 * 365))
    with database.reading(world.workspace_id) as tx:
        left = rows_of(tx, world.workspace_id)
        assert {table: left[table] for table in going if left[table]} == {}
        assert rows_of(tx, other.workspace_id) == others
    assert retention.old(database, world.workspace_id, YEAR, LONG_AFTER) == {}


def add_contact(tx: Transaction, world: World, kind: InteractionKind, day: date) -> int:
    return interactions.add(
        tx,
        kind,
        team_id=world.team_id,
        rep_id=world.rep_id,
        author_id=world.manager_id,
        channel=None,
        occurred_on=day,
        occurred_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC),
        recorded_at=NOW,
        about=WORDS,
    )


def hold_session(tx: Transaction, world: World, day: date, *, shared: bool = True) -> int:
    """A session in which a plan was said and a step promised."""
    made = add_contact(tx, world, InteractionKind.SESSION, day)
    said = Session(world.draft.topics, world.draft.notes)
    sessions.save(tx, made, world.topic_set_id, said.spoken(), said.notes)
    if shared:
        sharing.share(tx, made, world.rep_id, NOW)
        messages.remember(tx, Subject(MessageKind.SHARED, made), "D0REP", f"{made}.0", world.rep_id)
    return made


def ride(tx: Transaction, world: World, day: date, focus: str, *, shared: bool = True) -> int:
    made = add_contact(tx, world, InteractionKind.FIELD_DAY, day)
    field_days.save(tx, made, FieldDayNotes(strength=WORDS, focus=focus))
    if shared:
        sharing.share(tx, made, world.rep_id, NOW)
    return made


def pair(world: World) -> tuple[int, int]:
    return world.team_id, world.rep_id


def test_what_stands_now_outlives_its_source(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        held = hold_session(tx, world, TODAY)
        day = ride(tx, world, TODAY, "shorter first meetings")
        sharing.change(tx, day, objection="not mine", objection_beside=True)
        known = acquaintances.of_teams(tx, [world.team_id])
        shown = add_promise(
            tx, world.team_id, world.rep_id, what="a demo", interaction_id=held, with_sharing=True
        )
        hidden = hold_session(tx, world, TODAY + timedelta(days=1), shared=False)
        unseen = add_promise(
            tx, world.team_id, world.rep_id, what="a note", interaction_id=hidden, with_sharing=True
        )
        said = plans.last_said(tx, [pair(world)])[pair(world)]
    expire(database, world, LONG_AFTER)
    with database.reading(world.workspace_id) as tx:
        assert interactions.get_many(tx, [held, day, hidden, world.touch_id]) == []
        stands = plans.last_said(tx, [pair(world)])[pair(world)]
        assert {key: one.notes.plan for key, one in stands.items()} == {
            key: one.notes.plan for key, one in said.items()
        }
        focus = field_days.last_focuses(tx, {pair(world): LONG_AFTER.date()})[pair(world)]
        assert (focus.text, focus.agreed_on, focus.field_day) == (
            "shorter first meetings",
            TODAY,
            0,
        )
        assert focus.otherwise == "not mine"
        (kept,) = field_days.kept_focuses(tx, world.team_id)
        assert kept.shared
        assert acquaintances.of_teams(tx, [world.team_id]) == known
        found = promises.get_many(tx, [shown, unseen])
        assert {one: (found[one].is_open, found[one].shown) for one in found} == {
            shown: (True, True),
            unseen: (True, False),
        }
        assert agenda.open_items(tx, [world.team_id]) != []
        assert meetings.open_promises(tx, [world.team_id]) != []


def test_a_focus_that_was_said_anew_takes_the_place_of_one_that_outlived_its_day(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        ride(tx, world, TODAY, "older")
    expire(database, world, LONG_AFTER)
    again = LONG_AFTER.date()
    with database.writing(world.workspace_id) as tx:
        newer = ride(tx, world, again, "newer")
        assert field_days.last_focuses(tx, {pair(world): again})[pair(world)].text == "newer"
    expire(database, world, LONG_AFTER + timedelta(days=29))
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, newer, deleted_at=LONG_AFTER)
        assert field_days.last_focuses(tx, {pair(world): again})[pair(world)].text == "older"
        interactions.change(tx, newer, deleted_at=None)
    expire(database, world, LONG_AFTER + timedelta(days=31))
    with database.reading(world.workspace_id) as tx:
        assert field_days.kept_focuses(tx, world.team_id) == []


@pytest.mark.parametrize("shared", [True, False])
def test_a_later_manager_reads_a_focus_that_outlived_its_day_where_its_rep_has(
    database: Database, world: World, shared: bool
) -> None:
    until = {pair(world): LONG_AFTER.date()}
    with database.writing(world.workspace_id) as tx:
        ride(tx, world, TODAY, "shorter first meetings", shared=shared)
    expire(database, world, LONG_AFTER)
    with database.writing(world.workspace_id) as tx:
        own = field_days.last_focuses(tx, until)[pair(world)]
        assert (own.text, own.earlier) == ("shorter first meetings", None)
        team = teams.get(tx, world.team_id)
        assert team is not None
        teams.pass_to(tx, team.id, world.new_rep_id, LONG_AFTER)
        found = field_days.last_focuses(tx, until).values()
        read = [("shorter first meetings", team.manager.name)] if shared else []
        assert [(one.text, one.earlier) for one in found] == read


def test_what_was_shared_and_is_gone_is_drawn_once_more_and_forgotten(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        held = hold_session(tx, world, TODAY)
    expire(database, world, LONG_AFTER)
    with database.writing(world.workspace_id) as tx:
        assert messages.posted(tx, Subject(MessageKind.SHARED, held)) == []
        let_go = messages.posted(tx, Subject(MessageKind.SHARED, NOTHING))
        assert f"{held}.0" in [one.ts for one in let_go]
        stale = messages.claim_stale(tx, LONG_AFTER, 0, 9)
        assert f"{held}.0" in [one.ts for one in stale]
        messages.redrawn(tx, {one.id: one.wanted_version for one in stale})
        messages.purge_let_go(tx)
        assert messages.posted(tx, Subject(MessageKind.SHARED, NOTHING)) == []


def test_no_message_stands_for_an_offer_that_is_gone(database: Database, world: World) -> None:
    """Another may get its id, and its message shows nothing of that."""
    about = Subject(MessageKind.HANDOVER, world.handover_id)
    with database.writing(world.workspace_id) as tx:
        messages.remember(tx, about, "D0KIM", "9.1", world.new_rep_id)
    expire(database, world, LONG_AFTER + timedelta(days=366))
    with database.reading(world.workspace_id) as tx:
        assert handovers.get_many(tx, [world.handover_id]) == {}
        assert messages.posted(tx, about) == []


def test_time_that_was_asked_for_and_had_does_not_open_again(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        asked = add_promise(
            tx,
            world.team_id,
            world.rep_id,
            what="",
            owner=Owner.MANAGER,
            raised_on=TODAY,
            time_after=promises.newest_contact(tx, world.team_id, world.rep_id, date.min),
        )
        add_contact(tx, world, InteractionKind.TOUCH, TODAY)
        found = promises.get(tx, asked)
        assert found is not None
        assert not found.is_open
    expire(database, world, LONG_AFTER)
    with database.reading(world.workspace_id) as tx:
        assert promises.get(tx, asked) is None


def test_what_waits_for_the_next_contact_has_it_though_the_last_one_is_gone(
    database: Database, world: World
) -> None:
    today = LONG_AFTER.date()
    with database.writing(world.workspace_id) as tx:
        update_own(tx, MODELS["appointment"], day=today, made_on=today)
        newest = appointments.newest_contact(tx, world.team_id, InteractionKind.TOUCH)
        asked = add_promise(
            tx,
            world.team_id,
            world.rep_id,
            what="",
            owner=Owner.MANAGER,
            raised_on=today,
            time_after=newest,
        )
        planned = appointments.add(
            tx,
            team_id=world.team_id,
            rep_id=world.rep_id,
            kind=InteractionKind.SESSION,
            day=today + timedelta(days=3),
            at=None,
            notes="",
            made_on=today,
            after_contact=newest,
        )
    expire(database, world, LONG_AFTER)
    with database.writing(world.workspace_id) as tx:
        assert appointments.get_many(tx, [planned])[planned].stands
        add_contact(tx, world, InteractionKind.SESSION, today)
        assert not appointments.get_many(tx, [planned])[planned].stands
        found = promises.get(tx, asked)
        assert found is not None
        assert not found.is_open


def test_what_runs_stays_whole(database: Database, world: World) -> None:
    """A period that is not over keeps its first reading, an open promise its day, however old."""
    with database.writing(world.workspace_id) as tx:
        for name, column in (("result", "ends_on"), ("save_it_plan", "ends_on")):
            update_own(tx, MODELS[name], **{column: LONG_AFTER.date()})
        update_own(tx, MODELS["promise"], kept_on=TODAY)
    expire(database, world, LONG_AFTER)
    with database.reading(world.workspace_id) as tx:
        left = rows_of(tx, world.workspace_id)
        assert left["reading"]
        assert left["save_it_answer"]
        assert promises.get(tx, world.promise_id) is not None, "it is a step of the plan"


def test_it_is_written_down_and_can_be_taken_back_at_once(database: Database, world: World) -> None:
    retention.keep_for(database, world.workspace_id, 6, NOW)
    retention.keep_for(database, world.workspace_id, 6, NOW)
    found = retention.portions(database, world.workspace_id)
    retention.keep_for(database, world.workspace_id, None, NOW)
    assert retention.expire(database, world.workspace_id, found[0], LONG_AFTER) is None
    with database.reading(world.workspace_id) as tx:
        assert interactions.get(tx, world.touch_id, 0) is not None
        said = [one for one in audits.all_records(tx) if one[0] == "operator"]
    assert said == [
        ("operator", "keeps things for", "6 months"),
        ("operator", "keeps things for", "ever"),
    ]
    for months in (0, -1, 1201):
        with pytest.raises(ValueError, match="nothing is kept"):
            retention.keep_for(database, world.workspace_id, months, NOW)
