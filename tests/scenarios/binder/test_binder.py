"""The binder of a rep: all that is kept, in one place, to read and to mend."""

import pytest

from bot.services.binder import pages
from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import next_day, promise
from tests.scenarios.workspaces.trouble import pressing
from tests.storage.world import statements

pytestmark = pytest.mark.reps("sam", "lena")

ACME = "the Acme renewal"


def contacts(manager: Person, rep: Person, count: int) -> None:
    """A contact on each day up to yesterday; the latest is number 0."""
    for number in range(count):
        day = f"2026-11-{22 - number:02}"
        manager.slash(f"/touch @{rep.name} call {day} about number {number}.")


def test_older_contacts_are_a_page_away_and_so_is_the_way_back(dana: Person, sam: Person) -> None:
    contacts(dana, sam, 14)
    dana.slash("/binder @Sam Stone")
    dana.sees("number 11.")
    dana.sees("number 0.")
    assert "number 12." not in modal(dana).text
    dana.clicks("Older")
    dana.sees("number 12.")
    dana.sees("number 13.")
    assert "number 11." not in modal(dana).text
    dana.clicks("Newest")
    dana.sees("number 0.")


def test_an_entry_shows_every_character_as_it_was_typed(dana: Person) -> None:
    typed = "*no bold* ~ `code` <!channel> & :tada: _x_ 🎉 שלום\n" * 50
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", typed)
    modal(dana).submit()
    dana.slash("/binder @Sam Stone")
    dana.picks("Open")
    about = [b["text"] for b in modal(dana).raw["blocks"] if b["type"] == "section"][1:]
    assert "".join(part["text"] for part in about) == typed.strip()
    assert {part["type"] for part in about} == {"plain_text"}
    dana.sees("Noted down today, 10:00.")


def test_what_is_deleted_stays_in_sight_and_can_be_put_back(dana: Person, sam: Person) -> None:
    contacts(dana, sam, 14)
    dana.slash("/binder @Sam Stone")
    dana.clicks("Older")
    dana.picks("Open", beside="number 12.")
    dana.clicks("Delete")
    dana.sees("It can be put back until Wed 23 Dec")
    assert "Edit" not in modal(dana).text
    modal(dana).close()
    assert "number 12. · deleted" in modal(dana).text
    assert "~Tue 10 Nov · call · about number 12.~" in str(modal(dana).raw)
    dana.picks("Open", beside="number 12.")
    dana.clicks("Put it back")
    dana.sees("[Delete]")
    modal(dana).close()
    dana.sees("Tue 10 Nov · call · about number 12.")
    assert "deleted" not in modal(dana).text


def test_an_edit_is_seen_in_the_entry_and_on_the_page_it_now_belongs_to(
    dana: Person, sam: Person
) -> None:
    contacts(dana, sam, 14)
    dana.slash("/binder @Sam Stone")
    dana.picks("Open", beside="number 3.")
    dana.clicks("Edit")
    modal(dana).fill("When", "2026-11-01")
    modal(dana).fill("About", "moved far back")
    modal(dana).submit()
    assert "Call with Sam Stone, Sun 1 Nov" in modal(dana).text
    modal(dana).close()
    assert "Sun 1 Nov · call · moved far back" in modal(dana).text
    assert "number 0." not in modal(dana).text


def test_what_they_raised_is_added_to_the_entry(dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    dana.slash("/binder @Sam Stone")
    dana.picks("Open")
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", "quotes take four days")
    modal(dana).submit()
    assert "Sam Stone raised: “quotes take four days”" in modal(dana).text
    modal(dana).close()
    assert "Open: you 1 [See]" in modal(dana).text


def test_a_touch_logged_from_the_binder_is_there_at_once_and_once(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    dana.clicks("Log a touch")
    assert modal(dana).value("Rep") == "Sam Stone"
    modal(dana).fill("About", ACME)
    modal(dana).submit_twice()
    assert modal(dana).text.count(ACME) == 1
    assert dana.dm == []


def test_a_touch_with_another_rep_is_confirmed_where_it_can_be_seen(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    dana.clicks("Log a touch")
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    assert "Logged: contact with Lena Fox, today" in dana.dm[-1].text
    assert "A fresh page." in modal(dana).text


def test_all_promises_open_and_closed_and_one_is_opened_again(
    world: World, dana: Person, sam: Person
) -> None:
    for number in range(25):
        promise(world, dana, sam, f"errand {number}.")
    dana.slash("/binder @Sam Stone")
    dana.sees("Open: you 25 [See]")
    dana.picks("All promises")
    dana.clicks("Kept", beside="errand 24.")
    assert "errand 24." not in modal(dana).text
    dana.clicks("More")
    dana.sees("Kept today · Sam Stone: “errand 24.”")
    dana.clicks("Open again", beside="errand 24.")
    dana.clicks("First")
    assert modal(dana).text.index("errand 24.") < modal(dana).text.index("errand 23.")
    dana.clicks("Change date", beside="errand 23.")
    modal(dana).fill("By", "2026-11-30")
    modal(dana).submit()
    assert "“errand 23.”, by Mon 30 Nov" in modal(dana).text
    dana.clicks("Back to the binder")
    dana.sees("Open: you 25 [See]")


@pytest.mark.usefixtures("sam")
def test_who_left_keeps_a_binder(world: World, dana: Person, lena: Person) -> None:
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    setup.choose_reps(world.database, world.actor(dana), [lena.id], world.slack.clock.now())
    next_day(world)
    dana.slash("/binder")
    modal(dana).fill("Rep", "Sam Stone (left)")
    modal(dana).submit()
    dana.sees("Left your team on Mon 23 Nov. All of it stays here.")
    dana.sees(ACME)
    assert "Log a touch" not in modal(dana).text
    assert "fresh page" not in modal(dana).text
    modal(dana).picks("Contacts")
    modal(dana).picks("Edit", beside=ACME)
    modal(dana).fill("About", "the renewal at Acme")
    modal(dana).submit()
    dana.sees("the renewal at Acme")


def test_the_choice_names_everyone_once_even_who_came_back(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    now = world.slack.clock.now
    setup.choose_reps(world.database, world.actor(dana), [lena.id], now())
    next_day(world)
    setup.choose_reps(world.database, world.actor(dana), [lena.id, sam.id], now())
    dana.slash("/binder")
    options = modal(dana).raw["blocks"][0]["element"]["options"]
    assert [option["text"]["text"] for option in options] == ["Lena Fox", "Sam Stone"]


@pytest.mark.slow
def test_a_very_large_team_is_chosen_from_by_name(world: World) -> None:
    manager = world.person("Dana Moss")
    reps = world.slack.add_people((f"Rep {number:03}", "UTC") for number in range(101))
    world.team(manager, *reps[:60])
    next_day(world)
    world.team(manager, *reps[60:])
    next_day(world)
    manager.slash("/binder")
    modal(manager).fill("Rep", reps[5])
    modal(manager).submit()
    manager.sees("Rep 005")
    manager.sees("Left your team")


def test_help_own_page_and_words_that_are_nobody(dana: Person) -> None:
    dana.slash("/binder help")
    dana.sees("/binder @rep")
    dana.slash("/binder @Dana Moss")
    dana.sees("Your own page is the Home tab")
    dana.slash("/binder @nobody")
    dana.sees("I don't know “@nobody”. Type /binder @ and pick a person")
    dana.slash("/binder zebra")
    dana.sees("I don't understand “zebra”.")
    dana.slash("/binder sam")
    assert modal(dana).text.splitlines()[1] == "Sam Stone"


def test_someone_else_is_no_page_of_this_binder(world: World, dana: Person, sam: Person) -> None:
    kim = world.person("Kim Ito")
    world.team(kim, world.person("Tom Ash"))
    dana.slash("/binder @Tom Ash")
    dana.sees("Tom Ash is not on your team.")
    world.person("Nia New")
    dana.slash("/binder @Nia New")
    dana.sees("is not on your team.")
    sam.slash("/binder @Lena Fox")
    sam.sees("That is for a rep's manager alone. What you can do is here, and on your Home tab")
    sam.slash("/binder")
    sam.sees("That is for a rep's manager alone.")
    sam.slash("/binder @Sam Stone")
    sam.sees("Your own page is the Home tab")
    stranger = world.person("Ola Berg")
    stranger.slash("/binder @Sam Stone")
    stranger.sees("You have no team here yet.")
    assert dana.modal is sam.modal is stranger.modal is None


def test_a_rep_on_two_teams_has_two_binders(world: World, dana: Person, sam: Person) -> None:
    kim = world.person("Kim Ito")
    world.team(kim, sam)
    promise(world, kim, sam, "the product training")
    kim.slash("/touch @Sam Stone call about the launch")
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    dana.slash("/binder @Sam Stone")
    kim.slash("/binder @Sam Stone")
    assert ACME in modal(dana).text
    assert "launch" not in modal(dana).text
    assert "training" not in modal(dana).text
    assert "launch" in modal(kim).text
    assert ACME not in modal(kim).text
    assert "Open: " not in modal(dana).text
    modal(kim).clicks("See")
    assert "the product training" in modal(kim).text


def test_an_entry_of_another_team_opens_for_nobody_else(
    world: World, dana: Person, sam: Person
) -> None:
    kim = world.person("Kim Ito")
    world.team(kim, world.person("Tom Ash"))
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    dana.slash("/binder @Sam Stone")
    dana.picks("Open")
    entry = modal(dana).raw["private_metadata"]
    for person in (kim, sam):
        person.slash("/touch help")
        answer = person.ephemerals[-1]
        for action in ("binder.entry", "binder.delete", "binder.show_note", "touch.edit"):
            pressing(world, person, action, entry, view={"type": "modal", "id": "V0FORGED"})
        assert person.modal is None
        assert person.ephemerals[-1] == answer
    assert "[Delete]" in modal(dana).text


def test_a_press_on_what_is_gone_says_so(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    dana.slash("/binder @Sam Stone")
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM interaction")
    dana.picks("Open")
    dana.sees("That is not there any more.")
    modal(dana).close()
    dana.sees("Sam Stone")


def test_app_home_opens_the_same_binder(dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call about {ACME}")
    dana.opens_home()
    dana.picks("Open binder", beside="Sam Stone")
    dana.sees(f"Mon 23 Nov · call · about {ACME}")


def test_a_page_closed_meanwhile_needs_no_drawing(world: World, dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    dana.clicks("Log a touch")
    under = modal(dana)
    with world.slack._workspace.changing():
        beneath = dana._member.stack[0]
        world.slack._workspace.close_modals(dana._member, [beneath])
    under.submit()
    assert dana.modal is None
    dana.slash("/binder @Sam Stone")
    dana.sees("Mon 23 Nov · contact")


@pytest.mark.slow
def test_a_long_history_takes_no_more_statements(world: World, dana: Person, sam: Person) -> None:
    counts = []
    for _ in range(2):
        with statements(world.database) as seen:
            pages.open_binder(world.database, world.actor(dana), sam.id, world.slack.clock.now())
        counts.append(len(seen))
        contacts(dana, sam, 20)
        for number in range(10):
            promise(world, dana, sam, f"errand {number}")
    assert counts[0] == counts[1]
