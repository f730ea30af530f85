"""From a warning, wherever it is met, to its save-it plan and to the figures it is made of; and
what was tried and what helped, over two quarters."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.workspaces.refusals import ForManagers, Gone, NotOnTeam
from bot.services.results.pace import pace_with
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import meeting_world
from tests.scenarios.results.test_reasons import MONDAY, abouts
from tests.scenarios.results.test_saving import CHECK, fill, home_of, warned
from tests.scenarios.todo.monday import at, list_of
from tests.services.kept_results import keep_result

STILL = "can still make December's new meetings at two and a half a day."
PLAN = "Save-it plan · Raj Rao, new meetings · you look at it together Fri 18 Dec [Open]"
TUESDAY = MONDAY + timedelta(days=1)
VISITS = Metric("Visits", MetricKind.LEADING)
QUARTERS = (
    Period(date(2026, 10, 1), date(2026, 12, 31)),
    Period(date(2027, 1, 1), date(2027, 3, 31)),
)


def keeps_own_step(dana: Person) -> None:
    """What Dana owes leads the list until it is done."""
    dana.opens_home()
    dana.clicks("You owe · 1")
    modal(dana).clicks("Kept", beside="ask marketing for the list")
    modal(dana).close()


def test_home_leads_from_a_warning_to_its_plan(world: World) -> None:
    team = warned(world)
    dana = team.dana
    dana.opens_home()
    # It is the reason of today's row: its way stands there, and nowhere else on Home.
    assert home_of(dana).count("[Save-it plan]") == 1
    assert "[Done] [Save-it plan]" in home_of(dana)
    before = dana.home
    assert before is not None
    before.clicks("Save-it plan")
    fill(dana)
    modal(dana).submit_twice()
    modal(dana).close_all()
    # Now it is the plan that is open, further down, beside the mirror.
    assert "[Save-it plan]" not in home_of(dana)
    assert home_of(dana).index("Your team") < home_of(dana).index(PLAN)
    dana.clicks("Open")
    assert "5 visits a week · Kim helps" in modal(dana).text
    modal(dana).close()

    # On its day the row of today leads to it.
    keeps_own_step(dana)
    at(world, CHECK, 8)
    dana.opens_home()
    assert "You and Raj look at the plan" in home_of(dana)
    assert PLAN not in home_of(dana)
    dana.clicks("Save-it plan")
    modal(dana).clicks("Close the plan")
    modal(dana).submit()
    modal(dana).close_all()
    dana.opens_home()
    assert "look at it together" not in home_of(dana)


def test_a_warning_that_is_no_reason_today_stands_beside_the_mirror(world: World) -> None:
    team = warned(world)
    dana = team.dana
    list_of(dana).clicks("Done", beside="Raj Rao")
    dana.opens_home()
    assert f"Raj Rao {STILL} [Save-it plan]" in home_of(dana)
    dana.clicks("Save-it plan")
    assert "15 of 46, as of Fri 11 Dec" in modal(dana).text


def test_the_binder_leads_to_it_and_shows_the_plan(world: World) -> None:
    team = warned(world)
    dana = team.dana
    dana.slash("/binder @Raj Rao")
    assert f"This week: Raj {STILL}" in modal(dana).text
    assert "[Another reason] [Save-it plan]" in modal(dana).text
    assert modal(dana).text.count("can still make") == 1
    modal(dana).clicks("Save-it plan")
    fill(dana)
    modal(dana).submit()
    modal(dana).close()
    # The page below is drawn anew.
    assert PLAN in modal(dana).text
    assert "can still make" not in modal(dana).text
    modal(dana).clicks("Open")
    assert "5 visits a week · Kim helps" in modal(dana).text
    modal(dana).clicks("Close the plan")
    modal(dana).fill("What helped?", "Kim's list")
    modal(dana).submit()
    assert "Closed Tue 15 Dec." in modal(dana).text
    modal(dana).close()
    assert "look at it together" not in modal(dana).text
    modal(dana).close_all()

    # Of another rep nothing of it is said, and to the rep nothing but the plan.
    dana.slash("/binder @Lena Fox")
    assert "look at it together" not in modal(dana).text
    modal(dana).close()
    for who in (team.raj, team.lena):
        who.slash("/binder @Raj Rao")
        who.opens_home()
        assert "can still make" not in who.screen()


def test_a_warning_that_is_not_this_weeks_reason_is_in_the_binder_too(world: World) -> None:
    team = warned(world)
    list_of(team.dana).clicks("Done", beside="Raj Rao")
    team.dana.slash("/binder @Raj Rao")
    seen = modal(team.dana).text
    assert "✓ This week" in seen
    assert f"Raj Rao {STILL} [Save-it plan]" in seen


def test_where_a_warning_comes_from_are_its_figures_and_where_a_check_day_does_the_plan(
    world: World,
) -> None:
    team = warned(world)
    dana = team.dana
    list_of(dana).picks("Where it comes from", beside="Raj Rao")
    assert modal(dana).title == "Figures"
    for line in (
        "Raj Rao · new meetings, Dec 2026",
        "Target: 46",
        "Actual: 15, as of Fri 11 Dec",
        "The plan by that day: 18.0",
        "Working days left for Raj: 14",
        "Needed: two and a half a day",
    ):
        assert line in modal(dana).text
    # Two presses of it open the plan once written, and no second.
    modal(dana).clicks("Save-it plan")
    fill(dana)
    modal(dana).submit()
    modal(dana).close()
    modal(dana).clicks("Save-it plan")
    assert "5 visits a week · Kim helps" in modal(dana).text
    modal(dana).close_all()
    keeps_own_step(dana)
    at(world, CHECK, 8)
    list_of(dana).picks("Where it comes from", beside="Raj Rao")
    assert modal(dana).title == "Save-it plan"
    assert "5 visits a week · Kim helps" in modal(dana).text


def test_what_was_noted_for_next_time_opens_where_it_comes_from(world: World) -> None:
    team = meeting_world(world)
    dana = team.dana
    at(world, MONDAY, 8)
    at(world, TUESDAY, 8)
    list_of(dana).clicks("Done")
    list_of(dana).clicks("Next time")
    modal(dana).fill("What to come back to", "ask how the demo went")
    modal(dana).submit()
    noted = "For next time with Raj: “ask how the demo went”"
    # It comes up next week, on one of its days.
    at(world, MONDAY + timedelta(days=11), 8)
    list_of(dana).picks("Where it comes from", beside=noted)
    assert modal(dana).title == "Next time"
    assert "on your list of the week of Mon 14 Dec:\n“ask how the demo went”" in modal(dana).text


def test_the_figures_are_their_managers_alone(world: World) -> None:
    team = warned(world)
    other, kim = world.person("Kim Ray"), world.person("Ken Low")
    world.team(other, kim)
    about, now = "early_warning:2026-12-01:new meetings", world.slack.clock.now()

    def asks(who: Person, rep: Person, about: str = about) -> object:
        return pace_with(world.database, world.actor(who), rep.id, about, now)

    assert asks(team.dana, team.raj)
    for who, rep, refused in (
        (team.raj, team.raj, ForManagers),
        (team.lena, team.raj, ForManagers),
        (other, team.raj, NotOnTeam),
        (team.dana, kim, NotOnTeam),
        (team.dana, team.lena, Gone),
    ):
        with pytest.raises(refused):
            asks(who, rep)
    with pytest.raises(Gone):
        asks(team.dana, team.raj, "early_warning:2026-11-01:new meetings")


def test_who_stands_in_reads_none_of_it(world: World) -> None:
    team = warned(world)
    dana, kim = team.dana, world.person("Kim Ray")
    dana.slash("/todo away")
    modal(dana).fill("From", TUESDAY)
    modal(dana).fill("To", CHECK)
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    at(world, TUESDAY + timedelta(days=1), 8)
    kim.slash("/todo")
    kim.opens_home()
    seen = [kim.screen(), *(one.text for one in kim.dm), *(one.text for one in kim.ephemerals)]
    assert any("Raj Rao" in one for one in seen)
    for word in ("can still make", "Save-it", "Where it comes from", "Figures"):
        assert not any(word in one for one in seen)


def test_two_quarters_of_what_was_tried_and_what_helped(world: World) -> None:
    team = meeting_world(world)
    dana, raj, lena = team.dana, team.raj, team.lena

    def reach(rep: Person, actual: int, by: date, period: Period) -> None:
        where = (world.database, world.workspace_id, dana.id, rep.id)
        keep_result(*where, (by, 120, actual), metric=VISITS, period=period)

    reach(raj, 84, date(2026, 12, 11), QUARTERS[0])
    reach(lena, 85, date(2026, 12, 11), QUARTERS[0])
    at(world, MONDAY, 8)
    at(world, TUESDAY, 8)
    assert "What was tried" not in mirror(dana)
    dana.slash("/binder @Raj Rao")
    modal(dana).clicks("Save-it plan")
    fill(dana)
    modal(dana).submit()
    modal(dana).close_all()
    # The plan is what was tried; what nobody wrote down of Lena is no line.
    assert "Raj Rao · Visits, Oct – Dec 2026 · 2 promises about it" in behind(dana)
    assert "Lena Fox · Visits" not in behind(dana)

    # On the day of the plan they ride out together, and talk.
    at(world, CHECK, 8)
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Globex: Ann, wants a trial")
    modal(dana).submit()
    if dana.modal is not None:
        dana.modal.close_all()
    dana.slash("/touch @Raj Rao call about the trial")
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", "a demo laptop")
    modal(dana).submit()
    tried = "Raj Rao · Visits, Oct – Dec 2026 · 1 contact, 1 field day, 3 promises about it"
    assert tried in behind(dana)

    reach(raj, 121, QUARTERS[0].end, QUARTERS[0])
    reach(lena, 90, QUARTERS[0].end, QUARTERS[0])
    at(world, date(2027, 1, 5), 9)
    dana.opens_home()
    asked = "Save-it plan · Raj Rao, Visits · what helped? [Open]"
    assert asked in home_of(dana)
    dana.clicks("Open")
    modal(dana).clicks("Close the plan")
    modal(dana).fill("What helped?", "the list of old accounts")
    modal(dana).submit()
    modal(dana).close_all()
    assert "What was tried" not in behind(dana)
    assert f"Acted in time\n{tried} · what helped: “the list of old accounts”" in behind(dana)

    # The second quarter: Lena is behind, and what helped stands beside what can be saved.
    reach(lena, 30, date(2027, 2, 5), QUARTERS[1])
    at(world, date(2027, 2, 8), 8)
    ahead = mirror(dana).split("Looking back")[0]
    assert "Last time this helped: “the list of old accounts”." in ahead
    dana.ephemerals[-1].clicks("Save-it plan", beside="Lena Fox")
    modal(dana).close()
    at(world, date(2027, 2, 9), 8)
    list_of(dana).clicks("Done", beside="Lena Fox")
    reach(lena, 100, QUARTERS[1].end, QUARTERS[1])
    at(world, date(2027, 4, 5), 9)
    said = "Lena Fox · Visits, Jan – Mar 2027 · 1 contact about it · 100 of 120 in the end"
    assert f"What was tried\n{said}" in behind(dana)
    # What helped Raj is nobody's but the manager's: what the contact was about, which Lena has in
    # a copy, quotes none of it.
    assert "what would help just now" in abouts(world, dana)
    assert not any("the list of old accounts" in one for one in abouts(world, dana))


def mirror(dana: Person) -> str:
    dana.slash("/mirror")
    return dana.ephemerals[-1].text


def behind(dana: Person) -> str:
    return mirror(dana).split("Looking back")[1]


def test_a_year_that_was_saved_is_told_of_in_the_next_one(world: World) -> None:
    team = meeting_world(world)
    year = Period(date(2026, 12, 1), date(2027, 11, 30))
    readings = (date(2027, 1, 29), 120, 5), (year.end, 120, 125)
    where = (world.database, world.workspace_id, team.dana.id, team.raj.id)
    keep_result(*where, *readings, metric=VISITS, period=year)
    # More than four hundred days after it began, and weeks after it ended.
    world.slack.clock.move_to(datetime(2028, 1, 20, 9, tzinfo=UTC))
    assert "Acted in time\nRaj Rao · Visits, Dec 2026 – Nov 2027" in behind(team.dana)
