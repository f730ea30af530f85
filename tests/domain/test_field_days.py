"""The visits of a field day, a line each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.visits import Visit, parse_visits, visit_lines, with_details_of
from tests.domain.calendars import reproducible


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
        ("Acme： Jo Lee， wants a trial, soon", (Visit("Acme", "Jo Lee", "wants a trial, soon"),)),
        ("10:30 Acme: Jo, went well", (Visit("Acme", "Jo", "went well"),)),
        ("• 9.30 Acme: Jo", (Visit("9.30 Acme", "Jo"),)),
        ("1. 10:30 – 11:15 Acme", (Visit("Acme"),)),
        ("9 am: Acme: Jo", (Visit("Acme", "Jo"),)),
        ("2:15 p.m. Acme: Jo", (Visit("Acme", "Jo"),)),
        ("14h30 Acme", (Visit("Acme"),)),
        ("10.30 Uhr Acme", (Visit("Acme"),)),
        ("3M: Jo", (Visit("3M", "Jo"),)),
        ("7-Eleven: Jo", (Visit("7-Eleven", "Jo"),)),
        ("1&1: Jo", (Visit("1&1", "Jo"),)),
        ("24h Gym", (Visit("24h Gym"),)),
        ("- ", ()),
    ],
)
def test_a_visit_a_line(typed: str, visits: tuple[Visit, ...]) -> None:
    assert parse_visits(typed) == visits


@given(st.text(st.sampled_from("ab :,：，\n\u00a0-*•"), max_size=40))
@reproducible
def test_what_the_box_shows_again_says_the_same(typed: str) -> None:
    visits = parse_visits(typed)
    assert parse_visits(visit_lines(visits)) == visits
    kept = "".join(part for v in visits for part in (v.account, v.people, v.outcome))
    assert [c for c in typed if c in "ab"] == [c for c in kept if c in "ab"]


@given(
    st.sampled_from(["", "• ", "- ", "* ", "1. ", "12) ", "– ", "\u00a0"]),
    st.sampled_from(["", "10:30 ", "9:05: ", "08.15 - ", "9am ", "10:30-11:00, ", "at 10:30 "]),
    st.sampled_from([":", "：", " : "]),
    st.sampled_from([",", "，", " ,"]),
    st.sampled_from(["Acme", "Müller & Söhne", "3M", "7-Eleven", "Acme, Inc", "1. FC Köln"]),
)
@reproducible
def test_what_stands_before_an_account_is_no_part_of_it(
    bullet: str, time: str, colon: str, comma: str, account: str
) -> None:
    if account.startswith("1. "):
        bullet = time = ""
        account = account.removeprefix("1. ")
    found = parse_visits(f"{bullet}{time}{account}{colon} Jo Lee{comma} went well, 10:30")
    assert found == (Visit(account, "Jo Lee", "went well, 10:30"),)


@given(st.text("ab 1:.-,：，•*\u00a0Äé", max_size=30))
@reproducible
def test_any_box_reads_the_same_again(typed: str) -> None:
    visits = parse_visits(typed)
    assert parse_visits(visit_lines(visits)) == visits


def test_details_stay_with_an_account_however_it_is_spelled() -> None:
    before = (Visit("Müller-Werke", role="buyer"), Visit("O’Neil"))
    (now,) = with_details_of([Visit("MULLER werke")], before)
    assert (now.account, now.role) == ("MULLER werke", "buyer")
