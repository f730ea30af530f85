"""Promises of both sides: kept, dated again, dropped, handed over, and mended after a slip."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.promises import Owner
from bot.services import home, promises
from bot.services.team import setup
from bot.views.block_kit import kit
from bot.views.promises.promise import promise_row
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import locked, next_day, owed, promise, theirs

PRICE = "Acme price sheet"
DEMO = "lead the Northwind demo"


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Stone", tz="America/Los_Angeles")


@pytest.fixture
def dana(world: World, sam: Person, lena: Person) -> Person:
    """A manager who told Sam of a price sheet; Sam leads a demo."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, lena)
    promise(world, manager, sam, PRICE)
    promise(world, manager, sam, DEMO, owner=Owner.REP)
    return manager


def test_kept_leaves_the_list_and_a_slip_is_mended_right_there(dana: Person) -> None:
    owed(dana)
    dana.sees(f"Sam Stone · “{PRICE}”, by Fri 27 Nov")
    dana.clicks("Kept", beside=PRICE)
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")
    dana.clicks("Open again", beside=PRICE)
    dana.sees(f"Sam Stone · “{PRICE}”, by Fri 27 Nov")
    dana.sees_not("Kept today")


def test_the_one_kept_just_now_comes_first_whatever_else_was_closed(
    world: World, dana: Person, lena: Person
) -> None:
    first = promise(world, dana, lena, "the oldest of all")
    for number in range(4):
        done = promise(world, dana, lena, f"errand {number}")
        promises.fulfil(world.database, world.actor(dana), done, world.slack.clock.now())
    promises.open_again(world.database, world.actor(dana), first, world.slack.clock.now())
    owed(dana)
    dana.clicks("Kept", beside="the oldest of all")
    screen = dana.screen()
    assert screen.index("Kept today · Lena Fox: “the oldest") < screen.index("“errand 3”")
    assert screen.count("[Open again]") == 3


def test_a_rep_keeps_their_own_and_the_manager_sees_it_kept(dana: Person, sam: Person) -> None:
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    sam.sees(f"Kept today: “{DEMO}”")
    dana.opens_home()
    dana.sees(f"Kept today · Sam Stone: “{DEMO}”")


@pytest.mark.usefixtures("dana")
def test_a_rep_opens_again_what_was_kept_by_a_slip(sam: Person) -> None:
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    sam.clicks("Open again", beside=DEMO)
    sam.sees(f"“{DEMO}”, by Fri 27 Nov\n[Kept] [Change date]")


@pytest.mark.usefixtures("dana")
def test_a_rep_sees_the_managers_promises_without_buttons(sam: Person) -> None:
    sam.opens_home()
    home = sam.sees(f"Dana Moss promised\n“{PRICE}”, by Fri 27 Nov")
    assert home.text.count("[Kept]") == 1


@pytest.mark.usefixtures("sam")
def test_another_date_is_shown_at_once_and_no_date_is_fine(dana: Person) -> None:
    owed(dana)
    dana.clicks("Change date", beside=PRICE)
    assert dana.modal is not None
    assert dana.modal.value("By") == "2026-11-27"
    dana.modal.fill("By", date(2026, 12, 4))
    dana.modal.submit()
    dana.sees(f"“{PRICE}”, by Fri 4 Dec")
    dana.clicks("Change date", beside=PRICE)
    dana.modal.fill("By", None)
    dana.modal.submit_twice()
    dana.sees(f"Sam Stone · “{PRICE}”\n[Kept]")


@pytest.mark.usefixtures("dana")
def test_a_rep_changes_the_date_of_their_own(sam: Person) -> None:
    sam.opens_home()
    sam.clicks("Change date", beside=DEMO)
    assert sam.modal is not None
    sam.modal.fill("By", date(2026, 12, 1))
    sam.modal.submit()
    sam.sees(f"“{DEMO}”, by Tue 1 Dec")


def test_a_date_that_is_over_keeps_the_form_open(dana: Person) -> None:
    owed(dana)
    dana.clicks("Change date", beside=PRICE)
    assert dana.modal is not None
    dana.modal.fill("By", date(2025, 11, 27))
    dana.modal.submit()
    assert dana.modal.errors == {"By": "That day is over. Pick today or a later day."}
    dana.modal.fill("By", date(2026, 11, 30))
    dana.modal.submit()
    dana.sees(f"“{PRICE}”, by Mon 30 Nov")


def test_a_promise_whose_day_has_passed_only_shows_its_date(world: World, dana: Person) -> None:
    next_day(world, 10)
    owed(dana)
    dana.sees(f"Sam Stone · “{PRICE}”, by Fri 27 Nov\n[Kept]")
    dana.sees_not("verdue")
    dana.clicks("Change date", beside=PRICE)
    assert dana.modal is not None
    assert dana.modal.value("By") == "2026-12-10"


def test_dropped_with_a_word_why(dana: Person, sam: Person) -> None:
    owed(dana)
    dana.picks("Drop", beside=PRICE)
    assert dana.modal is not None
    dana.modal.fill("A word why", "Acme chose its own")
    dana.modal.submit_twice()
    dana.sees(f"Dropped today · Sam Stone: “{PRICE}” (“Acme chose its own”)")
    assert sam.dm == []
    dana.clicks("Open again", beside=PRICE)
    dana.sees(f"Sam Stone · “{PRICE}”, by Fri 27 Nov")


def test_handed_over_to_a_colleague_once_though_sent_twice(
    dana: Person, sam: Person, lena: Person
) -> None:
    owed(dana)
    dana.picks("Hand over", beside=PRICE)
    assert dana.modal is not None
    dana.modal.submit()
    assert dana.modal.errors == {"To": "Please complete this required field."}
    dana.modal.fill("To", "Lena Fox")
    dana.modal.submit_twice()
    home = dana.sees(f"Handed over to Lena Fox today · Sam Stone: “{PRICE}”")
    assert home.text.count(f"Lena Fox · “{PRICE}”, by Fri 27 Nov") == 1
    assert "[Open again]" not in home.text
    lena.opens_home()
    lena.sees(f"Dana Moss promised\n“{PRICE}”")
    sam.opens_home()
    sam.sees_not(PRICE)


def test_with_nobody_else_on_the_team_there_is_nobody_to_hand_over_to(world: World) -> None:
    kim, tom = world.person("Kim Park"), world.person("Tom Ash")
    world.team(kim, tom)
    promise(world, kim, tom, PRICE)
    owed(kim)
    kim.picks("Hand over", beside=PRICE)
    kim.sees("There is nobody else on your team")


def test_a_button_of_a_promise_closed_meanwhile_says_so_and_home_follows(
    dana: Person, sam: Person
) -> None:
    theirs(dana)
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    dana.clicks("Kept", beside=DEMO)
    assert dana.modal is not None
    dana.sees(f"That one is closed already. Kept today · Sam Stone: “{DEMO}”")
    dana.modal.close()
    assert f"{DEMO}”, by" not in dana.screen()
    assert f"Kept today · Sam Stone: “{DEMO}”" in dana.screen()


@pytest.mark.parametrize("entry", ["Drop", "Hand over"])
def test_a_form_is_not_opened_for_what_is_closed(dana: Person, sam: Person, entry: str) -> None:
    theirs(dana)
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    dana.picks(entry, beside=DEMO)
    dana.sees("That one is closed already.")


def test_a_form_of_a_promise_closed_meanwhile_keeps_what_is_typed(
    dana: Person, sam: Person
) -> None:
    theirs(dana)
    dana.picks("Drop", beside=DEMO)
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    assert dana.modal is not None
    dana.modal.fill("A word why", "the customer moved it")
    dana.modal.submit()
    assert "closed already" in dana.modal.errors["A word why"]
    assert dana.modal.value("A word why") == "the customer moved it"
    dana.modal.close()
    dana.opens_home()
    dana.sees(f"Kept today · Sam Stone: “{DEMO}”")


def test_what_was_handed_over_meanwhile_is_the_colleagues_to_keep(
    dana: Person, sam: Person, lena: Person
) -> None:
    sam.opens_home()
    theirs(dana)
    dana.picks("Hand over", beside=DEMO)
    assert dana.modal is not None
    dana.modal.fill("To", "Lena Fox")
    dana.modal.submit()
    sam.clicks("Kept", beside=DEMO)
    sam.sees("That one is closed already. Handed over to Lena Fox today")
    lena.opens_home()
    lena.sees(f"Dana Moss noted for you: “{DEMO}”, by Fri 27 Nov\n[Agreed] [Not so]")


@pytest.mark.parametrize("what", [PRICE, DEMO])
def test_a_colleague_with_a_copy_of_the_button_changes_nothing(
    world: World, dana: Person, lena: Person, what: str
) -> None:
    dana.opens_home()
    shown = home.home(world.database, world.actor(dana), world.slack.clock.now()).manager
    assert shown is not None
    for found in shown.promises:
        copy = kit.home(promise_row(found, shown.facts.today))
        for label in ("Kept", "Change date"):
            world.product.app.messenger.publish_home(lena.id, copy)
            lena.clicks(label)
            lena.sees("This is Dana Moss's; only Dana Moss can open or change it.")
            assert lena.modal is not None
            lena.modal.close()
    shown_now = owed(dana).text if what == PRICE else theirs(dana).text
    assert f"“{what}”, by Fri 27 Nov\n[Kept]" in shown_now


def test_a_rep_with_a_copy_of_the_managers_menu_drops_nothing(
    world: World, dana: Person, sam: Person
) -> None:
    shown = home.home(world.database, world.actor(dana), world.slack.clock.now()).manager
    assert shown is not None
    own = next(found for found in shown.promises if found.what == DEMO)
    for entry in ("Drop", "Hand over"):
        copy = kit.home(promise_row(own, shown.facts.today))
        world.product.app.messenger.publish_home(sam.id, copy)
        sam.picks(entry)
        sam.sees("This is Dana Moss's; only Dana Moss can open or change it.")
        assert sam.modal is not None
        sam.modal.close()


def test_everyone_reads_and_closes_on_their_own_date(
    world: World, dana: Person, sam: Person
) -> None:
    """Seven in the morning of Tuesday in Berlin is Monday evening in Los Angeles."""
    world.slack.clock.move_to(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    sam.opens_home()
    sam.clicks("Kept", beside=DEMO)
    sam.sees(f"Kept today: “{DEMO}”")
    owed(dana)
    dana.sees(f"Kept yesterday · Sam Stone: “{DEMO}”")
    dana.clicks("Kept", beside=PRICE)
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")


def test_with_the_database_away_a_form_keeps_what_is_typed_and_saves_later(
    world: World, dana: Person
) -> None:
    owed(dana)
    dana.picks("Drop", beside=PRICE)
    assert dana.modal is not None
    dana.modal.fill("A word why", "Acme chose its own")
    with locked(world):
        dana.modal.submit()
        assert "What you typed is still here" in dana.modal.errors["A word why"]
    assert dana.modal.value("A word why") == "Acme chose its own"
    dana.modal.submit()
    dana.sees(f"Dropped today · Sam Stone: “{PRICE}” (“Acme chose its own”)")


def test_with_the_database_away_kept_says_so_and_works_later(world: World, dana: Person) -> None:
    owed(dana)
    with locked(world):
        dana.clicks("Kept", beside=PRICE)
        dana.sees("the database did not answer")
    assert dana.modal is not None
    dana.modal.close()
    dana.clicks("Kept", beside=PRICE)
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")


def test_kept_is_kept_though_slack_does_not_draw_home(world: World, dana: Person) -> None:
    owed(dana)
    world.slack.faults.add("views.publish", FaultKind.SERVER_ERROR)
    dana.clicks("Kept", beside=PRICE)
    modal(dana).close()
    dana.opens_home()
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")


def test_a_promise_in_a_message_is_drawn_there(world: World, dana: Person, sam: Person) -> None:
    note = sam.says("quotes take four days", channel=world.slack.add_channel("sales", [sam, dana]))
    dana.message_shortcut("They raised something", note)
    assert dana.modal is not None
    dana.modal.submit()
    dana.sees("Noted. Sam Stone raised: “quotes take four days”. You took it on, by Mon 30 Nov.")
    dana.clicks("Change date")
    assert dana.modal is not None
    dana.modal.fill("By", date(2026, 12, 1))
    dana.modal.submit()
    dana.sees("Sam Stone raised: “quotes take four days”. You took it on, by Tue 1 Dec.")
    dana.clicks("Kept")
    dana.sees("Kept today · Sam Stone: “quotes take four days”")
    dana.clicks("Open again")
    dana.sees("Sam Stone raised: “quotes take four days”. You took it on, by Tue 1 Dec.")
    assert len(dana.dm) == 1


def test_a_promise_left_open_by_a_rep_who_left_is_closed_in_its_list(
    world: World, dana: Person, lena: Person
) -> None:
    setup.choose_reps(world.database, world.actor(dana), [lena.id], world.slack.clock.now())
    dana.opens_home()
    dana.sees("2 promises are still open with reps who left.")
    dana.clicks("See them")
    dana.clicks("Kept", beside=PRICE)
    dana.sees_not(f"You told Sam Stone: “{PRICE}”")
    dana.picks("Hand over", beside=DEMO)
    assert dana.modal is not None
    dana.modal.fill("To", "Lena Fox")
    dana.modal.submit()
    dana.sees("Nothing is left open with people who left your team.")
    assert dana.modal is not None
    dana.modal.close()
    dana.sees_not("reps who left")
    assert f"Lena Fox · “{DEMO}”, by Fri 27 Nov" in theirs(dana).text


def test_words_of_all_kinds_are_shown_as_they_are(world: World, dana: Person, sam: Person) -> None:
    odd = "the <!channel> & <@U1> 🎉 شكرا"
    promise(world, dana, sam, odd, owner=Owner.REP)
    assert f"“{odd}”" in theirs(dana).text
    sam.opens_home()
    sam.clicks("Kept", beside=odd)
    sam.sees(f"Kept today: “{odd}”")


def test_a_promise_changed_in_the_binder_is_drawn_there_and_on_home(dana: Person) -> None:
    dana.opens_home()
    dana.picks("Open binder", beside="Sam Stone")
    dana.sees("Open: you 1, Sam 1")
    dana.clicks("See")
    dana.clicks("Change date", beside=PRICE)
    assert dana.modal is not None
    dana.modal.fill("By", date(2026, 12, 4))
    dana.modal.submit()
    dana.sees(f"“{PRICE}”, by Fri 4 Dec")
    dana.clicks("Kept", beside=PRICE)
    assert dana.modal is not None
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")
    dana.clicks("Back to the binder")
    dana.sees("Open: Sam 1")
    assert dana.modal is not None
    dana.modal.close()
    dana.sees(f"Kept today · Sam Stone: “{PRICE}”")
