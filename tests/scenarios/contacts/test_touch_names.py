"""A contact with somebody whose name is typed and not picked, and with several at once."""

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Fox")


@pytest.fixture
def dana(world: World, lena: Person) -> Person:
    """A manager with two Lenas, Sam Stone and Jürgen Müller on the team."""
    manager = world.person("Dana Moss")
    others = [world.person(name) for name in ("Lena Berg", "Sam Stone", "Jürgen Müller")]
    world.team(manager, lena, *others)
    return manager


def test_a_name_typed_by_hand_is_one_press_away(dana: Person) -> None:
    dana.slash("/touch Lena Fox call yesterday about <the> *Acme* & co")
    dana.sees("Is Lena Fox meant? Nothing was logged yet.")
    dana.sees("/touch Lena Fox call yesterday about <the> *Acme* & co")
    dana.clicks("Lena Fox")
    dana.sees("Logged: call with Lena Fox, yesterday · about <the> Acme & co")
    assert len(dana.ephemerals) == 1
    dana.clicks("Undo")
    dana.sees("Taken back: call with Lena Fox")


def test_several_of_a_name_are_offered_and_a_slip_is_forgiven(dana: Person) -> None:
    dana.slash("/touch lena email about the quote")
    dana.sees("Who is meant? Nothing was logged yet.")
    dana.clicks("Lena Berg")
    dana.sees("Logged: email with Lena Berg, today · about the quote")
    dana.slash("/touch Juergen Mueler call")
    dana.clicks("Jürgen Müller")
    dana.sees("Logged: call with Jürgen Müller, today")
    dana.slash("/touch @sam 2027-01-01 call")
    dana.clicks("Sam Stone")
    dana.sees("2027-01-01 is still to come, so nothing was logged.")
    dana.slash(f"/touch sam {'x' * 2500}")
    dana.clicks("Sam Stone")
    assert modal(dana).value("Rep") == "Sam Stone"
    modal(dana).close()


def test_a_name_alone_and_every_command_that_takes_a_person(dana: Person) -> None:
    for command, title in (
        ("/session", "Strategy session"),
        ("/fieldday", "Field day"),
        ("/binder", "Binder"),
    ):
        dana.slash(f"{command} sam")
        assert modal(dana).title == title
        assert "Sam Stone" in modal(dana).text
        modal(dana).close_all()
        dana.slash(f"{command} lena")
        dana.sees("Who is meant?")
        dana.clicks("Lena Fox")
        assert "Lena Fox" in modal(dana).text
        modal(dana).close_all()
    dana.slash("/touch sam")
    dana.clicks("Sam Stone")
    assert modal(dana).value("Rep") == "Sam Stone"
    modal(dana).close()
    for line in ("/touch nobody call", "/session nobody", "/fieldday nobody", "/binder nobody"):
        dana.slash(line)
        assert "meant?" not in dana.ephemerals[-1].text


def test_one_line_logs_one_for_each_and_undo_takes_all_back(dana: Person) -> None:
    dana.slash("/touch @Lena Fox @Sam Stone in person yesterday lunch about the price change")
    dana.sees(
        "Logged: in person with Lena Fox and Sam Stone, yesterday · lunch about the price change"
    )
    dana.picks("Edit Sam Stone")
    modal(dana).fill("About", "lunch, and the demo")
    modal(dana).fill("They raised", "quotes take four days")
    modal(dana).submit()
    dana.sees("in person with Sam Stone, yesterday · lunch, and the demo")
    dana.sees("in person with Lena Fox, yesterday · lunch about the price change")
    dana.sees("Sam Stone raised: “quotes take four days”")
    assert len(dana.ephemerals) == 1
    dana.clicks("Undo")
    dana.sees("Taken back: contact with Lena Fox and Sam Stone")
    for name in ("Lena Fox", "Sam Stone"):
        dana.slash(f"/binder @{name}")
        assert "deleted" in modal(dana).text
        modal(dana).close()
    dana.clicks("Put it back")
    for name in ("Lena Fox", "Sam Stone"):
        dana.slash(f"/binder @{name}")
        assert modal(dana).text.count("lunch") == 1
        assert "deleted" not in modal(dana).text
        modal(dana).close()


def test_it_is_all_of_them_or_none(world: World, dana: Person) -> None:
    ben = world.person("Ben Gray")
    dana.slash("/touch @Sam Stone @Ben Gray lunch")
    dana.sees("is not on your team. Nothing was logged yet.")
    dana.slash("/binder @Sam Stone")
    assert "lunch" not in modal(dana).text
    modal(dana).close()
    dana.clicks("Add to my team")
    dana.sees("Ben Gray is on your team now. Logged: contact with Sam Stone and Ben Gray, today")
    assert ben.modal is None
    dana.slash("/touch @Sam Stone @Dana Moss lunch")
    dana.sees("That is you.")
    dana.slash("/touch @Sam Stone @Sam Stone coffee")
    dana.sees("Logged: contact with Sam Stone, today · coffee")
    crowd = " ".join(f"@Crowd {world.person(f'Crowd {number}').name[6:]}" for number in range(11))
    dana.slash(f"/touch {crowd} dinner")
    dana.sees("That is more than 10 people at once, so nothing was logged.")


def test_a_table_full_has_a_row_for_each(world: World) -> None:
    dana = world.person("Dana Moss")
    reps = [world.person(f"Rep {name}") for name in ("Ada", "Bo", "Cy", "Di", "Ed", "Flo")]
    world.team(dana, *reps)
    dana.slash(f"/touch {' '.join(f'@{rep.name}' for rep in reps)} dinner")
    dana.sees("Rep Ada, Rep Bo, Rep Cy, Rep Di, Rep Ed and Rep Flo, today · dinner")
    dana.clicks("Edit", beside="Rep Di")
    modal(dana).fill("About", "dinner, and her plan")
    modal(dana).submit()
    dana.sees("contact with Rep Di, today · dinner, and her plan")
    dana.clicks("Undo")
    dana.sees("Taken back: contact with Rep Ada")


def test_whom_to_add_is_asked_of_each(world: World, dana: Person) -> None:
    world.person("Ben Gray")
    world.person("Ada Ek")
    dana.slash("/touch @Ben Gray @Ada Ek lunch about prices")
    dana.clicks("Add to my team")
    dana.sees("Ben Gray is on your team now.")
    dana.clicks("Add to my team")
    dana.sees("Ada Ek is on your team now. Logged: contact with Ben Gray and Ada Ek, today · lunch")


def test_an_edit_shows_all_that_is_kept_and_changes_what_was_raised(
    dana: Person, lena: Person
) -> None:
    dana.slash("/touch @Lena Fox")
    modal(dana).fill("They raised", "quotes take four days")
    modal(dana).submit()
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", "something delicate")
    modal(dana).fill("Between us", ["Nobody but the two of us reads it"])
    modal(dana).submit()
    dana.picks("Edit")
    form = modal(dana)
    assert form.labels.count("They raised") == 2
    assert "quotes take four days" in form.text
    assert "something delicate" in form.text
    assert "2026-11-30" in form.text
    dana.sees("They see it on their page, in these words.")
    dana.sees("The two of you alone read it, in these words.")
    form.fill("They raised", "quotes take five days")
    form.fill("By", "2026-11-20")
    form.submit()
    assert modal(dana).errors == {"By": "That day is over. Pick today or a later day."}
    form.fill("By", "2026-12-04")
    form.submit()
    dana.sees("raised: “quotes take five days”. You took it on, by Fri 4 Dec")
    lena.opens_home()
    lena.sees("quotes take five days")
    lena.sees_not("quotes take four days")
    dana.picks("Edit")
    modal(dana).fill("They raised", None)
    modal(dana).submit()
    lena.opens_home()
    lena.sees("“quotes take five days” · closed today, Dana Moss let it go")
    lena.sees("something delicate")
