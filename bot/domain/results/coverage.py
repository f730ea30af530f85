"""Coverage: component by rep, each on its own clock."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.calendar import USUAL, WorkingCalendar

KIND_OF = {
    Component.SESSION: InteractionKind.SESSION,
    Component.FIELD_DAY: InteractionKind.FIELD_DAY,
}
"""Every kind counts as contact besides; a touch is nothing else."""

COMPONENT_OF = {kind: component for component, kind in KIND_OF.items()}


class Due(StrEnum):
    """Where a component stands with a rep: before its ideal day, from then on, past its latest."""

    NOT_YET = "not yet"
    DUE = "due"
    TIME_FOR = "time for"


@dataclass(frozen=True)
class DueDates:
    """When a component is next: from `ideal_on` on it is due, after `latest_on` it is time."""

    ideal_on: date
    latest_on: date

    def on(self, day: date) -> Due:
        """Where it stands that day."""
        if day > self.latest_on:
            return Due.TIME_FOR
        return Due.DUE if day >= self.ideal_on else Due.NOT_YET


def last_of(latest: Mapping[InteractionKind, date], component: Component) -> date | None:
    """The last day of that component, from the last day of each kind of contact."""
    if component is Component.CONTACT:
        return max(latest.values(), default=None)
    return latest.get(KIND_OF[component])


def due_dates(
    component: Component,
    cadence: Cadence,
    last: date | None,
    joined_on: date,
    calendar: WorkingCalendar = USUAL,
) -> DueDates:
    """The clock of a component with a rep; one that never ran started when the rep joined, and so
    did one whose last contact is gone because it is older than anything is kept.

    What happened before the rep (last) joined does not count against the new start.
    """
    start = max(last, joined_on) if last is not None else joined_on
    if component is not Component.CONTACT:
        return DueDates(
            start + timedelta(days=cadence.ideal), start + timedelta(days=cadence.latest)
        )
    days = list(islice(calendar.days_from(start + timedelta(days=1)), cadence.latest))
    return DueDates(days[cadence.ideal - 1], days[-1])


def components_due(
    components: Iterable[Component],
    cadences: Mapping[Component, Cadence],
    latest: Mapping[InteractionKind, date],
    joined_on: date,
    today: date,
    calendar: WorkingCalendar = USUAL,
) -> dict[Component, Due]:
    """Those of the components that are due with a rep today or past their latest day."""
    found: dict[Component, Due] = {}
    for component in components:
        last = last_of(latest, component)
        stands = due_dates(component, cadences[component], last, joined_on, calendar).on(today)
        if stands is not Due.NOT_YET:
            found[component] = stands
    return found
