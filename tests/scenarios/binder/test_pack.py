"""The transition pack: what whoever takes over from a rep, or a whole team, begins with; for its
manager, and for whom it is offered to until they answer."""

import pytest

from bot.domain.promises import Owner
from bot.domain.workspaces.refusals import ForManagers, NoTeam
from bot.services.binder import pack
from slack_sandbox import Person
from tests.scenarios.accounts.test_transition import log_visits, pass_on
from tests.scenarios.binder.test_moving import seen_by
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.workspaces.trouble import presses_copy, pressing

SECRET = "kwx"


def open_pack(dana: Person) -> str:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Transition pack")
    return modal(dana).text


def unread_plan(dana: Person) -> None:
    """A plan with Raj that was never shared."""
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", f"not shared {SECRET}")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close_all()


def raises_between_us(raj: Person) -> None:
    raj.opens_home()
    raj.clicks("Raise something")
    modal(raj).fill("What", f"home {SECRET}")
    modal(raj).fill("Between us", ["Nobody but the two of us reads it"])
    modal(raj).submit()


def test_a_manager_has_on_one_page_what_is_needed_to_take_over(
    world: World, raj: Person, lena: Person
) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, raj, lena)
    log_visits(dana, "Raj Rao", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli")
    promise(world, dana, raj, "price sheet")
    promise(world, dana, raj, "lead the demo", owner=Owner.REP)
    promise(world, dana, lena, f"for Lena {SECRET}")
    unread_plan(dana)
    pass_on(dana, "Northwind")
    modal(dana).clicks("Transition pack")
    shown = modal(dana).text
    for words in (
        "For whoever takes over from Raj Rao",
        "Northwind to Lena Fox, Mon 14 Dec",
        "Hooli: nobody but Raj Rao was there",
        "Jo Lee and Kim Ray",
        "been there too: Dana Moss",
        "You: “price sheet”",
        "Raj Rao: “lead the demo”",
    ):
        assert words in shown, words
    assert SECRET not in shown
    modal(dana).clicks("Back to the binder")
    modal(dana).close_all()
    assert "price sheet" in open_pack(dana)


def test_what_was_raised_between_the_two_is_not_in_it(
    world: World, raj: Person, lena: Person
) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, raj, lena)
    raises_between_us(raj)
    shown = open_pack(dana)
    assert SECRET not in shown
    assert "Nothing is written down for it yet." in shown


def test_a_long_one_is_read_on(world: World, raj: Person, lena: Person) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, raj, lena)
    for tens in range(3):
        names = [f"Customer {tens}{n}" for n in range(10)]
        log_visits(dana, "Raj Rao", "\n".join(names))
    first = open_pack(dana)
    modal(dana).clicks("Read on")
    second = modal(dana).text
    while "Read on" in modal(dana).text:
        modal(dana).clicks("Read on")
        second += modal(dana).text
    for n in range(30):
        assert f"Customer {n:02}" in first + second
    modal(dana).clicks("From the top")
    assert modal(dana).text == first


def test_it_is_for_the_manager_alone(world: World, raj: Person, lena: Person) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, raj, lena)
    now = world.slack.clock.now()
    for person, refusal in ((raj, ForManagers), (lena, ForManagers), (world.person("X Y"), NoTeam)):
        with pytest.raises(refusal):
            pack.read_rep(world.database, world.actor(person), raj.id, None, now)


def opens_team_pack(person: Person) -> str:
    person.slash("/binder pack")
    return modal(person).text


def test_the_pack_of_a_team_has_a_line_a_rep_and_one_of_the_team(
    world: World, raj: Person, lena: Person
) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, raj, lena)
    log_visits(dana, "Raj Rao", "Northwind: Jo Lee, wants a trial")
    promise(world, dana, raj, "price sheet")
    dana.slash("/todo issue price change until friday")
    log_visits(dana, "Lena Fox", "Umbrella")
    dana.slash("/binder account Umbrella renewal 1 March")
    world.team(dana, raj)
    shown = opens_team_pack(dana)
    assert "For whoever takes over Dana Moss's team" in shown
    assert "The whole team · 1 issue of the day" in shown
    assert "Raj Rao · 1 introduction, 1 open promise, 1 account" in shown
    assert "Lena Fox (left) · 1 introduction, 1 account, 1 date" in shown
    modal(dana).clicks("See", beside="Raj Rao")
    assert "You: “price sheet”" in modal(dana).text
    assert "Northwind: nobody but Raj Rao was there (Jo Lee)" in modal(dana).text
    modal(dana).clicks("Back to the team")
    modal(dana).clicks("See", beside="Lena Fox")
    assert "1 Mar 2027 · Umbrella: renewal" in modal(dana).text
    modal(dana).clicks("Back to the team")
    modal(dana).clicks("See", beside="The whole team")
    assert "price change · " in modal(dana).text
    modal(dana).clicks("Back to the team")
    assert modal(dana).text == shown
    modal(dana).close_all()
    for way in ("/binder", "/team"):
        dana.slash(way)
        modal(dana).clicks("Transition pack")
        assert modal(dana).text == shown
        modal(dana).close_all()


def test_whoever_is_to_take_it_looks_through_it_until_they_answer(
    world: World, raj: Person, lena: Person
) -> None:
    dana, kim, nora = (world.person(name) for name in ("Dana Moss", "Kim Ito", "Nora Lind"))
    world.team(dana, raj, lena)
    promise(world, dana, raj, "price sheet")
    unread_plan(dana)
    raises_between_us(raj)
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", kim)
    modal(dana).fill("A word of yours", "You are in good hands")
    modal(dana).submit()
    assert "may look through the transition pack before answering" in modal(dana).text
    modal(dana).clicks("Transition pack")
    modal(dana).close()
    assert modal(dana).value("A word of yours") == "You are in good hands"
    modal(dana).submit()
    world.heart.beat(world.slack.clock.now())
    offered = kim.dm[-1]
    kim.clicks("Transition pack")
    assert "Raj Rao · 1 open promise" in modal(kim).text
    modal(kim).clicks("See", beside="Raj Rao")
    assert "Dana Moss: “price sheet”" in modal(kim).text
    modal(kim).close_all()
    kim.opens_home()
    kim.clicks("Transition pack")
    modal(kim).close_all()
    assert not [text for text in seen_by(world, kim) if SECRET in text]
    before = len(world.slack.calls)
    for person in (nora, raj, dana):
        presses_copy(person, offered, "Transition pack")
        pressing(world, person, "pack.rep", f'{{"subject": 1, "rep": "{raj.id}"}}')
    kim.clicks("Not so")
    pressing(world, kim, "pack.team", '{"subject": 1}')
    for person in (nora, raj, dana, kim):
        assert not [text for text in seen_by(world, person, before) if "For whoever" in text]


def test_of_one_rep_that_is_offered_the_other_sees_that_reps_alone(
    world: World, raj: Person, lena: Person
) -> None:
    dana, kim = world.person("Dana Moss"), world.person("Kim Ito")
    world.team(dana, raj, lena)
    promise(world, dana, raj, "price sheet")
    promise(world, dana, lena, f"for Lena {SECRET}")
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).clicks("Transition pack")
    assert "price sheet" in modal(dana).text
    modal(dana).close()
    modal(dana).clicks("Pass to another manager")
    modal(dana).fill("To", kim)
    modal(dana).submit()
    modal(dana).submit()
    world.heart.beat(world.slack.clock.now())
    kim.clicks("Transition pack")
    assert "What there is to know with Raj Rao" in modal(kim).text
    assert "Dana Moss: “price sheet”" in modal(kim).text
    modal(kim).close_all()
    for action, value in (
        ("pack.rep", f'{{"subject": 1, "rep": "{lena.id}"}}'),
        ("pack.team", '{"subject": 1}'),
    ):
        pressing(world, kim, action, value)
    assert not [text for text in seen_by(world, kim) if SECRET in text]
