"""A rep moves to another team by a roster, as the old manager, the new one and the rep live it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.promises import Owner
from bot.domain.team.file_rows import FileRow
from bot.services.binder import moving
from bot.services.contacts import private_notes, touches
from bot.services.home import home
from bot.services.team import introductions, setup
from bot.services.team.roster import import_roster
from slack_sandbox import Person
from storage.contacts import interactions
from storage.team import teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed, promise
from tests.scenarios.workspaces.audience import sent

SECRET = "xq7"
"""In every word that no later manager may read."""


@pytest.fixture
def mira(world: World, lena: Person) -> Person:
    """The manager whom Sam comes to."""
    manager = world.person("Mira Lund", tz="Europe/Lisbon")
    world.team(manager, lena)
    return manager


@pytest.fixture
def dana(world: World, sam: Person, raj: Person) -> Person:
    """A manager who has had of Sam all there is: some of it shared, some of it not."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, raj)
    now, actor = world.slack.clock.now(), world.actor(manager)
    setup.set_first_lines(world.database, actor, {sam.id: "promised a demo kit"}, now)
    touch = touches.log_line(world.database, actor, f"<@{sam.id}> call about Acme", now)[0].touch.id
    private_notes.add(world.database, actor, touch, f"thinks {SECRET}", "a form")
    promise(world, manager, sam, "price sheet")
    promise(world, manager, sam, "lead the demo", owner=Owner.REP)
    promise(world, manager, sam, "slow quotes", raised=True)
    sam.opens_home()
    sam.clicks("Raise something")
    modal(sam).fill("What", f"thinking of {SECRET}")
    modal(sam).fill("Between us", ["Nobody but the two of us reads it"])
    modal(sam).submit()
    manager.slash("/fieldday @Sam Stone")
    modal(manager).fill("Visits", "Northwind: Jo Lee: wants a trial")
    modal(manager).fill("One focus", "shorter first meetings")
    modal(manager).submit()
    manager.clicks("Preview as Sam Stone")
    modal(manager).submit()
    modal(manager).close()
    manager.slash("/session @Sam Stone")
    modal(manager).fill("Plan", "win the north")
    modal(manager).fill("Next step", "call Hooli")
    for _ in range(5):
        modal(manager).submit()
    manager.clicks("Preview as Sam Stone")
    modal(manager).submit()
    modal(manager).close()
    sam.opens_messages()
    sam.clicks("Add my words")
    modal(sam).fill("Your own words", "I want Acme too")
    modal(sam).submit()
    sam.picks("Not how I remember it")
    modal(sam).fill("How do you remember it?", f"we agreed on {SECRET}")
    modal(sam).submit()
    modal(sam).close()
    tomorrow(world)
    manager.slash("/session @Sam Stone")
    modal(manager).fill("Plan", f"win {SECRET}")
    for _ in range(5):
        modal(manager).submit()
    tomorrow(world)
    return manager


def tomorrow(world: World) -> None:
    world.slack.clock.move_to(world.slack.clock.now() + timedelta(days=1))


def roster(world: World, to: Person, rep: Person) -> datetime:
    """Sales operations import a file with that one line, and `--move`."""
    now = world.slack.clock.now()
    import_roster(
        world.database,
        world.workspace_id,
        [FileRow(2, {"manager_id": to.id, "rep_id": rep.id})],
        list(world.product.app.messenger.all_profiles(lambda _: None)),
        is_country=lambda _: False,
        file_name="move.csv",
        keep_good=False,
        dry_run=False,
        now=now,
        move=True,
    )
    moving.carry_all(world.database, world.workspace_id, now)
    return now


def introduced(world: World, manager: Person) -> None:
    """That manager's reps have been told of Windshield."""
    now = world.slack.clock.now()
    facts = setup.facts(world.database, world.actor(manager), now)
    assert facts is not None
    for member in facts.to_introduce:
        introductions.claim(world.database, world.actor(manager), member.id, now)


def seen_by(world: World, person: Person, since: int = 0) -> Iterator[str]:
    """Every payload that went to that person, hidden parts included."""
    for whose, _, text in sent(world, world.slack.calls[since:], person.id, {}):
        if whose == person.id:
            yield text


def looks_everywhere(manager: Person, name: str) -> str:
    """All that a manager finds about a rep; the text of every screen."""
    texts = []
    manager.opens_home()
    texts.append(manager.screen())
    texts.append(owed(manager).text)
    modal(manager).close()
    manager.slash("/todo")
    texts.append(manager.screen())
    manager.slash(f"/binder @{name}")
    texts.append(modal(manager).text)
    for entry in ("Mon 23 Nov · strategy session", "Tue 24 Nov · strategy session", "field day"):
        manager.picks("Open", beside=entry)
        texts.append(modal(manager).text)
        modal(manager).close()
    modal(manager).close()
    manager.slash(f"/session @{name}")
    texts.append(modal(manager).text)
    modal(manager).close()
    manager.slash("/mirror")
    texts.append(manager.screen())
    return "\n".join(texts)


@pytest.mark.usefixtures("dana")
def test_the_new_manager_reads_on_and_no_word_that_was_not_theirs(
    world: World, mira: Person, sam: Person, lena: Person
) -> None:
    since = len(world.slack.calls)
    roster(world, mira, sam)
    introduced(world, mira)
    found = looks_everywhere(mira, "Sam Stone")
    for words in ("win the north", "call Hooli", "shorter first meetings", "price sheet"):
        assert words in found, words
    assert "Dana Moss noted for Sam Stone: “call Hooli”" in found
    assert "strategy session with Dana Moss" in found
    assert "I want Acme too" in found
    for person in (mira, lena):
        for text in seen_by(world, person, since):
            assert SECRET not in text


@pytest.mark.usefixtures("dana")
def test_the_rep_reads_everything_once(world: World, mira: Person, sam: Person) -> None:
    roster(world, mira, sam)
    introduced(world, mira)
    sam.opens_home()
    shown = sam.screen()
    assert shown.count("price sheet") == 1
    assert "“price sheet”, by Fri 27 Nov · as Dana Moss told you" in shown
    assert shown.count("lead the demo") == 1
    assert shown.count("slow quotes") == 1
    assert shown.count("Strategy session with Dana Moss") == 1
    assert shown.count("Dana Moss noted for you") == 1
    assert shown.count("Field day with Dana Moss") == 1
    assert "What was shared with you went along to Mira Lund." in shown
    # What was said between two is theirs still, and stays with whom it was told.
    assert shown.count(f"thinking of {SECRET}") == 1
    sam.clicks("My copy")
    page = sam.dm[-1].files["my-copy.md"]
    for words in ("win the north", "price sheet", "slow quotes", "I want Acme too", "about Acme"):
        assert page.count(words) == 1, words


def test_the_old_manager_has_the_page_of_somebody_who_left(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    roster(world, mira, sam)
    dana.slash("/todo")
    dana.slash("/binder @Sam Stone")
    shown = modal(dana).text
    assert f"win {SECRET}" in shown
    modal(dana).close()
    dana.opens_home()
    dana.sees_not("Strategy session with Sam Stone")


def test_what_the_rep_says_of_it_later_is_said_in_both(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    roster(world, mira, sam)
    introduced(world, mira)
    sam.opens_home()
    sam.clicks("Open", beside="Strategy session")
    modal(sam).clicks("Add my words")
    modal(sam).fill("Your own words", "Hooli said yes")
    modal(sam).submit()
    for manager in (dana, mira):
        manager.slash("/binder @Sam Stone")
        manager.picks("Open", beside="Mon 23 Nov · strategy session")
        assert "Hooli said yes" in modal(manager).text
        modal(manager).close()
        modal(manager).close()


def test_what_is_shared_with_a_rep_who_has_moved_is_found_where_the_message_says(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    roster(world, mira, sam)
    introduced(world, mira)
    mira.slash("/binder @Sam Stone")
    assert SECRET not in modal(mira).text
    modal(mira).close()
    dana.slash("/binder @Sam Stone")
    dana.picks("Open", beside="Tue 24 Nov · strategy session")
    dana.clicks("Preview as Sam Stone")
    modal(dana).submit()
    assert "Your Home tab has it too" in sam.dm[-1].text
    sam.opens_home()
    assert sam.screen().count("Strategy session with Dana Moss, Tue 24 Nov") == 1
    assert sam.screen().count("Strategy session with Dana Moss, Mon 23 Nov") == 1
    sam.clicks("My copy")
    assert sam.dm[-1].files["my-copy.md"].count(f"win {SECRET}") == 1
    sam.opens_messages()
    sam.clicks("Add my words")
    modal(sam).fill("Your own words", "Hooli said yes")
    modal(sam).submit()
    assert read_by(mira, "Tue 24 Nov · strategy session").count(f"win {SECRET}") == 1
    assert "Hooli said yes" in read_by(mira, "Tue 24 Nov · strategy session")


def read_by(manager: Person, entry: str) -> str:
    """That entry of Sam's binder, whole."""
    manager.slash("/binder @Sam Stone")
    manager.picks("Open", beside=entry)
    text = modal(manager).text
    modal(manager).close()
    modal(manager).close()
    return text


def test_what_the_earlier_manager_corrects_is_corrected_where_the_rep_sits(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    roster(world, mira, sam)
    introduced(world, mira)
    there = read_by(mira, "Mon 23 Nov · call")
    assert "It came along with Sam Stone." in there
    assert "about Acme" in there
    assert "Delete" not in there
    dana.slash("/binder @Sam Stone")
    dana.picks("Edit", beside="Mon 23 Nov · call")
    modal(dana).fill("About", "about Hooli, not Acme")
    modal(dana).submit()
    modal(dana).close()
    assert "about Hooli, not Acme" in read_by(mira, "Mon 23 Nov · call")
    dana.slash("/binder @Sam Stone")
    dana.picks("Delete", beside="Mon 23 Nov · call")
    modal(dana).close()
    mira.slash("/binder @Sam Stone")
    assert "about Hooli" not in modal(mira).text
    modal(mira).close()


def test_who_is_due_goes_on_in_the_new_team(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    with world.database.reading(world.workspace_id) as tx:
        old, new = (teams.of_manager(tx, one.id) for one in (dana, mira))
        assert old is not None
        assert new is not None
        (rep,) = {one.rep.id for one in teams.members(tx, old.id) if one.rep.slack_id == sam.id}
        before = interactions.latest(tx, old.id)[rep]
    now = roster(world, mira, sam)
    with world.database.reading(world.workspace_id) as tx:
        assert interactions.latest(tx, new.id)[rep] == before
    found = home(world.database, world.actor(mira), now).manager
    assert found is not None
    assert not found.due[rep]


def test_what_the_earlier_manager_has_typed_is_not_lost(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", "the last words")
    roster(world, mira, sam)
    modal(dana).submit()
    assert "the last words" in dana.screen()
    assert "Sam Stone" in dana.screen()
    mira.slash("/binder @Sam Stone")
    assert "the last words" not in modal(mira).text


def test_a_form_that_the_rep_has_open_reaches_who_has_the_session_now(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    sam.opens_home()
    sam.clicks("Prepare")
    modal(sam).fill("Territory management plan", "I want the south")
    since = len(world.slack.calls)
    roster(world, mira, sam)
    introduced(world, mira)
    modal(sam).submit()
    mira.slash("/session @Sam Stone")
    assert "I want the south" in modal(mira).text
    modal(mira).close()
    dana.opens_home()
    for text in seen_by(world, dana, since):
        assert "I want the south" not in text


def test_the_next_lists_go_by_where_the_rep_sits(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    roster(world, mira, sam)
    world.slack.clock.move_to(datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    world.heart.beat(world.slack.clock.now())
    assert "Sam Stone" not in week_of(dana)
    assert "Raj Rao" in week_of(dana)
    assert "Sam Stone" in week_of(mira)
    assert "Dana Moss told Sam: “price sheet”" in week_of(mira)
    mira.opens_messages()
    mira.clicks("Another reason", beside="Sam Stone")
    assert "From Sam's session with Dana Moss, Mon 23 Nov" in week_of(mira)
    assert "From Sam's field day with Dana Moss, Mon 23 Nov" in week_of(mira)
    assert SECRET not in week_of(mira)


def week_of(manager: Person) -> str:
    """The list that came last."""
    return next(one.text for one in reversed(manager.dm) if "Your week" in one.text)


def test_a_move_that_is_taken_back_leaves_all_as_it_was(
    world: World, dana: Person, mira: Person, sam: Person
) -> None:
    sam.opens_home()
    before, owed_before = sam.screen(), owed(dana).text
    modal(dana).close()
    roster(world, mira, sam)
    roster(world, dana, sam)
    sam.opens_home()
    pages = sam.screen().split("On ")
    assert before in sam.screen()
    assert len([page for page in pages if "Strategy session" in page]) == 1
    assert owed(dana).text == owed_before
