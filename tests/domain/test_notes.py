"""What the words of a note propose, and the forms that make more of it."""

from datetime import date

import pytest

from bot.domain.accounts.visits import visit_lines
from bot.domain.contacts.notes import MadeOf, day_named, due_named, form_of, note_of, rep_named
from bot.domain.field_days import notes_of_words
from bot.domain.todo.line import read_coming_day
from bot.domain.workspaces.people import Person

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
REPS = [
    Person(number, f"U{number}", name, None, True, False, None)
    for number, name in enumerate(("Lena Fox", "Sam Stone", "Grace Hill", "Lena Berg"))
]


@pytest.mark.parametrize(
    ("text", "rep"),
    [
        ("call @Sam Stone about Acme", "U1"),
        ("Sam wants to lead the demo", "U1"),
        ("lunch with Sam and Lena Fox", None),
        ("Lena Fox had a good day", "U0"),
        ("Lena had a good day", None),
        ("Lena Fox and Lena Berg", None),
        ("Lena Fox and Sam", None),
        ("a good day with Grace", "U2"),
        ("a grace period for Acme", None),
        ("call somebody", None),
        ("Samuel called", "U1"),
        ("", None),
    ],
)
def test_the_one_rep_whom_the_words_name(text: str, rep: str | None) -> None:
    assert rep_named(text, REPS) == rep


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("call with Sam yesterday", date(2026, 11, 22)),
        ("Sam on Friday, about Acme", FRIDAY),
        ("Friday: Sam called", FRIDAY),
        ("2026-11-18 lunch", date(2026, 11, 18)),
        ("quote by Friday", None),
        ("let us meet next Friday", None),
        ("saw him on Friday, quote by Wednesday", FRIDAY),
        ("Friday and Thursday", None),
        ("Friday, and Friday again", FRIDAY),
        ("2027-01-01 is far", None),
        ("2026-02-30", None),
        ("today", MONDAY),
        ("nothing", None),
        ("", None),
    ],
)
def test_the_one_day_that_the_words_name(text: str, day: date | None) -> None:
    assert day_named(text, MONDAY) == day


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("quote by Wednesday", date(2026, 11, 25)),
        ("the sheet until tomorrow.", date(2026, 11, 24)),
        ("by the way, by Friday", date(2026, 11, 27)),
        ("a demo before 2026-12-04", date(2026, 12, 4)),
        ("on Friday", None),
        ("by then", None),
    ],
)
def test_the_day_by_which_something_is_promised(text: str, due: date | None) -> None:
    assert due_named(text, lambda word: read_coming_day(word, MONDAY)) == due


def test_each_form_is_of_one_note_and_one_thing() -> None:
    forms = {form_of(number, what): number for number in (1, 22) for what in MadeOf}
    assert len(forms) == 2 * len(MadeOf)
    assert all(note_of(form) == number for form, number in forms.items())
    for other in ("", "V01", "note:x:contact", "note:1:other", "note:1:contact:2", "a1b2c3"):
        assert note_of(other) is None


@pytest.mark.parametrize(
    ("text", "visits", "market"),
    [
        ("Acme: Jo, wants a trial", "Acme: Jo, wants a trial", ""),
        ("Acme: they want a trial", "", "Acme: they want a trial"),
        ("Price: Sam says too high", "", "Price: Sam says too high"),
        ("Visits today\nAcme: Jo, wants a trial", "Acme: Jo, wants a trial", "Visits today"),
        ("field day\nAcme: Jo", "Acme: Jo", "field day"),
        ("globex ag: Kim, a trial", "globex ag: Kim, a trial", ""),
        ("Globex AG: Kim\nNote: quotes take long", "Globex AG: Kim", "Note: quotes take long"),
        ("Note: Acme is slow", "", "Note: Acme is slow"),
        ("Note: slow\nIdea: a call\nPS: thanks", "", "Note: slow\nIdea: a call\nPS: thanks"),
        ("Visit went well. Next step: a quote", "", "Visit went well. Next step: a quote"),
        ("Visited Acme\nNext steps: a quote", "", "Visited Acme\nNext steps: a quote"),
        (
            "what I heard: a lot\nwhat is next: a call",
            "",
            "what I heard: a lot\nwhat is next: a call",
        ),
        ("Acme: Jo\nNote: slow", "", "Acme: Jo\nNote: slow"),
        ("Idea: a visit to Acme", "", "Idea: a visit to Acme"),
        ("What I would like to say: good", "", "What I would like to say: good"),
        ("アクメ：田中\nハリ：佐藤", "アクメ: 田中\nハリ: 佐藤", ""),
        ("With Sam\n- Acme: Jo\nHooli: Kim", "Acme: Jo\nHooli: Kim", "With Sam"),
        ("Sam led the demo", "", "Sam led the demo"),
        ("see https://x.y: good", "", "see https://x.y: good"),
        (f"{'a' * 61}: b", "", f"{'a' * 61}: b"),
        ("Acme:", "", "Acme:"),
    ],
)
def test_words_fill_a_field_day(text: str, visits: str, market: str) -> None:
    found = notes_of_words(text, {"globex ag"})
    assert (visit_lines(found.visits), found.market) == (visits, market)
