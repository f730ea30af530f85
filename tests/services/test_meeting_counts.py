"""What meetings cost the database does not grow with the teams that meet at one hour, nor with
their reps, nor with the years behind them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery import DeliveryState, DueSchedule, MessageKind, Unsent
from bot.domain.team.settings import MeetingSettings
from bot.services.delivery.messages import list_subject
from bot.services.meetings import meetings, sending, series
from bot.services.meetings.series import agenda_subject, draft_subject
from bot.services.sessions import preparing
from bot.services.todo import schedule
from bot.services.todo import sending as todo
from bot.services.todo.sending import PostedList
from storage.database.engine import Database
from storage.delivery import messages
from storage.meetings import meetings as stored
from storage.models import AgendaItem, Delivery, Meeting, TeamPromise
from tests.services.company import LASTS, LEAD, STARTS, Company, company
from tests.services.counting import Cost, counting
from tests.services.monday import MON, WEEK, at
from tests.storage.own_rows import select_own, update_own

pytestmark = pytest.mark.slow

FEW, TEN_YEARS = 20, 520
"""Weeks of history; the few are as many as are looked back on."""

BEGINS = at(MON, STARTS.hour)
FRIDAY = at(MON - timedelta(days=3), 8)
OVER = BEGINS + LASTS
NUMBERS = (1, 8, 60)


def a_skill_is_told(here: Company) -> None:
    asked = here.dues(FRIDAY)
    answers = sending.skills_due(here.database, here.workspace_id, asked, FRIDAY)
    assert all(isinstance(one, sending.SkillToTell) for one in answers)


def a_draft_is_due(here: Company) -> None:
    asked = here.dues(FRIDAY)
    sent = sending.drafts_due(here.database, here.workspace_id, asked, FRIDAY)
    for one in sent:
        assert isinstance(one, sending.DraftToSend)
        assert one.agenda.suggestions
        assert one.agenda.agenda is not None
        assert one.agenda.pair or len(one.agenda.agenda.there) == 1


def a_draft_is_drawn(here: Company) -> None:
    posted = [
        (meeting, team.manager.id) for meeting, team in zip(here.meetings, here.teams, strict=True)
    ]
    drawn = sending.posted_drafts(here.database, here.workspace_id, posted, FRIDAY)
    assert all(drawn)


def an_agenda_is_due(here: Company) -> None:
    now = BEGINS - LEAD
    sent = sending.agendas_due(here.database, here.workspace_id, here.dues(now), now)
    assert all(isinstance(one, sending.AgendaToPost) for one in sent)


def an_agenda_is_drawn(here: Company) -> None:
    drawn = sending.posted_agendas(here.database, here.workspace_id, here.meetings, BEGINS)
    assert all(drawn)


def an_agenda_is_asked_about(here: Company) -> None:
    asked = sending.missing_due(here.database, here.workspace_id, here.dues(BEGINS), BEGINS)
    assert all(not isinstance(one, Unsent) for one in asked)


def a_meeting_begins(here: Company) -> None:
    with here.database.writing(here.workspace_id) as tx:
        meetings.roll_over(tx, here.team_ids, BEGINS)


def a_meeting_is_over(here: Company) -> None:
    with here.database.writing(here.workspace_id) as tx:
        meetings.roll_over(tx, here.team_ids, OVER)


def a_recap_is_due(here: Company) -> None:
    told = sending.recaps_due(here.database, here.workspace_id, here.dues(OVER), OVER)
    assert all(isinstance(one, sending.AgendaToPost) for one in told)


def what_got_done_is_asked(here: Company) -> None:
    asked = sending.questions_due(here.database, here.workspace_id, here.dues(OVER), OVER)
    assert all(not isinstance(one, Unsent) for one in asked)


def a_series_changes(here: Company) -> None:
    """Some meetings are moved to another hour, others taken back, and new ones made."""
    terms = MeetingSettings(minutes=30, place="Room 2")
    changed = [
        replace(
            team,
            settings=replace(
                team.settings, meeting_days=(0, 2), meeting_time=STARTS, meeting=terms
            ),
        )
        for team in here.teams
    ]
    with here.database.writing(here.workspace_id) as tx:
        series.follow_all(tx, changed, OVER)


def a_series_ends(here: Company) -> None:
    ended = [
        replace(team, settings=replace(team.settings, meeting_days=(), meeting_time=None))
        for team in here.teams
    ]
    with here.database.writing(here.workspace_id) as tx:
        series.follow_all(tx, ended, OVER)


def a_session_is_near(here: Company) -> None:
    dues = [(one, at(MON)) for one in here.sessions]
    notes = preparing.notes_due(here.database, here.workspace_id, dues, at(MON))
    for note in notes:
        assert not isinstance(note, Unsent)
        assert note.focus
        assert note.last
        assert note.contacts
        assert note.prepared
        assert note.paces


def schedules_are_due(here: Company) -> None:
    due = [DueSchedule(team, MessageKind.TODO_LIST, BEGINS) for team in here.team_ids]
    with here.database.writing(here.workspace_id) as tx:
        assert len(schedule.next_lists(tx, due, BEGINS)) == len(due)


def lists_turn(here: Company) -> None:
    with here.database.writing(here.workspace_id) as tx:
        todo.roll_over(tx, here.team_ids, BEGINS)


def a_list_is_due(here: Company) -> None:
    dues = [(team, BEGINS) for team in here.team_ids]
    sent = todo.make_due_lists(here.database, here.workspace_id, dues, BEGINS)
    assert all(isinstance(one, todo.ListToSend) for one in sent)


def a_list_is_drawn(here: Company) -> None:
    posted = [PostedList(list_subject(team.id, MON), team.manager.id) for team in here.teams]
    drawn = todo.remake_posted_lists(here.database, here.workspace_id, posted, BEGINS)
    assert all(drawn)


Step = Callable[[Company], None]
STEPS: tuple[Step, ...] = (
    a_skill_is_told,
    a_draft_is_due,
    a_draft_is_drawn,
    an_agenda_is_due,
    an_agenda_is_drawn,
    an_agenda_is_asked_about,
    schedules_are_due,
    a_meeting_begins,
    a_meeting_is_over,
    a_recap_is_due,
    what_got_done_is_asked,
    a_session_is_near,
    a_series_changes,
    a_series_ends,
    lists_turn,
    a_list_is_due,
    a_list_is_drawn,
)


def between(here: Company, step: Step) -> None:
    """What others do between the steps: messages stand, one item is ticked, an answer is lost."""
    with here.database.writing(here.workspace_id) as tx:
        if step is a_draft_is_due:
            for meeting, team in zip(here.meetings, here.teams, strict=True):
                subject = draft_subject(meeting)
                messages.remember(tx, subject, "D0", f"{meeting}.1", team.manager.id)
        if step is an_agenda_is_due:
            for meeting, team in zip(here.meetings, here.teams, strict=True):
                messages.remember(tx, agenda_subject(meeting), "C0TEAM", f"{meeting}.2")
                tx.insert(
                    Delivery,
                    team_id=team.id,
                    kind=MessageKind.MEETING_AGENDA,
                    item=meeting,
                    due_at=BEGINS - LEAD,
                    state=DeliveryState.ASKED,
                    attempts=1,
                    try_at=BEGINS,
                )
        if step is a_meeting_begins:
            for meeting, team in zip(here.meetings, here.teams, strict=True):
                ticked = AgendaItem.team_id == team.id, AgendaItem.text == "open 0"
                update_own(tx, AgendaItem, *ticked, done_in=meeting)
        if step is a_recap_is_due:
            # It turns out that nothing was written down.
            for meeting in here.meetings:
                update_own(tx, AgendaItem, AgendaItem.done_in == meeting, done_in=None)
                update_own(tx, TeamPromise, TeamPromise.meeting_id == meeting, meeting_id=None)
        if step is a_meeting_is_over:
            for meeting in here.meetings:
                assert stored.get_many(tx, [meeting])[meeting].closed_at == OVER
            # A draft of the next one was seen by half of the managers.
            coming = tx.all(
                select_own(Meeting, Meeting.id)
                .where(Meeting.planned_for == MON + WEEK)
                .order_by(Meeting.id)
            )
            for one in coming[::2]:
                messages.remember(tx, draft_subject(one.id), "D0", f"{one.id}.1")


def costs(here: Company, steps: Sequence[Step] = STEPS) -> dict[str, Cost]:
    """What each of the steps costs, one after the other."""
    found = {}
    for step in steps:
        with counting(here.database) as counted:
            step(here)
        found[step.__name__] = counted.cost
        between(here, step)
    return found


def test_a_meeting_costs_the_same_statements_for_any_number_of_teams(
    one_database: Database, subtests: pytest.Subtests
) -> None:
    found = {
        number: costs(company(one_database, f"T{number}", count=number, reps=2, weeks=FEW))
        for number in NUMBERS
    }
    for step in STEPS:
        with subtests.test(step.__name__):
            counts = [found[number][step.__name__].statements for number in NUMBERS]
            # Of one team alone nothing needs to be both dropped and removed.
            assert counts[1] == counts[2]
            assert counts[0] <= counts[1]


def test_a_meeting_costs_the_same_statements_for_any_reps_and_no_more_rows_with_the_years(
    one_database: Database, subtests: pytest.Subtests
) -> None:
    eight = costs(company(one_database, "REPS8", count=1, reps=8, weeks=FEW))
    sixty = costs(company(one_database, "REPS60", count=1, reps=60, weeks=FEW))
    old = costs(company(one_database, "OLD", count=1, reps=8, weeks=TEN_YEARS))
    for step, cost in eight.items():
        with subtests.test(step, reps=60):
            assert sixty[step].statements == cost.statements
            assert sixty[step].rows <= cost.rows * 60 / 8
        with subtests.test(step, weeks=TEN_YEARS):
            assert old[step].statements == cost.statements
            assert cost.rows <= old[step].rows <= cost.rows * 1.1


def test_two_hundred_teams_begin_and_end_each_within_one_bounded_transaction(
    one_database: Database,
) -> None:
    here = company(one_database, "T200", count=200, reps=8, weeks=2)
    found = costs(here, (a_meeting_begins, a_meeting_is_over))
    assert max(cost.statements for cost in found.values()) <= 30
