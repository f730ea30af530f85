"""Who would sit where after the lines of a roster file."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.team.roster import NO_END, Pair, RosterLine
from bot.domain.team.roster_memberships import RosterPlan, Span, plan_memberships
from bot.domain.team.teams import MOST_TEAMS_PER_REP

reproducible = settings(derandomize=True, deadline=None)

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
LONG_AGO, YESTERDAY, FRIDAY, SOON = (
    date(2026, 3, 2),
    TODAY - DAY,
    date(2026, 11, 27),
    date(2026, 12, 14),
)
MOVED = "with --move all of R's lines must be good"


def line(number: int, manager: str, rep: str, until: date | None = None) -> RosterLine:
    return RosterLine(number, manager, rep, None, None, None, until)


def plan(
    known: Mapping[Pair, Span],
    *lines: RosterLine,
    move: bool = False,
    unclear: Sequence[str] = (),
    today: date = TODAY,
) -> RosterPlan:
    return plan_memberships(lines, known, lambda _: today, move=move, unclear=unclear)


def after(known: Mapping[Pair, Span], planned: RosterPlan) -> dict[Pair, Span]:
    """The newest membership of each pair once that is written."""
    return {**known, **{(one.manager, one.rep): one.after for one in planned.changes}}


def reasons(planned: RosterPlan) -> dict[int, str]:
    return {one.line: one.reason for one in planned.rejected}


OPEN = Span(LONG_AGO, None)
ENDS_FRIDAY = Span(LONG_AGO, FRIDAY + DAY)
ENDED = Span(LONG_AGO, date(2026, 6, 1))
TO_COME = Span(SOON, None)
FROM_TODAY = Span(TODAY, None)


@pytest.mark.parametrize(
    ("before", "until", "then"),
    [
        (None, None, FROM_TODAY),
        (None, FRIDAY, Span(TODAY, FRIDAY + DAY)),
        (None, TODAY, Span(TODAY, TODAY + DAY)),
        (None, NO_END, FROM_TODAY),
        (None, YESTERDAY, "until is 2026-11-24, which is past, and R never had that seat"),
        (OPEN, None, OPEN),
        (OPEN, FRIDAY, ENDS_FRIDAY),
        (OPEN, TODAY, Span(LONG_AGO, TODAY + DAY)),
        (OPEN, YESTERDAY, Span(LONG_AGO, TODAY)),
        (OPEN, LONG_AGO, Span(LONG_AGO, LONG_AGO + DAY)),
        (OPEN, LONG_AGO - DAY, "until is 2026-03-01, but that seat begins on 2026-03-02"),
        (ENDS_FRIDAY, None, ENDS_FRIDAY),
        (ENDS_FRIDAY, FRIDAY, ENDS_FRIDAY),
        (ENDS_FRIDAY, SOON, Span(LONG_AGO, SOON + DAY)),
        (ENDS_FRIDAY, NO_END, OPEN),
        (ENDED, None, FROM_TODAY),
        (ENDED, FRIDAY, Span(TODAY, FRIDAY + DAY)),
        (ENDED, date(2026, 5, 31), ENDED),
        (ENDED, date(2026, 6, 30), "until is 2026-06-30, but that seat ended on 2026-05-31"),
        (TO_COME, None, TO_COME),
        (TO_COME, SOON + DAY, Span(SOON, SOON + 2 * DAY)),
        (TO_COME, FRIDAY, "until is 2026-11-27, but that seat begins on 2026-12-14"),
        # Who was taken off by mistake today goes on where they were.
        (Span(LONG_AGO, TODAY), None, OPEN),
        (Span(LONG_AGO, TODAY), FRIDAY, ENDS_FRIDAY),
        (Span(LONG_AGO, TODAY), YESTERDAY, Span(LONG_AGO, TODAY)),
    ],
)
def test_what_a_line_makes_of_a_seat(
    before: Span | None, until: date | None, then: Span | str
) -> None:
    known = {("A", "R"): before} if before else {}
    planned = plan(known, line(2, "A", "R", until))
    if isinstance(then, str):
        assert reasons(planned) == {2: then}
        assert after(known, planned) == known
    else:
        assert after(known, planned) == {("A", "R"): then}
        assert planned.rejected == ()


@pytest.mark.parametrize(
    ("known", "lines", "then"),
    [
        # One line: from Monday on the rep is elsewhere.
        ({"A": OPEN}, [("B", None)], {"A": Span(LONG_AGO, TODAY), "B": FROM_TODAY}),
        (
            {"A": OPEN, "B": OPEN},
            [("C", None)],
            {"A": Span(LONG_AGO, TODAY), "B": Span(LONG_AGO, TODAY), "C": FROM_TODAY},
        ),
        # Whoever is there already sits nowhere else either.
        ({"A": OPEN, "B": OPEN}, [("B", None)], {"A": Span(LONG_AGO, TODAY), "B": OPEN}),
        # All that the file says of a rep counts.
        ({"A": OPEN}, [("B", None), ("A", None)], {"A": OPEN, "B": FROM_TODAY}),
        ({"A": OPEN}, [("A", FRIDAY), ("B", None)], {"A": ENDS_FRIDAY, "B": FROM_TODAY}),
        # Where the new seat begins later, the old one goes on until then.
        ({"A": OPEN, "B": TO_COME}, [("B", None)], {"A": Span(LONG_AGO, SOON), "B": TO_COME}),
        ({"A": ENDS_FRIDAY, "B": TO_COME}, [("B", None)], {"A": ENDS_FRIDAY, "B": TO_COME}),
        # Who was still to come never came.
        ({"A": TO_COME}, [("B", None)], {"A": Span(TODAY, TODAY), "B": FROM_TODAY}),
        # A seat that is over is nowhere to move to.
        ({"A": OPEN, "B": ENDED}, [("B", date(2026, 5, 31))], {"A": OPEN, "B": ENDED}),
        ({"A": OPEN, "B": OPEN}, [("B", YESTERDAY)], {"A": OPEN, "B": Span(LONG_AGO, TODAY)}),
    ],
)
def test_where_a_rep_who_is_moved_sits(
    known: dict[str, Span], lines: list[tuple[str, date | None]], then: dict[str, Span]
) -> None:
    before = {(manager, "R"): span for manager, span in known.items()}
    for order in permutations(range(len(lines))):
        planned = plan(
            before, *(line(2 + n, lines[n][0], "R", lines[n][1]) for n in order), move=True
        )
        assert after(before, planned) == {(manager, "R"): span for manager, span in then.items()}
        assert planned.rejected == ()


def test_a_third_team_at_once_is_rejected_and_one_after_another_is_not() -> None:
    known = {("A", "R"): OPEN, ("B", "R"): OPEN}
    third = "R is already on two teams, those of A and B"
    assert reasons(plan(known, line(2, "C", "R"))) == {2: third}
    ends_today = (line(2, "C", "R"), line(3, "A", "R", TODAY))
    assert reasons(plan(known, *ends_today)) == {2: third}
    for lines in permutations((line(2, "C", "R"), line(3, "A", "R", YESTERDAY))):
        assert plan(known, *lines).rejected == ()
    # Two that follow one another are one at a time.
    coming = {("A", "R"): ENDS_FRIDAY, ("B", "R"): TO_COME}
    assert plan(coming, line(2, "C", "R")).rejected == ()
    later = {**known, ("A", "R"): Span(SOON, None)}
    assert plan(later, line(2, "C", "R", FRIDAY)).rejected == ()
    assert reasons(plan(later, line(2, "C", "R", SOON))) == {2: third}
    new = plan({}, line(2, "A", "R"), line(3, "B", "R"), line(4, "C", "R"))
    assert reasons(new) == {4: third}


def test_nobody_is_the_rep_of_their_own_rep_while_they_are_that() -> None:
    known = {("A", "B"): OPEN}
    assert reasons(plan(known, line(2, "B", "A"))) == {2: "A is the manager of B"}
    over = line(3, "A", "B", YESTERDAY)
    assert plan(known, line(2, "B", "A"), over).rejected == ()
    moved = line(3, "C", "B")
    assert plan(known, line(2, "B", "A"), moved, move=True).rejected == ()


def test_with_move_the_lines_of_a_rep_count_together() -> None:
    known = {("A", "R"): OPEN}
    bad = line(3, "C", "R", YESTERDAY)
    never = "until is 2026-11-24, which is past, and R never had that seat"
    together = plan(known, line(2, "B", "R"), bad, line(4, "B", "S"), move=True)
    assert reasons(together) == {2: MOVED, 3: never}
    assert after(known, together) == {**known, ("B", "S"): FROM_TODAY}
    # A line that was rejected before makes no difference to that.
    unclear = plan(known, line(2, "B", "R"), move=True, unclear=["R"])
    assert (reasons(unclear), unclear.changes) == ({2: MOVED}, ())
    # Without it, each line counts for itself.
    apart = plan(known, line(2, "B", "R"), bad, unclear=["R"])
    assert reasons(apart) == {3: never}
    assert after(known, apart) == {**known, ("B", "R"): FROM_TODAY}


def test_what_is_not_moved_after_all_makes_no_room() -> None:
    known = {("A", "B"): OPEN}
    planned = plan(
        known, line(2, "B", "A"), line(3, "C", "B"), line(4, "D", "B", YESTERDAY), move=True
    )
    assert reasons(planned) == {
        2: "A is the manager of B",
        3: "with --move all of B's lines must be good",
        4: "until is 2026-11-24, which is past, and B never had that seat",
    }
    assert planned.changes == ()


def test_what_changes_says_whether_it_is_a_new_membership() -> None:
    known = {("A", "R"): OPEN, ("B", "S"): ENDED, ("C", "T"): Span(LONG_AGO, TODAY)}
    planned = plan(known, *(line(2 + n, *pair) for n, pair in enumerate(known)), line(9, "B", "R"))
    assert {(one.rep, one.before, one.begins, one.line) for one in planned.changes} == {
        ("S", None, True, 3),
        ("T", Span(LONG_AGO, TODAY), True, 4),
        ("R", None, True, 9),
    }
    ended = plan(known, line(2, "A", "R", FRIDAY))
    assert [(one.before, one.begins) for one in ended.changes] == [(OPEN, False)]


PEOPLE = ["A", "B", "C", "D"]
days = st.sampled_from([LONG_AGO, YESTERDAY, TODAY, FRIDAY, SOON])
spans = st.builds(
    lambda first, end: Span(first, None if end is None else max(first, end)),
    days,
    st.none() | days,
)
pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)).filter(lambda p: p[0] != p[1])


def sits_on(span: Span, day: date) -> bool:
    return span.joined_on <= day and not span.is_over(day)


def is_sound(known: Mapping[Pair, Span]) -> bool:
    """Nobody is on too many teams at once, nor anybody's rep and manager, from today on."""
    for day in (TODAY, FRIDAY, FRIDAY + DAY, SOON, SOON + DAY):
        now = [pair for pair, span in known.items() if sits_on(span, day)]
        reps = [rep for _, rep in now]
        if any(reps.count(rep) > MOST_TEAMS_PER_REP for rep in reps):
            return False
        if any((rep, manager) in now for manager, rep in now):
            return False
    return True


@reproducible
@given(
    st.dictionaries(pairs, spans, max_size=6).filter(is_sound),
    st.dictionaries(pairs, st.none() | days | st.just(NO_END), max_size=6),
    st.booleans(),
)
def test_whatever_a_file_says_teams_stay_sound_and_saying_it_again_changes_nothing(
    known: dict[Pair, Span],
    said: dict[Pair, date | None],
    move: bool,
) -> None:
    lines = [line(2 + n, *pair, until) for n, (pair, until) in enumerate(said.items())]
    planned = plan(known, *lines, move=move)
    then = after(known, planned)
    assert is_sound(then)
    taken = {one.line for one in planned.lines}
    assert taken | reasons(planned).keys() == {one.line for one in lines}
    assert not taken & reasons(planned).keys()
    assert {one.line for one in planned.changes} <= taken
    # The good lines again, today and in a month, come to the same.
    for day in (TODAY, TODAY + DAY, SOON + 10 * DAY):
        again = plan(then, *planned.lines, move=move, today=day)
        over = {
            one.pair for one in planned.lines if one.until is None and then[one.pair].is_over(day)
        }
        assert {(one.manager, one.rep) for one in again.changes} <= over
    # Whom the file does not name keeps every seat, and without --move who it names too.
    for pair, span in known.items():
        if pair not in said and not (move and pair[1] in {rep for _, rep in said}):
            assert then[pair] == span
    if move:
        for rep in {one.rep for one in planned.lines if not then[one.pair].is_over(TODAY)}:
            for pair, span in then.items():
                assert pair[1] != rep or pair in said or not sits_on(span, SOON + DAY)
