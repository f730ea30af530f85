"""Account dates: which words are one, who has the account, and when it comes up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts.accounts import Acquaintance, account_key
from bot.domain.accounts.dates import (
    AccountDate,
    DateEntry,
    DateSource,
    SaidDate,
    as_one,
    is_one,
    is_same,
    said_as,
    who_has,
)
from bot.domain.accounts.said_dates import MOST_WORDS, dates_in, may_hold_dates, typed_dates
from bot.domain.accounts.transitions import Transition
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import FieldError

SAID_ON = date(2026, 11, 16)
ACME, ROBOTICS, HOOLI = 1, 2, 3
KEYS = {
    account_key("Acme"): ACME,
    account_key("ACME Works"): ACME,
    account_key("Acme Robotics Europe"): ROBOTICS,
    account_key("Hooli"): HOOLI,
}
RAJ = Person(2, "URAJ", "Raj Rao", None, True, False, None)
LENA = Person(3, "ULENA", "Lena Fox", None, True, False, None)
DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)


def read(words: str) -> list[tuple[int, str, str]]:
    """What is read in the outcome of a visit to Acme."""
    return [
        (one.account_id, one.what, one.day.isoformat())
        for one in dates_in(words, SAID_ON, KEYS, (ACME, "Acme"))
    ]


@pytest.mark.parametrize(
    ("words", "what", "day"),
    [
        ("renewal 1 March", "renewal", "2027-03-01"),
        ("the renewal is due on 1 March, wants a trial", "renewal", "2027-03-01"),
        ("Renewal: Mon 1st of March", "Renewal", "2027-03-01"),
        ("renewal 2027-03-01", "renewal", "2027-03-01"),
        ("renewal 1.3.2027", "renewal", "2027-03-01"),
        ("renewal March 1, 2027", "renewal", "2027-03-01"),
        ("wants a trial. board meeting by 3 Feb", "board meeting", "2027-02-03"),
        ("their renewal 20 Nov", "renewal", "2026-11-20"),
        ("Acme's renewal 1 March", "renewal", "2027-03-01"),
        ("contract to be signed by 1 March", "contract to be signed", "2027-03-01"),
    ],
)
def test_a_few_words_and_a_date_are_one(words: str, what: str, day: str) -> None:
    assert read(words) == [(ACME, what, day)]


@pytest.mark.parametrize(
    "words",
    [
        *("", "renewal", "1 March", "renewal 1/3", "renewal 3/1/2027", "renewal 30 Feb"),
        *("demo Friday", "demo tomorrow", "demo next week", "renewal in March"),
        *("no decision before 1 March", "not in before 1 March", "ask again for 1 March"),
        *("renewal Tue 1 March", "renewal 1 March (Tue)"),
        *("open since 1 March", "the order of 1 March", "renewal 01.03.27"),
        *("the renewal was due 1 March", "we met 1 March", "they had an audit on 1 March"),
        *("signed 10 Nov", "Signed on 20 March", "renewed on 1 March", "they signed it 1 March"),
        *("contract ended 1 March", "order delivered 3 May", "last met 1 March"),
        "they want to see the whole price list on 1 March",
        "calls on 3 and 4",
    ],
)
def test_what_is_not_sure_is_not_guessed(words: str) -> None:
    assert read(words) == []


def test_several_are_each_by_itself_and_of_the_account_they_name() -> None:
    assert read("renewal 1 March and board meeting 3 May; Hooli's audit 4 May") == [
        (ACME, "renewal", "2027-03-01"),
        (ACME, "board meeting", "2027-05-03"),
        (HOOLI, "audit", "2027-05-04"),
    ]


def test_a_plan_says_dates_of_accounts_that_are_known() -> None:
    plan = (
        "- ACME works: renewal 1 March, tender 3 May\n"
        "• Acme Robotics Europe audit 4 May\n"
        "Globex renewal 5 May\n"
        "renewal 6 May"
    )
    assert [(one.account_id, one.written, one.what) for one in dates_in(plan, SAID_ON, KEYS)] == [
        (ACME, "ACME works", "renewal"),
        (ACME, "ACME works", "tender"),
        (ROBOTICS, "Acme Robotics Europe", "audit"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Acme renewal 1 March", DateEntry("renewal", date(2027, 3, 1))),
        ("acme works: the renewal 1 March", DateEntry("renewal", date(2027, 3, 1))),
        ("acme renewal 10 Nov", DateEntry("renewal", date(2027, 11, 10))),
        ("acme renewal 16 Nov", DateEntry("renewal", SAID_ON)),
        ("acme renewal 3/1", FieldError.UNCLEAR_DAY),
        ("acme renewal in March", FieldError.UNCLEAR_DAY),
        ("acme renewal March 2027", FieldError.UNCLEAR_DAY),
        ("acme renewal 30 Feb", FieldError.NO_SUCH_DAY),
        ("acme renewal 2027-02-30", FieldError.NO_SUCH_DAY),
        ("acme renewal 29 Feb 2027", FieldError.NO_SUCH_DAY),
        ("acme renewal 29 Feb", FieldError.TOO_FAR_AHEAD),
        ("acme renewal Mon 1 March", DateEntry("renewal", date(2027, 3, 1))),
        ("acme renewal 1.3. (Mon)", DateEntry("renewal", date(2027, 3, 1))),
        ("acme renewal Tue 1 March", FieldError.TWO_DAYS),
        ("acme renewal 1.3.2027 (Tuesday)", FieldError.TWO_DAYS),
        ("acme audit 3 May and renewal Tue 1 March", FieldError.TWO_DAYS),
        ("acme renewal by yesterday", FieldError.PAST_DAY),
        ("acme renewal 1 March 2026", FieldError.PAST_DAY),
        ("acme renewal 2029-01-01", FieldError.TOO_FAR_AHEAD),
        ("acme 1 March", FieldError.NOTHING_ON_DAY),
        ("acme friday", FieldError.NOTHING_ON_DAY),
        ("acme " + "very " * 20 + "late 1 March", FieldError.TOO_LONG),
        ("acme renewal 1 March and audit 3/5", FieldError.UNCLEAR_DAY),
        ("acme renewal 1 March and audit 3 May 2020", FieldError.PAST_DAY),
    ],
)
def test_a_date_behind_an_account(typed: str, said: DateEntry | FieldError) -> None:
    found = typed_dates(typed, SAID_ON, KEYS)
    assert found is not None
    expected = said if isinstance(said, FieldError) else (said,)
    assert (found.account_id, found.said) == (ACME, expected)


@pytest.mark.parametrize(
    "day",
    [
        *("1 March", "March 1", "the 1st of March", "Mar 1st, 2027", "Monday 1 March", "1. March"),
        *("1Mar", "1-Mar-2027", "1 Mar 27", "1 March '27", "2027-03-01", "2027/03/01"),
        *("1.3.2027", "01.03.27", "1.3.", "on 1 March", "by Mon 1 March"),
    ],
)
def test_a_day_is_read_in_each_way_that_people_type_it(day: str) -> None:
    found = typed_dates(f"acme renewal {day}", SAID_ON, KEYS)
    assert found is not None
    assert found.said == (DateEntry("renewal", date(2027, 3, 1)),)


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("25/12", date(2026, 12, 25)),
        ("12/25/2026", date(2026, 12, 25)),
        ("3/3", date(2027, 3, 3)),
        ("tomorrow", SAID_ON + timedelta(days=1)),
        ("Friday", SAID_ON + timedelta(days=4)),
        ("next Tuesday", SAID_ON + timedelta(days=8)),
    ],
)
def test_a_short_day_is_read_where_it_says_one_alone(day: str, read: date) -> None:
    found = typed_dates(f"acme renewal {day}", SAID_ON, KEYS)
    assert found is not None
    assert found.said == (DateEntry("renewal", read),)


def test_the_29_of_february_is_that_of_the_leap_year() -> None:
    found = typed_dates("acme renewal 29 Feb", date(2027, 6, 1), KEYS)
    assert found is not None
    assert found.said == (DateEntry("renewal", date(2028, 2, 29)),)
    assert dates_in("renewal 29 Feb", date(2027, 6, 1), KEYS, (ACME, "Acme")) == (
        SaidDate(ACME, "Acme", "renewal", date(2028, 2, 29)),
    )
    assert read("renewal 29 Feb") == []


@pytest.mark.parametrize(
    "typed",
    [
        "acme renewal 1 March and audit 3 May",
        "acme: renewal 1 March, audit 3 May",
        "ACME works renewal 1 March; the audit is due on 3 May",
        "acme renewal 2027-03-01 and audit 3.5.",
        "acme renewal 1 March, 2027, audit 3 May, renewal 1 March",
    ],
)
def test_two_dates_in_a_line_are_two(typed: str) -> None:
    found = typed_dates(typed, SAID_ON, KEYS)
    assert found is not None
    assert found.said == (
        DateEntry("renewal", date(2027, 3, 1)),
        DateEntry("audit", date(2027, 5, 3)),
    )


def test_of_what_is_typed_nothing_is_left_out() -> None:
    for typed, what in (
        ("acme renewal, with Kim, 1 March", "renewal, with Kim"),
        ("acme trial and renewal 1 March", "trial and renewal"),
    ):
        found = typed_dates(typed, SAID_ON, KEYS)
        assert found is not None
        assert found.said == (DateEntry(what, date(2027, 3, 1)),)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "Acme", "acme robotics europe", "acme rob", "globex renewal 1 March", "acme 24"),
        *("acme 1 on 1", "acme may", "acme renewal"),
    ],
)
def test_what_is_a_name_is_no_date(typed: str) -> None:
    assert typed_dates(typed, SAID_ON, KEYS) is None


words = st.sampled_from(
    ["Acme", "Hooli", "renewal", "1 March", "and", "30 Feb", ",", ".", "the", "2027-03-01", "on"]
)


@given(st.lists(words, max_size=12).map(" ".join))
@settings(derandomize=True, deadline=None)
def test_whatever_is_typed_what_is_read_is_short_dated_and_of_a_known_account(text: str) -> None:
    found = dates_in(text, SAID_ON, KEYS, (ACME, "Acme"))
    assert may_hold_dates(text, SAID_ON) or not found
    for one in found:
        assert one.account_id in KEYS.values()
        assert 1 <= len(one.what.split()) <= MOST_WORDS
        assert one.what in text
    typed_dates(text, SAID_ON, KEYS)


RENEWAL = AccountDate(
    *(7, 1, ACME, "Acme", "renewal", date(2027, 3, 8), date(2027, 3, 1)), (DateSource(1, SAID_ON),)
)


def test_words_that_stand_there_still_say_nothing_new() -> None:
    said = SaidDate(ACME, "Acme", "Renewal", date(2027, 3, 1))
    assert is_same(RENEWAL, said)
    assert is_same(RENEWAL, replace(said, day=date(2027, 3, 8)))
    assert not is_same(RENEWAL, replace(said, what="audit"))
    assert not is_same(RENEWAL, replace(said, account_id=HOOLI))
    a_year_on = replace(said, day=date(2028, 3, 1))
    assert not is_same(RENEWAL, a_year_on)
    assert is_same(RENEWAL, a_year_on, any_year=True)


def been(person: Person, since: date, *, as_rep: bool = True) -> Acquaintance:
    return Acquaintance(ACME, "Acme", False, person, "", since, as_rep)


def test_one_rep_has_the_account() -> None:
    early, late = SAID_ON, SAID_ON + timedelta(days=7)
    both = [been(DANA, early, as_rep=False), been(LENA, late), been(RAJ, early)]
    reps = [RAJ.id, LENA.id]
    assert who_has(ACME, both, [], reps, late) == RAJ.id
    assert who_has(ACME, both, [], [LENA.id], late) == LENA.id
    assert who_has(ACME, both, [], [], late) is None
    assert who_has(HOOLI, both, [], reps, late) is None
    passes = Transition(1, 1, ACME, "Acme", RAJ, LENA, late, early)
    assert who_has(ACME, both[:1] + both[2:], [passes], reps, early) == RAJ.id
    assert who_has(ACME, both[:1] + both[2:], [passes], reps, late) == LENA.id
    gone = replace(passes, takes_over=DANA)
    assert who_has(ACME, both, [gone], reps, late) == LENA.id, "who passed it on has it last"


def test_what_was_said_is_the_date_of_that_day_before_one_that_was_moved() -> None:
    said = SaidDate(ACME, "Acme", "renewal", date(2027, 3, 1))
    there = replace(RENEWAL, id=9, day=said.day, gone_on=SAID_ON)
    assert said_as(said, [RENEWAL]) == RENEWAL
    assert said_as(said, [RENEWAL, there]) == there
    assert said_as(said, [there, standing := replace(there, id=10, gone_on=None)]) == standing
    assert said_as(replace(said, what="audit"), [RENEWAL, there]) is None


def test_two_dates_that_are_one_were_said_wherever_either_was() -> None:
    typed = DateSource(5, SAID_ON + timedelta(days=1))
    other = replace(RENEWAL, id=8, day=date(2027, 3, 1), sources=(typed,))
    assert is_one(RENEWAL, other)
    for one in (as_one(RENEWAL, other), as_one(other, RENEWAL)):
        assert (one.day, one.written_day) == (RENEWAL.day, RENEWAL.written_day)
        assert [each.id for each in one.sources] == [1, 5]
        assert one.stands
    gone = replace(other, gone_on=SAID_ON)
    assert as_one(gone, RENEWAL).stands
    assert not as_one(gone, replace(RENEWAL, gone_on=SAID_ON)).stands
    assert as_one(replace(other, done_on=SAID_ON), RENEWAL).done_on == SAID_ON
    assert not is_one(RENEWAL, replace(other, what="audit"))
    assert not is_one(RENEWAL, replace(other, day=SAID_ON, written_day=SAID_ON))
