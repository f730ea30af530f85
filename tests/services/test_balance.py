"""Balance, as it is read from what happened: and from nothing else."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.meetings.meetings import Dropped, ReportedOutcome
from bot.domain.results.balance import Balance, MonthBalance, Part, Share, Unknown
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.settings import DEFAULT_SECTIONS, Direction
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.workspaces.refusals import ForManagers
from bot.services.results.balance import own_balance
from storage import todo
from storage.database.transaction import Transaction
from storage.models import AgendaItem, Interaction, Meeting, Session, SessionTopic
from storage.sessions import sessions
from storage.team import absences
from tests.services.counting import Cost, counting
from tests.services.monday import DANA, KEN, KIM, LENA, RAJ, SAM, Office, at

NOVEMBER = date(2026, 11, 1)
MONDAY = date(2026, 11, 9)
NOW = at(date(2026, 11, 25))
DAY = timedelta(days=1)
TOUCH, SESSION = InteractionKind.TOUCH, InteractionKind.SESSION
FIELD_DAY = InteractionKind.FIELD_DAY


class Past:
    """What is there in the database of Dana's team, written straight into it."""

    def __init__(self, office: Office, tx: Transaction) -> None:
        self.office, self.tx = office, tx
        self.team = office.team_id(DANA)
        topic_set = sessions.current_set(tx, self.team)
        version = topic_set[0] if topic_set else sessions.add_set(tx, self.team, 1, DEFAULT_TOPICS)
        self.topic_set = version
        self.topics = {one.key: one.id for one in sessions.topics(tx, self.team, version)}

    def contact(
        self,
        kind: InteractionKind,
        rep: str,
        day: date,
        about: str = "",
        *,
        by: str = DANA,
        deleted: bool = False,
    ) -> int:
        noon = datetime.combine(day, time(12), UTC)
        return self.tx.insert(
            Interaction,
            kind=kind,
            team_id=self.team,
            rep_id=self.office.person(rep).id,
            author_id=self.office.person(by).id,
            occurred_on=day,
            occurred_at=noon,
            recorded_at=noon,
            about=about,
            deleted_at=noon if deleted else None,
        )

    def session(self, rep: str, day: date, results: str = "", **topics: dict[str, Any]) -> None:
        contact = self.contact(SESSION, rep, day)
        whole = {"topic_set_id": self.topic_set, "results": results, "shared_note": ""}
        self.tx.insert(Session, interaction_id=contact, **whole)
        nothing = {"plan": "", "changed": "", "next_step": ""}
        for key, said in topics.items():
            row = {"interaction_id": contact, "topic_id": self.topics[key], **nothing, **said}
            self.tx.insert(SessionTopic, **row)

    def meeting(self, day: date, *items: dict[str, Any], over: bool = True, **said: Any) -> None:
        plan = {"planned_for": day, "planned_day": day, "planned_at": time(9), "day": day}
        rest = {"at": time(9), "minutes": 45, "place": "", "lead": 60, "sections": DEFAULT_SECTIONS}
        closed = datetime.combine(day, time(10), UTC) if over else None
        row = {**plan, **rest, "closed_at": closed, **said}
        meeting = self.tx.insert(Meeting, team_id=self.team, **row)
        for item in items:
            values = {"text": "an item", "added_on": day, "done_in": meeting, **item}
            self.tx.insert(AgendaItem, team_id=self.team, **values)

    def list(self, monday: date, reasons: dict[str, ReasonKind]) -> None:
        todo.make_lists(self.tx, [(self.team, monday)], NOW)
        (kept,) = todo.lists(self.tx, [self.team], monday, monday).values()
        new = [
            (kept, self.office.person(rep).id, monday, Reason(kind, f"{kind}:1", "Why.", "From it"))
            for rep, kind in reasons.items()
        ]
        todo.add_slots(self.tx, new)


def past(office: Office) -> Any:
    return office.database.writing(office.workspace_id)


def read(office: Office, now: datetime = NOW) -> Balance:
    return office.asks(own_balance, DANA, now)[1]


def november(office: Office, now: datetime = NOW) -> MonthBalance:
    return next(one for one in read(office, now).months if one.month == NOVEMBER)


def test_what_happened_counts_with_its_minutes(office: Office) -> None:
    with past(office) as tx:
        there = Past(office, tx)
        there.meeting(MONDAY, {"section": "numbers"}, {"section": "ahead"})
        there.session(SAM, MONDAY + DAY, "behind", pipeline={"changed": "two moved"})
        there.contact(FIELD_DAY, LENA, MONDAY + 2 * DAY)
        there.list(MONDAY, {LENA: ReasonKind.PLAN, RAJ: ReasonKind.RESULT_AHEAD})
        there.contact(TOUCH, RAJ, MONDAY + DAY, "ahead of plan")
    assert november(office).parts == {
        Part.MEETING: Share(5, 15),
        Part.SESSION: Share(10, 25),
        Part.FIELD_DAY: Share(0, 60),
        Part.CONTACT: Share(10, 10),
        Part.LIST: Share(5, 10),
    }
    assert november(office).left_out == {}


def test_what_was_planned_proposed_or_not_answered_changes_nothing(office: Office) -> None:
    with past(office) as tx:
        Past(office, tx).session(SAM, MONDAY, "behind", pipeline={"changed": "two moved"})
    before = read(office)
    with past(office) as tx:
        there = Past(office, tx)
        open_item = {"section": "numbers", "done_in": None}
        there.meeting(date(2026, 11, 30), open_item, over=False)
        there.meeting(date(2026, 11, 25), open_item, over=False)
        there.meeting(MONDAY, {"section": "numbers"}, dropped=Dropped.CANCELLED)
        there.meeting(MONDAY + DAY, {"section": "numbers"}, said=ReportedOutcome.NOT_HELD)
        there.list(MONDAY, {LENA: ReasonKind.RESULT_AHEAD, RAJ: ReasonKind.PLAN})
        there.contact(FIELD_DAY, LENA, MONDAY, deleted=True)
    assert read(office) == before


def test_of_what_nobody_can_know_there_is_a_count_and_no_share(office: Office) -> None:
    with past(office) as tx:
        there = Past(office, tx)
        there.list(MONDAY, {RAJ: ReasonKind.RESULT_AHEAD, LENA: ReasonKind.PLAN})
        there.meeting(MONDAY, {"section": "numbers", "done_in": None})
        there.session(SAM, MONDAY)
        there.contact(TOUCH, SAM, MONDAY, "the Acme renewal")
        there.contact(TOUCH, LENA, MONDAY)
        there.contact(TOUCH, RAJ, MONDAY, "ahead of plan")
        there.contact(TOUCH, RAJ, MONDAY + DAY, "and one more")
    found = november(office)
    assert found.left_out == {Unknown.MEETING: 1, Unknown.SESSION: 1, Unknown.CONTACT: 3}
    assert found.parts == {Part.CONTACT: Share(10, 10), Part.LIST: Share(5, 10)}


def test_a_plan_that_stays_is_not_written_again_and_one_that_changes_is(office: Office) -> None:
    plan = {"plan": "win the north", "activity": "visits", "a_week": 3}
    with past(office) as tx:
        there = Past(office, tx)
        there.session(SAM, date(2026, 10, 5), territory=plan)
        there.session(SAM, MONDAY, territory=plan)
        there.session(LENA, MONDAY, territory=plan)
        there.session(SAM, MONDAY + DAY, territory={**plan, "a_week": 4})
    assert november(office).parts == {Part.SESSION: Share(0, 20)}
    assert november(office).left_out == {Unknown.SESSION: 1}


def test_what_somebody_else_did_is_not_the_managers(office: Office) -> None:
    with past(office) as tx:
        there = Past(office, tx)
        there.list(MONDAY, {RAJ: ReasonKind.RESULT_AHEAD})
        there.contact(TOUCH, RAJ, MONDAY, "from the stand-in", by=KIM)
        there.contact(FIELD_DAY, SAM, MONDAY, by=KIM)
        there.meeting(MONDAY, {"section": "numbers"})
        absences.add(tx, office.person(DANA).id, MONDAY, MONDAY, office.person(KIM).id)
    assert november(office).parts == {}
    assert november(office).left_out == {}


def test_an_items_minutes_go_its_own_way(office: Office) -> None:
    with past(office) as tx:
        item = {"section": "ahead", "minutes": 4, "direction": Direction.REAR_VIEW}
        Past(office, tx).meeting(MONDAY, item, {"section": "ahead"})
    assert november(office).parts == {Part.MEETING: Share(4, 10)}


def test_a_reason_is_used_by_the_first_contact_of_its_week_in_the_month_of_that(
    office: Office,
) -> None:
    with past(office) as tx:
        there = Past(office, tx)
        there.list(date(2026, 10, 26), {SAM: ReasonKind.PLAN, LENA: ReasonKind.PLAN})
        there.contact(TOUCH, SAM, date(2026, 10, 30), "on Friday")
        there.contact(TOUCH, SAM, NOVEMBER, "on Sunday")
        there.contact(TOUCH, LENA, NOVEMBER, "on Sunday")
        there.contact(TOUCH, LENA, NOVEMBER + DAY, "in another week")
    assert november(office).parts == {Part.CONTACT: Share(0, 10), Part.LIST: Share(0, 5)}
    assert november(office).left_out == {Unknown.CONTACT: 2}


def test_a_quiet_line_once(office: Office) -> None:
    with past(office) as tx:
        there = Past(office, tx)
        for month in (9, 10):
            for week in range(6):
                there.session(SAM, date(2026, month, 3 + week), "behind")
    october, later = read(office, at(date(2026, 10, 20))), read(office)
    assert october.to_say is not None
    assert october.to_say.month == date(2026, 9, 1)
    assert later.to_say is None


def test_only_a_manager_has_one(office: Office) -> None:
    with past(office) as tx:
        Past(office, tx).session(SAM, MONDAY, "behind")
    office.team(KEN, KIM)
    with pytest.raises(ForManagers):
        office.asks(own_balance, SAM, NOW)
    assert all(not one.parts for one in office.asks(own_balance, KEN, NOW)[1].months)


def test_it_asks_and_reads_as_much_for_thirty_reps_as_for_three(office: Office) -> None:
    def cost(reps: Iterable[str]) -> Cost:
        with past(office) as tx:
            there = Past(office, tx)
            for rep in reps:
                there.session(rep, MONDAY, "behind", pipeline={"changed": "two moved"})
                there.contact(FIELD_DAY, rep, MONDAY + DAY)
                there.contact(TOUCH, rep, MONDAY + 2 * DAY, "something")
        with counting(office.database) as counted:
            read(office)
        return counted.cost

    few = cost((SAM, LENA, RAJ))
    more = [f"UREP{number}" for number in range(27)]
    for rep in more:
        office.meets(rep)
    assert cost(more) == few
    assert few.statements <= 12
