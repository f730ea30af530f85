"""The two steps of a field day's form, and the path with a focus."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.drafts import Draft, DraftKind, Typed
from bot.domain.field_days import (
    FIRST,
    MORE,
    FieldDayEntry,
    FieldDayNotes,
    Practice,
    Practised,
    entry_in,
    fresh_entry,
    overlaid,
    path_of,
    typed_in,
    typed_of,
)
from tests.domain.calendars import reproducible

TODAY = date(2026, 11, 23)
WORDS = st.sampled_from(["", "closing", "a < b & c", "two\nlines", "Ärger"])
DAYS = st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31))


@st.composite
def entries(draw: st.DrawFn) -> FieldDayEntry:
    notes = FieldDayNotes(
        visits=draw(st.sampled_from([(), (Visit("Acme", "Jo", "a trial"), Visit("Hooli"))])),
        practice=draw(st.none() | st.sampled_from(Practice)),
        **{name: draw(WORDS) for name in ("rep_view", "strength", "focus", "market")},
    )
    return replace(
        fresh_entry("U1", TODAY),
        notes=notes,
        rep_action=draw(WORDS),
        manager_action=draw(WORDS),
        rep_due_on=draw(DAYS),
        manager_due_on=draw(DAYS),
    )


@given(entries(), st.sets(st.sampled_from(sorted(typed_of(fresh_entry("U1", TODAY)).values))))
@reproducible
def test_what_the_fields_hold_says_the_same_however_they_are_shared_out(
    entry: FieldDayEntry, first: set[str]
) -> None:
    typed = typed_of(entry)
    assert entry_in(typed) == entry
    steps = {
        FIRST: Typed({name: said for name, said in typed.values.items() if name in first}),
        MORE: Typed({name: said for name, said in typed.values.items() if name not in first}),
    }
    draft = Draft(DraftKind.FIELD_DAY, "form", None, 0, 0, None, FIRST, steps)
    assert entry_in(typed_in(draft)) == entry
    # What the form offered is overlaid by all of it.
    assert entry_in(overlaid(typed_of(fresh_entry("U2", TODAY)), typed_in(draft))) == entry


def test_a_path_is_of_one_focus_however_it_is_spelled_and_of_what_somebody_said() -> None:
    days = [date(2026, 11, day) for day in (3, 12, 18, 20, 25)]
    said = [
        (days[0], "Ask for the next step", Practice.SHOWN),
        (days[1], "ask for the  next step", Practice.TOGETHER),
        (days[2], "closing", Practice.SHOWN),
        (days[3], "ask for the next step", None),
        (days[4], "ask for the next step", Practice.ALONE),
    ]
    assert path_of("ask for the next step", said) == (
        Practised(days[0], Practice.SHOWN),
        Practised(days[1], Practice.TOGETHER),
        Practised(days[4], Practice.ALONE),
    )
    assert path_of("new", said) == ()
