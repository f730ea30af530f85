"""How a slot stands follows from the contacts there are, whatever was done to them and when."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.contacts.touches import TouchEntry
from bot.domain.todo.lists import SlotState
from bot.services.contacts import touches
from bot.services.todo import lists
from storage.database.engine import Database
from storage.workspaces import installs
from tests.services.monday import DANA, LENA, MON, SAM, THU, WEEK, Office, at, opened, states

NOW = at(THU)
DAYS = tuple(MON - WEEK + timedelta(days=n) for n in range(11))
"""From the Monday of last week to the Thursday of this."""

reps = st.sampled_from((SAM, LENA))
days = st.sampled_from(DAYS)
some_contact = st.integers(0, 50)
presses = st.one_of(
    st.tuples(st.just("log"), reps, days),
    st.tuples(st.just("edit"), some_contact, reps, days),
    st.tuples(st.just("delete"), some_contact),
    st.tuples(st.just("put back"), some_contact),
    st.tuples(st.just("done"), reps),
    st.tuples(st.just("not this week"), reps),
    st.tuples(st.just("on again"), reps),
)
numbers = count()


@dataclass(frozen=True)
class Logged:
    """What the plain re-computation knows of a contact."""

    id: int
    rep: str
    day: date
    deleted: bool = False


@dataclass
class Plain:
    """The contacts that were logged, and who was left out; the slots by rep."""

    slots: dict[str, int]
    contacts: list[Logged] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def state(self, rep: str, monday: date) -> SlotState:
        for contact in self.contacts:
            here = monday <= contact.day < monday + WEEK
            if contact.rep == rep and here and not contact.deleted:
                return SlotState.DONE
        if monday == MON and rep in self.left_out:
            return SlotState.NOT_THIS_WEEK
        return SlotState.OPEN


def press(office: Office, plain: Plain, what: str, *about: object) -> None:
    """Do it, and do the same to the plain contacts."""
    match what, about:
        case "log", (str(rep), date() as day):
            made = office.touches(rep, day, NOW, f"log {next(numbers)}")
            plain.contacts.append(Logged(made, rep, day))
        case "done", (str(rep),):
            done = office.asks(lists.done, DANA, plain.slots[rep], NOW)
            assert (done is None) == (plain.state(rep, MON) is SlotState.DONE)
            if done is not None:
                plain.contacts.append(Logged(done.touch.id, rep, THU))
        case "not this week", (str(rep),):
            office.asks(lists.not_this_week, DANA, plain.slots[rep], "", NOW)
            plain.left_out.add(rep)
        case "on again", (str(rep),):
            office.asks(lists.on_again, DANA, plain.slots[rep], NOW)
            plain.left_out.discard(rep)
        case _ if plain.contacts:
            change(office, plain, what, *about)


def change(office: Office, plain: Plain, what: str, number: object, *about: object) -> None:
    assert isinstance(number, int)
    place = number % len(plain.contacts)
    contact = plain.contacts[place]
    match what, about:
        case "edit", (str(rep), date() as day):
            entry = TouchEntry(rep, None, day, "edited")
            form = f"edit {next(numbers)}"
            office.asks(touches.change, DANA, contact.id, entry, form, NOW)
            plain.contacts[place] = Logged(contact.id, rep, day)
        case "delete", ():
            office.asks(touches.take_back, DANA, contact.id, NOW)
            plain.contacts[place] = replace(contact, deleted=True)
        case "put back", ():
            office.asks(touches.put_back, DANA, contact.id, NOW)
            plain.contacts[place] = replace(contact, deleted=False)


# The rule is of the domain and the queries are the same on both; SQLite makes more examples in the
# same time.
@pytest.mark.parametrize("backend", ["sqlite"])
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pressed=st.lists(presses, min_size=2, max_size=6))
@pytest.mark.slow
def test_a_slot_is_done_while_a_contact_of_its_week_stands(
    database: Database, pressed: list[tuple[object, ...]]
) -> None:
    office = opened(database, installs.ensure(database, f"T{next(numbers)}", "Example"))
    office.week(at(MON - WEEK))
    made = office.week(NOW)
    plain = Plain({row.slot.rep.slack_id: row.slot.id for row in made.rows})
    for what, *about in pressed:
        assert isinstance(what, str)
        press(office, plain, what, *about)
        for monday in (MON - WEEK, MON):
            found = states(office.asks(lists.list_of_week, DANA, monday, NOW))
            for rep in (SAM, LENA):
                assert found[rep] is plain.state(rep, monday), (what, about)
