"""`/mirror period`: one page for somebody above, about nobody in particular."""

import io
import json
from datetime import date

import pytest
from pypdf import PdfReader

from bot.domain.promises import Owner
from bot.domain.results.results import Metric, Period
from bot.screens.team.people import ensure_profiles
from bot.services.binder.pass_on import pass_team
from slack_sandbox import Person
from storage.results import period_words
from storage.team import people, teams
from tests.scenarios.binder.exporting import goes_on, with_files
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, team_of
from tests.services.kept_results import keep_result

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


def keeps(dana: Person, label: str = "Kept") -> None:
    dana.opens_home()
    dana.clicks("They promised · 1")
    modal(dana).clicks(label)
    modal(dana).close_all()


def test_a_page_is_previewed_and_sent_to_the_manager(
    world: World, dana: Person, reps: list[Person]
) -> None:
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "Two big tenders <moved>.\nWe need & want a demo lab.")
    modal(dana).submit()
    seen = modal(dana).text
    assert "Oct – Dec 2026, Dana Moss's team" in seen
    assert "1 promise kept" in seen
    assert "Two big tenders <moved>.\nWe need & want a demo lab." in seen
    assert "obstacle" not in seen
    before = len(dana.dm)
    modal(dana).clicks("Change the words")
    modal(dana).fill("What you want to say", "Two big tenders moved.")
    modal(dana).submit()
    modal(dana).submit()
    assert dana.modal is None
    (page,) = dana.dm[before:]
    assert page.text.splitlines() == [
        "Oct – Dec 2026, Dana Moss's team",
        "1 promise kept",
        "Two big tenders moved.",
    ]
    assert "Northwind" not in page.text
    assert all(reps[0].name not in one for one in page.text.splitlines())
    assert all("Two big tenders" not in one.text for rep in reps for one in rep.dm)


def test_words_that_name_somebody_are_asked_about(
    world: World, dana: Person, reps: list[Person]
) -> None:
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", f"{reps[0].name} was great")
    modal(dana).submit()
    assert "This reads as if it named Sam Stone. The page is about no one." in modal(dana).text
    modal(dana).submit()
    assert "This reads as if it named Sam Stone." in modal(dana).text
    modal(dana).fill("What you want to say", "Everyone was great")
    modal(dana).submit()
    assert "Everyone was great" in modal(dana).text
    modal(dana).submit()
    assert "Everyone was great" in dana.dm[-1].text


@pytest.mark.usefixtures("reps")
def test_where_there_is_nothing_to_count_nothing_is_shown_as_none(dana: Person) -> None:
    dana.slash("/mirror period")
    modal(dana).submit()
    assert modal(dana).errors
    modal(dana).fill("Period", "Jul – Sep 2026")
    modal(dana).fill("What you want to say", "A quiet summer.")
    modal(dana).submit()
    modal(dana).submit()
    assert dana.dm[-1].text.splitlines() == ["Jul – Sep 2026, Dana Moss's team", "A quiet summer."]


def test_a_team_of_one_is_not_counted(world: World, dana: Person, sam: Person) -> None:
    world.team(dana, sam)
    promise(world, dana, sam, "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "Good times.")
    modal(dana).submit()
    assert "1 promise" not in modal(dana).text
    assert "Nothing is counted on a team of one" in modal(dana).text


def test_a_rep_makes_none(dana: Person, reps: list[Person]) -> None:
    reps[0].slash("/mirror period")
    assert reps[0].modal is None
    assert dana.modal is None


def test_the_periods_are_those_that_the_results_have(
    world: World, dana: Person, reps: list[Person]
) -> None:
    """Of a team by quarters whose year begins in February, with months of one metric beside."""
    winter = Period(date(2026, 11, 1), date(2027, 1, 31))
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    for rep in reps[:2]:
        where = world.database, world.workspace_id, dana.id, rep.id
        keep_result(*where, (date(2026, 11, 27), 41_414, 31_313), period=winter)
        keep_result(*where, (month.end, 9, 8), period=month, metric=Metric("Visits"))
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    shown = modal(dana).text
    for offered in ("Nov 2026 – Jan 2027", "Aug – Oct 2026", "Nov 2026"):
        modal(dana).fill("Period", offered)
    assert "Oct – Dec 2026" not in shown
    modal(dana).fill("Period", "Nov 2026 – Jan 2027")
    modal(dana).fill("What you want to say", f"{reps[0].name} moved a tender.")
    modal(dana).submit()
    # The period stays chosen while the words are asked about, and while they are changed.
    modal(dana).fill("Names Sam Stone", ["It names no one"])
    modal(dana).submit()
    assert "Nov 2026 – Jan 2027, Dana Moss's team\n1 promise kept" in modal(dana).text
    modal(dana).clicks("Change the words")
    assert modal(dana).value("Period") == "Nov 2026 – Jan 2027"
    modal(dana).fill("What you want to say", "We moved a tender.")
    modal(dana).submit()
    modal(dana).submit()
    page = dana.dm[-1]
    assert page.text.startswith("Nov 2026 – Jan 2027, Dana Moss's team\n1 promise kept")
    # No result is on it, neither a rep's nor their sum.
    sent = json.dumps(page.raw, ensure_ascii=False)
    assert not any(one in sent for one in ("41,414", "31,313", "82,828", "62,626", "New meet"))


def test_counts_of_the_periods_before_stand_beneath_and_none_of_one_rep_alone(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    promise(world, dana, sam, "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    at(world, date(2027, 1, 11), 8)
    for what in ("a price sheet", "a demo laptop"):
        promise(world, dana, lena, what, owner=Owner.REP, due=date(2027, 1, 12))
        keeps(dana)
    dana.slash("/mirror period")
    modal(dana).submit()
    counted = [
        "Jan – Mar 2027, Dana Moss's team",
        "2 promises kept",
        "Before",
        "Oct – Dec 2026: 1 promise kept",
    ]
    assert "\n".join(counted) in modal(dana).text
    modal(dana).submit()
    assert dana.dm[-1].text.splitlines() == counted
    # From February on Lena is alone: what is counted of the spring would be about Lena.
    world.team(dana, lena)
    at(world, date(2027, 6, 7), 8)
    promise(world, dana, lena, "a reference", owner=Owner.REP, due=date(2027, 6, 8))
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "A quiet spring.")
    modal(dana).submit()
    shown = modal(dana).text
    assert "Apr – Jun 2027, Dana Moss's team\nBefore\nOct – Dec 2026: 1 promise kept" in shown
    assert "Nothing is counted on a team of one, or of one at a time" in shown


def test_a_form_that_stood_open_into_another_period_keeps_its_words(
    world: World, dana: Person, reps: list[Person]
) -> None:
    assert reps
    dana.slash("/mirror period")
    modal(dana).fill("Period", "Jul – Sep 2026")
    modal(dana).fill("What you want to say", "A quiet summer.")
    at(world, date(2027, 1, 11), 8)
    modal(dana).submit()
    assert "That is not there any more." in str(modal(dana).errors)
    assert modal(dana).value("What you want to say") == "A quiet summer."


@pytest.mark.usefixtures("reps")
def test_what_was_said_of_a_period_is_kept_for_whoever_said_it(world: World, dana: Person) -> None:
    running, before = "Oct – Dec 2026", "Jul – Sep 2026"
    for period, words in ((running, "Two big tenders moved."), (before, "A quiet summer.")):
        dana.slash("/mirror period")
        modal(dana).fill("Period", period)
        modal(dana).fill("What you want to say", words)
        modal(dana).submit()
        # However the page is left.
        modal(dana).close_all()
    dana.slash("/mirror period")
    assert "Two big tenders moved." in modal(dana).text
    # What stands in the form is not taken for what is said of another.
    modal(dana).fill("Period", before)
    modal(dana).submit()
    assert "A quiet summer." in modal(dana).text
    assert "Two big tenders" not in modal(dana).text
    modal(dana).close_all()
    # Nor does whoever clears it away, as not of that one, take away what is kept of it unseen.
    dana.slash("/mirror period")
    modal(dana).fill("Period", before)
    modal(dana).fill("What you want to say", "")
    modal(dana).submit()
    assert "A quiet summer." in modal(dana).text
    modal(dana).clicks("Change the words")
    modal(dana).fill("What you want to say", "A slow summer.")
    modal(dana).submit()
    modal(dana).close_all()
    with world.database.reading(world.workspace_id) as tx:
        team = teams.of_manager(tx, dana.id)
        assert team is not None
        kept = period_words.of_author(tx, team.id, team.manager.id)
        assert sorted(kept.values()) == ["A slow summer.", "Two big tenders moved."]
    # The next manager of the team begins with none of it.
    ken = world.slack.add_person("Ken Ito")
    ensure_profiles(world.product.app, world.workspace_id, [ken.id])
    with world.database.writing(world.workspace_id) as tx:
        receiver = people.get(tx, ken.id)
        assert receiver is not None
        pass_team(tx, team, receiver, world.slack.clock.now(), introduced=True)
    ken.slash("/mirror period")
    assert "What you want to say" in modal(ken).text
    assert "tenders" not in modal(ken).text
    modal(ken).fill("Period", before)
    modal(ken).fill("What you want to say", "I began in November.")
    modal(ken).submit()
    assert "summer" not in modal(ken).text


@pytest.mark.usefixtures("reps")
def test_words_go_along_to_the_period_that_was_meant(dana: Person) -> None:
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "A quiet summer.")
    modal(dana).submit()
    modal(dana).clicks("Change the words")
    modal(dana).fill("Period", "Jul – Sep 2026")
    modal(dana).submit()
    assert "Jul – Sep 2026, Dana Moss's team\nA quiet summer." in modal(dana).text


@pytest.mark.slow
def test_the_page_comes_to_print_and_names_nobody(
    world: World, dana: Person, reps: list[Person]
) -> None:
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    where = world.database, world.workspace_id, dana.id, reps[0].id
    quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
    keep_result(*where, (date(2026, 11, 27), 41_414, 31_313), period=quarter)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "Two big tenders moved.")
    modal(dana).submit()
    modal(dana).clicks("PDF, Letter")
    assert "Your page is being put together." in modal(dana).text
    assert "Oct – Dec 2026, on one page" in modal(dana).text
    modal(dana).close_all()
    goes_on(world)
    assert dana.sees("Your page is here, as a file.")
    (sent,) = with_files(dana)
    (file,) = sent.post.files
    assert "Keep it where only you can open it" not in sent.text
    (page,) = PdfReader(io.BytesIO(file.content or b"")).pages
    assert tuple(page.mediabox)[2:] == (612, 792)
    read = " ".join(page.extract_text().split())
    assert "Oct – Dec 2026" in read
    assert "1 promise kept" in read
    assert "Two big tenders moved." in read
    for word in ("Northwind", "41", "31", *(name for rep in reps for name in rep.name.split())):
        assert word not in read
