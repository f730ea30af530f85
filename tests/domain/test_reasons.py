import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.promises import TIME_TO_TALK, Answer, Owner, Promise
from bot.domain.results.results import Period
from bot.domain.results.saving import SaveItPlan
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.ranking import NEAR, rank, still_stands, subject
from bot.domain.todo.reasons import (
    QUOTE_LEAST,
    IssueOfTheDay,
    NextTime,
    Ranked,
    Reason,
    ReasonFacts,
    ReasonKind,
    StandInReads,
    fitted,
)
from bot.domain.todo.sources.questions import QUESTIONS, QUESTIONS_A_WEEK, questions_of_week
from bot.domain.todo.sources.words import WORDS_SHOWN
from bot.domain.workspaces.people import Person

reproducible = settings(derandomize=True, deadline=None)

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
MADE = date(2026, 11, 18)
AHEAD = date(2026, 11, 19)
"""The Thursday before."""
WEEK = timedelta(days=7)
DANA = "Dana Moss"
SAM = Person(2, "U2", "Sam Stone", "Europe/Berlin", True, False, None)
FACTS = ReasonFacts(rep_id=2, name="Sam", monday=MONDAY, today=TUESDAY, place_id=4)
PROMISE = Promise(
    id=12,
    team_id=1,
    rep=SAM,
    owner=Owner.MANAGER,
    what="price sheet",
    made_on=MADE,
    due_on=None,
    raised_on=None,
    kept_on=None,
    dropped_on=None,
    closing_words="",
    interaction_id=None,
    deleted=False,
    handed_to=None,
    answer=None,
    shown=True,
)
TALKED = Contact(31, 1, 2, InteractionKind.TOUCH, None, MADE, "the Acme renewal")
COMES_UNTIL_CLOSED = {ReasonKind.PROMISE_OWED, ReasonKind.RAISED}
SILENCE_OR_BLAME = re.compile(
    r"\b(silent|silence|not talked|haven't|hasn't|no contact|(days?|weeks?) ago"
    r"|for (\d+|several|many) (days?|weeks?)|overdue|late|behind|missed|should have|forgot\w*)\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(r"\b(he|she|his|hers?|him)\b", re.IGNORECASE)
TRUE_FOR_A_DAY = re.compile(r"\b(today|tomorrow|yesterday)\b", re.IGNORECASE)
SAID_TO_THE_MANAGER = re.compile(r"\b(You|Your|your (team|contact|line|issue))\b")

hostile = st.sampled_from(
    ["x", "<@U1> &amp; *q* _x_ `z` @", "“x”", "{0} {name} %s \\", "x\n\n\tz", "\u202eé🎉" * 200]
)
"""What people type, without words of a language, so that the words found are ours."""


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def owed(due: str | None = None, **changes: Any) -> Promise:
    return replace(PROMISE, due_on=day(due) if due else None, **changes)


def raised(due: str | None = None, **changes: Any) -> Promise:
    return owed(due, **{"what": "slow quotes", "raised_on": day("11-17"), **changes})


def asked(**changes: Any) -> Promise:
    """Sam asked for time."""
    at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    return raised(**{"what": TIME_TO_TALK, "raised_at": at, "for_time": True, **changes})


def plan(due: str | None = None, **changes: Any) -> Promise:
    """A step of Sam's, agreed unless `changes` say otherwise."""
    step = {"owner": Owner.REP, "what": "call Acme", "answer": Answer.AGREED}
    return owed(due, **{**step, **changes})


def noted(due: str | None = None, **changes: Any) -> Promise:
    return plan(due, **{"answer": Answer.NOTED, **changes})


def issue(starts_on: str, ends_on: str) -> IssueOfTheDay:
    return IssueOfTheDay(1, "price change", day(starts_on), day(ends_on))


PRICES = issue("11-16", "11-27")
LATER = NextTime(9, "ask how the demo went", MONDAY - WEEK)


def known(*promises: Promise, **changes: Any) -> ReasonFacts:
    return replace(FACTS, promises=promises, **changes)


def said(*abouts: str) -> frozenset[str]:
    return frozenset(abouts)


LINE_USED: dict[str, Any] = {"said": said("line:4"), "last_kind": ReasonKind.FIRST_LINE}


def kinds(facts: ReasonFacts) -> list[ReasonKind]:
    """The kinds of reasons there are, but for the open questions that are always there."""
    found = [ranked.reason.kind for ranked in rank(facts)]
    return [kind for kind in found if kind is not ReasonKind.OPEN_QUESTION]


def told(ranked: Ranked) -> tuple[str, str, str]:
    return ranked.reason.text, ranked.reason.source, ranked.because


A_PLAN = SaveItPlan(
    id=1,
    team_id=1,
    rep=PROMISE.rep,
    metric="New meetings",
    period=Period(date(2026, 11, 1), date(2026, 11, 30)),
    a_week=5,
    leading="visits",
    helper="Kim",
    made_on=date(2026, 11, 16),
    check_on=date(2026, 11, 25),
)


@pytest.mark.parametrize(
    ("check_on", "comes"),
    [(date(2026, 11, 18), True), (date(2026, 11, 25), True), (date(2026, 12, 2), False)],
)
def test_a_plan_comes_up_from_the_week_of_its_day_until_it_is_closed(
    check_on: date, comes: bool
) -> None:
    found = rank(known(saving=(replace(A_PLAN, check_on=check_on),)))
    said = [one.reason for one in found if one.reason.kind is ReasonKind.CHECK_DAY]
    assert [(one.about, one.text, one.source) for one in said] == [
        (
            "save_it_plan:1",
            "You and Sam look at the plan for New meetings together. Ask what helps.",
            "Save-it plan of Mon 16 Nov",
        )
    ] * comes


RENEWAL = AccountDate(
    *(7, 1, 1, "Acme", "renewal", date(2027, 1, 15), date(2027, 1, 15)),
    (DateSource(1, MADE, 31, InteractionKind.FIELD_DAY),),
)


@pytest.mark.parametrize(
    ("day", "lead"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 11, 25), 14),
        (date(2026, 12, 13), 14),
        (date(2026, 12, 14), 42),
        (date(2027, 1, 10), 42),
        (date(2027, 1, 11), None),
    ],
)
def test_an_account_date_comes_up_six_and_two_weeks_before(day: date, lead: int | None) -> None:
    found = rank(known(dates=(replace(RENEWAL, day=day),)))
    about = [one.reason.about for one in found if one.reason.kind is ReasonKind.ACCOUNT_DATE]
    assert about == ([] if lead is None else [f"account_date:7:{day}:{lead}"])
    # Said once, it is said; moved, it is another.
    again = rank(known(dates=(replace(RENEWAL, day=day),), said=said(*about)))
    assert ReasonKind.ACCOUNT_DATE not in [one.reason.kind for one in again]


def test_what_an_account_date_says() -> None:
    (found,) = (
        one
        for one in rank(known(dates=(replace(RENEWAL, day=date(2026, 12, 7)),)))
        if one.reason.kind is ReasonKind.ACCOUNT_DATE
    )
    assert told(found) == (
        "Acme's “renewal” is on Mon 7 Dec. Ask Sam who there should hear from us before.",
        "From your field day on Wed 18 Nov",
        "It is on Mon 7 Dec, and comes up six and two weeks before.",
    )
    near = replace(RENEWAL, day=date(2026, 12, 7))
    for over in (replace(near, done_on=TUESDAY), replace(near, gone_on=TUESDAY)):
        assert ReasonKind.ACCOUNT_DATE not in kinds(known(dates=(over,)))


@st.composite
def all_facts(draw: st.DrawFn) -> ReasonFacts:
    """Any mix of what can be known of a rep in a week."""
    monday = MONDAY + draw(st.integers(0, 60)) * WEEK
    days = st.integers(-40, 20).map(lambda n: monday + timedelta(days=n))
    perhaps = st.none() | days
    rarely = st.none() | st.none() | days
    states = {"due_on": perhaps, "raised_on": perhaps, "kept_on": rarely, "dropped_on": rarely}
    promise = st.builds(
        replace,
        st.just(PROMISE),
        owner=st.sampled_from(Owner),
        answer=st.sampled_from(Answer),
        what=hostile,
        made_on=days,
        deleted=st.sampled_from([False, False, True]),
        interaction_id=st.sampled_from([None, 5]),
        ramp_day=st.sampled_from([None, None, 0, 30]),
        raised_at=st.sampled_from([None, datetime(2026, 11, 17, 9, tzinfo=UTC)]),
        for_time=st.booleans(),
        told_to_id=st.sampled_from([None, None, 1]),
        **states,
    )
    promises = draw(st.lists(promise, max_size=5))
    issues = draw(st.lists(st.tuples(hostile, days, days), max_size=2))
    abouts = ["line:4", "next_time:9", "joined:4", "time_off:7", "issue:1", "question:3"]
    abouts.append("save_it_plan:1")
    abouts += [f"{kind}:{n + 1}" for n in range(len(promises)) for kind in ("promise", "kept")]
    return ReasonFacts(
        rep_id=2,
        name=draw(st.sampled_from(["Sam", "Ines", "{name}", "Zoë <b>*"])),
        monday=monday,
        today=monday + timedelta(days=draw(st.integers(-4, 8))),
        promises=tuple(
            replace(made, id=n, answer=made.answer if made.owner is Owner.REP else None)
            for n, made in enumerate(promises, 1)
        ),
        issues=tuple(IssueOfTheDay(n, *span) for n, span in enumerate(issues, 1)),
        place_id=4,
        first_line=draw(st.just("") | hostile),
        next_time=draw(st.none() | st.builds(NextTime, st.just(9), hostile, days)),
        talked=draw(
            st.none() | hostile.map(lambda about: replace(TALKED, about=about, occurred_on=MADE))
        ),
        joined_on=draw(perhaps),
        back=draw(st.none() | st.tuples(days, st.just(7))),
        carried=draw(st.none() | st.sampled_from(abouts)),
        last_kind=draw(st.none() | st.sampled_from(ReasonKind)),
        said=draw(st.frozensets(st.sampled_from(abouts), max_size=4)),
        teller=draw(st.sampled_from([None, DANA])),
        saving=draw(st.just(()) | days.map(lambda day: (replace(A_PLAN, check_on=day),))),
        dates=draw(
            st.just(())
            | st.builds(lambda day, what: (replace(RENEWAL, day=day, what=what),), days, hostile)
        ),
    )


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (known(owed("11-25")), "You told Sam: “price sheet”, by Wednesday."),
        (known(owed("11-24")), "You told Sam: “price sheet”, by Tuesday."),
        (known(owed("11-23")), "You told Sam: “price sheet”, by Mon 23 Nov."),
        (known(owed()), "You told Sam: “price sheet”."),
        (known(owed("11-26"), today=AHEAD), "You told Sam: “price sheet”, by Thursday."),
        (known(owed("11-20"), today=AHEAD), "You told Sam: “price sheet”, by Fri 20 Nov."),
        (
            known(owed("11-25", ramp_day=0)),
            "For Sam's first day, from you: “price sheet”, by Wednesday.",
        ),
        (
            known(noted("11-25", ramp_day=7)),
            "For Sam's first week, for Wednesday: “call Acme”. Offer a hand.",
        ),
        (
            known(noted("11-25", noted_by="Dana Moss")),
            "Dana Moss noted for Sam, for Wednesday: “call Acme”. Offer a hand.",
        ),
        (known(plan("11-20", ramp_day=30)), "For Sam's first 30 days: “call Acme”. Offer a hand."),
        (known(raised()), "Sam raised: “slow quotes”. Anything to tell Sam?"),
        (
            known(raised("12-22")),
            "Sam raised: “slow quotes”. You took it on, by Tue 22 Dec. Anything to tell Sam?",
        ),
        (
            known(raised("12-22", noted_by="Dana Moss")),
            "Sam raised: “slow quotes”. It was taken on, by Tue 22 Dec. Anything to tell Sam?",
        ),
        (
            known(asked(what="slow quotes")),
            "Sam asked for time: “slow quotes”. When suits you both?",
        ),
        (known(asked()), "Sam asked for time. When suits you both?"),
        (
            known(asked(what="Kim", told_to_id=1)),
            "Sam asked for time with you. When suits you both?",
        ),
        (
            known(raised(what="Kim", told_to_id=1)),
            "Sam raised something between the two of you. Anything to tell Sam?",
        ),
        (known(plan("11-26")), "Sam's plan for Thursday: “call Acme”. Offer a hand."),
        (known(plan("11-23")), "Sam's plan: “call Acme”. Offer a hand."),
        (known(noted("11-26")), "You noted for Sam, for Thursday: “call Acme”. Offer a hand."),
        (known(noted("11-23")), "You noted for Sam: “call Acme”. Offer a hand."),
        (known(noted(kept_on=MONDAY)), "Sam did it: “call Acme”. Say you noticed."),
        (known(plan(kept_on=MONDAY)), "Sam kept it: “call Acme”. Say you noticed."),
        (known(back=(day("11-25"), 7)), "Sam is back on Wednesday. Say welcome; share what moved."),
        (known(back=(TUESDAY, 7)), "Sam is back. Say welcome; share what moved."),
        (known(back=(day("11-20"), 7), today=AHEAD), "Sam is back. Say welcome; share what moved."),
        (
            known(joined_on=day("11-25")),
            "Sam is new on your team. Say welcome; ask what would make the first weeks easier.",
        ),
        (known(issues=(PRICES,)), "“price change”: ask Sam what customers will say to it."),
        (known(first_line="Acme"), "Noted for Sam: “Acme”. A good place to pick up."),
        (known(next_time=LATER), "For next time with Sam: “ask how the demo went”."),
        (
            known(talked=TALKED),
            "With Sam it was about “the Acme renewal”. Ask what came of it.",
        ),
        (
            known(first_line="Acme", **LINE_USED),
            "Noted for Sam: “Acme”. Ask what came of it.",
        ),
        (known(owed(what="call\n  Bo")), "You told Sam: “call Bo”."),
        (known(owed(what="é" * 600)), f"You told Sam: “{'é' * (WORDS_SHOWN - 1)}…”."),
    ],
)
def test_a_reason_is_a_sentence_that_stays_true_when_it_is_read_later(
    facts: ReasonFacts, text: str
) -> None:
    assert rank(facts)[0].reason.text == text


@pytest.mark.parametrize(
    ("facts", "source", "because"),
    [
        (known(owed("11-25")), "Noted on Wed 18 Nov", "You owe it, due Wed 25 Nov."),
        (known(owed()), "Noted on Wed 18 Nov", "You owe it, without a day."),
        (
            known(raised(interaction_id=5)),
            "From your contact on Tue 17 Nov",
            "Sam raised it, and it is still open.",
        ),
        (
            known(raised(raised_at=datetime(2026, 11, 17, 9, tzinfo=UTC))),
            "Sam wrote it on Tue 17 Nov",
            "Sam raised it, and it is still open.",
        ),
        (known(asked()), "Sam wrote it on Tue 17 Nov", "Sam asked for it, and it is still open."),
        (
            known(raised("12-22", raised_on=date(2025, 12, 30))),
            "Noted on Tue 30 Dec 2025",
            "Sam raised it, and it is still open, due Tue 22 Dec.",
        ),
        (known(plan("11-26")), "Noted on Wed 18 Nov", "Sam's own promise, due Thu 26 Nov."),
        (known(noted("11-26")), "Noted on Wed 18 Nov", "You noted it, due Thu 26 Nov."),
        (known(noted(kept_on=day("11-20"))), "Done on Fri 20 Nov", "A step done on Fri 20 Nov."),
        (known(plan(kept_on=day("11-20"))), "Kept on Fri 20 Nov", "A promise kept on Fri 20 Nov."),
        (
            known(back=(TUESDAY, 7)),
            "Sam's time off",
            "The first working day back is Tue 24 Nov.",
        ),
        (
            known(joined_on=day("11-25")),
            "On the team from Wed 25 Nov",
            "On the team from Wed 25 Nov.",
        ),
        (
            known(issues=(PRICES,)),
            "Issue of the day, until Fri 27 Nov",
            "It touches everyone on the team.",
        ),
        (
            known(issues=(issue("11-26", "12-04"),)),
            "Issue of the day, from Thu 26 Nov until Fri 4 Dec",
            "It touches everyone on the team.",
        ),
        (
            known(noted("11-25", ramp_day=7)),
            "The steps for who is new on your team",
            "You noted it, due Wed 25 Nov.",
        ),
        (
            known(first_line="Acme"),
            "The line about Sam",
            "It was noted at the start.",
        ),
        (known(), "An open question", "Always a good question, another one each week."),
    ],
)
def test_a_reason_says_where_it_is_from_and_why(
    facts: ReasonFacts, source: str, because: str
) -> None:
    assert told(rank(facts)[0])[1:] == (source, because)


@pytest.mark.parametrize(
    ("facts", "text", "source", "because"),
    [
        (
            known(owed("11-25", interaction_id=5)),
            "Dana Moss told Sam: “price sheet”, by Wednesday.",
            "From Dana Moss's contact on Wed 18 Nov",
            "Dana Moss owes it, due Wed 25 Nov.",
        ),
        (
            known(joined_on=MONDAY, first_line="Acme"),
            "Sam is new on the team. Say welcome; ask what would make the first weeks easier.",
            "On the team from Mon 23 Nov",
            "On the team from Mon 23 Nov.",
        ),
        (
            known(issues=(PRICES,)),
            "“price change”: ask Sam what customers will say to it.",
            "Dana Moss's issue of the day, until Fri 27 Nov",
            "It touches everyone on the team.",
        ),
    ],
)
def test_a_stand_in_reads_whose_word_it_is(
    facts: ReasonFacts, text: str, source: str, because: str
) -> None:
    ticked = frozenset(promise.id for promise in facts.promises)
    read = replace(facts, teller=DANA, ticked=ticked)
    assert told(rank(read)[0]) == (text, source, because)


DECIDED = {
    ReasonKind.PROMISE_OWED: StandInReads.TICKED,
    ReasonKind.RAISED: StandInReads.NEVER,
    ReasonKind.REP_PROMISE: StandInReads.TICKED,
    ReasonKind.WELCOME_BACK: StandInReads.ALWAYS,
    ReasonKind.NEW_ON_TEAM: StandInReads.ALWAYS,
    ReasonKind.RAMP_STEP: StandInReads.TICKED,
    ReasonKind.PROMISE_KEPT: StandInReads.TICKED,
    ReasonKind.PROGRESS: StandInReads.NEVER,
    ReasonKind.RESULT_AHEAD: StandInReads.NEVER,
    ReasonKind.EARLY_WARNING: StandInReads.NEVER,
    ReasonKind.NEXT_PERIOD: StandInReads.NEVER,
    ReasonKind.CHECK_DAY: StandInReads.NEVER,
    ReasonKind.INTRODUCTION: StandInReads.NEVER,
    ReasonKind.ACCOUNT_DATE: StandInReads.NEVER,
    ReasonKind.ISSUE_OF_THE_DAY: StandInReads.ALWAYS,
    ReasonKind.PLAN: StandInReads.NEVER,
    ReasonKind.FOCUS: StandInReads.NEVER,
    ReasonKind.FIRST_LINE: StandInReads.NEVER,
    ReasonKind.NEXT_TIME: StandInReads.NEVER,
    ReasonKind.PLANNED: StandInReads.ALWAYS,
    ReasonKind.DUE: StandInReads.NEVER,
    ReasonKind.FOLLOW_UP: StandInReads.NEVER,
    ReasonKind.OPEN_QUESTION: StandInReads.ALWAYS,
}
"""What a stand-in reads, decided for each kind, here once more so that nothing slips in."""


def test_somebody_decided_for_each_kind_whether_a_stand_in_reads_it() -> None:
    assert set(KINDS) == set(ReasonKind)
    assert {kind: rules.stand_in for kind, rules in KINDS.items()} == DECIDED


@given(all_facts(), st.data())
@pytest.mark.slow
def test_a_stand_in_reads_what_is_allowed_and_nothing_else(
    facts: ReasonFacts, data: st.DataObject
) -> None:
    promises = [promise.id for promise in facts.promises]
    ticked = frozenset(data.draw(st.sets(st.sampled_from(promises)) if promises else st.just(())))
    for ranked in rank(replace(facts, teller=DANA, ticked=ticked)):
        reads, about = DECIDED[ranked.reason.kind], ranked.reason.about
        assert reads is not StandInReads.NEVER
        assert reads is StandInReads.ALWAYS or int(about.partition(":")[2]) in ticked


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (known(owed("11-29")), [ReasonKind.PROMISE_OWED]),
        (known(owed("11-30")), []),
        # The manager is back on the Wednesday after the week: by then it would be late.
        (known(owed("12-01"), there_until=day("12-01")), [ReasonKind.PROMISE_OWED]),
        (known(owed("12-02"), there_until=day("12-01")), []),
        (known(owed(dropped_on=MONDAY)), []),
        (known(raised(kept_on=MONDAY)), []),
        (known(plan(kept_on=MONDAY, deleted=True)), []),
        (known(plan()), []),
        (known(plan("11-30")), []),
        (known(plan("11-09")), [ReasonKind.REP_PROMISE]),
        (known(plan("11-08")), []),
        (known(plan("11-20"), said=said("promise:12")), []),
        (known(plan("11-27"), said=said("promise:12")), [ReasonKind.REP_PROMISE]),
        (known(plan(kept_on=day("11-09"))), [ReasonKind.PROMISE_KEPT]),
        (known(plan(kept_on=day("11-08"))), []),
        (known(plan(kept_on=MONDAY), said=said("kept:12")), []),
        # Talked about while it was a plan, it is worth a word of its own now that it is kept.
        (known(plan(kept_on=MONDAY), said=said("promise:12")), [ReasonKind.PROMISE_KEPT]),
        (known(back=(MONDAY, 7), said=said("time_off:7")), []),
        (known(joined_on=MONDAY, said=said("joined:4")), []),
        (known(first_line="Acme", **LINE_USED), [ReasonKind.FOLLOW_UP]),
        (known(first_line="Acme", said=said("line:4")), []),
        (known(next_time=LATER, said=said("next_time:9")), []),
        (known(talked=TALKED), [ReasonKind.FOLLOW_UP]),
        (known(talked=TALKED, said=said("contact:31")), []),
        (known(issues=(PRICES,), said=said("issue:1")), []),
        (known(issues=(issue("11-16", "11-23"),)), []),
        (known(issues=(issue("11-30", "12-04"),)), []),
        (known(issues=(issue("11-29", "11-29"),)), [ReasonKind.ISSUE_OF_THE_DAY]),
    ],
)
def test_a_reason_comes_in_its_time_and_goes_when_it_is_over(
    facts: ReasonFacts, expected: list[ReasonKind]
) -> None:
    assert kinds(facts) == expected


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(known(owed("11-27", id=10), owed("11-20", id=9)), id="first due"),
        pytest.param(known(raised(id=10), raised(id=9)), id="oldest"),
        pytest.param(known(raised(id=9), raised(id=8), said=said("promise:8")), id="in turns"),
        pytest.param(known(raised("12-22", id=8), raised(id=9)), id="not yet taken on"),
        pytest.param(known(owed(id=8), plan("11-27", id=9)), id="what has a day"),
        pytest.param(known(plan("11-27"), raised(id=9), last_kind=ReasonKind.RAISED), id="again"),
        pytest.param(known(owed("11-25", id=8), owed(id=9), carried="promise:9"), id="carried"),
    ],
)
def test_among_promises_the_ninth_comes_first(facts: ReasonFacts) -> None:
    assert rank(facts)[0].reason.about == "promise:9"


@given(all_facts())
@reproducible
@pytest.mark.slow
def test_there_is_a_choice_in_order_and_every_reason_is_explained(facts: ReasonFacts) -> None:
    ranking = rank(facts)
    assert len(ranking) >= 2
    assert len({ranked.reason.about for ranked in ranking}) == len(ranking)
    assert [r.weight for r in ranking] == sorted((r.weight for r in ranking), reverse=True)
    for ranked in ranking:
        assert all(words.strip() and "\n" not in words for words in told(ranked))
        assert ("stayed open last week" in ranked.because) == (ranked.reason.about == facts.carried)
    assert rank(replace(facts, promises=facts.promises[::-1])) == ranking


@given(all_facts())
@reproducible
@pytest.mark.slow
def test_no_reason_counts_days_blames_or_guesses_a_pronoun(facts: ReasonFacts) -> None:
    for ranked in rank(facts):
        for words in told(ranked):
            assert not SILENCE_OR_BLAME.search(words)
            assert not PRONOUN.search(words)
            assert not TRUE_FOR_A_DAY.search(words)
            assert facts.teller is None or not SAID_TO_THE_MANAGER.search(words)
        assert facts.teller is None or ranked.reason.kind is not ReasonKind.FIRST_LINE


@given(all_facts(), st.sampled_from(ReasonKind))
@reproducible
@pytest.mark.slow
def test_kinds_take_turns_where_another_of_similar_weight_stands(
    facts: ReasonFacts, last: ReasonKind
) -> None:
    best, *others = rank(replace(facts, last_kind=last))
    kind, about = best.reason.kind, best.reason.about
    if kind is last and kind not in COMES_UNTIL_CLOSED and about != facts.carried:
        different = [other.reason.kind for other in others if other.reason.about != facts.carried]
        near = [other for other in different if KINDS[kind].weight - KINDS[other].weight <= NEAR]
        assert set(near) <= {kind}


@given(all_facts())
@reproducible
@pytest.mark.slow
def test_what_is_owed_and_due_comes_first_but_for_what_stayed_open(facts: ReasonFacts) -> None:
    facts = replace(facts, teller=None)
    mine = [made for made in facts.promises if made.owner is Owner.MANAGER and made.is_open]
    due = {f"promise:{p.id}" for p in mine if p.due_on is not None and p.due_on <= facts.ends}
    assert not due or rank(facts)[0].reason.about in {*due, facts.carried}


@given(all_facts())
@reproducible
@pytest.mark.slow
def test_a_closed_promise_is_no_reason_unless_the_rep_kept_it(facts: ReasonFacts) -> None:
    abouts = {ranked.reason.about for ranked in rank(facts)}
    for made in facts.promises:
        assert made.is_open or f"promise:{made.id}" not in abouts
        kept = made.owner is Owner.REP and made.kept_on is not None and not made.deleted
        assert kept or f"kept:{made.id}" not in abouts


@given(all_facts(), st.sampled_from([Answer.NOTED, Answer.NOT_SO]))
@reproducible
@pytest.mark.slow
def test_what_a_rep_did_not_agree_to_is_nowhere_the_reps_word(
    facts: ReasonFacts, answer: Answer
) -> None:
    steps = tuple(replace(made, owner=Owner.REP, answer=answer) for made in facts.promises)
    of_steps = {f"{how}:{made.id}" for made in steps for how in ("promise", "kept")}
    for ranked in rank(replace(facts, promises=steps)):
        if ranked.reason.about in of_steps:
            assert answer is Answer.NOTED
            said = f"{ranked.reason.text} {ranked.reason.source} {ranked.because}".casefold()
            assert not re.search(r"'s plan|\bkept\b|promise", said)


@given(all_facts())
@reproducible
@pytest.mark.slow
def test_every_reason_is_found_again_by_what_it_is_about(facts: ReasonFacts) -> None:
    ranking = rank(facts)
    assert all(still_stands(ranking, ranked.reason.about) == ranked for ranked in ranking)
    assert still_stands(ranking, "promise:999") is None


def test_a_plan_that_was_kept_since_becomes_the_reason_to_say_so() -> None:
    found = still_stands(rank(known(plan(kept_on=TUESDAY))), "promise:12")
    assert found is not None
    assert found.reason.kind is ReasonKind.PROMISE_KEPT


@given(st.integers(1, 30), st.integers(0, 5000))
@reproducible
def test_nobody_is_asked_the_same_twice_running_and_no_two_of_a_team_alike(
    reps: int, turn: int
) -> None:
    asked: dict[int, list[int]] = {}
    for week in range(8):
        given_questions = questions_of_week(range(reps), turn + week, asked=asked, standing={})
        firsts = [own[0] for own in given_questions.values()]
        assert len(set(firsts)) == min(reps, len(QUESTIONS))
        for rep, own in given_questions.items():
            before = asked.setdefault(rep, [])
            assert len(set(own)) == QUESTIONS_A_WEEK
            assert before[:1] != [own[0]]
            assert not before or before[0] not in own
            before.insert(0, own[0])
    if reps <= 8:
        assert all(len(set(before)) == 8 for before in asked.values())


def test_a_question_that_stands_on_the_list_is_nobody_elses() -> None:
    given_questions = questions_of_week([1, 2, 3], 5, asked={}, standing={2: 7})
    assert given_questions[2][0] == 7
    assert all(7 not in given_questions[rep] for rep in (1, 3))


@pytest.mark.parametrize(
    ("kind", "about", "text", "expected"),
    [
        (
            ReasonKind.PROMISE_OWED,
            "promise:1",
            "You told Sam: “price sheet”, by Friday.",
            "price sheet",
        ),
        (ReasonKind.RAISED, "promise:1", "Sam raised: “a “b” c”. Anything?", "a “b” c"),
        (ReasonKind.PLAN, "plan:1:pipeline", "Sam plans: “the north”.", "a plan from a session"),
        (ReasonKind.FOCUS, "focus:1", "Sam works on “the ask”.", "the focus of a field day"),
        (ReasonKind.PROGRESS, "progress:1:a", "Sam: “Hooli”.", "progress from a session"),
        (ReasonKind.WELCOME_BACK, "time_off:1", "Sam is back. Say welcome.", "welcome back"),
        (ReasonKind.NEW_ON_TEAM, "joined:1", "Sam is new.", "the first weeks on the team"),
        (
            ReasonKind.OPEN_QUESTION,
            "question:1",
            "Ask Sam what is in the way that you could clear.",
            "what is in the way that you could clear",
        ),
    ],
)
def test_a_contact_was_about_what_its_reason_quotes(
    kind: ReasonKind, about: str, text: str, expected: str
) -> None:
    assert subject(Reason(kind, about, text, "")) == expected


@pytest.mark.parametrize("kind", ReasonKind)
def test_a_contact_quotes_nothing_that_its_rep_is_not_shown_yet(kind: ReasonKind) -> None:
    reason = Reason(kind, "promise:1", "You told Sam: “zwielicht”, by Friday.", "", unshown=True)
    assert subject(reason)
    assert "zwielicht" not in subject(reason)


@given(all_facts(), st.integers(40, 120))
@reproducible
@pytest.mark.slow
def test_a_row_shortens_the_quote_and_never_the_ask(facts: ReasonFacts, limit: int) -> None:
    for ranked in rank(facts):
        text = ranked.reason.text
        said = fitted(text, limit)
        before, _, rest = text.partition("“")
        quote, closes, after = rest.rpartition("”")
        if not closes or len(text) <= limit:
            assert said == text
            continue
        assert said.startswith(f"{before}“")
        assert said.endswith(f"”{after}")
        shortened = said[len(before) + 1 : len(said) - len(after) - 1]
        assert quote.startswith(shortened.removesuffix("…").rstrip())
        assert len(said) <= max(limit, len(before) + len(after) + 2 + QUOTE_LEAST)
