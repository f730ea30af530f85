"""The key-customer bench: who knows each key account, and which one a field day is for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.bench import BenchAccount, bench_of, next_turn, to_meet, why_meet
from bot.domain.workspaces.people import Person

DANA, RAJ, LENA, KIM = (
    Person(number, f"U{number}", name, None, True, False, None)
    for number, name in enumerate(("Dana Moss", "Raj Rao", "Lena Fox", "Kim Ito"), 1)
)
REPS = {RAJ.id, LENA.id}
MAY = date(2026, 5, 4)
DAY = timedelta(days=1)


def been(
    account: int, rep: Person, since: date = MAY, *, manager: Person = DANA, is_key: bool = True
) -> list[Acquaintance]:
    """That rep was at the account with a manager."""
    return [
        Acquaintance(account, f"Firm {account}", is_key, person, name, since, person is rep)
        for person in (manager, rep)
        for name in ("", "Jo Lee")
    ]


def test_what_is_missing_comes_first() -> None:
    known = [
        *been(1, RAJ),
        *been(1, LENA, MAY - DAY),
        *been(2, RAJ, manager=KIM),
        *been(3, RAJ),
        *been(4, KIM, manager=DANA),
        *been(5, RAJ, manager=KIM),
        *been(5, LENA, MAY + DAY, manager=KIM),
        *been(6, RAJ, is_key=False),
    ]
    bench = bench_of(known, DANA.id, REPS)
    assert bench == (
        BenchAccount(4, "Firm 4", (), met_by_manager=True),
        BenchAccount(2, "Firm 2", (RAJ,), met_by_manager=False),
        BenchAccount(3, "Firm 3", (RAJ,), met_by_manager=True),
        BenchAccount(5, "Firm 5", (RAJ, LENA), met_by_manager=False),
        BenchAccount(1, "Firm 1", (LENA, RAJ), met_by_manager=True),
    )
    assert [one.id for one in bench if one.is_covered] == [1]
    assert [one.id for one in bench if one.known_alone] == [2, 3]


def test_a_field_day_is_for_one_that_its_rep_knows_and_something_is_missing_at() -> None:
    bench = bench_of([*been(1, RAJ), *been(2, RAJ), *been(2, LENA)], DANA.id, REPS)
    (found, nobody) = (to_meet(bench, rep.id) for rep in (RAJ, LENA))
    assert found is not None
    assert why_meet(found, "Raj") == "Firm 1 is known through Raj alone: meet them together."
    assert nobody is None
    of_another = [*been(1, RAJ), *been(2, RAJ, manager=KIM), *been(2, LENA, manager=KIM)]
    unmet = to_meet(bench_of(of_another, DANA.id, REPS), RAJ.id)
    assert unmet is not None
    assert why_meet(unmet, "Raj") == ("Raj knows Firm 2 and can introduce you: meet them together.")


def ridden(bench: tuple[BenchAccount, ...], rep: Person) -> Iterator[tuple[BenchAccount, ...]]:
    """The bench after each of many field days with that rep."""
    while True:
        named = to_meet(bench, rep.id)
        assert named is not None
        turn = next_turn(bench, rep.id)
        bench = tuple(
            replace(one, named={**one.named, rep.id: turn}) if one is named else one
            for one in bench
        )
        yield bench


def last_named(bench: tuple[BenchAccount, ...], rep: Person) -> int:
    return max(bench, key=lambda one: one.named.get(rep.id, 0)).id


def test_each_has_its_turn() -> None:
    bench = bench_of([one for n in range(1, 5) for one in been(n, RAJ)], DANA.id, REPS)
    days = ridden(bench, RAJ)
    assert [last_named(next(days), RAJ) for _ in range(8)] == [1, 2, 3, 4] * 2
    # What was named for one rep says nothing of another's.
    both = bench_of([one for n in range(1, 3) for one in been(n, RAJ, manager=KIM)], DANA.id, REPS)
    (first, *_) = both
    assert to_meet((replace(first, named={LENA.id: 9}), *both[1:]), RAJ.id) == replace(
        first, named={LENA.id: 9}
    )


accounts = st.builds(
    lambda number, manager, others, turn: BenchAccount(
        number,
        f"Firm {number}",
        (RAJ, LENA) if others else (RAJ,),
        met_by_manager=manager,
        named={RAJ.id: turn} if turn else {},
    ),
    *(st.integers(1, 6), st.booleans(), st.booleans(), st.integers(0, 9)),
)
benches = st.lists(accounts, max_size=6, unique_by=lambda one: one.id).map(tuple)


@given(benches, st.lists(st.tuples(st.integers(1, 6), st.booleans(), st.booleans()), max_size=12))
@settings(derandomize=True, deadline=None)
def test_none_is_named_twice_in_a_row_while_others_stand(
    bench: tuple[BenchAccount, ...], news: list[tuple[int, bool, bool]]
) -> None:
    before: int | None = None
    for number, met, known in news:
        named = to_meet(bench, RAJ.id)
        stand = [one.id for one in bench if not one.is_covered]
        assert (named is None) == (not stand)
        if named is not None:
            assert named.id in stand
            assert named.id != before or stand == [before]
            turn = next_turn(bench, RAJ.id)
            before = named.id
            bench = tuple(
                replace(one, named={RAJ.id: turn}) if one.id == before else one for one in bench
            )
        # Meanwhile something changes at one of them.
        bench = tuple(
            replace(one, met_by_manager=met, known_through=(RAJ, LENA) if known else (RAJ,))
            if one.id == number
            else one
            for one in bench
        )


@given(benches)
@settings(derandomize=True, deadline=None)
def test_each_of_those_the_manager_has_not_met_has_its_turn(
    bench: tuple[BenchAccount, ...],
) -> None:
    unmet = {one.id for one in bench if not one.met_by_manager}
    if len(unmet) > 1:
        days = ridden(bench, RAJ)
        named = [last_named(next(days), RAJ) for _ in range(3 * len(unmet))]
        assert set(named) == unmet
