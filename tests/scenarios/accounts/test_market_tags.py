"""Tags as they are typed: one that is much like another is asked for, on every way to write it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.accounts.test_market import HEARD, market, opens_tag, rides
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.results.test_director import shares
from tests.scenarios.todo.test_todo_away import goes_away

pytestmark = pytest.mark.reps("raj", "lena")

ASKED = "“competitor term” is new. Did you mean competitor terms?"


def on_a_field_day(dana: Person) -> None:
    rides(dana, "Lena Fox", "Hooli", "wants 60 days #competitor-term")


def of_a_visit(dana: Person) -> None:
    rides(dana, "Lena Fox", "Hooli", "")
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Open", beside="field day")
    modal(dana).clicks("Visit details")
    modal(dana).fill("Market note", "wants 60 days")
    modal(dana).fill("New tag", "competitor term")
    modal(dana).submit()
    modal(dana).close_all()


def of_a_touch(dana: Person) -> None:
    dana.slash("/touch @Lena Fox call")
    dana.picks("Market note")
    modal(dana).fill("Market note", "wants 60 days #competitor term")
    modal(dana).submit()


def in_an_edit(dana: Person) -> None:
    rides(dana, "Lena Fox", "Hooli", "wants 60 days")
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Open", beside="field day")
    modal(dana).clicks("Edit")
    modal(dana).fill(HEARD, "wants 60 days #competitor term")
    modal(dana).submit()
    modal(dana).close_all()


def in_a_plain_message(dana: Person) -> None:
    dana.says("field day with Lena Fox\nHooli: wants 60 days #competitor-term")
    dana.clicks("Field day")
    modal(dana).fill(HEARD, "wants 60 days #competitor-term")
    modal(dana).submit()
    modal(dana).close_all()


@pytest.mark.parametrize(
    "write", [on_a_field_day, of_a_visit, of_a_touch, in_an_edit, in_a_plain_message]
)
def test_a_close_spelling_is_asked_for_on_every_way(
    dana: Person, write: Callable[[Person], None]
) -> None:
    rides(dana, "Raj Rao", "Acme", "60 days #competitor-terms")
    write(dana)
    dana.sees("Did you mean competitor")
    # It stands as it was typed until that is answered, which the page asks too.
    shown = market(dana)
    assert "competitor-term · 1 note" in shown or "competitor term · 1 note" in shown
    assert "Did you mean competitor-terms?" in shown
    dana.ephemerals[-1].clicks("Yes, competitor-terms")
    assert "stands under competitor-terms now." in dana.ephemerals[-1].text
    assert "competitor-terms · 2 notes" in market(dana)
    assert "Did you mean" not in dana.ephemerals[-1].text


@pytest.mark.slow
def test_either_answer_is_one_press_and_has_its_way_back(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme", "60 days #terms")
    rides(dana, "Lena Fox", "Hooli", "60 days #term")
    dana.sees("“term” is new. Did you mean terms?")
    dana.clicks("Yes, terms")
    dana.sees("term stands under terms now.")
    dana.ephemerals[-1].clicks("Undo")
    dana.sees("term and terms are two tags.")
    # Nobody is asked twice.
    assert "Did you mean" not in market(dana)
    rides(dana, "Raj Rao", "Globex", "60 days #term")
    assert "term · 2 notes" in market(dana)
    assert "Did you mean" not in dana.ephemerals[-1].text
    rides(dana, "Raj Rao", "Globex", "60 days #trems")
    dana.clicks("No, keep trems")
    dana.sees("trems is a tag of its own.")
    assert "Did you mean" not in market(dana)
    # What leads to a tag leads to it, unasked.
    opens_tag(dana, "trems")
    dana.ephemerals[-1].picks("Merge")
    modal(dana).fill("Tag", "terms")
    modal(dana).submit()
    rides(dana, "Lena Fox", "Wayne", "60 days #trems")
    assert "Did you mean" not in market(dana)
    assert "terms · 3 notes" in dana.ephemerals[-1].text


@pytest.mark.slow
def test_the_third_customer_is_told_with_the_answer(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme\nHooli", "Acme: 60 days #terms\nHooli: 60 days #terms")
    rides(dana, "Lena Fox", "Globex", "60 days #term")
    dana.clicks("Yes, terms")
    dana.sees("terms is heard at 3 customers since Mon 23 Nov: Acme, Hooli, Globex.")


@pytest.mark.slow
def test_what_can_be_no_tag_is_said_and_nothing_typed_is_lost(dana: Person) -> None:
    dana.slash("/touch @Raj Rao call")
    dana.picks("Market note")
    for typed, said in (
        ("🔥", "A tag needs a letter or a number in it."),
        ("t" * 80, "A tag is a word or two, of 40 letters at the most."),
        ("Raj", "somebody's name"),
    ):
        modal(dana).fill("Market note", "60 days #Zürich")
        modal(dana).fill("New tag", typed)
        modal(dana).submit()
        assert said in str(modal(dana).errors)
        assert modal(dana).value("New tag") == typed
        assert modal(dana).value("Market note") == "60 days #Zürich"
    modal(dana).fill("New tag", " , ")
    modal(dana).submit()
    dana.sees("New tag: Zürich")
    rides(dana, "Raj Rao", "Acme", "60 days #ZUERICH")
    dana.sees("“ZUERICH” is kept as Zürich")
    assert "Zürich · 2 notes" in market(dana)


@pytest.mark.slow
def test_two_words_are_one_tag_where_that_is_known(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme", "60 days #payment terms\nfewer fairs")
    assert "payment · 1 note" in market(dana)
    rides(dana, "Raj Rao", "Hooli", "60 days #payment-terms")
    rides(dana, "Lena Fox", "Globex", "90 days #payment terms")
    assert "payment-terms · 2 notes" in market(dana)
    # What stands there already is not read anew for it.
    dana.slash("/binder @Raj Rao")
    dana.sees("Raj Rao")
    modal(dana).picks("Open", beside="field day")
    modal(dana).close_all()
    shown = opens_tag(dana, "payment ·")
    assert "60 days payment terms" in shown


@pytest.mark.slow
def test_nobody_else_reads_of_it(world: World, dana: Person, raj: Person) -> None:
    """A rep, who stands in, a director; and the channel has what was sent there alone."""
    kim, lea = world.person("Kim Ito"), world.person("Lea Diaz")
    rides(dana, "Raj Rao", "Acme\nHooli\nWayne", "Acme: 60 dagar #terms\nHooli: 60 dagar #term")
    goes_away(dana, date(2026, 11, 24), date(2026, 11, 27), kim)
    shares(dana, lea)
    rides(dana, "Lena Fox", "Globex", "60 dagar #terms")
    dana.clicks("Yes, terms")
    world.slack.clock.advance(timedelta(days=1))
    world.heart.beat(world.slack.clock.now())
    for person in (raj, kim, lea):
        person.slash("/binder market")
        person.slash("/mirror teams")
        person.slash("/todo")
        person.opens_home()
        for words in ("60 dagar", "Did you mean", "stands under", "customers since"):
            person.sees_not(words)
            assert not any(words in one.text for one in (*person.dm, *person.ephemerals))
