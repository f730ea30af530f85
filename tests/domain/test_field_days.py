"""The visits of a field day, a line each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.field_days import Visit, parse_visits, visit_lines


@pytest.mark.parametrize(
    ("typed", "visits"),
    [
        ("", ()),
        ("  \n : , \n", ()),
        ("Acme", (Visit("Acme"),)),
        ("Acme: Jo Lee", (Visit("Acme", "Jo Lee"),)),
        ("Acme: Jo Lee, wants a trial, soon", (Visit("Acme", "Jo Lee", "wants a trial, soon"),)),
        ("Acme:, closed today", (Visit("Acme", "", "closed today"),)),
        ("Acme, Inc", (Visit("Acme, Inc"),)),
        (": Hooli", (Visit("Hooli"),)),
        (
            "Acme: Jo\n\n Hooli : Kim Ray at 10:30, happy ",
            (Visit("Acme", "Jo"), Visit("Hooli", "Kim Ray at 10:30", "happy")),
        ),
    ],
)
def test_a_visit_a_line(typed: str, visits: tuple[Visit, ...]) -> None:
    assert parse_visits(typed) == visits


@given(st.text(st.sampled_from("ab :,\n\u00a0"), max_size=40))
def test_what_the_box_shows_again_says_the_same(typed: str) -> None:
    visits = parse_visits(typed)
    assert parse_visits(visit_lines(visits)) == visits
    kept = "".join(part for v in visits for part in (v.account, v.people, v.outcome))
    assert [c for c in typed if c in "ab"] == [c for c in kept if c in "ab"]
