"""What was heard of the market: lines as they are typed, tags that are alike, and what spreads."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts.market import (
    CUSTOMERS,
    NEWS,
    QUIET,
    WITHIN,
    MarketNote,
    MarketTag,
    NoteTag,
    TagIssue,
    TagSpelling,
    brought,
    holding,
    page_of,
    spread_of,
    spreads,
    tag_key,
    third_on,
)
from bot.domain.accounts.market_lines import (
    lines_of,
    read_lines,
    same_lines,
    with_lines_of,
    without_tags,
)
from bot.domain.accounts.market_tags import (
    close_tag,
    is_name,
    of_several_words,
    questions,
    same_tag,
)
from bot.domain.workspaces.people import Person

TODAY = date(2026, 11, 23)
RAJ = Person(1, "URAJ", "Raj Rao", None, True, False, None)
TERMS = MarketTag(1, 1, "terms", None, (TagSpelling(1, "terms", "terms"),), 3)
PRICE = MarketTag(2, 1, "price", None, (TagSpelling(2, "price", "price"),), 1)
ACCOUNTS = {"acme": 1, "hooli": 2}


def account_of(typed: str) -> int | None:
    return ACCOUNTS.get(typed.casefold())


def note(number: int, day: date, account: int | None, *tags: MarketTag) -> MarketNote:
    return MarketNote(
        id=number,
        team_id=1,
        contact=number,
        rep=RAJ,
        heard_on=day,
        text=f"note {number}",
        tags=tuple(NoteTag(tag.own.id, tag.id, tag.name) for tag in tags),
        account_id=account,
        account=f"Firm {account}" if account else "",
        typed=f"firm {account}" if account else "",
    )


@pytest.mark.parametrize(
    ("typed", "account", "text", "tags"),
    [
        ("Acme: offers 60 days #terms", "Acme", "offers 60 days", ("terms",)),
        (
            "- ACME： offers 60 days ＃terms #net-days.",
            "ACME",
            "offers 60 days",
            ("terms", "net-days"),
        ),
        ("Nobody: offers #sixty days", "", "Nobody: offers sixty days", ("sixty",)),
        ("order #42 at 10:30", "", "order #42 at 10:30", ()),
        ("#terms", "", "terms", ("terms",)),
        ("Acme:", "", "Acme:", ()),
        ("see https://x.com/#top and a&#b", "", "see https://x.com/#top and a&#b", ()),
    ],
)
def test_a_line_says_customer_words_and_tags(
    typed: str, account: str, text: str, tags: tuple[str, ...]
) -> None:
    (line,) = read_lines(f"\n{typed}\n", account_of)
    assert (line.account, line.text, line.tags) == (account, text, tags)
    assert line.account_id == account_of(account)


def tag_named(*names: str, number: int = 1, in_question: bool = False) -> MarketTag:
    ways = tuple(TagSpelling(n, tag_key(one), one) for n, one in enumerate(names, start=number))
    return MarketTag(number, 1, names[0], None, ways, used=1, in_question=in_question)


@pytest.mark.parametrize(
    ("typed", "tag", "text"),
    [
        # One word, in any script, with what stands within it.
        ("60 days #terms, he said", "terms", "60 days terms, he said"),
        ("60 days #payment-terms.", "payment-terms", "60 days"),
        ("60 days #payment_terms", "payment_terms", "60 days"),
        ("60 days #R&D", "R&D", "60 days"),
        ("60 days #l’offre", "l’offre", "60 days"),
        ("60 days #5G", "5G", "60 days"),
        ("60 days #Zahlungsziel", "Zahlungsziel", "60 days"),
        ("दाम #मूल्य", "मूल्य", "दाम"),
        ("dear #ราคา", "ราคา", "dear"),
        ("dear #الأسعار", "الأسعار", "dear"),
        ("dear ＃价格战", "价格战", "dear"),
        # Until what can be in none.
        ("60 days #terms- yes", "terms", "60 days terms- yes"),
        ("60 days #price🔥", "price", "60 days price🔥"),
        ("60 days #net/60", "net", "60 days net/60"),
        # No tag at all.
        ("60 days #", None, "60 days #"),
        ("60 days #🔥", None, "60 days #🔥"),
        ("60 days #a", None, "60 days #a"),
        ("60 days #2026", None, "60 days #2026"),
        ("60 days #-terms", None, "60 days #-terms"),
        ("60 days ##terms", None, "60 days ##terms"),
        # Several words are one tag where that is known, as many as can be.
        ("#payment term at Acme", "payment term", "payment term at Acme"),
        ("60 days #Payment  Terms", "Payment  Terms", "60 days"),
        ("60 days #payment terms net on", "payment terms net", "60 days payment terms net on"),
        ("60 days #payment terms nett", "payment terms nett", "60 days"),
        ("60 days #payment days", "payment", "60 days payment days"),
        ("60 days #payment. terms", "payment", "60 days payment. terms"),
        ("60 days #terms payment", "terms", "60 days terms payment"),
        ("a #price war at Acme", "price war", "a price war at Acme"),
    ],
)
def test_where_a_tag_ends_is_one_rule(typed: str, tag: str | None, text: str) -> None:
    known = of_several_words(
        [TERMS, tag_named("payment terms"), tag_named("payment terms net"), tag_named("price-war")]
    )
    (line,) = read_lines(typed, account_of, known)
    assert line.tags == ((tag,) if tag else ())
    assert line.text == text


@pytest.mark.parametrize(
    ("typed", "there", "found"),
    [
        ("Terms", "terms", "same"),
        ("payment terms", "Payment-Terms", "same"),
        ("überfall", "ueberfall", "same"),
        ("Preiß", "preiss", "same"),
        ("ＰＲＩＣＥ", "price", "same"),
        ("competitor term", "competitor-terms", "close"),
        ("term", "terms", "close"),
        ("deliveries", "delivery", "close"),
        ("tems", "terms", "close"),
        ("temrs", "terms", "close"),
        ("termss", "terms", "close"),
        ("glass", "glas", "close"),
        ("Q3", "Q4", None),
        ("2026", "2027", None),
        ("plan 1", "plan 12", None),
        ("bus", "bug", None),
        ("price", "terms", None),
    ],
)
def test_another_way_to_write_a_tag_is_the_same_and_a_close_one_is_asked_for(
    typed: str, there: str, found: str | None
) -> None:
    tag = tag_named(there)
    assert (same_tag(typed, [PRICE, tag]) is tag) is (found == "same" and there != "price")
    if found != "same":
        assert (close_tag(typed, [PRICE, tag]) is tag) is (found == "close")


@pytest.mark.parametrize(
    ("name", "can_be"),
    [("", False), ("--", False), ("🔥", False), ("!?", False), ("🔥 price", True), ("2026", True)],
)
def test_a_tag_has_a_letter_or_a_number(name: str, can_be: bool) -> None:
    assert is_name(name) is can_be


def test_what_is_asked_is_asked_of_the_later_one_and_while_both_are_used() -> None:
    terms, term = tag_named("terms"), tag_named("term", number=2, in_question=True)
    (question,) = questions([term, terms])
    assert (question.tag, question.meant) == (term, terms)
    third = tag_named("termz", number=3, in_question=True)
    assert [(one.tag.name, one.meant.name) for one in questions([third, term, terms])] == [
        ("termz", "terms"),
        ("term", "terms"),
    ]
    assert questions([replace(term, in_question=False), terms]) == ()
    assert questions([term, replace(terms, used=0)]) == ()
    assert questions([replace(terms, in_question=True), replace(term, in_question=False)]) == ()


def test_the_issue_that_was_made_of_a_tag_settles_it_for_a_quarter() -> None:
    issue = TagIssue(1, TODAY, TODAY + timedelta(days=4))
    tag = replace(TERMS, issue=issue)
    assert tag.issue_until(TODAY) == issue.ends_on
    assert tag.issue_until(issue.ends_on + QUIET) == issue.ends_on
    assert tag.issue_until(issue.ends_on + QUIET + timedelta(days=1)) is None
    ended_at_once = replace(issue, ends_on=TODAY - timedelta(days=1))
    assert replace(TERMS, issue=ended_at_once).issue_until(TODAY) is None
    assert TERMS.issue_until(TODAY) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("müller", True),
        ("MUELLER", True),
        ("muller", True),
        ("60 day", True),
        ("net-days", True),
        ("terms acme", True),
        ("terms hooli", False),
    ],
)
def test_words_are_found_however_they_are_spelled(words: str, found: bool) -> None:
    heard = replace(note(1, TODAY, 1, TERMS), text="Müller offers 60-day terms", account="Acme")
    tags = [tag_named("terms", "net days")]
    assert bool(holding([heard], words, tags)) is found


def test_lines_that_are_the_same_stay_the_notes_they_were() -> None:
    notes = [replace(note(n, TODAY, None), text=text, place=n) for n, text in enumerate("abc")]
    lines = read_lines("C\nx\na", account_of)
    assert [one and one.text for one in same_lines(lines, notes, {})] == ["c", "b", "a"]
    lines = read_lines("b\nd", account_of)
    assert [one and one.text for one in same_lines(lines, notes, {})] == ["b", None]
    # As it was typed, whatever was made of that.
    lines = read_lines("new\n60 days #payment terms", account_of)
    assert same_lines(lines, notes[:1], {0: "60 days #payment terms"}) == [None, notes[0]]


def test_the_lines_of_one_customer_are_said_anew_among_the_others() -> None:
    box = "fewer fairs\nAcme: 60 days #terms\nHooli: a new plant"
    notes = [
        replace(note(1, TODAY, None), place=0),
        replace(note(2, TODAY, 1), place=1, account="Acme", typed="Acme"),
        replace(note(3, TODAY, 2), place=2, account="Hooli Ltd", typed="Hooli"),
    ]
    assert lines_of(box, notes, "acme") == "60 days #terms"
    assert lines_of(box, notes, "Globex") == ""
    assert with_lines_of(box, notes, "Acme", "90 days\nmore") == (
        "fewer fairs\nAcme: 90 days\nAcme: more\nHooli: a new plant"
    )
    assert with_lines_of(box, notes, "Acme", "") == "fewer fairs\nHooli: a new plant"
    assert with_lines_of(box, notes, "Globex", "60 days") == f"{box}\nGlobex: 60 days"


def test_tags_at_the_end_go_and_those_within_leave_their_word() -> None:
    assert without_tags("a #price war #terms #plant.") == "a price war"


DAYS = st.integers(0, 80).map(lambda ago: TODAY - timedelta(days=ago))
HEARD = st.lists(st.tuples(DAYS, st.integers(1, 5)), max_size=12)


def by_hand(heard: Sequence[tuple[date, int]]) -> date | None:
    """Every span of thirty days there is, tried one by one."""
    ends = sorted(day for day, _ in heard)
    for end in ends:
        span = {end - timedelta(days=n) for n in range(WITHIN.days)}
        if len({account for day, account in heard if day in span}) >= CUSTOMERS:
            return end
    return None


@given(HEARD, st.randoms(use_true_random=False))
def test_a_third_customer_is_found_in_whatever_order_it_was_typed(
    heard: list[tuple[date, int]], luck: object
) -> None:
    assert third_on(heard) == by_hand(heard)
    luck.shuffle(heard)  # type: ignore[attr-defined]
    assert third_on(heard) == by_hand(heard)


@given(HEARD)
def test_what_is_taken_back_or_becomes_one_counts_no_more(heard: list[tuple[date, int]]) -> None:
    notes = [note(n, day, account, TERMS) for n, (day, account) in enumerate(heard)]
    found = spread_of(TERMS, notes, TODAY)
    assert (found.on if found else None) == third_on(heard)
    # One customer, whatever it is called: accounts that are merged, and those that are called the
    # same but for what they are by law.
    merged = [replace(one, account_id=1, account="Firm 1") for one in notes]
    assert spread_of(TERMS, merged, TODAY) is None
    forms = ("Firm", "FIRM GmbH", "Firm, Inc.", "Firm Ltd.", "firm s.r.o.")
    called = [replace(one, account=forms[(one.account_id or 0) % len(forms)]) for one in notes]
    assert spread_of(TERMS, called, TODAY) is None
    assert {one.heard_at for one in page_of([TERMS], called, TODAY).tags} <= {1}
    # Notes of no customer, and of another tag, are none of it.
    assert spread_of(TERMS, [replace(one, account_id=None) for one in notes], TODAY) is None
    assert spread_of(PRICE, notes, TODAY) is None
    for one in notes:
        rest = [other for other in notes if other is not one]
        brings = found is not None and spread_of(TERMS, rest, TODAY) is None
        said = brought([TERMS, PRICE], notes, one.contact or 0, TODAY)
        assert [spread.tag for spread in said] == ([TERMS] if brings else [])


@given(HEARD, HEARD)
def test_tags_that_are_merged_spread_together(
    heard: list[tuple[date, int]], more: list[tuple[date, int]]
) -> None:
    notes = [note(n, day, account, TERMS) for n, (day, account) in enumerate(heard)]
    notes += [note(100 + n, day, account, PRICE) for n, (day, account) in enumerate(more)]
    together = [replace(one, tags=(NoteTag(1, TERMS.id, "terms"),)) for one in notes]
    found = spread_of(TERMS, together, TODAY)
    assert (found.on if found else None) == third_on([*heard, *more])


@given(HEARD, st.integers(0, 200))
def test_what_was_settled_is_quiet_for_a_quarter_and_what_is_old_is_no_news(
    heard: list[tuple[date, int]], later: int
) -> None:
    notes = [note(n, day, account, TERMS) for n, (day, account) in enumerate(heard)]
    assert spreads([replace(TERMS, settled_on=TODAY)], notes, TODAY) == ()
    quiet = replace(TERMS, settled_on=TODAY - QUIET - timedelta(days=later))
    since = max(TODAY - NEWS, (quiet.settled_on or TODAY) + QUIET)
    found = spread_of(quiet, notes, TODAY)
    assert (found.on if found else None) == third_on([one for one in heard if one[0] > since])
    assert spread_of(TERMS, notes, TODAY + NEWS) is None


@given(st.lists(st.tuples(DAYS, st.integers(0, 4), st.integers(0, 3)), max_size=15))
def test_the_page_hides_nothing(heard: list[tuple[date, int, int]]) -> None:
    has = ((), (TERMS,), (PRICE,), (TERMS, PRICE))
    notes = [note(n, day, who or None, *has[tags]) for n, (day, who, tags) in enumerate(heard)]
    page = page_of([TERMS, PRICE], notes, TODAY)
    assert {one.id for view in page.tags for one in view.notes} == {one.id for one in notes}
    for view in page.tags:
        assert view.notes
        assert view.first.heard_on == min(one.heard_on for one in view.notes)
        assert {day for _, day in view.customers} <= {one.heard_on for one in view.notes}
        names = {one.account for one in view.notes if one.account}
        assert {name for name, _ in view.customers} == names
        assert view.lately == sum(one.heard_on > TODAY - timedelta(days=30) for one in view.notes)
        assert sum(view.months) == len(view.notes)


def test_the_example_of_the_page_of_docs_is_what_the_code_works_out() -> None:
    page = (Path(__file__).parents[2] / "docs" / "market.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+ \w{3}) \| (\w+) \|", page, re.MULTILINE)
    heard = [
        (datetime.strptime(f"{day} 2026", "%d %b %Y").replace(tzinfo=UTC).date(), who.casefold())
        for day, who in rows
        if who != "none"
    ]
    number = {who: at for at, who in enumerate(dict.fromkeys(who for _, who in heard), start=1)}
    assert len(number) == 4
    days = [(day, number[who]) for day, who in heard]
    assert third_on(days) == date(2026, 12, 1)
    assert third_on(days[:-2]) is None
