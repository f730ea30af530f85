"""**Save-it plan**: from a warning, the two write what they do about it while it still helps."""

from datetime import date, timedelta

from bot.domain.results.results import Metric, MetricKind, Period
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.results.test_reasons import FRIDAY, MONDAY, reads
from tests.scenarios.todo.monday import at, list_of
from tests.services.kept_results import keep_result

STEPS = "call five old accounts by Wed\nme: ask marketing for the list by Fri"
NEXT_QUARTER = date(2027, 1, 1), date(2027, 3, 31)
CHECK = date(2026, 12, 18)


def warned(world: World) -> MeetingWorld:
    """Raj has 15 of 46 when the plan has 18, and it can still be made."""
    team = meeting_world(world)
    reads(world, team.dana, 46, {team.raj: 15}, FRIDAY)
    at(world, MONDAY + timedelta(days=1), 8)
    return team


def fill(manager: Person, steps: str = STEPS) -> None:
    modal(manager).fill("Two to four steps", steps)
    modal(manager).fill("How many a week", "5")
    modal(manager).fill("Of what", "visits")
    modal(manager).fill("Who helps", "Kim")
    modal(manager).fill("When you look at it together", CHECK)


def home_of(person: Person) -> str:
    assert person.home is not None
    return person.home.text


def test_a_plan_is_written_from_the_list_and_both_see_it(world: World) -> None:
    team = warned(world)
    dana, raj = team.dana, team.raj
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    assert "15 of 46, as of Fri 11 Dec" in modal(dana).text
    assert modal(dana).value("When you look at it together") == "2026-12-22"
    fill(dana, "call five old accounts")
    modal(dana).submit()
    assert "Two to four steps, please, one a line." in modal(dana).text
    assert "call five old accounts" in modal(dana).text
    fill(dana, "call five old accounts by Wed\nme: ask marketing for the list")
    modal(dana).submit()
    plan = "new meetings, Dec 2026 · 5 visits a week · Kim helps"
    assert f"{plan} · you look at it together Fri 18 Dec" in modal(dana).text
    assert "You noted for Raj Rao: “call five old accounts”, by Wed 16 Dec" in modal(dana).text
    modal(dana).close()

    raj.opens_home()
    assert plan in home_of(raj)
    assert "Dana Moss noted for you: “call five old accounts”, by Wed 16 Dec" in home_of(raj)
    raj.clicks("Agreed")
    assert "You promised\n“call five old accounts”" in home_of(raj)
    assert "Dana Moss promised\n“ask marketing for the list”, by Fri 18 Dec" in home_of(raj)
    for who in (team.lena, team.tom):
        who.opens_home()
        assert "Save-it" not in who.screen()
        assert "old accounts" not in who.screen()

    # On its day the list brings it up.
    dana.opens_home()
    dana.clicks("You owe · 1")
    modal(dana).clicks("Kept", beside="ask marketing for the list")
    modal(dana).close()
    at(world, CHECK, 8)
    assert "You and Raj look at the plan for new meetings together. Ask what helps." in (
        list_of(dana).text
    )
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    assert plan in modal(dana).text
    modal(dana).close()

    # From the mirror it is the same plan, and what changes of it changes its promises.
    dana.slash("/mirror")
    assert "There is a plan; you look at it together Fri 18 Dec." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    modal(dana).clicks("Change")
    held = modal(dana).text
    assert "call five old accounts, by Wed 16 Dec 2026" in held
    modal(dana).fill("How many a week", "6")
    modal(dana).fill("Two to four steps", STEPS.replace("Wed", "Thu"))
    modal(dana).submit()
    modal(dana).close()
    raj.opens_home()
    assert "6 visits a week" in home_of(raj)
    assert "5 visits a week" not in home_of(raj)
    assert "noted for you: “call five old accounts”, by Thu 24 Dec" in home_of(raj)
    assert home_of(raj).count("call five old accounts") == 1


def test_a_step_by_a_day_that_is_none_keeps_the_form_open(world: World) -> None:
    dana = warned(world).dana
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    field = "Two to four steps"
    for day, said in (
        ("Tue 17 Dec", "That date is another weekday. Which of the two do you mean?"),
        ("31 Feb", "The calendar has no such day. Look at it once more."),
        ("yesterday", "One of the days is over. Say a later one, or its year."),
    ):
        typed = f"call five old accounts by {day}\nme: ask marketing for the list"
        fill(dana, typed)
        modal(dana).submit()
        assert modal(dana).errors == {field: said}
        assert modal(dana).value(field) == typed
    fill(dana, "call five old accounts by Thu 17 Dec\nme: ask marketing for the list")
    modal(dana).submit()
    assert "“call five old accounts”, by Thu 17 Dec" in modal(dana).text


def test_of_a_day_that_is_over_nothing_is_said_but_that_it_was(world: World) -> None:
    team = warned(world)
    dana = team.dana
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    fill(dana)
    modal(dana).submit()
    modal(dana).close()
    at(world, CHECK + timedelta(days=4), 8)
    reads(world, dana, 46, {team.raj: 24}, CHECK)
    was = "the day to look at it together was Fri 18 Dec"
    dana.slash("/mirror")
    assert f"There is a plan; {was}." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    assert was in modal(dana).text
    assert "Raj Rao was asked for the number until Fri 18 Dec." in modal(dana).text
    # Another day is proposed, one on which there is still time.
    modal(dana).clicks("Change")
    assert modal(dana).value("When you look at it together") == "2026-12-29"
    modal(dana).submit()
    assert "you look at it together Tue 29 Dec" in modal(dana).text
    modal(dana).clicks("Close the plan")
    modal(dana).submit()
    assert "look at it together" not in modal(dana).text


def test_the_second_quarters_warning_quotes_what_helped_in_the_first(world: World) -> None:
    team = meeting_world(world)
    dana, raj = team.dana, team.raj
    quarters = Period(date(2026, 10, 1), date(2026, 12, 31)), Period(*NEXT_QUARTER)
    metric = Metric("Visits", MetricKind.LEADING)

    def reach(rep: Person, target: int, actual: int, by: date, period: Period) -> None:
        where = (world.database, world.workspace_id, dana.id, rep.id)
        keep_result(*where, (by, target, actual), metric=metric, period=period)

    # Raj is behind in the first quarter, and the plan saves it.
    reach(raj, 120, 84, date(2026, 12, 11), quarters[0])
    at(world, MONDAY, 8)
    at(world, MONDAY + timedelta(days=1), 8)
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    assert "Last time" not in modal(dana).text
    fill(dana)
    modal(dana).submit()
    modal(dana).close()
    reach(raj, 120, 121, quarters[0].end, quarters[0])
    at(world, date(2027, 1, 5), 9)
    dana.slash("/mirror")
    dana.ephemerals[-1].clicks("Open", beside="Raj Rao · Visits, Oct – Dec 2026")
    modal(dana).clicks("Close the plan")
    modal(dana).fill("What helped?", "the list of old accounts")
    modal(dana).submit()
    assert "What helped: “the list of old accounts”" in modal(dana).text
    modal(dana).close()
    dana.slash("/mirror")
    seen = dana.ephemerals[-1].text
    assert "Save-it plans" not in seen
    assert (
        "Raj Rao · Visits, Oct – Dec 2026 · 2 promises about it · "
        "what helped: “the list of old accounts”" in (seen[seen.index("Acted in time") :])
    )

    # Lena is behind in the next one.
    reach(team.lena, 120, 30, date(2027, 2, 5), quarters[1])
    at(world, date(2027, 2, 8), 8)
    at(world, date(2027, 2, 9), 8)
    assert "Last time this helped: “the list of old accounts”." in list_of(dana).text
    dana.slash("/mirror")
    dana.ephemerals[-1].clicks("Save-it plan", beside="Lena Fox")
    assert "Last time this helped: “the list of old accounts”" in modal(dana).text
    for who in (raj, team.lena, team.tom):
        who.opens_home()
        assert "the list of old accounts" not in who.screen()
        assert not any("the list of old accounts" in one.text for one in who.dm)


def test_a_step_that_is_taken_out_is_dropped_before_the_reps_eyes(world: World) -> None:
    team = warned(world)
    dana, raj = team.dana, team.raj
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    fill(dana)
    modal(dana).submit()
    modal(dana).close()
    raj.opens_home()
    raj.clicks("Agreed")
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    modal(dana).clicks("Change")
    modal(dana).fill("Two to four steps", "me: ask marketing for the list by Fri\nwrite to Acme")
    modal(dana).submit()
    assert "Dropped today · Raj Rao: “call five old accounts”" in modal(dana).text
    modal(dana).clicks("Change")
    assert "call five old accounts" not in modal(dana).text
    modal(dana).close_all()
    raj.opens_home()
    assert "Dropped by Dana Moss\n“call five old accounts”, today" in home_of(raj)
    assert "You promised\n“call five old accounts”" not in home_of(raj)
    at(world, MONDAY + timedelta(days=9), 8)
    raj.opens_home()
    assert "Dropped by" not in home_of(raj)


def test_a_plan_that_was_closed_is_taken_up_again_while_its_period_runs(world: World) -> None:
    team = warned(world)
    dana = team.dana
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    fill(dana, STEPS.replace("Fri", "15 Jan"))
    modal(dana).submit()
    assert "The period is over by then." in modal(dana).text
    fill(dana)
    modal(dana).submit()
    modal(dana).clicks("Close the plan")
    modal(dana).submit()
    modal(dana).close_all()
    # The warning stands again, and the way from it leads on.
    dana.slash("/mirror")
    assert "There is a plan" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    assert "Closed Tue 15 Dec." in modal(dana).text
    modal(dana).clicks("Take it up again")
    assert "call five old accounts, by Wed 16 Dec 2026" in modal(dana).text
    modal(dana).fill("When you look at it together", date(2026, 12, 22))
    modal(dana).submit()
    assert "you look at it together Tue 22 Dec" in modal(dana).text
    assert "Closed" not in modal(dana).text
    modal(dana).close_all()
    dana.slash("/mirror")
    assert "There is a plan; you look at it together Tue 22 Dec." in dana.ephemerals[-1].text
    team.raj.opens_home()
    assert home_of(team.raj).count("noted for you: “call five old accounts”, by Wed 16 Dec") == 1
    # Once its period is over there is nothing to take up.
    dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    modal(dana).clicks("Close the plan")
    modal(dana).submit()
    at(world, date(2027, 1, 4), 8)
    modal(dana).clicks("Take it up again")
    assert modal(dana).trouble or "not there any more" in dana.screen()
