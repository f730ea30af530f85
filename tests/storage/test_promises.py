from datetime import timedelta
from typing import Any

from bot.domain.promises import Owner, RaisedState
from bot.domain.workspaces.submissions import Made
from storage import promises
from storage.database.engine import Database
from storage.workspaces import submissions
from tests.storage.world import LATER, NOW, TODAY, add_promise, fill

PROMISE_FORM = "form-of-a-promise"
TOMORROW = TODAY + timedelta(days=1)


def test_open_promises_come_earliest_due_first_and_those_without_a_date_last(
    database: Database,
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        some: dict[str, dict[str, Any]] = {
            "tomorrow": {"due_on": TOMORROW},
            "whenever": {"due_on": None},
            "today": {"due_on": TODAY},
            "tomorrow too": {"due_on": TOMORROW, "owner": Owner.REP},
            "kept": {"due_on": TODAY, "kept_on": TODAY},
            "dropped": {"due_on": TODAY, "dropped_on": TODAY},
            "deleted": {"due_on": TODAY, "deleted_at": NOW},
        }
        for what, values in some.items():
            add_promise(tx, world.team_id, world.rep_id, what=what, **values)
        found = promises.open_of_team(tx, world.team_id)
    assert [promise.what for promise in found] == [
        "today",
        "tomorrow",
        "tomorrow too",
        "send the sheet",
        "whenever",
    ]
    assert all(promise.is_open for promise in found)


def test_deleting_a_contact_takes_its_open_promises_and_putting_it_back_brings_them(
    database: Database,
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        touch = {"interaction_id": world.touch_id}
        kept = add_promise(tx, world.team_id, world.rep_id, kept_on=TODAY, **touch)
        earlier = add_promise(tx, world.team_id, world.rep_id, deleted_at=NOW, **touch)
        promises.delete_open_of_interaction(tx, world.touch_id, LATER)
        left = promises.of_interaction(tx, world.touch_id)
        assert [promise.id for promise in left] == [kept]
        promises.put_back_of_interaction(tx, world.touch_id, LATER)
        back = promises.of_interaction(tx, world.touch_id)
        assert {promise.id for promise in back} == {kept, world.promise_id}
        deleted = promises.get(tx, earlier)
    assert deleted is not None
    assert deleted.deleted


def test_a_promise_tells_how_far_what_was_raised_has_come_and_who_has_it(
    database: Database,
) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        raised = add_promise(tx, world.team_id, world.rep_id, raised_on=TODAY)
        promises.change(tx, raised, due_on=TOMORROW)
        taken_on = promises.get(tx, raised)
        promises.change(
            tx,
            raised,
            dropped_on=TODAY,
            closing_words="with Kim now",
            handed_to_id=world.new_rep_id,
        )
        handed_over = promises.get(tx, raised)
    assert taken_on is not None
    assert taken_on.raised_state is RaisedState.TAKEN_ON
    assert taken_on.handed_to is None
    assert handed_over is not None
    assert handed_over.raised_state is RaisedState.CLOSED
    assert handed_over.handed_to == "U0Newrep"
    assert handed_over.closing_words == "with Kim now"


def test_promises_with_reps_come_newest_first_and_of_those_reps_alone(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        older = add_promise(tx, world.team_id, world.rep_id, made_on=TODAY - timedelta(days=1))
        kept = add_promise(tx, world.team_id, world.rep_id, kept_on=TODAY)
        add_promise(tx, world.team_id, world.rep_id, deleted_at=NOW)
        of_another = add_promise(tx, world.team_id, world.new_rep_id)
        mine = promises.of_reps(tx, world.team_id, [world.rep_id])
        all_of_them = promises.of_team(tx, world.team_id)
        assert promises.of_reps(tx, world.team_id, []) == []
    assert [promise.id for promise in mine] == [kept, world.promise_id, older]
    assert [promise.id for promise in all_of_them] == [world.promise_id, older, kept, of_another]


def test_only_promises_deleted_before_are_removed_for_good(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        long_ago = add_promise(tx, world.team_id, world.rep_id, deleted_at=NOW)
        recently = add_promise(tx, world.team_id, world.rep_id, deleted_at=LATER)
        promises.purge(tx, LATER)
        assert promises.get(tx, long_ago) is None
        assert promises.get(tx, recently) is not None
        stands = promises.get(tx, world.promise_id)
    assert stands is not None
    assert stands.interaction_id == world.touch_id


def test_what_was_noted_in_a_contact_begins_anew_with_another_rep(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        by = (PROMISE_FORM, Made.PROMISE, world.manager_id, world.team_id)
        submissions.keep(tx, submissions.claim(tx, *by), world.promise_id)
        promises.change(tx, world.promise_id, kept_on=TODAY)
        promises.begin_noted_anew(tx, world.touch_id, world.new_rep_id, NOW)
        before = promises.get(tx, world.promise_id)
        (anew,) = promises.of_interaction(tx, world.touch_id)
        assert submissions.find(tx, *by).one == anew.id
    assert before is not None
    assert before.deleted
    assert (before.rep.id, before.interaction_id) == (world.rep_id, None)
    assert (anew.rep.id, anew.what, anew.kept_on) == (world.new_rep_id, before.what, None)


def test_what_was_raised_in_a_contact_stays_with_who_raised_it(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        raised = add_promise(
            tx, world.team_id, world.rep_id, raised_on=TODAY, interaction_id=world.touch_id
        )
        by = (PROMISE_FORM, Made.PROMISE, world.manager_id, world.team_id)
        submissions.keep(tx, submissions.claim(tx, *by), raised)
        promises.let_go_of_raised(tx, world.touch_id)
        assert submissions.find(tx, *by).is_new
        promises.begin_noted_anew(tx, world.touch_id, world.new_rep_id, NOW)
        found = promises.get(tx, raised)
    assert found is not None
    assert found.is_open
    assert (found.rep.id, found.interaction_id) == (world.rep_id, None)
