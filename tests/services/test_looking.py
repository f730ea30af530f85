"""Who only looks takes nobody's place: looking writes nothing, and waits for no writer."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.domain.binder.search import Wanted
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.todo.lists import TodoView
from bot.services import appointments, field_days, promises
from bot.services.accounts import accounts, transitions
from bot.services.binder import front, pages, search
from bot.services.contacts import notes, touches
from bot.services.delivery.messages import list_subject
from bot.services.home import home
from bot.services.meetings import agenda_view
from bot.services.sessions import sessions, topics
from bot.services.team import away, setup
from bot.services.todo import issues, sending
from bot.services.todo import lists as todo
from bot.services.todo.sending import PostedList
from bot.services.todo.weeks import reason_with
from tests.services.monday import DANA, INES, KIM, LENA, MON, SAM, TUE, WED, Office, at
from tests.storage.world import statements

NOW = at(TUE)


class Furnished:
    """Dana's office with a week's list, a contact, a promise, and Kim who stands in for Dana on
    Wednesday."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.touch = office.touches(SAM, MON, at(MON), "first")
        self.promise = office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
        office.leaves(WED, WED, KIM, at(MON))
        self.list = office.week(NOW)
        self.slot = office.slot(LENA, NOW)
        self.team = office.team_id(DANA)
        self.begin_session()

    def begin_session(self) -> None:
        """The first session of a team makes its topics."""
        self.office.asks(sessions.start, DANA, SAM, "warm-up", NOW)

    def look(self, service: Callable[..., Any], *about: object, who: str = DANA) -> object:
        return self.office.asks(service, who, *about)

    def posted(self) -> Sequence[Any]:
        lists = [PostedList(list_subject(self.team, MON), self.office.person(DANA).id)]
        return sending.remake_posted_lists(
            self.office.database, self.office.workspace_id, lists, NOW
        )


LOOKS: dict[str, Callable[[Furnished], object]] = {
    "/todo": lambda it: it.look(todo.this_week, NOW),
    "/todo next": lambda it: it.look(todo.next_week, NOW),
    "/todo of a stand-in": lambda it: it.look(todo.this_week, at(WED), who=KIM),
    "the posted list drawn anew": Furnished.posted,
    "the pressed list": lambda it: it.look(todo.list_of_slot, it.slot, NOW),
    "the pressed week": lambda it: it.look(todo.list_of_week, MON, NOW),
    "why a reason": lambda it: it.look(todo.why, LENA, NOW),
    "where a reason comes from": lambda it: it.look(todo.source, it.slot, NOW),
    "the form to move a slot": lambda it: it.look(todo.to_change, it.slot, NOW),
    "Home": lambda it: it.look(home, NOW),
    "Home of a rep": lambda it: it.look(home, NOW, who=SAM),
    "Home of anyone else": lambda it: it.look(home, NOW, who=INES),
    "Home of a stand-in": lambda it: it.look(home, at(WED), who=KIM),
    "the binder": lambda it: it.look(pages.open_binder, SAM, NOW),
    "the page of a binder": lambda it: it.look(pages.page_with, SAM, it.touch, NOW),
    "another reason": lambda it: it.look(front.reasons_with, LENA, 0, NOW),
    "an entry": lambda it: it.look(pages.entry, it.touch, NOW),
    "promises with a rep": lambda it: it.look(pages.promises_with, SAM, NOW),
    "everyone with a binder": lambda it: it.look(pages.shelf, NOW),
    "searching a binder": lambda it: it.look(search.find, Wanted(SAM, "price"), NOW),
    "plans of a rep": lambda it: it.look(search.plans, SAM, NOW),
    "a touch": lambda it: it.look(touches.get, it.touch, NOW),
    "the form of a touch": lambda it: it.look(touches.rep_choice, NOW),
    "this week's reason": lambda it: it.look(reason_with, LENA, NOW),
    "the form of a session": lambda it: it.look(sessions.start, SAM, "form", NOW),
    "the form of a field day": lambda it: it.look(field_days.before, SAM, NOW),
    "the form of a plan": lambda it: it.look(
        appointments.open_form, SAM, InteractionKind.FIELD_DAY, NOW
    ),
    "a promise": lambda it: it.look(promises.get, it.promise, NOW),
    "issues of the day": lambda it: it.look(issues.standing, NOW),
    "days away": lambda it: it.look(away.days_away, NOW),
    "the agenda": lambda it: it.look(agenda_view.view, None, NOW),
    "notes": lambda it: it.look(notes.page_of, NOW),
    "settings": lambda it: it.look(setup.own_facts, NOW),
    "settings of a rep": lambda it: it.look(setup.rep_facts, SAM, NOW),
    "topics": lambda it: it.look(topics.of_team),
    "an account": lambda it: it.look(accounts.find, "Acme", NOW),
    "passing accounts on": lambda it: it.look(transitions.page, SAM, NOW),
}


@pytest.fixture
def furnished(office: Office) -> Furnished:
    return Furnished(office)


@pytest.mark.both
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_who_only_looks_neither_writes_nor_waits_for_who_does(
    furnished: Furnished, look: Callable[[Furnished], object]
) -> None:
    with statements(furnished.office.database) as sent:
        assert look(furnished) is not None
    assert any(one.startswith("SELECT") for one in sent)
    assert [one for one in sent if not one.startswith(("SELECT", "WITH", "BEGIN"))] == []
    assert "BEGIN IMMEDIATE" not in sent


def test_a_list_that_is_not_there_is_made_by_who_looks(office: Office) -> None:
    with statements(office.database) as sent:
        made = office.week(at(MON))
    assert any(one.startswith("INSERT INTO slot") for one in sent)
    assert office.week(at(MON)) == made


def test_a_rep_who_is_new_on_a_list_that_is_there_has_a_slot_at_once(office: Office) -> None:
    office.week(at(MON))
    office.asks(setup.add_rep, DANA, INES, at(MON))
    week = office.week(at(MON))
    assert INES in {row.slot.rep.slack_id for row in week.rows}


def test_a_list_made_by_somebody_else_in_the_same_moment_is_the_list(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[TodoView] = []
    writing = type(office.database).writing

    def somebody_is_faster(*asked: Any, **how: Any) -> Any:
        if not made:
            monkeypatch.undo()
            made.append(office.week(at(MON)))
        return writing(*asked, **how)

    monkeypatch.setattr(type(office.database), "writing", somebody_is_faster)
    mine = office.week(at(MON))
    assert [row.slot.id for row in mine.rows] == [row.slot.id for row in made[0].rows]


def test_a_posted_list_is_mended_when_it_is_drawn(office: Office) -> None:
    furnished = Furnished(office)
    office.asks(setup.add_rep, DANA, INES, NOW)
    (drawn,) = furnished.posted()
    assert drawn is not None
    assert INES in {row.slot.rep.slack_id for row in drawn.rows}
