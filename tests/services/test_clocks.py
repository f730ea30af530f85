"""The clocks of contact, session and field day, against plain recomputation from history."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import TouchEntry
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.results.coverage import last_of
from bot.domain.sessions.sessions import CLOSE, CloseEntry, StepEntry
from bot.domain.team.cadence import Component
from bot.services import field_days
from bot.services.contacts import touches
from bot.services.sessions import sessions
from storage.contacts import interactions
from storage.database.engine import Database
from storage.workspaces import installs
from tests.services.monday import DANA, MON, SAM, Office, at, opened
from tests.services.rides import sent

pytestmark = pytest.mark.slow

NOW = at(MON)
names = count()


@dataclass
class Happened:
    """One contact as a person remembers it."""

    id: int
    kind: InteractionKind
    day: date
    deleted: bool = False


def log(office: Office, kind: InteractionKind, day: date) -> int:
    form = f"form-{next(names)}"
    if kind is InteractionKind.TOUCH:
        entry = TouchEntry(SAM, None, day, "")
        return office.asks(touches.log_form, DANA, entry, form, NOW).touch.id
    if kind is InteractionKind.FIELD_DAY:
        return office.asks(field_days.log_step, DANA, sent(ride(day), form), NOW).logged.touch.id
    draft = office.asks(sessions.start, DANA, SAM, form, NOW).draft
    return hold(office, draft.form, draft.topic_set, day)


def ride(day: date) -> FieldDayEntry:
    return FieldDayEntry(SAM, day, FieldDayNotes((Visit("Acme"),)))


def hold(office: Office, form: str, topic_set: int, day: date, held: int = 0) -> int:
    """A session is held, or `held` changed."""
    said = CloseEntry(day, "results", "")
    filled = StepEntry.saying(form, SAM, topic_set, CLOSE, said).filled
    step = StepEntry(replace(filled, subject=held))
    return office.asks(sessions.hold, DANA, step, NOW).logged.touch.id


def edit(office: Office, one: Happened, day: date) -> None:
    if one.kind is InteractionKind.TOUCH:
        entry = TouchEntry(SAM, None, day, "")
        office.asks(touches.change, DANA, one.id, entry, f"form-{next(names)}", NOW)
    elif one.kind is InteractionKind.FIELD_DAY:
        office.asks(field_days.change, DANA, one.id, ride(day), f"form-{next(names)}", NOW)
    else:
        form = f"form-{next(names)}"
        draft = office.asks(sessions.reopen, DANA, one.id, form, NOW).draft
        hold(office, draft.form, draft.topic_set, day, held=one.id)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["log", "log", "edit", "delete", "put back"]),
        st.sampled_from(InteractionKind),
        st.integers(0, 60),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=12,
)


@given(ACTS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_each_clock_is_what_history_says(one_database: Database, acts: list) -> None:  # type: ignore[type-arg]
    office = opened(one_database, installs.ensure(one_database, f"TC{next(names)}", "Home"))
    history: list[Happened] = []
    for act, kind, ago, which in acts:
        day = MON - timedelta(days=ago)
        one = history[which % len(history)] if history else None
        taken = {h.day for h in history if h.kind is InteractionKind.SESSION and not h.deleted}
        if act == "log" and not (kind is InteractionKind.SESSION and day in taken):
            history.append(Happened(log(office, kind, day), kind, day))
        elif act == "edit" and one and not one.deleted:
            if one.kind is InteractionKind.SESSION and day in taken - {one.day}:
                continue
            edit(office, one, day)
            one.day = day
        elif act == "delete" and one:
            office.asks(touches.take_back, DANA, one.id, NOW)
            one.deleted = True
        elif act == "put back" and one:
            office.asks(touches.put_back, DANA, one.id, NOW)
            one.deleted = False
    stands = [one for one in history if not one.deleted]
    with one_database.reading(office.workspace_id) as tx:
        team_id = office.team_id(DANA)
        latest = interactions.latest(tx, team_id).get(office.person(SAM).id, {})
    for component, kinds in (
        (Component.CONTACT, set(InteractionKind)),
        (Component.SESSION, {InteractionKind.SESSION}),
        (Component.FIELD_DAY, {InteractionKind.FIELD_DAY}),
    ):
        expected = max((one.day for one in stands if one.kind in kinds), default=None)
        assert last_of(latest, component) == expected
