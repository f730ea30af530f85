"""Nothing typed is lost: session, field day and Prepare are saved as one types, however they are
closed."""

from collections.abc import Callable

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.contacts.test_notes import answers
from tests.scenarios.forms import modal
from tests.scenarios.sessions.half_written import (
    LONG_FORMS,
    LongForm,
    is_ready,
    is_saved,
    keystroke,
    stands,
)
from tests.scenarios.workspaces.trouble import held

pytestmark = pytest.mark.slow


@pytest.fixture
def dana(world: World, raj: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, raj, world.person("Lena Fox"))
    return manager


def closes(person: Person) -> None:
    modal(person).close()


def crosses(person: Person) -> None:
    modal(person).close_all()


def finishes_later(person: Person) -> None:
    modal(person).clicks("Finish later")
    assert "Resume is on your Home tab" in modal(person).text
    modal(person).close_all()


def is_cut_off(person: Person) -> None:
    """The phone is empty, the app is killed: nothing is pressed, and nobody is told."""
    workspace = person._client.workspace
    with workspace.changing():
        workspace.close_modals(person._member, list(person._member.stack))


def opens_another(person: Person) -> None:
    """Another form comes to lie before it, and the whole is closed."""
    person.slash("/touch @Lena Fox" if person.name == "Dana Moss" else "/agenda")
    if person.modal is not None:
        modal(person).close_all()


WAYS: tuple[Callable[[Person], None], ...] = (
    closes,
    crosses,
    finishes_later,
    is_cut_off,
    opens_another,
)


@pytest.mark.parametrize("form", LONG_FORMS, ids=str)
def test_every_word_is_there_again_however_the_form_is_closed(
    dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    author = form.author(dana, raj)
    one, two = form.fields
    form.opens(author)
    assert modal(author).text.index("Finish later") < modal(author).text.index(one)
    step = modal(author).labels
    for turn, way in enumerate(WAYS):
        modal(author).types(one, f" word {turn},")
        said = modal(author).value(one)
        modal(author).fill(two, f"and  {turn} more: a < b & c\nwith lines" if turn else "x")
        more = modal(author).value(two)
        way(author)
        author.opens_home()
        author.sees(form.on_home)
        author.clicks("Resume")
        assert modal(author).labels == step, way.__name__
        assert (modal(author).value(one), modal(author).value(two)) == (said, more), way.__name__
    # The other one reads nothing of it.
    other = dana if form.by_rep else raj
    other.opens_home()
    other.sees_not("half written down")
    other.sees_not("half changed")
    modal(author).close_all()
    author.opens_home()
    author.clicks("Discard")
    author.sees_not(form.on_home)
    form.opens(author)
    assert "word" not in str(modal(author).value(one))


@pytest.mark.parametrize("form", LONG_FORMS, ids=str)
def test_keystrokes_that_come_late_out_of_order_or_from_a_second_device(
    world: World, dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    author = form.author(dana, raj)
    one, _ = form.fields
    form.opens(author)
    modal(author).fill(one, "begun")
    phone = stands(author)
    keystroke(world, author, phone, form.block, "the second", 20)
    keystroke(world, author, phone, form.block, "the first", 10)
    is_cut_off(author)
    author.opens_home()
    author.clicks("Resume")
    desk = stands(author)
    assert modal(author).value(one) == "the second"
    keystroke(world, author, desk, form.block, "at the desk", 30)
    keystroke(world, author, phone, form.block, "on the phone", 40)
    keystroke(world, author, desk, form.block, "late at the desk", 35)
    # The desk shows what it has, and saying that it will be finished later says nothing newer.
    modal(author).clicks("Finish later")
    modal(author).close_all()
    author.opens_home()
    author.clicks("Resume")
    assert modal(author).value(one) == "on the phone"
    while modal(author).press("Next"):
        pass
    if "Rep" in modal(author).labels:
        modal(author).fill("Rep", "Raj Rao")
    modal(author).submit()
    assert author.modal is None or modal(author).errors == {}
    author.sees_not(form.on_home)
    if author.modal is not None:
        modal(author).close_all()
    for view in (phone, desk):
        keystroke(world, author, view, form.block, "after it was logged", 50)
    is_saved(world)
    author.opens_home()
    author.sees_not("half written down")
    author.sees_not("half changed")


@pytest.mark.parametrize("form", [LONG_FORMS[0], LONG_FORMS[4], LONG_FORMS[8]], ids=str)
def test_a_busy_database_disturbs_nobody_who_types(
    world: World, dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    author = form.author(dana, raj)
    one, two = form.fields
    form.opens(author)
    before = len(author.dm)
    with held(world, "draft"):
        modal(author).fill(one, "typed meanwhile")
        modal(author).fill(two, "and this")
        crosses(author)
        assert not world.product.app.autosave.wait_until_idle(timeout=0)
    assert len(author.dm) == before
    is_saved(world)
    author.opens_home()
    author.clicks("Resume")
    assert modal(author).value(one) == "typed meanwhile"
    assert modal(author).value(two) == "and this"


def test_a_field_day_of_a_note_is_kept_under_no_other_contact(dana: Person) -> None:
    # The first contact has the number of the first note.
    dana.slash("/touch @Raj Rao call about prices")
    message = dana.says("Acme: Jo Lee, wants a trial")
    for word in ("first", "second"):
        answers(dana)[0].clicks("Field day")
        assert modal(dana).value("Visits") == "Acme: Jo Lee, wants a trial"
        assert modal(dana).value("One focus") in ("", None)
        modal(dana).fill("One focus", word)
        modal(dana).clicks("Finish later")
        modal(dana).close_all()
        answers(dana)[0].clicks("Field day")
        assert modal(dana).value("One focus") == word
        modal(dana).close_all()
        dana.opens_home()
        dana.sees("Your field day is half written down.")
        if word == "first":
            dana.clicks("Discard")
    dana.clicks("Resume")
    modal(dana).fill("Rep", "Raj Rao")
    modal(dana).submit()
    modal(dana).close_all()
    assert "Logged: field day with Raj Rao" in answers(dana)[0].text
    dana.edits(message, "Acme: Jo Lee, wants two trials")
    for word in ("a change", "another"):
        answers(dana)[0].clicks("Change it", beside="field day")
        modal(dana).fill("One focus", word)
        modal(dana).close_all()
        dana.opens_home()
        dana.clicks("Resume")
        assert modal(dana).value("One focus") == word
        assert "two trials" in str(modal(dana).value("Visits"))
        modal(dana).submit()
        dana.opens_home()
        dana.sees_not("half changed")
        dana.edits(message, f"Acme: Jo Lee, wants two trials, {word}")


def test_what_a_rep_begins_to_prepare_is_nobody_elses_until_it_is_sent(
    dana: Person, raj: Person
) -> None:
    form = LONG_FORMS[8]
    is_ready(dana, raj, form)
    form.opens(raj)
    modal(raj).fill("Pipeline", "Hooli could close")
    modal(raj).clicks("Finish later")
    modal(raj).close_all()
    dana.slash("/session @Raj Rao")
    for _ in range(4):
        assert "Hooli" not in modal(dana).text
        modal(dana).submit()
    modal(dana).close_all()
    raj.opens_home()
    raj.clicks("Resume")
    modal(raj).submit()
    dana.slash("/session @Raj Rao")
    modal(dana).clicks("Back")
    modal(dana).clicks("Back")
    assert "Raj Rao prepared: Hooli could close" in modal(dana).text


@pytest.mark.parametrize("form", [LONG_FORMS[3], LONG_FORMS[7]], ids=str)
def test_what_is_half_changed_stands_as_it_was_until_it_is_saved(
    dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    form.opens(dana)
    label = form.fields[1]
    before = modal(dana).value(label)
    modal(dana).fill(label, "half a change")
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="session" if "session" in form.name else "field day")
    assert "half a change" not in modal(dana).text
    modal(dana).close_all()
    dana.opens_home()
    dana.clicks("Discard")
    form.opens(dana)
    assert modal(dana).value(label) == before
