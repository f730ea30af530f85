"""What goes for every list of every team in every week, whatever happens on it.

Each rule is one property, over the same lives in `make test`; `make sweep` throws the dice
thousands of times.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.promises import Owner, Promise
from bot.domain.team.time_off import is_away
from bot.domain.todo.allotment import most_about_numbers, most_of_a_kind
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.lists import Reader, SlotState, TodoRow
from bot.domain.todo.reasons import Ranked, ReasonKind
from bot.domain.todo.sources.questions import QUESTIONS
from bot.domain.todo.week import Week
from bot.views.todo.list import build_list
from tests.domain.lives import DAY, MANAGER, Morning, lists_of, lived
from tests.domain.test_reasons import PRONOUN, SILENCE_OR_BLAME

Property = Callable[[int], None]

NOT_LIMITED = {ReasonKind.PROMISE_OWED, ReasonKind.RAISED, ReasonKind.OPEN_QUESTION}
OF_EVERYONE = {ReasonKind.ISSUE_OF_THE_DAY, ReasonKind.DUE}
QUICK, SWEPT = 20, 1000


def works(week: Week, day: date, who: int = MANAGER.id) -> bool:
    return week.calendar.works(day) and not is_away(day, week.away.get(who, ()))


def next_at_work(week: Week, after: date) -> date | None:
    """The manager's next day at work; None within a year of none."""
    days = (after + n * DAY for n in range(1, 365))
    return next((day for day in days if works(week, day)), None)


def owes(promise: Promise) -> bool:
    return promise.owner is Owner.MANAGER and promise.is_open


def ranked_of(week: Week, row: TodoRow) -> Ranked | None:
    ranking = week.ranking(row.slot.rep.id)
    return next((one for one in ranking if one.reason.about == row.reason.about), None)


def open_rows(morning: Morning) -> Iterator[tuple[TodoRow, Ranked]]:
    """The open rows of a list, each with its reason as it is ranked."""
    for row in morning.rows.values():
        ranked = ranked_of(morning.week, row)
        if row.is_open and ranked is not None:
            yield row, ranked


def every_rep_once(seed: int) -> None:
    """Every active rep is on the list exactly once, with a reason, and a day unless away."""
    for morning in lived(seed).mornings:
        week = morning.week
        if not week.own_slots or week.over:
            continue
        left = [day for day in week.days if day >= week.today]
        here = {m.rep.id for m in week.members if any(m.is_on(day) for day in left)}
        assert here <= morning.rows.keys()
        for rep, row in morning.rows.items():
            assert row.reason.text.strip()
            assert row.state is not SlotState.OPEN or row.slot.day or not week.days_for(rep)


def no_silence(seed: int) -> None:
    """No text says how long nobody spoke, blames, or guesses a pronoun."""
    for morning in lived(seed).mornings:
        for row in morning.rows.values():
            for reason in (row.reason, *row.also):
                for text in (reason.text, reason.source):
                    assert not SILENCE_OR_BLAME.search(text)
                    assert not PRONOUN.search(text)


def owed_in_time(seed: int) -> None:
    """What is owed is in the row of its rep, open today, by the last day at work on which it is in
    time; also where the slot is done, left out, or the rep is away."""
    for morning in lived(seed).mornings:
        week, today = morning.week, morning.today
        if not week.own_slots or week.over or not works(week, today):
            continue
        again = next_at_work(week, today)
        for promise in week.promises:
            due = promise.due_on
            row = morning.rows.get(promise.rep.id)
            if not owes(promise) or due is None or row is None or promise.rep.id not in week.reps:
                continue
            if due <= today or (again is not None and due < again):
                about = f"promise:{promise.id}"
                said = {row.reason.about if row.is_open else "", *(r.about for r in row.also)}
                assert about in said
                assert row.is_for(today)


def day_of_need(seed: int) -> None:
    """The day of an open row is one that its reason is good for, unless the manager moved it: owed
    on its due day or before, a welcome and what is planned on their day."""
    for morning in lived(seed).mornings:
        week, today = morning.week, morning.today
        if week.over:
            continue
        for row, ranked in open_rows(morning):
            day, can = row.slot.day, week.days_for(row.slot.rep.id)
            if row.slot.moved or day is None or day < today or not can:
                continue
            last, first = ranked.days.last, ranked.days.first
            if last is not None and first is None:
                assert day <= last or day == can[0]
            elif first is not None and any(first <= one <= (last or one) for one in can):
                assert first <= day <= (last or day)


def welcome_on_its_day(seed: int) -> None:
    """A welcome back is on one list alone, and on the first working day back."""
    life = lived(seed)
    seen: dict[str, set[date]] = {}
    for morning in life.mornings:
        for row, _ in open_rows(morning):
            if row.reason.kind is not ReasonKind.WELCOME_BACK or morning.week.over:
                continue
            rep = row.slot.rep.id
            seen.setdefault(f"{rep} {row.reason.about}", set()).add(row.slot.monday)
            days = (
                day
                for off in life_off(morning, rep, row.reason.about)
                for day in morning.week.calendar.days_from(off + DAY)
            )
            away = morning.week.away[rep]
            back = next(day for day in days if not is_away(day, away))
            assert morning.week.begins <= back <= morning.week.ends
            can = morning.week.days_for(rep)
            if back in can and not row.slot.moved and (row.slot.day or back) >= morning.today:
                assert row.slot.day == back
    assert all(len(mondays) == 1 for mondays in seen.values())


def life_off(morning: Morning, rep: int, about: str) -> list[date]:
    number = int(about.partition(":")[2])
    return [off.ends_on for off in morning.week.away[rep] if off.id == number and off.ends_on]


def planned_on_its_day(seed: int) -> None:
    """What belongs to a planned session or field day is on that day, wherever both can."""
    for morning in lived(seed).mornings:
        week = morning.week
        days = {f"appointment:{one.id}": one.day for one in week.appointments}
        for row, _ in open_rows(morning):
            day = days.get(row.reason.about)
            if day in week.days_for(row.slot.rep.id) and not row.slot.moved and not week.over:
                # Whoever had an earlier day is open today.
                assert row.slot.day is not None
                assert max(row.slot.day, week.today) == day


def stays_as_it_ended(seed: int) -> None:
    """A list of a week gone by reads the same whatever happens after it, and asks for nothing."""
    life = lived(seed)
    for morning in life.mornings:
        week = morning.week
        if not week.over or not week.own_slots:
            continue
        later = life.week(week.monday, week.today + timedelta(days=9))
        same = {one.id for one in week.contacts}
        if any(
            week.begins <= one.occurred_on <= week.ends
            for one in later.contacts
            if one.id not in same
        ):
            continue
        if later.away != week.away or later.members != week.members:
            continue
        before = build_list(morning.view)
        assert build_list(Morning(later, False).view) == before
        assert not any(block["type"] == "actions" for block in before["blocks"])


def passes_on(seed: int) -> None:
    """An account that passes on is on every list until the introduction is made, wherever either of
    the two is there to be asked."""
    for morning in lists_of(lived(seed)):
        week = morning.week
        said = {r.about for row in morning.rows.values() for r in (row.reason, *row.also)}
        for one in week.transitions:
            if one.introduced_on is None and {one.leaves.id, one.takes_over.id} & week.there:
                assert f"transition:{one.id}" in said


def no_kind_fills_it(seed: int) -> None:
    """One kind, one issue, fills at most a third of a list where other reasons stand: what is the
    same for everybody never more, what is the rep's own only where that is all there is."""
    for morning in lists_of(lived(seed)):
        week = morning.week
        rows = [row for rep, row in morning.rows.items() if rep in week.there]
        limit = most_of_a_kind(len(rows))
        assert limit <= max(1, len(rows) / 3)
        filled = Counter(row.reason.kind for row in rows)
        for row in rows:
            kind = row.reason.kind
            if kind in NOT_LIMITED or filled[kind] <= limit:
                continue
            assert kind not in OF_EVERYONE
            for other in week.ranking(row.slot.rep.id):
                another = other.reason.kind
                if row.is_open and another not in {kind, ReasonKind.OPEN_QUESTION}:
                    # Better ones had no room before, worse ones have none now.
                    assert another not in NOT_LIMITED
                    assert filled[another] >= limit or about_numbers(another)


def about_numbers(kind: ReasonKind) -> bool:
    return KINDS[kind].of_numbers


def at_most_a_quarter_is_about_numbers(seed: int) -> None:
    """Whatever else there is: to an open question it gives way too."""
    for morning in lists_of(lived(seed)):
        week = morning.week
        rows = [row for rep, row in morning.rows.items() if rep in week.there]
        found = sum(about_numbers(row.reason.kind) for row in rows)
        assert found <= most_about_numbers(len(rows)) <= max(1, len(rows) / 4)


def no_question_twice(seed: int) -> None:
    """No two open questions of a list are alike, and no rep has the same twice in a row."""
    last: dict[int, str] = {}
    for morning in lists_of(lived(seed)):
        asked = [
            (row.slot.rep.id, row.reason.about)
            for row in morning.rows.values()
            if row.reason.kind is ReasonKind.OPEN_QUESTION and row.slot.rep.id in morning.week.there
        ]
        assert len({about for _, about in asked}) == len(asked) <= len(QUESTIONS)
        for rep, about in asked:
            assert last.get(rep) != about
        last |= dict(asked)


def facts_before_questions(seed: int) -> None:
    """An open question is for whom nothing of their own is known, or what is known has no turn, or
    is about numbers and a quarter of the list is."""
    for morning in lists_of(lived(seed)):
        rows = [row for rep, row in morning.rows.items() if rep in morning.week.there]
        numbers = sum(about_numbers(row.reason.kind) for row in rows)
        full = numbers >= most_about_numbers(len(rows))
        for row, _ in open_rows(morning):
            if row.reason.kind is not ReasonKind.OPEN_QUESTION or row.slot.picked:
                continue
            for other in morning.week.ranking(row.slot.rep.id):
                kind = other.reason.kind
                no_turn = other.again or (about_numbers(kind) and full)
                assert kind in OF_EVERYONE | {ReasonKind.OPEN_QUESTION} or no_turn


def by_hand_stays(seed: int) -> None:
    """A reason or a day that the manager chose does not change by itself while it can be."""
    life = lived(seed)
    for evening, morning in zip(life.evenings, life.mornings[1:], strict=False):
        week = morning.week
        for row in morning.rows.values() if not week.over else ():
            slot, left = row.slot, evening.get(row.slot.id)
            if left is None or not row.is_open:
                continue
            if left.picked and slot.reason.about != left.reason.about:
                abouts = {one.reason.about for one in week.ranking(slot.rep.id)}
                assert left.reason.about not in abouts
            if left.moved and slot.day != left.day:
                assert left.day not in week.days_for(slot.rep.id)


def brought_up_leads(seed: int) -> None:
    """What a rep brought up and waits for an answer to is on the list from that day on, whatever
    became of the slot, and comes before the other rows of the day."""
    for morning in lived(seed).mornings:
        week = morning.week
        waiting: dict[int, set[str]] = {}
        for one in filter(lambda promise: promise.waits, week.promises):
            waiting.setdefault(one.rep.id, set()).add(f"promise:{one.id}")
        rows = [row for row in week.rows(Reader.MANAGER) if row.is_for(week.today)]
        leading = {
            row.slot.rep.id: bool(
                waiting.get(row.slot.rep.id, set()) & {r.about for r in (row.reason, *row.owed)}
            )
            for row in rows
        }
        assert list(leading.values()) == sorted(leading.values(), reverse=True)
        if not week.over and week.today >= week.begins:
            here = waiting.keys() & week.reps.keys() & week.own_slots.keys()
            assert here <= {rep for rep, leads in leading.items() if leads}


def settles(seed: int) -> None:
    """A list that was made good is good: to look at it again changes nothing."""
    for morning in lived(seed).mornings:
        if morning.week.own_slots and not morning.week.over:
            assert morning.week.new_slots() == []
            assert morning.week.mended_slots() == {}


RULES: tuple[Property, ...] = (
    every_rep_once,
    no_silence,
    owed_in_time,
    day_of_need,
    welcome_on_its_day,
    planned_on_its_day,
    stays_as_it_ended,
    passes_on,
    no_kind_fills_it,
    at_most_a_quarter_is_about_numbers,
    no_question_twice,
    facts_before_questions,
    by_hand_stays,
    brought_up_leads,
    settles,
)


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@given(seed=st.integers(0, QUICK - 1))
@settings(derandomize=True, deadline=None, max_examples=QUICK)
def test_in_some_lives(rule: Property, seed: int) -> None:
    rule(seed)


@pytest.mark.sweep
@given(seed=st.integers(QUICK, 10**9))
@settings(deadline=None, max_examples=SWEPT)
def test_in_thousands_of_lives(seed: int) -> None:
    for rule in RULES:
        rule(seed)


def test_the_lives_have_all_that_the_rules_are_about() -> None:
    """A rule about what never happens would say nothing."""
    lives = [lived(seed) for seed in range(QUICK)]
    kinds = Counter(
        row.reason.kind for life in lives for one in lists_of(life) for row in one.rows.values()
    )
    assert set(kinds) == set(ReasonKind) - {ReasonKind.PROGRESS}
    assert {len(life.members) for life in lives} >= {1, 8, 12}
    assert len({life.calendar.weekend for life in lives}) >= 3
    states = {row.state for life in lives for one in life.mornings for row in one.rows.values()}
    assert states == set(SlotState)
    assert any(p.waits for life in lives for one in life.mornings for p in one.week.promises)
    assert any(row.passing for life in lives for one in life.mornings for row in one.rows.values())
