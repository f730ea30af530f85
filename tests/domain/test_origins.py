"""What opens where a reason comes from: what its sentence names, for every kind there is."""

import ast
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given

from bot.domain.accounts.accounts import Introduction
from bot.domain.accounts.transitions import Passing, Transition
from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import Focus
from bot.domain.results.pace import Pace, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import Metric, MetricKind, Period, Reading, Result
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.cadence import Component
from bot.domain.todo import kinds
from bot.domain.todo.kinds import KINDS, origin_of, source_of
from bot.domain.todo.origins import Origin
from bot.domain.todo.ranking import rank
from bot.domain.todo.reasons import Reason, ReasonFacts, ReasonKind
from tests.domain.test_reasons import (
    A_PLAN,
    LATER,
    LINE_USED,
    MADE,
    MONDAY,
    PRICES,
    RENEWAL,
    SAM,
    TALKED,
    TUESDAY,
    all_facts,
    day,
    known,
    owed,
    plan,
    raised,
    reproducible,
)


def paces(actual: int) -> tuple[Pace, ...]:
    """Of 42 new meetings in November, by Friday the 20th."""
    read = (Reading(Decimal(42), Decimal(actual), date(2026, 11, 20)),)
    metric = Metric("New: meetings", MetricKind.LEADING)
    november = Period(date(2026, 11, 1), date(2026, 11, 30))
    return (pace_of(Result("U2", metric, november, read), Presence(), TUESDAY),)


NAMED = StandingPlan(1, 2, 31, MADE, "pipeline", "Pipeline", "five a week", "Acme signed")
SESSION = Appointment(6, 1, SAM, InteractionKind.SESSION, day("11-25"), None, "", True)
PASSES = Transition(8, 1, 3, "Acme", SAM, replace(SAM, id=3, name="Raj Rao"), day("12-01"), MADE)
FIGURES = "Figures as of Fri 20 Nov"

CASES: dict[ReasonKind, list[tuple[ReasonFacts, str, Origin | None, int]]] = {
    ReasonKind.PROMISE_OWED: [
        (known(owed("11-25")), "Noted on Wed 18 Nov", Origin.PROMISE, 12),
    ],
    ReasonKind.RAISED: [(known(raised()), "Noted on Tue 17 Nov", Origin.PROMISE, 12)],
    ReasonKind.REP_PROMISE: [(known(plan("11-26")), "Noted on Wed 18 Nov", Origin.PROMISE, 12)],
    ReasonKind.RAMP_STEP: [
        (
            known(plan("11-26", ramp_day=7)),
            "The steps for who is new on your team",
            Origin.PROMISE,
            12,
        )
    ],
    ReasonKind.PROMISE_KEPT: [
        (known(plan(kept_on=MONDAY)), "Kept on Mon 23 Nov", Origin.PROMISES, 12)
    ],
    ReasonKind.WELCOME_BACK: [
        (known(back=(TUESDAY, 7)), "Sam's time off", Origin.SETTINGS, 7),
    ],
    ReasonKind.NEW_ON_TEAM: [
        (known(joined_on=TUESDAY), "On the team from Tue 24 Nov", Origin.SETTINGS, 4)
    ],
    ReasonKind.PROGRESS: [
        (known(plans=(NAMED,)), "From your session on Wed 18 Nov", Origin.CONTACT, 31)
    ],
    ReasonKind.PLAN: [
        (known(plans=(NAMED,)), "From your session on Wed 18 Nov", Origin.CONTACT, 31)
    ],
    ReasonKind.FOCUS: [
        (
            known(focus=Focus(1, 2, 32, MADE, "shorter first meetings")),
            "From your field day on Wed 18 Nov",
            Origin.CONTACT,
            32,
        )
    ],
    ReasonKind.RESULT_AHEAD: [(known(paces=paces(40)), FIGURES, Origin.FIGURES, 0)],
    ReasonKind.EARLY_WARNING: [(known(paces=paces(26)), FIGURES, Origin.FIGURES, 0)],
    ReasonKind.NEXT_PERIOD: [(known(paces=paces(2)), FIGURES, Origin.FIGURES, 0)],
    ReasonKind.CHECK_DAY: [
        (known(saving=(A_PLAN,)), "Save-it plan of Mon 16 Nov", Origin.SAVE_IT_PLAN, 1)
    ],
    ReasonKind.INTRODUCTION: [
        (
            known(leaves_on=day("12-10"), introductions=(Introduction(3, "Acme", ()),)),
            "Sam's field days",
            Origin.TRANSITIONS,
            3,
        ),
        (
            known(passing=(Passing(PASSES, (), here=True),)),
            "The transition planned on Wed 18 Nov",
            Origin.TRANSITION,
            8,
        ),
    ],
    ReasonKind.ACCOUNT_DATE: [
        (
            known(dates=(replace(RENEWAL, day=day("12-07")),)),
            "From your field day on Wed 18 Nov",
            Origin.ACCOUNT_DATE,
            7,
        )
    ],
    ReasonKind.ISSUE_OF_THE_DAY: [
        (
            known(issues=(PRICES,)),
            "Issue of the day, until Fri 27 Nov",
            Origin.ISSUES,
            1,
        )
    ],
    ReasonKind.FIRST_LINE: [
        (known(first_line="Acme"), "The line about Sam", Origin.SETTINGS, 4),
    ],
    ReasonKind.NEXT_TIME: [
        (
            known(next_time=LATER),
            "From the list of the week of Mon 16 Nov",
            Origin.NOTED,
            9,
        )
    ],
    ReasonKind.PLANNED: [
        (known(coming=(SESSION,)), "Planned for Wed 25 Nov", Origin.APPOINTMENT, 6)
    ],
    ReasonKind.DUE: [
        (
            known(place_id=MONDAY.toordinal() // 7 % 2, due=(Component.SESSION,)),
            "How often you meet",
            Origin.SETTINGS,
            0,
        )
    ],
    ReasonKind.FOLLOW_UP: [
        (known(talked=TALKED), "From the contact on Wed 18 Nov", Origin.CONTACT, 31),
        (known(first_line="Acme", **LINE_USED), "The line about Sam", Origin.SETTINGS, 4),
    ],
    ReasonKind.OPEN_QUESTION: [(known(), "An open question", None, 0)],
}


def of_kind(facts: ReasonFacts, kind: ReasonKind) -> Reason:
    return next(one.reason for one in rank(facts) if one.reason.kind is kind)


@pytest.mark.parametrize("kind", ReasonKind)
def test_what_opens_is_what_the_sentence_names(kind: ReasonKind) -> None:
    for facts, named, origin, number in CASES[kind]:
        reason = of_kind(facts, kind)
        found = source_of(SAM, reason)
        assert (reason.source, found.origin) == (named, origin)
        assert found.id == number or origin in (None, Origin.ISSUES)


@given(all_facts())
@reproducible
def test_every_reason_opens_something_but_a_question(facts: ReasonFacts) -> None:
    for ranked in rank(facts):
        nothing = origin_of(ranked.reason) is None
        assert nothing is (ranked.reason.kind is ReasonKind.OPEN_QUESTION)


def test_what_goes_for_a_kind_stands_in_its_entry() -> None:
    """Who needs to know something of a kind asks its entry: then a new kind is one entry, and
    nowhere else is a kind named."""
    assert set(KINDS) == set(ReasonKind)
    table = Path(kinds.__file__)
    own = {table, *(table.parent / "sources").glob("*.py")}
    root = table.parents[3]
    for floor in ("bot", "handlers", "storage"):
        for path in (root / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    named = node.value.id == ReasonKind.__name__
                    assert not named or path in own, f"{path}:{node.lineno} {node.attr}"
