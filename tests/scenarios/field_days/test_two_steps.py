"""**More** and back: the form of a field day is short, and all of it is one form."""

import pytest

from slack_sandbox import Person
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")

FIRST_STEP = {
    "When": "2026-11-20",
    "Visits": "Northwind: Jo Lee, wants a trial\nHooli",
    "One focus": "a <next> step & a date",
    "Who did it": "Together: you both did it",
    "They will": "lead the demo",
    "You will": "send the terms",
}
BEHIND_MORE = {
    "How they saw the day": "long, and good",
    "One strength": "listens first",
    "Heard of market and competitors": "60-day terms",
    "They will, by": "2026-11-27",
    "You will, by": "2026-12-04",
}


def fills(dana: Person, fields: dict[str, str]) -> None:
    for label, words in fields.items():
        modal(dana).fill(label, words)


def holds(dana: Person, fields: dict[str, str]) -> bool:
    return {label: modal(dana).value(label) for label in fields} == fields


@pytest.mark.parametrize("logged_from", ["the first step", "More"])
def test_both_steps_keep_all_and_either_logs_it(dana: Person, logged_from: str) -> None:
    dana.slash("/fieldday @Raj Rao")
    fills(dana, FIRST_STEP)
    modal(dana).clicks("More")
    assert modal(dana).labels == list(BEHIND_MORE)
    fills(dana, BEHIND_MORE)
    modal(dana).clicks("Back")
    assert holds(dana, FIRST_STEP)
    modal(dana).fill("Visits", "Hooli")
    modal(dana).clicks("More")
    assert holds(dana, BEHIND_MORE)
    if logged_from == "the first step":
        modal(dana).clicks("Back")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, Fri 20 Nov")
    dana.sees("“lead the demo”, by Fri 27 Nov")
    dana.sees("“send the terms”, by Fri 4 Dec")
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    dana.clicks("Edit")
    # An edit shows all that is kept, in one, each date as its own.
    assert holds(dana, FIRST_STEP | BEHIND_MORE | {"Rep": "Raj Rao", "Visits": "Hooli"})
    modal(dana).fill("They will, by", "2026-12-11")
    modal(dana).submit()
    modal(dana).clicks("Edit")
    assert modal(dana).value("They will, by") == "2026-12-11"
    assert modal(dana).value("You will, by") == "2026-12-04"


def test_a_first_step_that_is_sent_twice_takes_nothing_away(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme: Jo")
    modal(dana).fill("They will", "call Acme")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms")
    modal(dana).fill("They will, by", "2026-12-04")
    modal(dana).clicks("Back")
    modal(dana).submit_twice()
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    assert "60-day terms" in modal(dana).text
    modal(dana).clicks("Edit")
    assert modal(dana).value("They will, by") == "2026-12-04"
    assert modal(dana).value("Visits") == "Acme: Jo"


def test_it_asks_who_it_was_with_only_where_nobody_was_named(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    assert "Rep" not in modal(dana).labels
    assert "Raj Rao" in modal(dana).text
    modal(dana).close()
    dana.slash("/fieldday")
    assert len(modal(dana).labels) == 6
    fills(dana, {"Rep": "Lena Fox", "Visits": "Acme"})
    modal(dana).clicks("More")
    assert modal(dana).labels == ["Who did it", *BEHIND_MORE]
    modal(dana).fill("Who did it", "Alone: the rep did it")
    modal(dana).clicks("Back")
    assert modal(dana).value("Rep") == "Lena Fox"
    modal(dana).fill("One focus", "closing")
    modal(dana).submit()
    dana.sees("Logged: field day with Lena Fox, today")
    modal(dana).close_all()
    dana.slash("/fieldday @Lena Fox")
    assert "Last time: alone." in modal(dana).text


def test_odd_lines_and_far_too_many(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "\n".join(f"Account {n}" for n in range(40)))
    modal(dana).clicks("More")
    modal(dana).submit()
    assert "more than 20 visits" in str(modal(dana).errors)
    modal(dana).clicks("Back")
    modal(dana).fill("Visits", ":,\n  • \n10:30 – Acme：Jo,, ok\n???")
    modal(dana).fill("When", "2026-11-25")
    modal(dana).clicks("More")
    modal(dana).submit()
    assert "still to come" in str(modal(dana).errors)
    modal(dana).clicks("Back")
    modal(dana).fill("When", "2026-11-23")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, today")
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    assert "Acme: Jo, , ok" in modal(dana).text
    assert "???" in modal(dana).text
