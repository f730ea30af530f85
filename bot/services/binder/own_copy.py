"""**My copy**: all that a rep may have of what is kept about them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.domain.accounts.transitions import Transition
from bot.domain.binder.own_copy import Entry, OwnCopy, OwnTeam
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.meetings.agenda import AgendaItem, TeamPromise
from bot.domain.promises import Promise
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sharing import passages_of_field_day, passages_of_session
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor, zone_named
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.who_sees import Thing
from bot.services.workspaces.authority import all_memberships_of
from bot.services.workspaces.naming import namable_in
from storage import appointments, field_days, promises, todo
from storage.accounts import transitions
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.results import results, saving
from storage.sessions import sessions, sharing
from storage.team import absences, people

PATIENCE = 60.0
"""Seconds to read it all: it comes as a message, and nobody waits for it with a form open."""


def own_copy(database: Database, actor: Actor, now: datetime) -> OwnCopy:
    """What who acts may have of what is kept about them, on every team they were ever on.

    Raises Gone for somebody who never was on one.
    """
    with database.reading(actor.workspace_id, patience=PATIENCE) as tx:
        person = people.get(tx, actor.slack_id)
        found = all_memberships_of(tx, actor.slack_id, now)
        if person is None or not found:
            raise Gone
        return OwnCopy(person, tuple(_team(tx, team, one) for team, one, _ in found))


def _team(tx: Transaction, team: Team, membership: Membership) -> OwnTeam:
    rep = membership.rep
    contacts = [one for one in interactions.of_team(tx, team.id) if one.rep.id == rep.id]
    held, notes = sessions.of_team(tx, team.id), field_days.of_team(tx, team.id)
    shared = sharing.of_interactions(tx, [one.id for one in contacts], with_objection=True)
    promised = promises.of_reps(tx, team.id, [rep.id])
    raised = [one for one in promised if one.raised_on is not None]
    owed = [one for one in promised if one.raised_on is None]
    items = [
        *agenda.open_items(tx, [team.id]),
        *(one for some in agenda.done_of_team(tx, team.id).values() for one in some),
    ]
    taken_on = [one for some in meetings.promises_of_team(tx, team.id).values() for one in some]
    spoken = {
        one.id: [
            *(passages_of_session(held[one.id]) if one.id in held else ()),
            *(passages_of_field_day(notes[one.id]) if one.id in notes else ()),
        ]
        for one in contacts
    }
    days_off = absences.of_people(tx, [(team.id, rep.id)])[team.id, rep.id]
    line: Entry = {
        "line": membership.first_line,
        "on_the_team_from": membership.joined_on,
        "until": membership.left_on,
    }
    shown: dict[Thing, Sequence[Entry]] = {
        Thing.PROFILE: [{"name": rep.name, "time_zone": rep.zone}],
        Thing.CONTACTS: [_contact(one) for one in contacts if one.kind is InteractionKind.TOUCH],
        Thing.FIRST_LINE: [line],
        Thing.DAYS_OFF: [{"from": one.starts_on, "until": one.ends_on} for one in days_off],
        Thing.RAISED: [_raised(one) for one in raised if not one.between_us],
        Thing.BETWEEN_US: [_raised(one) for one in raised if one.between_us],
        Thing.PROMISES: [_promise(one, team) for one in owed if one.shown],
        Thing.SHARED: [
            {**_of(one), "about": said.heading, "what": said.label, "words": said.text}
            for one in contacts
            if one.id in shared
            for said in spoken[one.id]
        ],
        Thing.PREPARED: [
            *(_prepared(*one) for one in appointments.prepared_by(tx, team.id, rep.id)),
            *(
                {**_of(one), "words": shared[one.id].rep_words}
                for one in contacts
                if one.id in shared and shared[one.id].rep_words
            ),
        ],
        Thing.SEEN: [
            *(_plan(one) for one in saving.of_team(tx, team.id) if one.rep.id == rep.id),
            *(
                {
                    **_of(one),
                    "seen_on": local_date(seen, zone_named(rep.zone, team.meeting_zone_name)),
                }
                for one in contacts
                if one.id in shared and (seen := shared[one.id].seen_at)
            ),
        ],
        Thing.REMEMBERED: [
            {
                **_of(one),
                "words": shared[one.id].objection,
                "stands_beside_the_text": shared[one.id].beside,
            }
            for one in contacts
            if one.id in shared and shared[one.id].objection
        ],
        Thing.PLANNED: [
            *(
                {"day": one.day, "kind": one.kind.value, "planned": True}
                for one in appointments.standing(tx, [team.id])
                if one.rep.id == rep.id
            ),
            *(_of(one) for one in contacts if one.kind is not InteractionKind.TOUCH),
        ],
        Thing.RESULTS: [
            one
            for result in results.of_rep(tx, team.id, rep.id, date.min, date.max)
            for one in _readings(result)
        ],
        Thing.ACCOUNTS: [
            *(
                {**_of(one), "account": visit.account, "people": visit.people}
                for one in contacts
                if one.id in notes
                for visit in notes[one.id].visits
            ),
            *(
                _passing(one)
                for one in transitions.of_teams(tx, [team.id])
                if rep.id in (one.leaves.id, one.takes_over.id)
            ),
        ],
        Thing.MEETINGS: list(_of_meetings(tx, team, items, taken_on, rep.id)),
    }
    counted = {
        Thing.WEEK: sum(one.rep.id == rep.id for one in todo.all_slots(tx, team.id)),
        Thing.PRIVATE: interactions.private_notes_about(tx, team.id, rep.id),
        Thing.FILES: sum(one.has_file for one in contacts),
        Thing.PROMISES: sum(not one.shown for one in owed),
        Thing.SHARED: sum(len(spoken[one.id]) for one in contacts if one.id not in shared),
        Thing.FOR_THEMSELVES: sum(
            bool(held[one.id].notes.results) if one.id in held else False for one in contacts
        )
        + sum(
            bool(words)
            for one in contacts
            if one.id in notes
            for words in (notes[one.id].rep_view, notes[one.id].market)
        ),
        Thing.ISSUES: len(todo.issues(tx, [team.id], date.min)[team.id]),
    }
    return OwnTeam(
        team.manager.name,
        {thing: entries for thing, entries in shown.items() if entries},
        {thing: count for thing, count in counted.items() if count},
    )


def _prepared(day: date, words: str) -> Entry:
    return {"day": day, "words": words}


def _passing(one: Transition) -> Entry:
    return {
        "day": one.day,
        "account": one.account,
        "from": one.leaves.name,
        "to": one.takes_over.name,
    }


def _readings(result: Result) -> Iterator[Entry]:
    """Results as they are."""
    for reading in result.readings:
        yield {
            "metric": result.metric.name,
            "unit": result.metric.unit,
            "period_from": result.period.start,
            "through": result.period.end,
            "target": f"{reading.target:f}",
            "reached": f"{reading.actual:f}",
            "as_of": reading.as_of,
        }


def _plan(plan: SaveItPlan) -> Entry:
    return {
        "made_on": plan.made_on,
        "plan_for": plan.metric,
        "period_from": plan.period.start,
        "through": plan.period.end,
        "a_week": str(plan.a_week),
        "of": plan.leading,
        "who_helps": plan.helper,
        "looked_at_on": plan.check_on,
        "what_helped": plan.helped,
    }


def _of(contact: Interaction) -> dict[str, str | date | bool | None]:
    return {"day": contact.occurred_on, "kind": contact.kind.value}


def _contact(contact: Interaction) -> Entry:
    said: Entry = {"day": contact.occurred_on, "channel": contact.channel, "about": contact.about}
    return {**said, "with_a_file": True} if contact.has_file else said


def _raised(promise: Promise) -> Entry:
    return {
        "raised_on": promise.raised_on,
        "asked_for_time": promise.for_time,
        "words": promise.what,
        **_closing(promise),
    }


def _promise(promise: Promise, team: Team) -> Entry:
    owner = team.manager.name if promise.answer is None else promise.rep.name
    return {
        "of": owner,
        "words": promise.what,
        "your_answer": promise.answer,
        "by": promise.due_on,
        **_closing(promise),
    }


def _closing(promise: Promise) -> dict[str, str | date | bool | None]:
    return {
        "kept_on": promise.kept_on,
        "let_go_on": promise.dropped_on,
        "why": promise.closing_words,
    }


def _of_meetings(
    tx: Transaction,
    team: Team,
    items: Iterable[AgendaItem],
    taken_on: Iterable[TeamPromise],
    rep_id: int,
) -> Iterator[Entry]:
    """What the rep added for the team's meetings, with what came of it as the team may read it,
    and what they took on there."""
    own = [item for item in items if item.author is not None and item.author.id == rep_id]
    namable = namable_in(tx, team, *(item.outcome for item in own))
    for item in own:
        fine = namable.in_words(item.came_of_it) is None
        yield {
            "day": item.added_on,
            "item": item.text,
            "outcome": item.outcome if fine else "",
        }
    for one in taken_on:
        if one.owner.id == rep_id:
            yield {"day": one.made_on, "you_took_on": one.what, "by": one.due_on}
