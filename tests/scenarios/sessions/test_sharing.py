"""A manager shares a session or field day, and the rep answers, as both live it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.binder.export import ExportRequest
from bot.domain.workspaces.refusals import NotYours
from bot.exchange.json_export import to_json
from bot.screens.team.people import ensure_profiles
from bot.services import home
from bot.services.binder.export import export_team
from bot.services.sessions import sharing
from slack_sandbox import Person
from storage.models import Team
from storage.team import people
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal


@pytest.fixture
def dana(world: World, raj: Person, lena: Person) -> Person:
    """A manager who held a session with Raj Rao just now."""
    manager = world.person("Dana Moss")
    world.team(manager, raj, lena)
    manager.slash("/session @Raj Rao")
    modal(manager).fill("Plan", "win the north <first>")
    modal(manager).fill("Next step", "call Hooli")
    for _ in range(4):
        modal(manager).submit()
    modal(manager).fill("Results, looking back", "behind in October")
    modal(manager).fill("Note for both of you", "good talk")
    modal(manager).submit()
    return manager


def share(dana: Person) -> None:
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()


def test_the_manager_sees_what_the_rep_will_see_before_sharing(dana: Person, raj: Person) -> None:
    dana.clicks("Preview as Raj Rao")
    shown = modal(dana).text
    for words in ("win the north <first>", "call Hooli", "good talk"):
        assert words in shown
    assert "October" not in shown
    assert raj.dm == []
    modal(dana).submit()
    assert "Shared with Raj Rao" in modal(dana).text
    assert len(raj.dm) == 1
    raj.sees("Strategy session with Dana Moss · Mon 23 Nov")
    raj.sees("win the north <first>\n→ Dana Moss noted for you: call Hooli")
    raj.sees_not("October")
    # What a phone shows when it is locked.
    assert raj.dm[-1].raw["text"] == (
        "Dana Moss shared your strategy session of Mon 23 Nov with you"
    )
    assert "north" not in str(raj.dm[-1].raw["blocks"][0])


def test_it_is_sent_once_and_later_edits_change_the_same_message(
    world: World, dana: Person, raj: Person
) -> None:
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit_twice()
    modal(dana).close()
    assert len(raj.dm) == 1
    dana.clicks("Preview as Raj Rao")
    assert "Shared with Raj Rao" in modal(dana).text
    modal(dana).close()
    dana.clicks("Edit")
    modal(dana).fill("Plan", "win the south")
    for _ in range(5):
        modal(dana).submit()
    world.heart.beat(world.slack.clock.now())
    assert len(raj.dm) == 1
    raj.sees("win the south")
    raj.sees("Changed since")
    raj.sees_not("win the north")
    dana.clicks("Undo")
    world.heart.beat(world.slack.clock.now())
    raj.sees("This was taken back by its author.")
    raj.sees_not("win the south")


def test_the_rep_adds_words_and_the_manager_reads_them(dana: Person, raj: Person) -> None:
    share(dana)
    raj.clicks("Add my words")
    modal(raj).fill("Your own words", "I want Acme too")
    modal(raj).submit()
    raj.sees("Your own words: I want Acme too")
    raj.opens_home()
    raj.clicks("Open", beside="Strategy session")
    assert "I want Acme too" in modal(raj).text
    modal(raj).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    assert "I want Acme too" in modal(dana).text


def test_what_the_rep_remembers_otherwise_goes_to_the_manager_alone(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    share(dana)
    raj.picks("Not how I remember it")
    modal(raj).submit()
    assert modal(raj).errors
    modal(raj).fill("How do you remember it?", "we agreed on Acme first")
    modal(raj).submit()
    assert "Sent to Dana Moss alone" in modal(raj).text
    dana.sees("Raj Rao remembers your strategy session of Mon 23 Nov differently:")
    dana.sees("we agreed on Acme first")
    assert "Acme" not in dana.dm[-1].raw["text"]
    lena.opens_home()
    lena.sees_not("Acme")
    modal(raj).close()
    raj.opens_home()
    raj.clicks("Open", beside="Strategy session")
    shown = modal(raj).text
    assert "You remember it differently, to Dana Moss alone\nwe agreed on Acme first" in shown
    modal(raj).close()
    assert "Acme" not in exported(world, dana)
    with another_manager(world, dana) as kim:
        assert "Acme" not in read_by(kim)


def test_what_shall_stand_beside_the_text_goes_wherever_that_goes(
    world: World, dana: Person, raj: Person
) -> None:
    share(dana)
    raj.picks("Not how I remember it")
    modal(raj).fill("How do you remember it?", "we agreed on Acme first")
    modal(raj).fill("Who reads it?", "All who read what was shared: it stands beside it")
    modal(raj).submit()
    assert "It stands beside what was shared, wherever that goes" in modal(raj).text
    modal(raj).close()
    dana.sees("Raj Rao wants it to stand beside the text wherever that goes.")
    world.heart.beat(world.slack.clock.now())
    raj.sees("You remember it differently, beside the text wherever it goes: we agreed on Acme")
    (session,) = json.loads(exported(world, dana))["sessions"]
    assert session["remembered_otherwise"] == "we agreed on Acme first"
    with another_manager(world, dana) as kim:
        shown = read_by(kim)
        assert "Raj Rao remembers it differently, beside the text wherever it goes" in shown
        assert "we agreed on Acme first" in shown
    # Said again, the later choice stands.
    raj.picks("Not how I remember it")
    assert modal(raj).value("How do you remember it?") == "we agreed on Acme first"
    modal(raj).fill("Who reads it?", "Dana Moss alone")
    modal(raj).submit()
    assert "Acme" not in exported(world, dana)


def exported(world: World, manager: Person) -> str:
    now = world.slack.clock.now()
    record = export_team(world.database, world.workspace_id, manager.id, ExportRequest(), now)
    return "".join(to_json(record, now))


@contextmanager
def another_manager(world: World, dana: Person) -> Iterator[Person]:
    """Meanwhile somebody else has the team that was Dana's."""
    kim = world.person("Kim Later")
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    pass_on(world, to=kim)
    yield kim
    pass_on(world, to=dana)


def pass_on(world: World, to: Person) -> None:
    with world.database.writing(world.workspace_id) as tx:
        manager = people.get(tx, to.id)
        assert manager is not None
        tx.connection.execute(update(Team).values(manager_id=manager.id))


def read_by(manager: Person) -> str:
    """What that manager reads of the session in the binder."""
    manager.slash("/binder @Raj Rao")
    manager.picks("Open", beside="strategy session")
    shown = modal(manager).text
    modal(manager).close_all()
    return shown


def test_a_field_day_shares_strength_and_focus_and_not_the_market(
    dana: Person, raj: Person
) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme: Jo")
    modal(dana).clicks("More")
    modal(dana).fill("One strength", "listens first")
    modal(dana).fill("Heard of market and competitors", "60-day terms")
    modal(dana).submit()
    dana.clicks("Preview as Raj Rao", beside="field day")
    assert "listens first" in modal(dana).text
    assert "60-day" not in modal(dana).text
    modal(dana).submit()
    raj.sees("Field day with Dana Moss · Mon 23 Nov")
    raj.sees("listens first")
    raj.sees_not("60-day")


def letter_of(shown: str) -> str:
    """The letter itself, without what the manager or the rep can do about it."""
    begins = shown.index("Strategy session with")
    return shown[begins:].partition("Unchanged:")[0].rstrip()


@pytest.mark.slow
def test_a_shared_session_reads_like_a_letter_and_is_seen(
    world: World, dana: Person, raj: Person
) -> None:
    share(dana)
    world.slack.clock.advance(timedelta(days=9))
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).fill("Plan", "Umbrella: plant manager by year end")
    modal(dana).fill("What changed", "Wayne asked for a reference")
    modal(dana).fill("Next step", "me: find a reference by 8 Dec")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).close()
    dana.clicks("Preview as Raj Rao")
    previewed = letter_of(modal(dana).text)
    assert previewed == (
        "Strategy session with Dana Moss · Wed 2 Dec\n"
        "Key-account plan\n"
        "Umbrella: plant manager by year end\n"
        "New: Wayne asked for a reference\n"
        "→ Dana Moss: find a reference, by Tue 8 Dec"
    )
    assert "Unchanged: Territory management plan" in modal(dana).text
    assert "win the north" not in modal(dana).text
    modal(dana).clicks("Show")
    assert "win the north <first>" in modal(dana).text
    modal(dana).close()
    modal(dana).submit()
    modal(dana).close()
    assert letter_of(raj.dm[-1].text) == previewed
    raj.dm[-1].clicks("Show")
    assert "Territory management plan\nwin the north <first>" in modal(raj).text
    modal(raj).close_all()
    raj.picks("Open")
    assert letter_of(modal(raj).text) == previewed
    modal(raj).close()
    # Seen: the manager hears nothing of it, and finds it where the session is.
    told = len(dana.dm)
    raj.dm[-1].clicks("Seen")
    raj.sees("Seen, Wed 2 Dec.")
    assert "[Seen]" not in raj.dm[-1].text
    assert len(dana.dm) == told
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    assert "Raj Rao has seen it, today." in modal(dana).text
    modal(dana).close()
    rows = [line for line in modal(dana).text.splitlines() if "strategy session" in line]
    assert ["Raj Rao has seen it" in row for row in rows] == [True, False]
    modal(dana).close()
    dana.opens_home()
    dana.sees("Raj Rao has seen your strategy session of Wed 2 Dec.")
    assert dana.screen().count("has seen") == 1
    assert "not seen" not in dana.screen()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    # What changes after that asks nothing; it can be said of it again.
    world.slack.clock.advance(timedelta(minutes=1))
    modal(dana).clicks("Edit")
    modal(dana).fill("Plan", "win the south")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close_all()
    sent = len(raj.dm)
    world.heart.beat(world.slack.clock.now())
    assert len(raj.dm) == sent
    # Changed since, it is said nowhere, nor that it has not been seen.
    dana.opens_home()
    assert "seen" not in dana.screen()
    dana.slash("/binder @Raj Rao")
    assert "seen" not in modal(dana).text
    modal(dana).close()
    raj.sees("Changed since, Wed 2 Dec.")
    raj.sees("You saw it on Wed 2 Dec; it changed since.")
    raj.sees("win the south")
    raj.picks("Open")
    modal(raj).clicks("Seen")
    assert "Seen, Wed 2 Dec." in modal(raj).text
    modal(raj).close()
    world.heart.beat(world.slack.clock.now())
    assert "[Seen]" not in raj.dm[-1].text
    dana.opens_home()
    dana.sees("Raj Rao has seen your strategy session of Wed 2 Dec.")
    # It is no news for long.
    world.slack.clock.advance(timedelta(days=4))
    dana.opens_home()
    dana.sees_not("has seen")


def test_seen_is_said_of_what_was_read(dana: Person, raj: Person) -> None:
    share(dana)
    dana.clicks("Edit")
    modal(dana).fill("Plan", "win the south")
    for _ in range(5):
        modal(dana).submit()
    raj.dm[-1].clicks("Seen")
    raj.sees("win the south")
    assert "[Seen]" in raj.dm[-1].text
    dana.clicks("Preview as Raj Rao")
    assert "has seen it" not in modal(dana).text


def test_nothing_to_share_is_said(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme: Jo")
    modal(dana).submit()
    dana.clicks("Preview as Raj Rao", beside="field day")
    assert "There is nothing to share with Raj Rao yet" in modal(dana).text


def test_only_the_rep_opens_and_answers_what_was_shared(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    share(dana)
    (contact,) = (
        home.home(world.database, world.actor(raj), world.slack.clock.now()).on_teams[0].shared
    )
    for stranger in (lena, dana):
        with pytest.raises(NotYours):
            sharing.for_rep(world.database, world.actor(stranger), contact.id)
        with pytest.raises(NotYours):
            sharing.object_to(
                world.database,
                world.actor(stranger),
                contact.id,
                "mine",
                "form",
                world.slack.clock.now(),
                beside=True,
            )
    lena.opens_home()
    lena.sees_not("win the north")


def test_a_message_that_slack_does_not_take_is_not_shared(dana: Person, raj: Person) -> None:
    dana.clicks("Preview as Raj Rao")
    raj.is_deactivated()
    modal(dana).submit()
    modal(dana).close()
    assert raj.dm == []
    dana.sees("Nothing was sent and nothing is lost; share it again")
    dana.clicks("Preview as Raj Rao", beside="nothing is lost")
    assert "This is what Raj Rao will read" in modal(dana).text
