"""`windshield person` as an operator sees it."""

import json
import re
from datetime import time

import pytest
from click.testing import CliRunner, Result

from bot.cli.people import person
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.domain.workspaces.who_sees import WHO_SEES, Reader, Sight
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.meetings import agenda, swaps
from storage.models import AgendaItem, Promise
from storage.team import people
from storage.workspaces import audits
from tests.cli.conftest import Operator
from tests.services.test_erasure import CANARY, MODELS, mark
from tests.storage.own_rows import update_own
from tests.storage.world import MANAGER, NOW, PRIVATE, REP, TODAY, World, add_promise, fill


@pytest.fixture
def world(on_database: Database) -> World:
    return fill(on_database, "T0HOME")


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(person, list(words), input=typed)


def test_a_dry_run_says_what_would_go_and_changes_nothing(
    on_database: Database, world: World
) -> None:
    result = run("erase", REP, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("What goes, and how many of each:\n")
    assert "contacts: their words go, kind and day stay: 1" in result.stdout
    assert "stay, without who heard them: market notes: 1" in result.stdout
    assert PRIVATE not in result.output
    with on_database.reading(world.workspace_id) as tx:
        assert people.get(tx, REP) is not None


def test_it_asks_and_takes_no_for_an_answer(on_database: Database, world: World) -> None:
    assert run("erase", REP, typed="n\n").exit_code == 1
    with on_database.reading(world.workspace_id) as tx:
        assert people.get(tx, REP) is not None
    asked = run("erase", REP, typed="y\n")
    assert asked.exit_code == 0, asked.output
    assert "Gone." in asked.stdout
    with on_database.reading(world.workspace_id) as tx:
        assert people.get(tx, REP) is None
        assert audits.all_records(tx)[-1] == ("operator", "person erase", REP)
    again = run("erase", REP, "--yes")
    assert again.exit_code == 0, again.output
    assert "It went before." in again.stdout


@pytest.mark.usefixtures("world")
def test_a_manager_whose_team_was_not_handed_over_is_refused() -> None:
    result = run("erase", MANAGER, "--yes")
    assert result.exit_code == 1
    assert "windshield handover --from" in result.stderr
    assert run("erase", "U0NOBODY", "--yes").stderr == "Error: Nothing is kept of U0NOBODY here.\n"


def test_a_copy_has_all_but_what_no_operator_reads(on_database: Database, world: World) -> None:
    """Every column with a word of its own: of what is encrypted what is the rep's own comes out,
    and nothing else."""
    with on_database.writing(world.workspace_id) as tx:
        mark(tx)
        update_own(tx, MODELS["promise"], sealed_what=None, sealed_closing_words=None)
        sealed = add_promise(tx, world.team_id, world.rep_id, what="", raised_on=TODAY)
        update_own(
            tx,
            MODELS["promise"],
            Promise.id == sealed,
            told_to_id=world.manager_id,
            sealed_what=f"{CANARY}-sealed",
            sealed_closing_words=f"{CANARY}-sealed",
        )
        known = {"team_id": world.team_id, "added_on": TODAY}
        for name, of in (("dropped", "author_id"), ("for-session", "rep_id")):
            agenda.add(tx, text=f"{CANARY}-{name}", **known, **{of: world.rep_id})
        update_own(
            tx, MODELS["agenda_item"], AgendaItem.text == f"{CANARY}-dropped", dropped_at=NOW
        )
        swaps.ask(
            tx,
            team_id=world.team_id,
            meeting_id=world.meeting_id,
            holder_id=None,
            asked_id=world.new_rep_id,
            asked_by_id=world.manager_id,
            other_id=world.rep_id,
            kind=SwapKind.LEARN,
            skill=f"{CANARY}-pair",
            day=TODAY,
            at=time(9),
            until=NOW,
            state=SwapState.PUT_OFF,
            form="form-pair",
        )
    result = run("copy", REP)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    told = set(re.findall(rf"{CANARY}-([a-z_.-]+)", result.stdout))
    closed = {
        column
        for row in WHO_SEES
        if row.sight(Reader.OPERATOR) is Sight.ENCRYPTED and row.sight(Reader.REP) is Sight.NO
        for column in row.columns
    }
    assert told & closed == set()
    assert {"sealed", "sharing.objection", "dropped", "for-session", "pair"} <= told
    assert {
        "person.name",
        "membership.first_line",
        "interaction.about",
        "session_topic.changed",
        "session.results",
        "field_day.rep_view",
        "market_note.text",
        "slot.text",
        "slot.next_time",
        "issue_of_the_day.text",
        "issue_answer.text",
        "cleared.text",
        "save_it_answer.counted",
        "save_it_plan.helper",
        "preparation.text",
        "team_promise.what",
    } - told == set()
    (team,) = document["teams"]
    assert set(team["not_shown"]) == {"private", "files"}
    with on_database.reading(world.workspace_id) as tx:
        assert audits.all_records(tx)[-1] == ("operator", "person copy", REP)
    assert run("copy", "U0NOBODY").stderr == "Error: Nothing is kept of U0NOBODY here.\n"


@pytest.mark.usefixtures("world")
def test_a_copy_goes_to_a_file_that_only_its_owner_reads(operator: Operator) -> None:
    out = operator.folder / "copy.json"
    result = run("copy", MANAGER, "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["leads_a_team"] is True
    assert document["not_shown"] == {"private_notes_to_themselves": 1, "half_filled_forms": 2}
    assert PRIVATE not in out.read_text(encoding="utf-8")
    assert out.stat().st_mode & 0o777 == 0o600


def test_whoever_was_erased_is_not_added_by_a_file(operator: Operator, slack: Sandbox) -> None:
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    roster = f"manager_id,rep_id\n{dana},{sam}\n"
    assert operator.imports("roster", roster).exit_code == 0
    assert run("erase", sam, "--yes").exit_code == 0
    result = operator.imports("roster", roster)
    assert result.exit_code == 1
    assert f"{sam}” was erased, and is not added again" in result.stderr
    assert "Sam" not in operator.exports("--manager", dana).stdout
