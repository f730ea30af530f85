"""The weekly question of a save-it plan: whose it is, once a week, and what it costs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.domain.delivery import DueSchedule, MessageKind, MessageRef, Unsent
from bot.domain.results.activity import ActivityAsked
from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.saving import SavingEntry
from bot.domain.todo.sources.results import warning_of
from bot.domain.workspaces.refusals import Gone, NotYours, Refusal
from bot.services.delivery import messages
from bot.services.delivery.schedules import items_due, next_at
from bot.services.results import activity, saving
from bot.services.team import setup
from storage.results import activity as stored
from tests.services.kept_results import keep_result
from tests.services.monday import DANA, INES, KEN, KIM, LENA, MON, SAM, Office, at
from tests.storage.world import statements

CALLS, VISITS = (Metric(name, MetricKind.LEADING) for name in ("Calls", "Visits"))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
CHECK = date(2026, 11, 30)
FRI = MON + timedelta(days=4)
NOW, ASKED = at(MON), at(FRI, 16)
WEEK = MON.isoformat()
KIND = MessageKind.ACTIVITY_ASK


def plan(office: Office, manager: str, rep: str, metric: Metric = VISITS, of: str = "demos") -> int:
    reading = (date(2026, 11, 20), 20, 11)
    where = (office.database, office.workspace_id, manager, rep)
    keep_result(*where, reading, metric=metric, period=NOVEMBER)
    entry = SavingEntry("call five\nme: ask Ken", 5, of, "", CHECK)
    about = warning_of(NOVEMBER, metric.name)
    return office.asks(saving.save, manager, rep, about, entry, f"{rep} {metric}", NOW).plan.id


def asks(office: Office, *plans: int, now: datetime = ASKED) -> list[ActivityAsked | Unsent]:
    dues = [(one, ASKED) for one in plans]
    return activity.asks_due(office.database, office.workspace_id, dues, now)


def said(office: Office, plan_id: int) -> list[tuple[int, str]]:
    with office.database.reading(office.workspace_id) as tx:
        found = stored.answers(tx, [plan_id]).get(plan_id, [])
        return [(one.count, one.counted) for one in found]


def answer(office: Office, who: str, plan_id: int, count: int | None, week: str = WEEK) -> None:
    office.asks(activity.answer, who, plan_id, week, count, ASKED)


def stop(office: Office, who: str, plan_id: int) -> None:
    activity.ask_no_more(office.database, office.actor(who), plan_id, ASKED, ended=True)


def due_on(office: Office) -> datetime | None:
    with office.database.reading(office.workspace_id) as tx:
        return next_at(tx, office.team_id(DANA), KIND)


def test_it_is_asked_once_of_a_week(office: Office) -> None:
    one = plan(office, DANA, SAM)
    (asked,) = asks(office, one)
    assert isinstance(asked, ActivityAsked)
    assert (asked.plan.id, asked.week.monday, asked.plan.rep.slack_id) == (one, MON, SAM)
    about = activity.subject(one, MON)
    messages.remember(office.database, office.workspace_id, about, MessageRef("D0SAM", "1.0"))
    assert asks(office, one) == [Unsent.NOT_NEEDED]


def test_it_is_not_asked_of_what_is_known_or_over(office: Office) -> None:
    one = plan(office, DANA, SAM)
    assert asks(office, one, now=at(FRI + timedelta(days=4))) == [Unsent.EXPIRED]
    answer(office, SAM, one, 0)
    assert asks(office, one) == [Unsent.NOT_NEEDED]
    answer(office, SAM, one, None)
    assert isinstance(asks(office, one)[0], ActivityAsked)
    office.asks(saving.close, DANA, one, "", ASKED)
    assert asks(office, one) == [Unsent.NOT_NEEDED]
    with office.database.reading(office.workspace_id) as tx:
        team = office.team_id(DANA)
        assert items_due(tx, [team], KIND) == {team: []}


def test_who_wants_no_question_has_none(office: Office) -> None:
    one = plan(office, DANA, SAM)
    assert due_on(office) == ASKED
    stop(office, SAM, one)
    assert asks(office, one) == [Unsent.NOT_NEEDED]
    assert due_on(office) is None


def ends_seat(office: Office) -> None:
    office.place(SAM, MON - timedelta(days=90), FRI - timedelta(days=1), NOW)


def leaves_slack(office: Office) -> None:
    office.meets(SAM, active=False)


@pytest.mark.parametrize("goes", [ends_seat, leaves_slack])
def test_it_ends_with_the_rep(office: Office, goes: Callable[[Office], None]) -> None:
    one = plan(office, DANA, SAM)
    goes(office)
    assert asks(office, one) == [Unsent.NOT_NEEDED]
    with office.database.writing(office.workspace_id) as tx:
        due = DueSchedule(office.team_id(DANA), KIND, ASKED, one)
        (planned,) = activity.next_asks(tx, [due], ASKED)
    assert (planned.dues, planned.next_at) == ((ASKED,), None)


def test_who_left_the_team_says_nothing_more_of_it(office: Office) -> None:
    one = plan(office, DANA, SAM)
    ends_seat(office)
    with pytest.raises(Gone):
        answer(office, SAM, one, 4)


def test_one_number_of_two_plans_is_asked_and_said_once(office: Office) -> None:
    one, other = plan(office, DANA, SAM), plan(office, DANA, SAM, CALLS, "Demos ")
    assert [isinstance(each, ActivityAsked) for each in asks(office, one, other)] == [True, False]
    answer(office, SAM, one, 4)
    assert said(office, one) == said(office, other) == [(4, "demos")]


def test_what_another_manager_wrote_is_another_number(office: Office) -> None:
    office.meets(KEN)
    office.team(KEN, SAM)
    one, other = plan(office, DANA, SAM), plan(office, KEN, SAM)
    assert all(isinstance(each, ActivityAsked) for each in asks(office, one, other))
    answer(office, SAM, one, 4)
    assert said(office, other) == []


@pytest.mark.parametrize(
    ("who", "told"), [(DANA, NotYours), (LENA, NotYours), (KEN, Gone), (KIM, Gone)]
)
def test_nobody_says_it_for_a_rep(office: Office, who: str, told: type[Refusal]) -> None:
    for one in (KEN, KIM, INES):
        office.meets(one)
    office.team(KEN, INES)
    one_plan = plan(office, DANA, SAM)
    with pytest.raises(told):
        office.asks(activity.to_answer, who, one_plan, WEEK, ASKED)
    with pytest.raises(told):
        answer(office, who, one_plan, 4)
    with pytest.raises(told):
        stop(office, who, one_plan)
    assert said(office, one_plan) == []
    assert due_on(office) == ASKED


@pytest.mark.parametrize(
    "week", ["", "last week", "2026-11-24", "2026-11-16", "2026-11-30", "2030-01-07"]
)
def test_only_a_week_that_was_asked_is_answered(office: Office, week: str) -> None:
    one = plan(office, DANA, SAM)
    with pytest.raises(Gone):
        answer(office, SAM, one, 4, week)


def test_it_follows_the_reps_zone_and_days_off(office: Office) -> None:
    plan(office, DANA, SAM)
    assert due_on(office) == at(FRI, 16)
    office.asks(setup.add_time_off, DANA, SAM, FRI, FRI, NOW)
    assert due_on(office) == at(FRI - timedelta(days=1), 16)


def test_a_batch_asks_as_much_of_many_teams_as_of_one(office: Office) -> None:
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES)
    plans = [plan(office, DANA, SAM), plan(office, DANA, LENA), plan(office, KEN, INES)]

    def cost(*ids: int) -> int:
        with statements(office.database) as sent:
            assert all(isinstance(one, ActivityAsked) for one in asks(office, *ids))
        return len(sent)

    def planning(*ids: int) -> int:
        teams = {plans[2]: office.team_id(KEN)}
        due = [DueSchedule(teams.get(one, office.team_id(DANA)), KIND, ASKED, one) for one in ids]
        with office.database.writing(office.workspace_id) as tx, statements(office.database) as it:
            activity.next_asks(tx, due, ASKED)
        return len(it)

    assert cost(plans[0]) == cost(*plans)
    assert planning(plans[0]) == planning(*plans)
