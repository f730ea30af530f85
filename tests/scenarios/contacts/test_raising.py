"""What reps bring up themselves: **Raise something**, **Ask for time**, and plain words."""

from datetime import date

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import owed, sent_to
from tests.scenarios.todo.monday import at, beat, list_of, modal, reason, row, team_of

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 4)
WORDS = "quotes take four days"
TICK = "Nobody but the two of us reads it"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, Lena, Raj and Ines; their list came on Monday."""
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


def raises(person: Person, words: str, *, between_us: bool = False) -> None:
    """**Raise something**, on Home."""
    person.opens_home()
    person.clicks("Raise something")
    form = modal(person)
    form.fill("What", words)
    form.fill("Between us", [TICK] if between_us else [])
    form.submit()


def asks_for_time(person: Person, about: str = "", when: str = "") -> None:
    """**Ask for time**, on Home."""
    person.opens_home()
    person.clicks("Ask for time")
    form = modal(person)
    form.fill("What about", about)
    form.fill("When it suits you", when)
    form.submit()


def first_name(text: str, names: list[str]) -> str:
    """Whose row comes first on a list."""
    return min((name for name in names if name in text), key=text.index)


def test_what_a_rep_raises_leads_the_list_and_is_taken_on_and_closed(
    world: World, dana: Person, reps: list[Person]
) -> None:
    ines = reps[3]
    at(world, TUESDAY, 10)
    raises(ines, WORDS)
    assert ines.home is not None
    assert f"“{WORDS}” · Dana Moss has it [Take it back]" in ines.home.text
    before = len(dana.dm)
    beat(world)
    shown = list_of(dana).text
    assert reason(shown, "Ines Ortega") == (f"Ines raised: “{WORDS}”. Anything to tell Ines?")
    assert first_name(shown, [rep.name for rep in reps]) == "Ines Ortega"
    (line,) = dana.dm[before:]
    assert line.text.splitlines()[:2] == [
        "Ines Ortega raised something.",
        f"“{WORDS}”",
    ]
    assert "turns these lines off" in line.text
    beat(world)
    assert len(dana.dm) == before + 1, "once"
    dana.clicks("Take it on")
    modal(dana).fill("By", FRIDAY)
    modal(dana).submit()
    assert "You took it on, by Fri 4 Dec" in dana.dm[-1].text
    ines.opens_home()
    assert f"“{WORDS}” · Dana Moss took it on, by Fri 4 Dec" in ines.home.text
    assert "Take it back" not in ines.home.text
    dana.clicks("Kept")
    assert "Dana Moss has seen to it." in ines.dm[-1].text
    ines.opens_home()
    assert "closed today, Dana Moss has seen to it" in ines.home.text


def test_closing_needs_a_word_and_the_rep_reads_it(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    raises(sam, WORDS)
    beat(world)
    dana.clicks("Close it", beside=WORDS)
    form = modal(dana)
    form.submit()
    assert form.errors
    form.fill("A word to Sam Stone", "finance says no until May")
    form.submit()
    assert "finance says no until May" in sam.dm[-1].text
    sam.opens_home()
    sam.sees("Dana Moss let it go: “finance says no until May”")


def test_time_that_was_asked_for_stands_until_the_two_talked(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    dana.slash("/touch @Sam Stone call about the trial")
    at(world, TUESDAY, 10)
    asks_for_time(sam, "the Acme renewal", "Thursday after three")
    asked = "You asked Dana Moss for time, Tue 1 Dec: “the Acme renewal · Thursday after three”"
    assert sam.home is not None
    assert f"{asked} [Take it back]" in sam.home.text, "the contact of this week was before it"
    beat(world)
    assert "Sam asked for time: “the Acme renewal" in row(list_of(dana).text, "Sam Stone")
    assert "[Plan a session] [Log a touch] [Answer]" in dana.dm[-1].text
    asks_for_time(sam)
    assert sam.home.text.count("You asked") == 1, "asked once more, it stands"
    dana.slash("/touch @Sam Stone call about Acme")
    sam.opens_home()
    sam.sees(f"{asked} · you talked today")
    beat(world)
    assert "asked for time" not in list_of(dana).text
    dana.clicks("Undo")
    sam.opens_home()
    assert f"{asked} [Take it back]" in sam.home.text, "undone, it is asked for again"


@pytest.mark.slow
def test_a_word_answers_who_asked_for_time(world: World, dana: Person, reps: list[Person]) -> None:
    sam = reps[0]
    asks_for_time(sam)
    beat(world)
    assert dana.dm[-1].text.splitlines()[0] == "Sam Stone asks for time."
    dana.clicks("Answer")
    modal(dana).fill("A word to Sam Stone", "Thursday at three, I call you")
    modal(dana).submit()
    assert "Dana Moss answers: “Thursday at three, I call you”" in sam.dm[-1].text
    sam.opens_home()
    sam.sees("Dana Moss answered today: “Thursday at three, I call you”")
    beat(world)
    assert "asked for time" not in list_of(dana).text


def test_what_is_raised_between_us_is_on_no_screen_but_theirs(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    raises(sam, "Kim Ito takes my leads", between_us=True)
    beat(world)
    assert "Sam raised something between the two of you." in list_of(dana).text
    assert "Kim Ito" not in list_of(dana).text
    line = dana.dm[-1]
    assert line.text.splitlines()[0] == "Sam Stone raised something, between the two of you."
    assert "Kim Ito takes my leads" in line.text
    for label in ("Hand over", "To the team agenda"):
        with pytest.raises(AssertionError):
            dana.picks(label, beside="Kim Ito takes my leads")


def test_taken_back_nothing_of_it_is_left_to_read(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    raises(sam, WORDS)
    beat(world)
    sam.clicks("Take it back")
    assert sam.home is not None
    assert WORDS not in sam.home.text
    beat(world)
    assert WORDS not in list_of(dana).text
    assert WORDS not in dana.dm[-1].text
    assert "Sam Stone took this back." in dana.dm[-1].text
    dana.opens_home()
    assert dana.home is not None
    assert WORDS not in dana.home.text


def test_a_manager_who_does_not_want_lines_has_it_on_the_list_alone(
    world: World, dana: Person, reps: list[Person]
) -> None:
    dana.slash("/team")
    if dana.modal is None:
        dana.clicks("Settings")
    modal(dana).fill("When a rep raises something", [])
    modal(dana).submit()
    before = len(dana.dm)
    raises(reps[0], WORDS)
    beat(world)
    assert len(dana.dm) == before
    assert WORDS in list_of(dana).text
    assert WORDS in owed(dana).text


def test_at_night_the_line_waits_for_the_morning(
    world: World, dana: Person, reps: list[Person]
) -> None:
    at(world, MONDAY, 22)
    before = len(dana.dm)
    raises(reps[0], WORDS)
    beat(world)
    assert len(dana.dm) == before
    at(world, TUESDAY, 7, 1)
    assert [one for one in dana.dm[before:] if "turns these lines off" in one.text]


def test_what_a_rep_writes_is_offered_and_reaches_nobody_before_a_press(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, before = reps[0], len(dana.dm)
    sam.says("the price sheet is *wrong*, ask <@U0>?\nsecond line")
    said = sam.dm[-1]
    assert "[Raise something] [Ask for time] [Add to the agenda]" in said.text
    assert "Dana Moss reads none of it until you press." in said.text
    beat(world)
    assert len(dana.dm) == before
    assert "price sheet" not in sent_to(world, dana)
    said.clicks("Ask for time")
    assert modal(sam).value("What about").startswith("the price sheet is *wrong*")
    modal(sam).close()
    said.clicks("Raise something")
    assert modal(sam).value("What").startswith("the price sheet is")
    assert modal(sam).value("What").endswith("second line")
    modal(sam).submit()
    assert "Dana Moss has it.\nYou raised: “the price sheet is" in sam.dm[-1].text
    sam.clicks("Take it back")
    assert "Taken back.\n  You wrote:\nthe price sheet is" in sam.dm[-1].text
    sam.says("which customers first?")
    sam.clicks("Add to the agenda")
    assert modal(sam).value("Words") == "which customers first?"


def test_help_speaks_of_what_one_can_do(world: World, dana: Person, reps: list[Person]) -> None:
    sam = reps[0]
    boss = world.person("Bo Boss")
    world.team(boss, dana)
    for line in ("/touch", "/todo", "/session", "/fieldday", "/agenda", "/binder", "/team"):
        sam.slash(f"{line} help")
        assert "What you can do here" in sam.ephemerals[-1].text, line
        assert "[Raise something] [Ask for time]" in sam.ephemerals[-1].text
        boss.slash(f"{line} help")
        assert "Raise something" not in boss.ephemerals[-1].text
        dana.slash(f"{line} help")
        assert "As a rep yourself" in dana.ephemerals[-1].text
        assert line in dana.ephemerals[-1].text
    sam.says("help")
    assert "What you can do here" in sam.dm[-1].text
    dana.says("help")
    assert "As a rep yourself" in dana.dm[-1].text


@pytest.mark.usefixtures("dana")
def test_a_command_of_managers_answers_a_rep_with_what_they_can_do(reps: list[Person]) -> None:
    sam = reps[0]
    for line in (
        "/touch @Lena Fox call about Acme",
        "/todo",
        "/session @Lena Fox",
        "/binder",
        "/fieldday @Lena Fox",
        "/todo next",
    ):
        sam.slash(line)
        answer = sam.ephemerals[-1]
        assert "[Raise something] [Ask for time]" in answer.text, line
    sam.slash("/touch I need a hand with Acme")
    sam.ephemerals[-1].clicks("Raise something")
    assert modal(sam).value("What") == "I need a hand with Acme"
    modal(sam).submit()
    sam.sees("You raised: “I need a hand with Acme”")


def test_on_two_teams_a_rep_says_whom_it_is_for(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, otto = reps[0], world.person("Otto Kern")
    world.team(otto, sam)
    sam.says("a word about the bonus")
    sam.clicks("Raise something")
    form = modal(sam)
    form.submit()
    assert list(form.errors) == ["With"]
    form.fill("With", "Otto Kern")
    form.submit()
    before = len(dana.dm)
    beat(world)
    assert len(dana.dm) == before
    assert "a word about the bonus" not in sent_to(world, dana)
    assert "a word about the bonus" in owed(otto).text
