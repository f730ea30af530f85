"""Two teams are joined: the one is over, its manager leads it no more, nothing of it is lost."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.accounts.dates import SaidDate
from bot.domain.accounts.visits import Visit
from bot.domain.binder.handover import HandoverState
from bot.domain.contacts.touches import TouchEntry
from bot.domain.delivery import MessageKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.meetings.meetings import Dropped
from bot.domain.promises import Owner, RaisedEntry
from bot.domain.team.memberships import QuestionState
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone, NoTeam, NotYours
from bot.services import field_days, home
from bot.services.binder import handover, moving, search, stayed
from bot.services.binder.handover import Passed
from bot.services.contacts import private_notes, raising, touches
from bot.services.meetings import meetings as services
from bot.services.meetings import series
from bot.services.results import director
from bot.services.team import erasure, memberships, setup
from bot.services.team.overview import of_workspace
from bot.services.todo import lists, sending
from bot.views.binder.handover import build_offer
from storage import promises
from storage.accounts import accounts, acquaintances, dates, transitions
from storage.binder import handovers
from storage.contacts import interactions
from storage.database.engine import Database
from storage.delivery import schedules
from storage.meetings import meetings, swaps
from storage.models import Schedule, Topic, TopicSet
from storage.team import memberships as questions
from storage.team import moves, people, teams
from tests.services.history import NOW as HISTORY_NOW
from tests.services.history import seed
from tests.services.monday import (
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    RAJ,
    SAM,
    WED,
    Office,
    at,
)
from tests.services.rides import sent
from tests.storage.own_rows import select_own, update_own

NOW = at(MON, 15)
NORA = "U0NORA"
MARCH = date(2027, 3, 1)


@pytest.fixture
def two(office: Office) -> Office:
    """Dana's team of three, and Ken's of one, Ines; Nora is there too."""
    office.meets(NORA)
    office.team(KEN, INES)
    return office


def joins(office: Office, giver: str = DANA, receiver: str = KEN, **more: Any) -> Passed:
    asked = {"join": True, "dry_run": False} | more
    return handover.by_operator(
        office.database, office.workspace_id, giver, receiver, None, NOW, **asked
    )


def teams_of(office: Office, *managers: str) -> list[Team]:
    with office.database.reading(office.workspace_id) as tx:
        return [team for one in managers if (team := teams.of_manager(tx, one)) is not None]


def test_whoever_gave_it_away_leads_it_no_more_and_begins_anew(two: Office) -> None:
    dana, ken = teams_of(two, DANA, KEN)
    two.asks(director.share, DANA, KIM, NOW)
    joins(two)
    assert teams_of(two, DANA) == []
    assert two.asks(home.home, DANA, NOW).manager is None
    with pytest.raises(NoTeam):
        two.asks(director.to_share, DANA, NOW)
    assert two.asks(director.teams_of, KIM, NOW).lines == ()
    by_id = {one.team.id: one for one in of_workspace(two.database, two.workspace_id, NOW)}
    assert by_id[dana.id].joined_to == ken.manager
    assert by_id[ken.id].reps == 4
    new = two.team(DANA, KIM, now=NOW)
    assert new not in (dana.id, ken.id)
    with two.database.reading(two.workspace_id) as tx:
        assert {team.id for team in teams.all_teams(tx)} == {new, ken.id}
        # What was joined with a team goes with it into a third.
    joins(two, KEN, DANA)
    with two.database.reading(two.workspace_id) as tx:
        assert {one.joined_to for one in teams.get_many(tx, [dana.id, ken.id])} == {new}


def test_what_is_the_teams_alone_goes_along(two: Office) -> None:
    dana, ken = teams_of(two, DANA, KEN)
    with two.database.writing(two.workspace_id) as tx:
        known = people.get_many(tx, [SAM, LENA])
        asked = {"team_id": dana.id, "made_on": MON, "due_on": FRI}
        made = [
            meetings.promise(tx, owner_id=known[SAM].id, what=what, kept_on=kept, **asked)
            for what, kept in (("draft the letter", None), ("book the room", MON))
        ]
        own = accounts.ensure(tx, dana.id, ["Acme", "Northwind", "Hooli"])
        (acme,) = [one for one in [accounts.get(tx, own["Acme"])] if one is not None]
        accounts.add_spelling(tx, acme, "Acme Corp.")
        (there,) = accounts.ensure(tx, ken.id, ["ACME Corp."]).values()
        accounts.tick_key(tx, own["Hooli"], is_key=True)
        for name, what in (("Acme", "renewal"), ("Northwind", "tender")):
            made_date = dates.add(tx, dana.id, SaidDate(own[name], name, what, MARCH))
            dates.say(tx, made_date, name, MON)
        transitions.keep(
            tx, dana.id, known[SAM].id, [own["Hooli"]], known[LENA].id, FRI, planned_on=MON
        )
    joins(two)
    with two.database.reading(two.workspace_id) as tx:
        assert [one.id for one in meetings.open_promises(tx, [ken.id])] == made[:1]
        assert meetings.open_promises(tx, [dana.id]) == []
        assert [one.id for one in meetings.promised_elsewhere(tx, ken.id)] == made[:1]
        found = {one.name: one for one in accounts.of_teams(tx, [ken.id])}
        assert set(found) == {"ACME Corp.", "Northwind", "Hooli"}
        assert found["ACME Corp."].id == there
        assert found["Hooli"].is_key
        # However it was spelled in either team, it leads to the one.
        assert {accounts.named(tx, ken.id, name) for name in ("Acme", "acme corp.")} == {there}
        said = {(one.account, one.what, one.day) for one in dates.of_team(tx, ken.id)}
        assert said == {("ACME Corp.", "renewal", MARCH), ("Northwind", "tender", MARCH)}
        (passing,) = transitions.of_teams(tx, [ken.id])
        assert (passing.account, passing.takes_over.slack_id) == ("Hooli", LENA)


def test_everybody_who_is_was_or_is_to_be_on_it_goes_along_with_their_history(two: Office) -> None:
    """Lena left the team, Raj left Slack, Kim is to come, and Sam is to leave."""
    dana, ken = teams_of(two, DANA, KEN)
    for rep in (SAM, LENA, RAJ):
        visits = FieldDayNotes((Visit(f"Firm of {rep}", "Jo Lee", ""),))
        entry = sent(FieldDayEntry(rep, MON, visits), f"form-{rep}")
        two.asks(field_days.log_step, DANA, entry, NOW)
        two.promises(Owner.MANAGER, rep, f"call {rep}", WED, NOW)
    two.team(DANA, SAM, RAJ, KIM, now=NOW)
    two.place(KIM, FRI, None, NOW)
    two.place(SAM, MON - timedelta(days=9), FRI, NOW)
    two.meets(RAJ, active=False)
    dry = joins(two, dry_run=True)
    done = joins(two)
    assert done.moved == dry.moved
    assert done.moved is not None
    assert (done.moved.field_days, done.moved.promises) == (3, 3)
    with two.database.reading(two.workspace_id) as tx:
        seats = {one.rep.slack_id: one for one in teams.members(tx, ken.id)}
        assert set(seats) == {INES, SAM, LENA, RAJ, KIM}
        assert (seats[SAM].joined_on, seats[SAM].left_on) == (MON, FRI)
        assert (seats[LENA].left_on, seats[RAJ].left_on) == (MON, None)
        assert (seats[KIM].joined_on, seats[KIM].left_on) == (FRI, None)
        assert all(one.is_over(FRI) for one in teams.members(tx, dana.id))
        assert {one.rep.slack_id for one in interactions.of_team(tx, ken.id)} == {SAM, LENA, RAJ}
        assert len(promises.of_team(tx, ken.id)) == 3
        known = {one.person.slack_id for one in acquaintances.of_teams(tx, [ken.id])[ken.id]}
        assert known == {SAM, LENA, RAJ, DANA}
        assert [one.rep.slack_id for one in moves.waiting(tx)] == [KIM]
    # What is written until the day comes goes along on that day.
    with two.database.writing(two.workspace_id) as tx:
        moving.carry_due(tx, [ken.id], at(FRI, 1))
    assert KIM in {row.slot.rep.slack_id for row in two.week(at(FRI, 9), KEN).rows}


def test_who_was_to_come_to_it_comes_to_the_other(two: Office) -> None:
    """Kim is on a third team, and a roster moves her to Dana's on Friday."""
    dana, ken = teams_of(two, DANA, KEN)
    two.team(NORA, KIM)
    third = teams_of(two, NORA)[0]
    two.touches(KIM, MON, NOW, "form-third", NORA)
    with two.database.writing(two.workspace_id) as tx:
        kim = people.get_many(tx, [KIM])[KIM]
        moving.move_rep(tx, kim, third, dana, FRI, NOW)
    joins(two)
    for team_id in (dana.id, ken.id):
        with two.database.writing(two.workspace_id) as tx:
            moving.carry_due(tx, [team_id], at(FRI, 1))
    with two.database.reading(two.workspace_id) as tx:
        assert [one.rep.slack_id for one in interactions.of_team(tx, ken.id)] == [KIM]
        assert {team.id for team, _ in teams.memberships_of(tx, KIM, FRI)} == {ken.id}


def test_what_waited_is_ended_and_nothing_of_it_is_due(two: Office) -> None:
    dana, ken = teams_of(two, DANA, KEN)
    settings = replace(dana.settings, meeting_days=(0, 2), meeting_time=time(16), channel="C0TEAM")
    with two.database.writing(two.workspace_id) as tx:
        teams.change(tx, dana.id, settings)
        series.follow_series(tx, replace(dana, settings=settings), NOW)
    with two.database.writing(two.workspace_id) as tx:
        known = people.get_many(tx, [SAM, LENA, KIM])
        first, second = meetings.to_come(tx, [dana.id])[:2]
        meetings.change(tx, first.id, out_at=NOW)
        swap = swaps.ask(
            tx,
            team_id=dana.id,
            meeting_id=second.id,
            holder_id=known[SAM].id,
            asked_id=known[LENA].id,
            asked_by_id=dana.manager.id,
            day=second.day,
            at=second.at,
            until=NOW + timedelta(days=1),
            state="asked",
            form="form-swap",
        )
    two.team(NORA, KIM)
    # Dana asks for Kim, and the third for Sam; the third's manager gets neither yet.
    setup.choose_reps(two.database, two.actor(DANA), (SAM, LENA, RAJ, KIM), NOW)
    setup.choose_reps(two.database, two.actor(NORA), (KIM, SAM), NOW)
    two.touches(LENA, MON, NOW, "form-lena")
    two.asks(memberships.not_my_manager, LENA, dana.id, NOW)
    offers = [
        two.asks(handover.offer, DANA, rep, NORA, "", f"form-{rep}", NOW).handover.id
        for rep in (RAJ, None)
    ]
    listed = two.posts(NOW, dana.id)
    joins(two)
    with two.database.reading(two.workspace_id) as tx:
        after = meetings.get_many(tx, [first.id, second.id])
        assert {one.dropped for one in after.values()} == {Dropped.JOINED}
        assert meetings.to_come(tx, [dana.id]) == []
        assert swaps.get_many(tx, [swap])[swap].state == "ended"
        assert {handovers.get_many(tx, offers)[one].state for one in offers} == {
            HandoverState.WITHDRAWN
        }
        due = select_own(Schedule, Schedule.kind).where(Schedule.team_id == dana.id)
        assert tx.all(due) == []
        third = teams.of_manager(tx, NORA)
        assert third is not None
        asked = questions.about(tx, dana.id, known[KIM].id)
        assert asked is not None
        assert asked.state is QuestionState.OVER
        asked = questions.about(tx, third.id, known[SAM].id)
        assert asked is not None
        assert (asked.state, asked.first_team_id) == (QuestionState.ASKED, ken.id)
        assert schedules.items_due(tx, [third.id], MessageKind.MEMBERSHIP_ASK) == {
            third.id: [asked.id]
        }
    offered = handover.due(two.database, two.workspace_id, offers, NOW)
    for view in offered.values():
        assert "team went on to somebody else" in str(build_offer(view))
    (shown,) = sending.remake_posted_lists(
        two.database, two.workspace_id, [sending.PostedList(listed.subject, dana.manager.id)], NOW
    )
    assert isinstance(shown, sending.NotForReader)
    assert shown.team.id == ken.id
    # Whoever presses what stands of it reads whose it is now.
    slot = two.slot(SAM, NOW, KEN)
    with pytest.raises(NotYours):
        two.asks(lists.done, DANA, slot, NOW)
    for who in (DANA, SAM):
        with pytest.raises(NotYours) as refused:
            two.asks(services.drop, who, first.id, Dropped.SKIPPED, NOW)
        assert refused.value.owner == two.person(KEN).name


def test_what_was_the_managers_alone_stays_with_them_and_they_can_be_erased(two: Office) -> None:
    dana, _ = teams_of(two, DANA, KEN)
    entry = TouchEntry(SAM, None, MON, "the ferry")
    logged = two.asks(touches.log_form, DANA, entry, "form-ferry", NOW).touch.id
    two.asks(private_notes.add, DANA, logged, "seems tired", "form-note")
    said = RaisedEntry("", "I may move away", between_us=True)
    raised = two.asks(raising.raise_something, SAM, said, "form-said", NOW)
    notes = FieldDayNotes((Visit("Acme", "", ""),), strength="listens", focus="ask once more")
    two.asks(field_days.log_step, DANA, sent(FieldDayEntry(SAM, MON, notes), "form-ride"), NOW)
    joins(two)
    with two.database.reading(two.workspace_id) as tx:
        due = schedules.items_due(tx, [dana.id], MessageKind.RAISED)
        assert due == {dana.id: [raised.promise.id]}
    left = two.asks(stayed.to_take, DANA, NOW)
    assert [str(one.what) for one in left.between_us] == ["I may move away"]
    assert {str(one.private_note) for one in left.contacts} == {"None", "seems tired"}
    words = [text for one in left.contacts for _, text in one.words]
    assert words == ["listens", "ask once more"]
    assert two.asks(home.home, DANA, NOW).stayed is not None
    with pytest.raises(Gone):
        two.asks(stayed.of_actor, KEN, NOW)
    (page,) = [one for one in two.asks(home.home, SAM, NOW).on_teams if one.is_over]
    assert (page.team.manager.slack_id, page.moved_to) == (DANA, two.person(KEN).name)
    assert [str(one.what) for one in page.raised] == ["I may move away"]
    # Led anew by the one who gave it away, what stayed is there still.
    handover.by_operator(
        two.database, two.workspace_id, KEN, DANA, None, NOW, join=False, dry_run=False
    )
    assert two.asks(stayed.of_actor, DANA, NOW).unshared == 1
    handover.by_operator(
        two.database, two.workspace_id, DANA, KEN, None, NOW, join=False, dry_run=False
    )
    erasure.erase(two.database, two.workspace_id, DANA, NOW)
    with two.database.reading(two.workspace_id) as tx:
        assert people.get(tx, DANA) is None
        (team,) = teams.get_many(tx, [dana.id])
        assert team.manager.name == "a former manager"


def test_whoever_waited_for_the_giver_to_be_free_takes_what_they_waited_for(two: Office) -> None:
    two.team(NORA, KIM)
    offered = two.asks(handover.offer, NORA, None, DANA, "", "form", NOW)
    two.asks(handover.wait, DANA, offered.handover.id, NOW)
    joins(two)
    (led,) = teams_of(two, DANA)
    with two.database.reading(two.workspace_id) as tx:
        assert [one.rep.slack_id for one in teams.members(tx, led.id)] == [KIM]


def test_the_last_rep_moved_away_alone_leaves_a_team_that_goes_on(two: Office) -> None:
    (dana,) = teams_of(two, DANA)
    for rep in (SAM, LENA, RAJ):
        handover.by_operator(
            two.database, two.workspace_id, DANA, KEN, rep, NOW, join=False, dry_run=False
        )
    assert teams_of(two, DANA) == [dana]
    two.team(DANA, KIM, now=NOW)
    assert {row.slot.rep.slack_id for row in two.week(NOW).rows} == {KIM}


def test_a_topic_reads_down_the_sessions_of_both_teams_under_what_it_was_called(
    database: Database, workspace_id: int
) -> None:
    """Dana's team calls the pipeline Deals, and has a topic that the other has not."""
    for manager in ("U0DANA", "U0RAJ"):
        seed(database, workspace_id, manager, reps=1, weeks=6)
    with database.writing(workspace_id) as tx:
        dana = teams.of_manager(tx, "U0DANA")
        assert dana is not None
        of_dana = Topic.topic_set_id.in_(select(TopicSet.id).where(TopicSet.team_id == dana.id))
        update_own(tx, Topic, of_dana, Topic.key == "pipeline", title="Deals")
        update_own(tx, Topic, of_dana, Topic.key == "activity", key="coaching", title="Coaching")
    handover.by_operator(
        database, workspace_id, "U0DANA", "U0RAJ", None, HISTORY_NOW, join=True, dry_run=False
    )
    actor = Actor(workspace_id, "U0RAJ")

    def titled(rep: str, key: str) -> tuple[str, int]:
        found = search.history(database, actor, rep, key, HISTORY_NOW)
        return found.title, len(found.said)

    assert titled("U0RAJX000", "pipeline") == ("Pipeline", 3)
    assert titled("U0DANAX000", "pipeline") == ("Deals", 3)
    assert titled("U0DANAX000", "coaching") == ("Coaching", 3)
    with pytest.raises(Gone):
        titled("U0DANAX000", "activity")
    # Sessions to come are held with the topics of the team that goes on.
    page = search.plans(database, actor, "U0DANAX000", HISTORY_NOW)
    assert "coaching" not in {topic.key for topic in page.topics}
