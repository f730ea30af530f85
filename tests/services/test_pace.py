"""How results stand, as the list reads it: for any team in the same statements."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.results.pace import Pace, Standing, Unsaid
from bot.domain.results.results import Metric, MetricKind, Period, Reading, metric_key
from bot.domain.results.warnings import Ending
from bot.domain.todo.reasons import ReasonKind
from bot.services.results.pace import paces_for
from bot.services.results.warnings import acted_in_time, warned_periods
from bot.services.todo import lists
from storage.database.engine import Database
from storage.results import metrics, results
from storage.team import teams
from storage.workspaces import installs
from tests.services.counting import counting
from tests.services.monday import DANA, FOUNDED, KEN, KIM, LENA, MON, RAJ, SAM, Office, at

MEETINGS = Metric("new meetings", MetricKind.LEADING)
WON = Metric("deals won")
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
FRIDAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def reads(
    office: Office,
    rep: str,
    target: int,
    read: Iterable[tuple[int, date]],
    *,
    period: Period = NOVEMBER,
    metric: Metric = MEETINGS,
    manager: str = DANA,
) -> None:
    """What was there by which day."""
    team, person = office.team_id(manager), office.person(rep).id
    with office.database.writing(office.workspace_id) as tx:
        metrics.save(tx, {team: [metric]})
        counted = metrics.ids_of(tx, [team])[team, metric_key(metric.name)]
        results.add_spans(tx, [results.Span(team, person, counted, period)])
        kept = results.spans(tx, [team], period.start, period.end)
        (span,) = (
            one.id
            for one in kept
            if (one.rep_id, one.metric_id, one.period) == (person, counted, period)
        )
        new = (Reading(Decimal(target), Decimal(actual), as_of) for actual, as_of in read)
        results.save_readings(tx, [(span or 0, one) for one in new])


def paces(office: Office, today: date = MON, *managers: str) -> dict[str, tuple[Pace, ...]]:
    """How the results of those managers' reps stand, by rep."""
    found = {}
    with office.database.reading(office.workspace_id) as tx:
        for manager in managers or (DANA,):
            team = teams.of_manager(tx, manager)
            assert team is not None
            found[team.id] = team
        members = teams.members_of(tx, list(found), today)
        read = paces_for(tx, found, members, dict.fromkeys(found, today))
    reps = {member.rep.id: member.rep.slack_id for member in members}
    return {reps[rep]: own for by_rep in read.values() for rep, own in by_rep.items()}


def pace(office: Office, rep: str = SAM, today: date = MON) -> Pace:
    (found,) = paces(office, today)[rep]
    return found


def test_the_newest_figures_of_the_period_that_runs_count(office: Office) -> None:
    # 21 working days, 15 of them over on Friday 20.
    reads(office, SAM, 21, [(5, date(2026, 11, 6)), (15, FRIDAY)])
    reads(office, LENA, 21, [(11, FRIDAY)])
    reads(office, RAJ, 21, [(21, date(2026, 10, 30))], period=OCTOBER)
    assert pace(office, SAM).standing is Standing.ON_PLAN
    assert pace(office, LENA).standing is Standing.BEHIND
    assert set(paces(office)) == {SAM, LENA}


def test_what_can_be_made_is_by_the_weeks_of_the_months_before(office: Office) -> None:
    reads(office, SAM, 21, [(11, FRIDAY)])
    assert pace(office).good == Decimal("1.5")
    september = Period(date(2026, 9, 1), date(2026, 9, 30))
    for period, first in ((september, date(2026, 9, 4)), (OCTOBER, date(2026, 10, 2))):
        fridays = [first + n * 7 * DAY for n in range(5) if first + n * 7 * DAY <= period.end]
        read = [(10 * n, day) for n, day in enumerate(fridays)]
        reads(office, SAM, 50, read, period=period)
    assert (pace(office).good, pace(office).weeks) == (Decimal(2), 7)
    assert pace(office).standing is Standing.RECOVERABLE


def test_days_off_and_the_day_of_joining_are_out(office: Office) -> None:
    reads(office, SAM, 21, [(5, FRIDAY)])
    assert pace(office).standing is Standing.BEHIND
    office.is_away(SAM, date(2026, 11, 2), date(2026, 11, 18), at(MON))
    assert pace(office).unsaid is Unsaid.EARLY
    reads(office, RAJ, 21, [(5, FRIDAY)])
    office.place(RAJ, date(2026, 11, 16), None, at(MON))
    assert pace(office, RAJ).days_done == 5


def test_who_was_there_when_the_team_was_set_up_did_not_join_then(office: Office) -> None:
    office.team(KIM, SAM, LENA, now=at(date(2026, 11, 16)))
    for rep in (SAM, LENA):
        reads(office, rep, 21, [(5, FRIDAY)], manager=KIM)
    (theirs,) = paces(office, MON, KIM)[SAM]
    assert theirs.days_done == theirs.expected == 15
    assert theirs.standing is Standing.BEHIND
    # But who is said to be new began then.
    with office.database.writing(office.workspace_id) as tx:
        members = teams.members(tx, office.team_id(KIM), on=MON)
        lena = next(one for one in members if one.rep.slack_id == LENA)
        teams.set_new_on_team(tx, [lena.id], is_new=True)
    (theirs,) = paces(office, MON, KIM)[LENA]
    assert theirs.days_done == 5


def test_of_what_ended_before_the_team_was_set_up_nobody_acted_in_time(office: Office) -> None:
    office.team(KIM, SAM, now=at(date(2026, 11, 16)))
    for period in (OCTOBER, NOVEMBER):
        behind = period.start + 8 * DAY
        reads(office, SAM, 42, [(3, behind), (42, period.end)], period=period, manager=KIM)
    with office.database.reading(office.workspace_id) as tx:
        (team,) = teams.get_many(tx, [office.team_id(KIM)])
        members = teams.members(tx, team.id)
        found = acted_in_time(tx, team, members, NOVEMBER.end + DAY)
    assert [one.result.period for one in found] == [NOVEMBER]


def test_who_is_on_the_team_no_more_has_none(office: Office) -> None:
    reads(office, SAM, 21, [(5, FRIDAY)])
    office.place(SAM, FOUNDED.date(), MON, at(MON))
    assert SAM not in paces(office)


def test_figures_of_each_manager_are_of_their_own_team(office: Office) -> None:
    office.team(KIM, SAM)
    office.team(KEN, LENA)
    reads(office, SAM, 21, [(11, FRIDAY)])
    reads(office, SAM, 21, [(18, FRIDAY)], manager=KIM)
    assert pace(office).standing is Standing.BEHIND
    (theirs,) = paces(office, MON, KIM)[SAM]
    assert theirs.standing is Standing.AHEAD
    assert paces(office, MON, KEN) == {}


def test_it_costs_the_same_for_any_number_of_teams_and_reps(one_database: Database) -> None:
    def cost(name: str, *managers: str) -> int:
        office = Office(one_database, installs.ensure(one_database, name, name))
        for who in (DANA, KIM, KEN, SAM, LENA, RAJ):
            office.meets(who)
        for manager in managers:
            office.team(manager, SAM, LENA, RAJ)
            for rep in (SAM, LENA, RAJ)[: 1 if len(managers) == 1 else 3]:
                reads(office, rep, 21, [(11, FRIDAY)], manager=manager)
        with counting(one_database) as counted:
            assert paces(office, MON, *managers)
        return counted.cost.statements - 2 * len(managers)

    assert cost("PACE1", DANA) - cost("PACE2", DANA, KIM) <= 2


# What was tried


def test_a_period_that_was_saved_is_kept_with_what_was_tried(office: Office) -> None:
    reads(office, SAM, 42, [(9, date(2026, 11, 6)), (27, FRIDAY)])
    assert office.row(SAM, at(MON)).reason.kind is ReasonKind.EARLY_WARNING
    office.touches(LENA, MON, at(MON), "another")
    office.done(SAM, at(MON))
    reads(office, LENA, 42, [(6, date(2026, 11, 6)), (40, NOVEMBER.end)])
    team = office.team_id(DANA)

    def asked(today: date, *, saved: bool = False) -> list[tuple[str, Ending, int]]:
        with office.database.reading(office.workspace_id) as tx:
            (found,) = teams.get_many(tx, [team])
            members = [one for one in teams.members(tx, team) if one.is_on(today)]
            read = (
                acted_in_time(tx, found, members, today)
                if saved
                else warned_periods(tx, found, members, today, [])
            )
            return [(one.result.rep_id, one.ending, len(one.tried)) for one in read]

    assert asked(MON) == [(LENA, Ending.RUNNING, 0), (SAM, Ending.RUNNING, 1)]
    reads(office, SAM, 42, [(42, NOVEMBER.end)])
    december = NOVEMBER.end + DAY
    assert asked(december) == [(LENA, Ending.NOT_MADE, 0), (SAM, Ending.MADE, 1)]
    assert asked(december, saved=True) == [(SAM, Ending.MADE, 1)]
    assert asked(december + 500 * DAY) == []


def test_what_was_tried_costs_the_same_for_any_number_of_reps(office: Office) -> None:
    def cost() -> int:
        with office.database.reading(office.workspace_id) as tx:
            team = teams.of_manager(tx, DANA)
            assert team is not None
            members = teams.members(tx, team.id)
            with counting(office.database) as counted:
                assert warned_periods(tx, team, members, MON, [])
        return counted.cost.statements

    reads(office, SAM, 42, [(9, FRIDAY)])
    one = cost()
    for rep in (LENA, RAJ):
        reads(office, rep, 42, [(9, FRIDAY)])
    assert cost() == one


# On the list


def kinds(office: Office, rep: str) -> list[ReasonKind]:
    """The kinds of a rep's reasons, best first."""
    return [one.reason.kind for one in office.asks(lists.why, DANA, rep, at(MON)).ranking]


def test_a_result_is_on_the_list_once_it_is_read_and_in_its_row(office: Office) -> None:
    before = office.row(SAM, at(MON)).reason
    assert before.kind is ReasonKind.OPEN_QUESTION
    reads(office, LENA, 21, [(18, FRIDAY)])
    reads(office, SAM, 42, [(27, FRIDAY)])
    assert kinds(office, LENA)[0] is ReasonKind.RESULT_AHEAD
    assert kinds(office, SAM)[0] is ReasonKind.EARLY_WARNING
    # What stands is not taken back by a number.
    assert office.row(SAM, at(MON)).reason.kind is ReasonKind.OPEN_QUESTION


def test_of_three_reps_one_row_is_about_a_number(office: Office) -> None:
    for rep in (SAM, LENA, RAJ):
        reads(office, rep, 42, [(27, FRIDAY)])
    reasons = [office.row(rep, at(MON)).reason.kind for rep in (SAM, LENA, RAJ)]
    assert reasons.count(ReasonKind.EARLY_WARNING) == 1
    assert reasons.count(ReasonKind.OPEN_QUESTION) == 2


def test_of_eight_reps_two_who_are_ahead_leave_room_for_a_warning(office: Office) -> None:
    reps = [SAM, LENA, RAJ, *(f"UREP{number}" for number in range(5))]
    for rep in reps[3:]:
        office.meets(rep)
    office.team(DANA, *reps, now=at(MON) - 14 * DAY)
    for rep in reps[:2]:
        reads(office, rep, 21, [(18, FRIDAY)])
    for rep in reps[2:4]:
        reads(office, rep, 42, [(27, FRIDAY)])
    office.week(at(MON))
    found = Counter(office.row(rep, at(MON)).reason.kind for rep in reps)
    assert found[ReasonKind.EARLY_WARNING] == found[ReasonKind.RESULT_AHEAD] == 1


def test_a_stand_in_reads_nothing_of_results(office: Office) -> None:
    for rep in (SAM, LENA, RAJ):
        reads(office, rep, 42, [(27, FRIDAY)])
    office.week(at(MON))
    office.leaves(MON, MON + 4 * DAY, KIM, at(MON))
    shown = office.asks(lists.this_week, KIM, at(MON))
    assert {row.reason.kind for row in shown.rows} == {ReasonKind.OPEN_QUESTION}
    assert "meetings" not in repr([row.reason for row in shown.rows])
