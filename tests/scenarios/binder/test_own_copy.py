"""**My copy**: a rep's copy of all that is kept about them and that they may have."""

import json
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.binder.own_copy import IN_A_COPY, OwnTeam
from bot.domain.promises import Owner
from bot.domain.results.rows import ResultRow
from bot.domain.workspaces.who_sees import WHO_SEES, Reader, Sight, Thing
from bot.services.contacts import private_notes, touches
from bot.services.results.importing import import_results
from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise

SECRET = "xq7"
"""In every word that Raj may not see."""


@pytest.fixture
def dana(world: World, raj: Person, lena: Person) -> Person:
    """A manager who keeps of Raj all there is to keep."""
    manager = world.person("Dana Moss")
    world.team(manager, raj, lena)
    now, actor = world.slack.clock.now(), world.actor(manager)
    setup.set_first_lines(world.database, actor, {raj.id: "promised a demo kit"}, now)
    touch = touches.log_line(world.database, actor, f"<@{raj.id}> call about Acme", now)[0].touch.id
    private_notes.add(world.database, actor, touch, f"thinks {SECRET}", "a form")
    touches.log_line(world.database, actor, f"<@{lena.id}> call about {SECRET}", now)
    promise(world, manager, raj, "price sheet")
    promise(world, manager, raj, "lead the demo", owner=Owner.REP, agreed=False)
    promise(world, manager, raj, "slow quotes", raised=True)
    promise(world, manager, lena, f"for Lena {SECRET}")
    manager.slash("/session @Raj Rao")
    modal(manager).fill("Plan", "win the north")
    modal(manager).fill("Next step", "call Hooli")
    for _ in range(4):
        modal(manager).submit()
    modal(manager).fill("Results, looking back", f"behind {SECRET}")
    modal(manager).submit()
    manager.clicks("Preview as Raj Rao")
    modal(manager).submit()
    modal(manager).close()
    manager.slash("/fieldday @Raj Rao")
    modal(manager).fill("Visits", f"Northwind: Jo Lee, wants {SECRET}")
    modal(manager).fill("They will", f"step {SECRET}")
    modal(manager).clicks("More")
    modal(manager).fill("One strength", f"listens {SECRET}")
    modal(manager).fill("How they saw the day", f"long {SECRET}")
    modal(manager).fill("Heard of market and competitors", f"terms {SECRET}")
    modal(manager).submit()
    modal(manager).close()
    read: dict[str, Any] = {"target": Decimal(20), "actual": Decimal("7.5"), "as_of": now.date()}
    import_results(
        world.database,
        actor.workspace_id,
        [
            ResultRow(2, raj.id, "Visits", now.date(), now.date(), **read),
            ResultRow(3, lena.id, f"Visits {SECRET}", now.date(), now.date(), **read),
        ],
        file_name="results.csv",
        keep_good=False,
        dry_run=False,
        now=now,
    )
    manager.slash("/todo")
    raj.clicks("Add my words")
    modal(raj).fill("Your own words", "I want Acme too")
    modal(raj).submit()
    raj.picks("Not how I remember it")
    modal(raj).fill("How do you remember it?", "we agreed on Acme first")
    modal(raj).submit()
    modal(raj).close()
    return manager


def copied(person: Person) -> tuple[str, Any]:
    """The page and the data of the copy that came last."""
    files = person.dm[-1].files
    assert list(files) == ["my-copy.md", "my-copy.json"]
    return files["my-copy.md"], json.loads(files["my-copy.json"])


@pytest.mark.usefixtures("dana")
@pytest.mark.slow
def test_a_rep_has_all_that_the_table_allows_and_the_rest_counted(
    raj: Person, lena: Person
) -> None:
    others = len(lena.dm)
    raj.opens_home()
    raj.clicks("My copy")
    raj.sees("Here is your copy")
    page, data = copied(raj)
    (team,) = data["teams"]
    for words in (
        "call",
        "Acme",
        "promised a demo kit",
        "price sheet",
        "lead the demo",
        "slow quotes",
        "win the north",
        "call Hooli",
        "I want Acme too",
        "we agreed on Acme first",
        "Northwind",
        "Jo Lee",
    ):
        assert words in page, words
        assert words in json.dumps(data), words
    assert SECRET not in page + json.dumps(data)
    assert team["manager"] == "Dana Moss"
    assert {one["words"]: one["your_answer"] for one in team["shown"]["promises"]} == {
        "price sheet": None,
        "lead the demo": "noted",
        "call Hooli": "noted",
    }
    (reached,) = team["shown"]["results"]
    assert (reached["metric"], reached["target"], reached["reached"]) == ("Visits", "20", "7.5")
    assert "target: 20 · reached: 7.5" in page
    assert team["not_shown"] == {
        "week": 1,
        "private": 1,
        "promises": 1,
        "shared": 1,
        "for_themselves": 3,
        "market": 1,
    }
    assert "- 1: private notes" in page
    assert len(lena.dm) == others


@pytest.mark.slow
def test_a_rep_who_left_has_it_too_and_somebody_new_has_none(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    setup.choose_reps(world.database, world.actor(dana), [lena.id], world.slack.clock.now())
    raj.opens_home()
    raj.clicks("My copy")
    assert "win the north" in copied(raj)[0]


@pytest.mark.usefixtures("dana")
@pytest.mark.slow
def test_where_slack_lets_nobody_send_files_it_is_said(world: World, raj: Person) -> None:
    raj.opens_home()
    world.slack.faults.refuse("files.getUploadURLExternal", "missing_scope")
    raj.clicks("My copy")
    raj.sees("Slack does not let Windshield send files here yet.")
    world.slack.refuse_uploads()
    raj.clicks("My copy")
    assert [message.files for message in raj.dm if message.files] == []


@pytest.mark.usefixtures("dana")
@pytest.mark.slow
def test_what_did_not_arrive_is_said_and_asked_for_again(world: World, raj: Person) -> None:
    raj.opens_home()
    world.slack.faults.add("upload", FaultKind.CUT_BEFORE)
    raj.clicks("My copy")
    raj.sees("Slack did not take your copy just now.")
    world.slack.faults.add("files.completeUploadExternal", FaultKind.CUT_AFTER)
    raj.clicks("My copy")
    raj.sees("Slack did not say whether your copy arrived.")
    raj.clicks("My copy")
    copied(raj)


def test_the_table_decides_what_may_be_in_a_copy() -> None:
    for row in WHO_SEES:
        assert (row.thing in IN_A_COPY) is (row.sight(Reader.REP) is not Sight.NO)
    assert {row.thing for row in WHO_SEES} == set(Thing)
    for thing in set(Thing) - IN_A_COPY:
        with pytest.raises(ValueError, match="may not see"):
            OwnTeam("Dana Moss", {thing: [{"words": "x"}]}, {})
