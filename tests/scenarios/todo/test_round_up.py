"""What reps said to an issue of the day: noted after Done, rounded up, and on the agenda without a
name."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from bot.domain.meetings.agenda import ITEM_LIMIT
from bot.domain.todo.round_up import ANSWER_LIMIT
from bot.screens.team.people import ensure_profiles
from bot.services.team import setup
from slack_sandbox import Person
from storage import todo
from storage.models import IssueOfTheDay
from storage.team import people
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import at, beat, chooses, list_of, row, team_of
from tests.scenarios.workspaces.trouble import hand_over_team, pressing

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
WEDNESDAY = MONDAY + 2 * DAY
SATURDAY = MONDAY + 5 * DAY

ISSUE = "/todo issue price change until friday"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, Lena, Raj and more; the issue is set, and the list is out."""
    found = team_of(world, dana, 6)
    world.slack.add_channel("emea", [dana, *found])
    at(world, MONDAY, 7)
    dana.slash(ISSUE)
    at(world, MONDAY, 8)
    return found


def about_it(dana: Person, rep: Person) -> None:
    """Let the row of that rep be about the issue."""
    if "price change" not in row(list_of(dana).text, rep.name):
        chooses(list_of(dana), "Another reason", rep.name)
        list_of(dana).clicks("This one", beside="price change")


def done(dana: Person, rep: Person) -> None:
    about_it(dana, rep)
    chooses(list_of(dana), "Done", rep.name)


def said(dana: Person, rep: Person, words: str) -> None:
    """**Done**, and what the rep said."""
    done(dana, rep)
    list_of(dana).clicks(f"What {rep.name.split()[0]} said", beside=rep.name)
    modal(dana).fill(f"One line of what {rep.name.split()[0]} said", words)
    modal(dana).submit()
    assert dana.modal is None


def adds(dana: Person, rep: Person, words: str) -> None:
    """On the page of the issue, which is open."""
    modal(dana).clicks("Add what a rep said")
    modal(dana).fill("Rep", rep.name)
    modal(dana).fill("One line of what they said", words)
    modal(dana).submit()


def home(person: Person) -> str:
    assert person.home is not None
    return person.home.text


def page_of(dana: Person, words: str = "price change") -> str:
    """The page of the issue that `/todo issue` leads to, left open."""
    dana.slash("/todo issue")
    if not dana.ephemerals[-1].press("What was said", words):
        dana.ephemerals[-1].clicks("See", beside=words)
    return modal(dana).text


def test_an_issue_is_rounded_up_for_the_manager_and_without_names_for_the_agenda(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena, raj = reps[:3]
    said(dana, sam, "Acme will ask in March")
    assert "Sam said: “Acme will ask in March”" in row(list_of(dana).text, sam.name)
    said(dana, lena, "two will pay, if we come early")
    # Raj's was not about it; people talk of it all the same.
    assert "Raj Rao" not in page_of(dana)
    adds(dana, raj, "Acme will ask in March, the rest in May")
    assert "Raj Rao: “Acme will ask in March, the rest in May”" in modal(dana).text
    modal(dana).close_all()
    dana.opens_home()
    assert "Round-up" not in home(dana)
    before = len(dana.dm)
    at(world, SATURDAY, 9)
    dana.opens_home()
    assert "Round-up: “price change” · 3 said something" in home(dana)
    assert not any("Round-up" in message.text for message in dana.dm[before:])
    assert dana.home is not None
    dana.home.clicks("See", beside="Round-up")
    page = modal(dana).text
    for line in (
        "“price change” is over.",
        "Sam Stone: “Acme will ask in March”",
        "Lena Fox: “two will pay, if we come early”",
    ):
        assert line in page
    assert all(rep.name not in page for rep in reps[3:]), "what nobody noted is unknown"
    modal(dana).clicks("To the agenda")
    assert "Sam" not in modal(dana).text
    modal(dana).submit()
    shown = modal(dana)
    assert "without a name" in shown.text
    words = shown.value("Words")
    assert words == (
        "price change: Acme will ask in March · Acme will ask in March, the rest in May · "
        "two will pay, if we come early"
    )
    shown.fill("Words", words.replace(" · two will pay, if we come early", ""))
    shown.submit()
    dana.sees("On the agenda of the next team meeting, under From the field")
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "price change: Acme will ask in March" in modal(dana).text
    assert "two will pay" not in modal(dana).text
    modal(dana).close_all()
    dana.opens_home()
    assert "Round-up" not in home(dana), "it was offered once"
    dana.slash("/todo issue")
    dana.sees("Round-up: “price change” · 3 said something")


def test_undo_leaves_the_words_and_says_so(dana: Person, reps: list[Person]) -> None:
    sam = reps[0]
    said(dana, sam, "Acme will ask in March")
    list_of(dana).clicks("Undo", beside=sam.name)
    assert "✓ Sam Stone" not in list_of(dana).text
    assert "Sam said: “Acme will ask in March”" in row(list_of(dana).text, sam.name)
    done(dana, sam)
    list_of(dana).clicks("What Sam said", beside=sam.name)
    assert modal(dana).value("One line of what Sam said") == "Acme will ask in March"
    modal(dana).fill("One line of what Sam said", "Acme asks in April")
    modal(dana).submit()
    assert "Sam said: “Acme asks in April”" in list_of(dana).text
    list_of(dana).clicks("What Sam said", beside=sam.name)
    modal(dana).fill("One line of what Sam said", "")
    modal(dana).submit()
    assert "Sam said:" not in list_of(dana).text
    assert "Sam Stone" not in page_of(dana)


def test_end_it_offers_the_round_up_and_an_issue_without_a_line_says_so(
    world: World, dana: Person, reps: list[Person]
) -> None:
    said(dana, reps[0], "Acme will ask in March")
    at(world, WEDNESDAY, 9)
    dana.slash("/todo issue delivery times until friday")
    dana.slash("/todo issue")
    dana.ephemerals[-1].clicks("End it", beside="price change")
    dana.sees("Round-up: “price change” · 1 said something")
    at(world, SATURDAY, 9)
    dana.opens_home()
    assert "Round-up: “price change”" in home(dana)
    assert "delivery times" not in home(dana)
    dana.slash("/todo issue")
    dana.sees("“delivery times” is over. No line of what anybody said was noted.")
    dana.ephemerals[-1].clicks("What was said", beside="delivery times")
    assert "[To the agenda]" not in modal(dana).text
    adds(dana, reps[1], "two days would do")
    assert "Lena Fox: “two days would do”" in modal(dana).text


def test_the_same_issue_again_has_lines_of_its_own(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    said(dana, sam, "Acme will ask in March")
    dana.slash("/todo issue")
    dana.clicks("End it")
    dana.slash(ISSUE)
    beat(world)
    assert "Sam said: “Acme will ask in March”" in row(list_of(dana).text, sam.name)
    assert "Sam Stone" not in page_of(dana, "until Fri")
    modal(dana).close_all()
    dana.ephemerals[-1].clicks("See", beside="Round-up")
    assert "Sam Stone: “Acme will ask in March”" in modal(dana).text


def test_one_line_alone_is_said_to_be_recognised_and_a_name_is_asked_about(
    dana: Person, reps: list[Person]
) -> None:
    said(dana, reps[0], "Lena Fox knows what Acme will say")
    page_of(dana)
    modal(dana).clicks("To the agenda")
    assert "may still be recognised" in modal(dana).text
    modal(dana).submit()
    assert "may still be recognised" in modal(dana).text
    modal(dana).submit()
    dana.sees("Kept, and not shown to the team, since it names Lena Fox")
    dana.sees("About one person?")


def test_a_rep_reads_their_own_line_and_can_say_not_so(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    said(dana, sam, "Acme will ask in March")
    said(dana, lena, "two will pay")
    sam.opens_home()
    sam.sees("Dana Moss noted what you said to “price change”: “Acme will ask in March”")
    sam.sees_not("two will pay")
    sam.clicks("Not so")
    sam.sees("you said: not so")
    assert "Sam Stone: “Acme will ask in March” · Sam says: not so" in page_of(dana)
    modal(dana).clicks("To the agenda")
    assert "Acme" not in modal(dana).text
    assert "two will pay" in modal(dana).text
    modal(dana).close_all()
    sam.clicks("My copy")
    page = sam.dm[-1].files["my-copy.md"]
    assert "Acme will ask in March" in page
    assert "two will pay" not in page
    sam.opens_home()
    sam.clicks("Agreed")
    sam.sees_not("not so")
    sam.clicks("Not so")
    page_of(dana)
    modal(dana).clicks("Change", beside="Sam Stone")
    modal(dana).fill("One line of what Sam said", "Acme may ask")
    modal(dana).submit()
    assert "not so" not in modal(dana).text.partition("Each rep")[0]
    # What Sam's Home showed was other words.
    sam.clicks("Agreed")
    sam.sees("“Acme may ask”")
    at(world, SATURDAY + timedelta(days=21), 9)
    sam.opens_home()
    sam.sees_not("Acme may ask")


def test_who_stands_in_is_offered_no_line_and_reads_none(
    world: World, dana: Person, reps: list[Person]
) -> None:
    said(dana, reps[0], "Acme will ask in March")
    kim = world.person("Kim Ito")
    dana.slash("/todo away")
    modal(dana).fill("From", WEDNESDAY)
    modal(dana).fill("To", MONDAY + 4 * DAY)
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    at(world, WEDNESDAY, 9)
    kim.slash("/todo")
    shown = kim.ephemerals[-1]
    open_rep = next(rep for rep in reps[1:] if rep.name in shown.text)
    shown.clicks("Done", beside=open_rep.name)
    text = kim.ephemerals[-1].text
    assert f"✓ {open_rep.name}" in text
    assert f"What {open_rep.name.split()[0]} said" not in text
    assert "Acme" not in text
    kim.slash("/todo issue")
    assert "Acme" not in kim.screen()
    assert "What was said" not in kim.screen()


@pytest.mark.slow
def test_bad_days_of_a_line(world: World, dana: Person, reps: list[Person]) -> None:
    sam, lena, raj = reps[:3]
    done(dana, sam)
    list_of(dana).clicks("What Sam said", beside=sam.name)
    modal(dana).fill("One line of what Sam said", "Acme, in “March” & <then>")
    modal(dana).submit_twice()
    assert "Sam said: “Acme, in “March” & <then>”" in list_of(dana).text
    # Somebody else's line is not written over by a form that did not show it.
    page_of(dana)
    modal(dana).clicks("Add what a rep said")
    form = modal(dana)
    with world.database.writing(world.workspace_id) as tx:
        person = people.get(tx, lena.id)
        assert person is not None
        todo.note_answer(tx, 1, person.id, "two will pay", MONDAY)
    form.fill("Rep", lena.name)
    form.fill("One line of what they said", "three will pay")
    form.submit()
    assert "A line of theirs is kept already" in modal(dana).text
    assert modal(dana).value("One line of what they said") == "three will pay"
    modal(dana).fill("Rep", raj.name)
    setup.choose_reps(world.database, world.actor(dana), [sam.id, lena.id], world.slack.clock.now())
    modal(dana).submit()
    assert "Raj Rao: “three will pay”" in modal(dana).text, "who left said it all the same"
    modal(dana).clicks("Change", beside=sam.name)
    with world.database.writing(world.workspace_id) as tx:
        tx.connection.execute(delete(IssueOfTheDay))
    modal(dana).fill("One line of what Sam said", "Acme, in May")
    modal(dana).submit()
    assert modal(dana).value("One line of what Sam said") == "Acme, in May"


@pytest.mark.slow
def test_sixty_lines_have_pages_and_an_item_holds_what_it_can(world: World, dana: Person) -> None:
    reps = team_of(world, dana, 60)
    at(world, MONDAY, 7)
    dana.slash(ISSUE)
    with world.database.writing(world.workspace_id) as tx:
        known = people.get_many(tx, [rep.id for rep in reps])
        for number, rep in enumerate(reps):
            line = f"line {number:02} ".ljust(ANSWER_LIMIT, "&")
            todo.note_answer(tx, 1, known[rep.id].id, line, MONDAY)
    page_of(dana)
    seen = []
    for _ in range(3):
        seen += [rep.name for rep in reps if f"{rep.name}: “" in modal(dana).text]
        if len(seen) < 60:
            modal(dana).clicks("More")
    assert sorted(seen) == sorted(rep.name for rep in reps)
    modal(dana).clicks("Earlier")
    modal(dana).clicks("To the agenda")
    assert "One item does not hold all of them" in modal(dana).text
    modal(dana).submit()
    words = modal(dana).value("Words")
    assert words.startswith("price change: line 00")
    assert ITEM_LIMIT - ANSWER_LIMIT < len(words) <= ITEM_LIMIT
    assert words.count("line ") == 6


def test_a_line_is_pressed_by_nobody_else(world: World, dana: Person, reps: list[Person]) -> None:
    sam, lena = reps[:2]
    said(dana, sam, "Acme will ask in March")
    sam.opens_home()
    assert sam.home is not None
    blocks = sam.home.raw["blocks"]
    (button,) = [
        block["accessory"] for block in blocks if "todo.said_not_so" in str(block.get("accessory"))
    ]
    pressing(world, lena, button["action_id"], button["value"])
    sam.opens_home()
    sam.sees_not("you said: not so")
    lena.slash("/todo issue")
    lena.sees("That is for a rep's manager alone.")


def test_nothing_ticked_stays_open(dana: Person, reps: list[Person]) -> None:
    said(dana, reps[0], "Acme will ask in March")
    page_of(dana)
    modal(dana).clicks("To the agenda")
    modal(dana).fill("Which lines?", [])
    modal(dana).submit()
    assert "Tick at least one line." in modal(dana).text


def sends(dana: Person, words: str) -> None:
    """From the page of the issue to the agenda, in those words."""
    modal(dana).clicks("To the agenda")
    modal(dana).submit()
    modal(dana).fill("Words", words)
    modal(dana).submit()
    modal(dana).close_all()


def test_sent_to_the_agenda_again_it_changes_the_item_that_is_there(
    dana: Person, reps: list[Person]
) -> None:
    said(dana, reps[0], "Acme will ask in March")
    page_of(dana)
    sends(dana, "price change: March")
    assert "On the agenda of your next team meeting: “price change: March”" in page_of(dana)
    modal(dana).clicks("To the agenda")
    assert "It is on the agenda already: “price change: March”" in modal(dana).text
    modal(dana).submit()
    assert "What you send now takes its place." in modal(dana).text
    modal(dana).fill("Words", "price change: some ask in March")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "price change: some ask in March" in modal(dana).text
    assert "price change: March" not in modal(dana).text


def test_the_lists_last_edit_says_where_the_round_up_is(
    world: World, dana: Person, reps: list[Person]
) -> None:
    said(dana, reps[0], "Acme will ask in March")
    at(world, MONDAY + 4 * DAY, 9)
    assert "Round-up of" not in list_of(dana).text
    at(world, SATURDAY, 9)
    text = list_of(dana).text
    assert "Stayed open: " in text
    assert "Round-up of “price change”: under /todo issue" in text
    assert "Acme" not in text.partition("Round-up of")[2]


def test_a_list_that_is_over_does_not_round_up_what_was_set_after_it(
    world: World, dana: Person, reps: list[Person]
) -> None:
    done(dana, reps[0])
    at(world, SATURDAY, 9)
    ended = list_of(dana).text
    dana.slash("/todo issue trade fair until sunday")
    beat(world)
    assert list_of(dana).text == ended
    at(world, SATURDAY + DAY, 9)
    assert "trade fair" not in list_of(dana).text


def test_a_later_manager_reads_the_round_up(world: World, dana: Person, reps: list[Person]) -> None:
    said(dana, reps[0], "Acme will ask in March")
    at(world, SATURDAY, 9)
    nora = world.person("Nora Quist")
    ensure_profiles(world.product.app, world.workspace_id, [nora.id])
    hand_over_team(world, dana, nora)
    nora.opens_home()
    assert "Round-up: “price change” · 1 said something" in home(nora)
    assert nora.home is not None
    nora.home.clicks("See", beside="Round-up")
    assert "Sam Stone: “Acme will ask in March”" in modal(nora).text
    sends(nora, "price change: some ask in March")
    dana.slash("/todo issue")
    assert "Acme" not in dana.screen()
    dana.opens_home()
    assert "Round-up" not in home(dana)
