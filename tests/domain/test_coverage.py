"""Each component has its own clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.coverage import Due, components_due, due_dates, last_of
from bot.domain.team.cadence import DEFAULTS, Cadence, Component
from bot.domain.team.calendar import WorkingCalendar
from tests.domain.calendars import calendars, reproducible

JOINED = date(2026, 9, 1)
DAYS = st.dates(JOINED, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("days", "stands"),
    [(29, Due.NOT_YET), (30, Due.DUE), (45, Due.DUE), (46, Due.TIME_FOR)],
)
def test_a_clock_that_never_ran_starts_when_the_rep_joined(days: int, stands: Due) -> None:
    found = due_dates(Component.FIELD_DAY, Cadence(30, 45), None, JOINED)
    assert found.on(JOINED + timedelta(days=days)) is stands


def test_contact_counts_working_days_and_leaves_holidays_out() -> None:
    friday = date(2026, 11, 20)
    found = due_dates(Component.CONTACT, Cadence(5, 7), friday, JOINED)
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 27), date(2026, 12, 1))
    found = due_dates(
        Component.CONTACT,
        Cadence(5, 7),
        friday,
        JOINED,
        WorkingCalendar(holidays=frozenset({date(2026, 11, 25)})),
    )
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 30), date(2026, 12, 2))
    thursday, sunday_to_thursday = date(2026, 11, 26), WorkingCalendar(frozenset({4, 5}))
    found = due_dates(Component.CONTACT, Cadence(5, 7), thursday, JOINED, sunday_to_thursday)
    assert (found.ideal_on, found.latest_on) == (date(2026, 12, 3), date(2026, 12, 7))


@given(DAYS, calendars, st.integers(1, 9))
@reproducible
def test_contact_counts_the_working_days_of_the_country(
    last: date, calendar: WorkingCalendar, ideal: int
) -> None:
    found = due_dates(Component.CONTACT, Cadence(ideal, ideal + 2), last, JOINED, calendar)
    after = (last + timedelta(days=n) for n in range(1, (found.latest_on - last).days + 1))
    worked = [day for day in after if calendar.works(day)]
    assert (worked[ideal - 1], worked[-1]) == (found.ideal_on, found.latest_on)
    assert len(worked) == ideal + 2


@given(st.lists(st.tuples(st.sampled_from(InteractionKind), DAYS)), DAYS)
def test_a_touch_moves_no_clock_but_that_of_contact(
    happened: list[tuple[InteractionKind, date]], today: date
) -> None:
    latest: dict[InteractionKind, date] = {}
    for kind, day in happened:
        latest[kind] = max(day, latest.get(kind, day))
    days = {kind: [day for of, day in happened if of is kind] for kind in InteractionKind}
    assert last_of(latest, Component.CONTACT) == max((d for _, d in happened), default=None)
    for kind, component in (
        (InteractionKind.SESSION, Component.SESSION),
        (InteractionKind.FIELD_DAY, Component.FIELD_DAY),
    ):
        assert last_of(latest, component) == max(days[kind], default=None)
    due = components_due(Component, DEFAULTS, latest, JOINED, today)
    since = today - max(days[InteractionKind.FIELD_DAY], default=JOINED)
    assert (Component.FIELD_DAY in due) == (since >= timedelta(days=30))
