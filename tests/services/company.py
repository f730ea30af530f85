"""A workspace of teams that all meet at one hour, and the weeks before that."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import DeliveryState, MessageKind, Subject
from bot.domain.promises import Owner
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.settings import DEFAULT_SECTIONS, TeamSettings
from bot.domain.team.teams import Team
from bot.services.meetings import series
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.models import (
    AgendaItem,
    Appointment,
    Carried,
    Delivery,
    FieldDay,
    Interaction,
    IssueOfTheDay,
    Meeting,
    PostedMessage,
    Preparation,
    Promise,
    Session,
    SessionTopic,
    Sharing,
    TeamPromise,
    TimeOff,
)
from storage.sessions import plans, sessions
from storage.team import teams
from storage.workspaces import installs
from tests.services.counting import PATIENCE
from tests.services.kept_results import keep_readings
from tests.services.monday import BERLIN, MON, WEEK, at
from tests.storage.own_rows import select_own
from tests.storage.world import add_people

STARTS = time(9)
LEAD = timedelta(hours=1)
LASTS = timedelta(minutes=45)
SETTLED = TeamSettings(zone=BERLIN, channel="C0TEAM", meeting_days=(0,), meeting_time=STARTS)
DAY = timedelta(days=1)
PAIRED = "opening a cold call"
"""What one rep of each team does well, and the others work on."""


@dataclass(frozen=True)
class Company:
    """Teams whose meeting is on `MON` at nine, each with a session planned for the Wednesday."""

    database: Database
    workspace_id: int
    teams: tuple[Team, ...]
    meetings: tuple[int, ...]
    """The meeting of each on `MON`, in the order of the teams."""
    sessions: tuple[int, ...]
    """The session planned of each."""

    @property
    def team_ids(self) -> list[int]:
        return [team.id for team in self.teams]

    def dues(self, at: datetime) -> list[tuple[int, datetime]]:
        """All the meetings, due then."""
        return [(meeting, at) for meeting in self.meetings]


def company(database: Database, name: str, *, count: int, reps: int, weeks: int) -> Company:
    """So many teams with so many reps each, and so many weeks behind them.

    Every week a meeting in which an item was done, one carried and a promise made that was kept,
    and a contact a rep; every fourth a session and a field day with each rep, a promise kept, days
    away, an issue of the day. Nobody has left: who was ever on a team is read for as long as it is
    there, so that an agenda shows nothing about them.
    """
    workspace_id = installs.ensure(database, name, name)
    begun = at(MON - (weeks + 1) * WEEK)
    with database.writing(workspace_id, patience=PATIENCE) as tx:
        managers = add_people(tx, [f"M{number:03}" for number in range(count)])
        teams.create_all(tx, [(manager, SETTLED) for manager in managers.values()], begun)
        found = sorted(teams.all_teams(tx), key=lambda team: team.id)
        for number, team in enumerate(found):
            people = add_people(tx, [f"U{number:03}X{rep:03}" for rep in range(reps)])
            memberships = [(team.id, rep, begun.date()) for rep in people.values()]
            teams.add_members(tx, memberships)
            for place in teams.members(tx, team.id):
                teams.mark_introduced(tx, place.id, begun)
            _live(tx, team, list(people.values()), weeks)
        series.follow_all(tx, found, at(MON - WEEK) + DAY)
        rows = tx.all(
            select_own(Meeting, Meeting.team_id, Meeting.id).where(Meeting.planned_for == MON)
        )
        held = {row.team_id: row.id for row in rows}
        planned = {
            row.team_id: row.id
            for row in tx.all(
                select_own(Appointment, Appointment.team_id, Appointment.id).where(
                    Appointment.day == MON + 2 * DAY
                )
            )
        }
    return Company(
        database,
        workspace_id,
        tuple(found),
        tuple(held[team.id] for team in found),
        tuple(planned[team.id] for team in found),
    )


def _live(tx: Transaction, team: Team, reps: list[int], weeks: int) -> None:
    """The weeks behind a team, and what is open now."""
    mondays = [MON - n * WEEK for n in range(weeks, 0, -1)]
    months = mondays[::4]
    past = [_past(team, reps, number, day) for number, day in enumerate(mondays)]
    tx.insert_all(Meeting, past)
    held = [
        row.id
        for row in tx.all(
            select_own(Meeting, Meeting.id).where(Meeting.team_id == team.id).order_by(Meeting.day)
        )
    ]
    done = [
        _item(team, f"done {number}", done_in=held[number], dropped_at=None, added_on=day - WEEK)
        for number, day in enumerate(mondays)
    ]
    gone = [
        _item(team, f"gone {number}", done_in=None, dropped_at=at(day), added_on=day - WEEK)
        for number, day in enumerate(mondays)
    ]
    waits = [_item(team, f"open {number}", done_in=None, dropped_at=None) for number in range(2)]
    tx.insert_all(AgendaItem, [*done, *gone, *waits])
    dropped = [
        row.id
        for row in tx.all(
            select_own(AgendaItem, AgendaItem.id).where(
                AgendaItem.team_id == team.id, AgendaItem.dropped_at.is_not(None)
            )
        )
    ]
    tx.insert_all(
        Carried,
        [
            {"meeting_id": meeting, "item_id": item}
            for meeting, item in zip(held, dropped, strict=True)
        ],
    )
    promises = [
        _promised(team, reps[0], number, day, held[number]) for number, day in enumerate(mondays)
    ]
    tx.insert_all(TeamPromise, [*promises, _promised(team, reps[0], weeks, None, None)])
    tx.insert_all(Delivery, [_sent(team, held[n], day) for n, day in enumerate(mondays)])
    tx.insert_all(PostedMessage, [_stands(one) for one in held])
    contacts = [
        _contact(team, rep, InteractionKind.TOUCH, day) for day in mondays for rep in reps
    ] + [
        _contact(team, rep, kind, day + DAY)
        for day in months
        for rep in reps
        for kind in (InteractionKind.SESSION, InteractionKind.FIELD_DAY)
    ]
    tx.insert_all(Interaction, contacts)
    _write_down(tx, team)
    monthly = [(rep, day) for day in months for rep in reps]
    kept = [_kept(team, rep, day, day) for rep, day in monthly]
    fresh = [_kept(team, rep, MON - 3 * DAY, None) for rep in reps]
    tx.insert_all(Promise, [*kept, *fresh])
    tx.insert_all(TimeOff, [_off(who, day) for who, day in monthly])
    tx.insert_all(TimeOff, [_off(team.manager.id, day) for day in months])
    issues = [_issue(team, day, day + DAY) for day in months]
    tx.insert_all(IssueOfTheDay, [*issues, _issue(team, MON, MON + WEEK)])
    earlier = [_appointment(team, reps[0], day, after=0) for day in months]
    newest = tx.first(select(Interaction.id).order_by(Interaction.id.desc()).limit(1)).id
    tx.insert_all(Appointment, [*earlier, _appointment(team, reps[0], MON + 2 * DAY, after=newest)])
    (planned,) = tx.all(
        select_own(Appointment, Appointment.id).where(
            Appointment.team_id == team.id, Appointment.day == MON + 2 * DAY
        )
    )
    tx.insert(
        Preparation, appointment_id=planned.id, key="pipeline", text="Hooli", sent_at=at(MON - DAY)
    )
    keep_readings(tx, team.id, reps[0], (MON - 4 * DAY, 30, 0), (MON - 3 * DAY, 30, 1))


def _write_down(tx: Transaction, team: Team) -> None:
    """What was said in the sessions and seen in the field days of a team."""
    topic_set = sessions.add_set(tx, team.id, 1, DEFAULT_TOPICS)
    topics = sessions.topics(tx, team.id, topic_set)
    rows = tx.all(
        select_own(Interaction, Interaction.id, Interaction.kind, Interaction.rep_id).where(
            Interaction.team_id == team.id, Interaction.kind != InteractionKind.TOUCH
        )
    )
    held = [row.id for row in rows if row.kind is InteractionKind.SESSION]
    rep_of = {row.id: row.rep_id for row in rows}
    reps = sorted(set(rep_of.values()))
    out = [row.id for row in rows if row.kind is InteractionKind.FIELD_DAY]
    tx.insert_all(
        Session,
        [
            {"interaction_id": one, "topic_set_id": topic_set, "results": "", "shared_note": ""}
            for one in held
        ],
    )
    tx.insert_all(
        SessionTopic,
        [
            {
                "interaction_id": one,
                "topic_id": topic.id,
                "plan": f"plan {one}",
                "changed": "",
                "next_step": "",
            }
            for one in held
            for topic in topics
        ],
    )
    plans.follow(tx, {(team.id, row.rep_id) for row in rows})
    tx.insert_all(
        FieldDay,
        [
            {
                "interaction_id": one,
                "rep_view": "",
                "strength": PAIRED if rep_of[one] == reps[0] else "",
                "focus": f"focus {one}" if rep_of[one] == reps[0] else PAIRED,
                "market": f"market {one}",
            }
            for one in out
        ],
    )
    shared = {"shared_at": at(MON - WEEK), "rep_words": ""}
    tx.insert_all(
        Sharing, [{"interaction_id": one, "rep_id": rep_of[one], **shared} for one in out]
    )


def _past(team: Team, reps: list[int], number: int, day: date) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "planned_for": day,
        "planned_day": day,
        "planned_at": STARTS,
        "day": day,
        "at": STARTS,
        "minutes": 45,
        "place": "",
        "lead": 60,
        "sections": DEFAULT_SECTIONS,
        "leader_id": reps[number % len(reps)],
        "out_at": at(day, 8),
        "closed_at": at(day, 10),
    }


def _item(team: Team, text: str, **values: Any) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "author_id": team.manager.id,
        "text": text,
        "section": "ahead",
        "approved": True,
        "added_on": MON - WEEK,
        "form": f"{team.id}:{text}",
        **values,
    }


def _promised(
    team: Team, owner: int, number: int, kept_on: date | None, meeting: int | None
) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "meeting_id": meeting,
        "owner_id": owner,
        "what": "ask finance",
        "made_on": kept_on or MON - WEEK,
        "kept_on": kept_on,
        "form": f"{team.id}:promise {number}",
    }


def _sent(team: Team, meeting: int, day: date) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "kind": MessageKind.MEETING_AGENDA,
        "item": meeting,
        "due_at": at(day, 8),
        "state": DeliveryState.SENT,
        "attempts": 1,
        "try_at": at(day, 8),
        "channel": "C0TEAM",
        "ts": f"{meeting}.0",
    }


def _stands(meeting: int) -> dict[str, Any]:
    return {
        "subject": Subject(MessageKind.MEETING_AGENDA, meeting),
        "channel": "C0TEAM",
        "ts": f"{meeting}.0",
        "page": 0,
        "wanted_version": 1,
        "shown_version": 1,
    }


def _contact(team: Team, rep: int, kind: InteractionKind, day: date) -> dict[str, Any]:
    return {
        "kind": kind,
        "team_id": team.id,
        "rep_id": rep,
        "author_id": team.manager.id,
        "occurred_on": day,
        "occurred_at": at(day),
        "recorded_at": at(day),
        "about": "",
    }


def _kept(team: Team, rep: int, day: date, kept_on: date | None) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "rep_id": rep,
        "owner": Owner.REP,
        "what": "send the sheet",
        "made_on": day,
        "kept_on": kept_on,
        "closing_words": "",
    }


def _off(person: int, day: date) -> dict[str, Any]:
    return {"person_id": person, "starts_on": day, "ends_on": day + DAY}


def _issue(team: Team, starts_on: date, ends_on: date) -> dict[str, Any]:
    return {"team_id": team.id, "text": "price", "starts_on": starts_on, "ends_on": ends_on}


def _appointment(team: Team, rep: int, day: date, *, after: int) -> dict[str, Any]:
    return {
        "team_id": team.id,
        "rep_id": rep,
        "kind": InteractionKind.SESSION,
        "day": day,
        "made_on": day - WEEK,
        "after_contact": after,
    }
