"""Results beside what two people talk about: before a session, in it, and in the binder."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.team.time_off import AwayEntry
from bot.screens.team.people import ensure_profiles
from bot.services.team import away, setup
from slack_sandbox import Person
from tests.scenarios.appointments.test_appointments import beat_at, notes, plan_with_raj
from tests.scenarios.binder.test_binder_search import search
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.test_todo_privacy import seen_by
from tests.services.kept_results import MEETINGS, QUARTER, keep_result
from tests.services.memberships import say_fine

pytestmark = pytest.mark.reps("raj", "lena")

VISITS = Metric("Customer visits", MetricKind.LEADING)
BY = date(2026, 11, 27)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
JUDGED = ("ahead", "behind", "on plan", "can still", "off Raj's plate")
"""What is said of how a result stands, or of what it takes."""


def keep(
    world: World,
    manager: Person,
    rep: Person,
    *readings: tuple[date, int, int],
    metric: Metric = MEETINGS,
    period: Period = QUARTER,
) -> None:
    where = world.database, world.workspace_id, manager.id, rep.id
    keep_result(*where, *readings, metric=metric, period=period)


def many(world: World, dana: Person, raj: Person) -> None:
    """Seven metrics, of which the last by name is behind and can still be made."""
    for name in ("Accounts", "Bids", "Calls", "Demos", "Events", "Forecasts"):
        keep(world, dana, raj, (BY, 10, 6), metric=Metric(name))
    keep(world, dana, raj, (BY, 30, 15), metric=VISITS)


def to_results(dana: Person) -> None:
    """The form of a session with Raj, as far as its last step."""
    dana.slash("/session @Raj Rao")
    for _ in range(4):
        modal(dana).submit()


def test_results_are_in_the_managers_note_with_what_it_takes_and_no_judgement(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    keep(world, dana, raj, (BY, 20, 15))
    keep(world, dana, raj, (BY, 30, 15), metric=VISITS)
    keep(world, dana, raj, (SUMMER.end, 18, 19), period=SUMMER)
    keep(world, dana, lena, (BY, 99, 98))
    plan_with_raj(dana)
    beat_at(world, 1, 7)
    (note,) = notes(dana)
    lines = note.splitlines()
    start = lines.index("Results")
    assert lines[start : start + 4] == [
        "Results",
        "Customer visits, Oct – Dec 2026: 15 of 30, as of Fri 27 Nov · can still be made at one "
        "a day",
        "New meetings, Oct – Dec 2026: 15 of 20, as of Fri 27 Nov",
        "What could you take off Raj's plate?",
    ]
    assert "99" not in note
    assert "Jul – Sep" not in note
    assert not any(one in note for one in ("ahead", "behind", "on plan"))
    # A lock screen shows nothing of it.
    assert "15 of 30" not in dana.dm[-1].raw["text"]
    assert "15 of 30" not in seen_by(world, raj)


def test_of_many_metrics_the_note_has_a_few_and_the_way_to_all(
    world: World, dana: Person, raj: Person
) -> None:
    many(world, dana, raj)
    plan_with_raj(dana)
    beat_at(world, 1, 7)
    (note,) = notes(dana)
    # What can still be made is never among those that are left out.
    assert "Customer visits, Oct – Dec 2026: 15 of 30" in note
    assert "Calls, Oct – Dec 2026: 6 of 10" in note
    assert "Demos" not in note
    assert "And 3 more." in note
    dana.clicks("See", beside="Results")
    assert "Forecasts\nOct – Dec 2026: 6 of 10, as of Fri 27 Nov" in modal(dana).text
    modal(dana).clicks("Back to the binder")
    assert "Results: Accounts 6 of 10 · Bids 6 of 10 · 5 more" in modal(dana).text


def test_a_note_with_a_hundred_long_metrics_is_taken_by_slack(
    world: World, dana: Person, raj: Person
) -> None:
    for number in range(100):
        name = f"{number:03} & <{'a metric with much to say of itself ' * 2}>"
        keep(world, dana, raj, (BY, 1_000_000, 1), metric=Metric(name, MetricKind.LEADING))
    plan_with_raj(dana)
    beat_at(world, 1, 7)
    assert len(notes(dana)) == 1
    assert "And 96 more." in notes(dana)[0]
    dana.clicks("Open the session")
    for _ in range(4):
        modal(dana).submit()
    assert "And 96 more." in modal(dana).text
    modal(dana).clicks("See", beside="Results")
    modal(dana).clicks("More")
    assert "020 & <a metric" in modal(dana).text
    modal(dana).clicks("First")
    assert "000 & <a metric" in modal(dana).text
    modal(dana).close_all()
    beat_at(world, 1, 9)
    raj.opens_home()
    raj.clicks("Prepare")
    assert "And more, in My copy on your Home tab." in modal(raj).text


def test_results_stand_beside_their_topic_in_the_session_last(
    world: World, dana: Person, raj: Person
) -> None:
    keep(world, dana, raj, (date(2026, 11, 25), 30, 2), (BY, 30, 3), metric=VISITS)
    world.slack.clock.move_to(datetime(2026, 11, 27, 12, tzinfo=UTC))
    dana.slash("/session @Raj Rao")
    for _ in range(4):
        assert "of 30" not in modal(dana).text
        modal(dana).submit()
    shown = modal(dana).text
    said = "Customer visits, Oct – Dec 2026: 3 of 30, as of Fri 27 Nov"
    assert shown.index(said) < shown.index("Results, looking back")
    modal(dana).fill("Results, looking back", "visits are slow")
    modal(dana).fill("When", "2026-11-25")
    modal(dana).submit()
    modal(dana).close()
    # Opened again, it has what stood on the day that it was held on.
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Edit", beside="strategy session")
    for _ in range(4):
        modal(dana).submit()
    assert "Customer visits, Oct – Dec 2026: 2 of 30, as of Wed 25 Nov" in modal(dana).text
    assert modal(dana).value("Results, looking back") == "visits are slow"


def test_a_rep_prepares_beside_their_own_results_as_they_are(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    keep(world, dana, raj, (BY, 30, 15), metric=VISITS)
    keep(world, dana, lena, (BY, 99, 98), metric=VISITS)
    plan_with_raj(dana)
    beat_at(world, 1, 7)
    assert "of 30" not in notes(raj)[0]
    raj.clicks("Prepare")
    shown = modal(raj).text
    assert "Your results\nCustomer visits, Oct – Dec 2026: 15 of 30, as of Fri 27 Nov" in shown
    assert shown.index("Your results") > shown.index("Activity plan")
    modal(raj).fill("Pipeline", "Hooli")
    modal(raj).submit()
    sent = seen_by(world, raj)
    assert not any(one in sent for one in JUDGED)
    assert "99" not in shown


@pytest.mark.slow
def test_nobody_else_reads_them(world: World, dana: Person, raj: Person, lena: Person) -> None:
    """The manager of Raj's second team has their own, and neither the other's; who stands in for
    Dana has none, and nor has a teammate."""
    otto, kim = world.person("Otto Berg"), world.person("Kim Ito")
    world.team(otto, raj, world.person("Nora Lind"))
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    say_fine(world.database, world.workspace_id, dana.id, world.slack.clock.now())
    setup.choose_reps(world.database, world.actor(otto), [raj.id], world.slack.clock.now())
    keep(world, dana, raj, (BY, 77_077, 1_011), metric=VISITS)
    keep(world, otto, raj, (BY, 88_088, 2_022), metric=Metric("Trainings", MetricKind.LEADING))
    plan_with_raj(dana)
    otto.slash("/binder @Raj Rao")
    otto.picks("Plan a session")
    modal(otto).fill("Day", "2026-12-02")
    modal(otto).submit()
    modal(otto).close_all()
    days = AwayEntry(date(2026, 11, 30), date(2026, 12, 4), kim.id)
    away.add(world.database, world.actor(dana), days, "away", world.slack.clock.now())
    for hour in (7, 9, 12):
        beat_at(world, 1, hour)
    for person in (otto, dana, kim, lena, raj):
        person.opens_home()
        person.slash("/binder @Raj Rao")
        if person.modal:
            modal(person).picks("Results")
    seen = {one.name: seen_by(world, one) for one in (dana, otto, kim, lena, raj)}
    assert "77,077" in seen["Dana Moss"]
    assert "88,088" in seen["Otto Berg"]
    assert "Trainings" not in seen["Dana Moss"]
    assert "77,077" not in seen["Otto Berg"]
    assert "Customer visits" not in seen["Otto Berg"]
    for figure in ("77,077", "1,011", "88,088", "2,022"):
        assert figure not in seen["Kim Ito"]
        assert figure not in seen["Lena Fox"]
        assert figure in seen["Raj Rao"]
    assert not any(one in seen["Raj Rao"] for one in JUDGED)


def test_the_binder_has_results_period_by_period(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    dana.slash("/binder @Raj Rao")
    assert "Results:" not in modal(dana).text
    modal(dana).picks("Results")
    assert "Nothing of it yet." in modal(dana).text
    modal(dana).close()
    keep(world, dana, raj, (date(2026, 11, 20), 20, 9), (BY, 20, 12))
    keep(world, dana, raj, (date(2026, 8, 1), 18, 4), (SUMMER.end, 18, 19), period=SUMMER)
    keep(world, dana, raj, (BY, 30, 15), metric=VISITS)
    keep(world, dana, lena, (BY, 99, 98))
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/binder @Raj Rao")
    said = "Results: Customer visits 15 of 30 · New meetings 12 of 20, as of Fri 27 Nov"
    assert said in modal(dana).text
    modal(dana).clicks("See", beside="Results:")
    shown = modal(dana).text
    assert (
        "Customer visits\nOct – Dec 2026: 15 of 30, as of Fri 27 Nov\n"
        "New meetings\nOct – Dec 2026: 12 of 20, as of Fri 27 Nov\n"
        "Jul – Sep 2026: 19 of 18, as of Wed 30 Sep" in shown
    )
    assert "99" not in shown
    assert not any(one in shown for one in JUDGED)
    modal(dana).close()
    shown = search(dana, Only="Results", Words="MEETING", Until="2026-09-30")
    assert "Jul – Sep 2026: 19 of 18" in shown
    assert "12 of 20" not in shown
    assert "Customer visits" not in shown
    modal(dana).clicks("Search again")
    modal(dana).fill("Words", "meetings")
    modal(dana).submit()
    assert "Results · New meetings" in modal(dana).text
    modal(dana).clicks("See", beside="Results")
    assert "Jul – Sep 2026: 19 of 18" in modal(dana).text
    assert "Customer visits" not in modal(dana).text
    modal(dana).picks("Search")
    modal(dana).fill("Only", "Results")
    modal(dana).fill("Words", "revenue")
    modal(dana).submit()
    assert "Nothing fits." in modal(dana).text


def test_who_left_has_results_in_the_binder_and_none_on_its_first_screen(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    keep(world, dana, raj, (BY, 20, 12))
    world.team(dana, lena)
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/binder @Raj Rao")
    assert "Results:" not in modal(dana).text
    modal(dana).picks("Results")
    assert "Oct – Dec 2026: 12 of 20" in modal(dana).text
