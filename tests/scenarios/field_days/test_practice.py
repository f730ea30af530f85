"""Show, together, alone: leading by example is a path over the field days with a focus."""

from datetime import date, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.home.planned import plan

pytestmark = pytest.mark.reps("raj", "lena")

FOCUS = "ask for the next step"
FIRST_STEP = ["When", "Visits", "One focus", "Who did it", "They will", "You will"]


@pytest.mark.slow
def test_a_focus_is_shown_done_together_and_alone(world: World, dana: Person, raj: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    assert modal(dana).labels == FIRST_STEP
    modal(dana).fill("Visits", "Acme: Jo")
    modal(dana).fill("One focus", FOCUS)
    modal(dana).fill("Who did it", "Show: you showed it")
    modal(dana).submit()
    modal(dana).close()
    world.slack.clock.advance(timedelta(days=9))
    dana.slash("/fieldday @Raj Rao")
    assert "Last time: shown." in modal(dana).text
    # The path goes on without typing it again.
    assert modal(dana).value("One focus") == FOCUS
    modal(dana).fill("Who did it", "Together: you both did it")
    modal(dana).submit()
    modal(dana).close()
    world.slack.clock.advance(timedelta(days=13))
    dana.slash("/fieldday @Raj Rao")
    assert "So far: shown Mon 23 Nov, together Wed 2 Dec." in modal(dana).text
    modal(dana).fill("Who did it", "Alone: Raj Rao did it")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="Tue 15 Dec · field day")
    way = "alone · shown Mon 23 Nov, together Wed 2 Dec, alone Tue 15 Dec"
    assert f"Who did it: {way}" in modal(dana).text
    dana.clicks("Edit")
    assert modal(dana).value("Who did it") == "Alone: the rep did it"
    modal(dana).close_all()
    # A note before a session has it, and the rep reads their own part once it is shared.
    dana.clicks("Preview as Raj Rao")
    assert "You did it alone." in modal(dana).text
    modal(dana).submit()
    assert "You did it alone." in raj.dm[-1].text
    modal(dana).close_all()
    plan(dana, raj, "session", date(2026, 12, 17))
    world.slack.clock.advance(timedelta(days=1, hours=1))
    world.heart.beat(world.slack.clock.now())
    dana.sees(f"{FOCUS} · shown Mon 23 Nov, together Wed 2 Dec, alone Tue 15 Dec")
    # Another focus is a path of its own.
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("One focus", "closing")
    modal(dana).fill("Who did it", "Show: you showed it")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    assert "Last time: shown." in modal(dana).text


def test_the_focus_that_is_offered_is_nothing_said(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("One focus", FOCUS)
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).submit()
    assert "A word about the day, please" in str(modal(dana).errors)
    modal(dana).fill("Who did it", "Together: you both did it")
    modal(dana).submit()
    assert modal(dana).errors == {}


def test_one_visit_is_logged_in_six_taps(dana: Person) -> None:
    before = dana.taps
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme: Jo Lee, wants a trial")
    modal(dana).submit()
    modal(dana).close()
    assert dana.taps - before <= 6
    dana.sees("Logged: field day with Raj Rao, today")
    # The usual date is said where it is not asked for.
    dana.slash("/fieldday @Raj Rao")
    assert "By Mon 30 Nov; another day is under More." in modal(dana).text
