"""**My copy**: all that a rep may have of what is kept about them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from bot.domain.accounts.dates import AccountDate
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.own_copy import Entry, OwnCopy, OwnTeam
from bot.domain.contacts.cleared import ClearedLine
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.field_days import KeptFocus
from bot.domain.meetings.agenda import AgendaItem, TeamPromise
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.promises import Promise
from bot.domain.results.activity import ActivityAnswer
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import KeptPlan
from bot.domain.sessions.sharing import passages_of_field_day, passages_of_session
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.round_up import NotedOfYou
from bot.domain.workspaces.people import Actor, zone_named
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.who_sees import Thing
from bot.services.meetings.series import swap_subject
from bot.services.workspaces.authority import all_memberships_of
from bot.services.workspaces.naming import namable_in
from storage import appointments, field_days, promises, todo
from storage.accounts import dates, market, transitions
from storage.binder import calendars
from storage.contacts import cleared, interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda, meetings, swaps
from storage.results import activity, results, saving
from storage.sessions import plans, sessions, sharing
from storage.team import absences, moves, people

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
        months = found[0][0].kept_months
        pages = {team.id: team_copy(tx, team, one) for team, one, _ in found}
        for move in moves.of_rep(tx, person.id):
            if {move.from_id, move.to_id} <= pages.keys() and move.carried:
                there = pages[move.to_id]
                pages[move.from_id] = pages[move.from_id].but(there)
        return OwnCopy(person, tuple(pages.values()), months)


def team_copy(tx: Transaction, team: Team, membership: Membership) -> OwnTeam:
    """What is kept of a rep on one team: what they may have, and the rest counted."""
    rep = membership.rep
    # What went along to another team is there, once.
    contacts = [
        one for one in interactions.of_team(tx, team.id) if one.rep.id == rep.id and not one.moved
    ]
    held = sessions.with_rep(tx, team.id, rep.id)
    notes = field_days.with_rep(tx, team.id, rep.id)
    shared = sharing.of_interactions(tx, [one.id for one in contacts], with_objection=True)
    promised = [one for one in promises.of_rep(tx, team.id, rep.id) if not one.moved]
    raised = [one for one in promised if one.raised_on is not None]
    owed = [one for one in promised if one.raised_on is None]
    items = [
        *agenda.open_items(tx, [team.id]),
        *(one for some in agenda.done_of_team(tx, team.id).values() for one in some),
    ]
    taken_on = [one for one in meetings.promises_by(tx, team.id, rep.id) if not one.dropped_on]
    spoken = {
        one.id: [
            *(passages_of_session(held[one.id]) if one.id in held else ()),
            *(passages_of_field_day(notes[one.id]) if one.id in notes else ()),
        ]
        for one in contacts
    }
    kept = _kept(tx, team.id, rep.id)
    days_off = absences.of_people(tx, [(team.id, rep.id)])[team.id, rep.id]
    own_plans = [one for one in saving.of_team(tx, team.id) if one.rep.id == rep.id]
    answers = activity.of_team(tx, team.id) if own_plans else {}
    since = calendars.made_at(tx, rep.slack_id)
    line: Entry = {
        "line": membership.first_line,
        "on_the_team_from": membership.joined_on,
        "until": membership.left_on,
    }
    shown: dict[Thing, Sequence[Entry]] = {
        Thing.PROFILE: [{"name": rep.name, "time_zone": rep.zone}],
        Thing.CALENDAR: [{"made_on": since.date()}] if since else [],
        Thing.CONTACTS: [_contact(one) for one in contacts if one.kind is InteractionKind.TOUCH],
        Thing.FIRST_LINE: [line],
        Thing.DAYS_OFF: [{"from": one.starts_on, "until": one.ends_on} for one in days_off],
        Thing.RAISED: [
            *(_raised(one) for one in raised if not one.between_us),
            *(_told(one) for one in cleared.asked_of(tx, team.id, rep.id)),
        ],
        Thing.BETWEEN_US: [_raised(one) for one in raised if one.between_us],
        Thing.PROMISES: [_promise(one, team) for one in owed if one.shown],
        Thing.SHARED: [
            {**_of(one), "about": said.heading, "what": said.label, "words": said.text}
            for one in contacts
            if one.id in shared
            for said in spoken[one.id]
        ]
        + [entry for entry, is_shared, _ in kept if is_shared],
        Thing.PREPARED: [
            *(_prepared(*one) for one in appointments.prepared_by(tx, team.id, rep.id)),
            *(
                {**_of(one), "words": shared[one.id].rep_words}
                for one in contacts
                if one.id in shared and shared[one.id].rep_words
            ),
        ],
        Thing.SEEN: [
            *(_plan(one) for one in own_plans),
            *(_answer(said) for one in own_plans for said in answers.get(one.id, ())),
            *(_noted(one) for one in todo.noted_of(tx, team.id, rep.id, date.min)),
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
        ]
        + [
            {"day": entry["day"], "words": otherwise, "stands_beside_the_text": True}
            for entry, _, otherwise in kept
            if otherwise
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
            *(_dated(one) for one in dates.of_rep(tx, team.id, rep.id)),
        ],
        Thing.MEETINGS: list(_of_meetings(tx, team, items, taken_on, rep.id)),
    }
    counted = {
        Thing.WEEK: sum(one.rep.id == rep.id for one in todo.all_slots(tx, team.id)),
        Thing.PRIVATE: interactions.private_notes_about(tx, team.id, rep.id),
        Thing.FILES: sum(one.has_file for one in contacts),
        Thing.PROMISES: sum(not one.shown for one in owed),
        Thing.SHARED: sum(len(spoken[one.id]) for one in contacts if one.id not in shared)
        + sum(not is_shared for _, is_shared, _ in kept),
        Thing.FOR_THEMSELVES: sum(
            bool(held[one.id].notes.results) if one.id in held else False for one in contacts
        )
        + sum(
            bool(notes[one.id].rep_view) + sum(visit.is_told for visit in notes[one.id].visits)
            for one in contacts
            if one.id in notes
        ),
        Thing.MARKET: sum(one.rep.id == rep.id for one in market.of_team(tx, team.id)),
        Thing.ISSUES: len(todo.issues(tx, [team.id], date.min)[team.id]),
    }
    return OwnTeam(
        team.manager.name,
        {thing: entries for thing, entries in shown.items() if entries},
        {thing: count for thing, count in counted.items() if count},
    )


def _kept(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[Entry, bool, str | None]]:
    """What stands since a session or field day that is gone because it is old: each with whether
    the rep has read it, and what they remember otherwise."""
    kept: list[tuple[str, KeptPlan | KeptFocus]] = [
        (one.title, one) for one in plans.kept_with(tx, team_id, rep_id)
    ]
    kept += [("Focus", one) for one in field_days.kept_focuses(tx, team_id) if one.rep_id == rep_id]
    found: list[tuple[Entry, bool, str | None]] = []
    for what, one in kept:
        entry: Entry = {"day": one.agreed_on, "what": what, "words": one.text}
        found.append((entry, one.shared, one.otherwise))
    return found


def _prepared(day: date, words: str) -> Entry:
    return {"day": day, "words": words}


def _passing(one: Transition) -> Entry:
    return {
        "day": one.day,
        "account": one.account,
        "from": one.leaves.name,
        "to": one.takes_over.name,
    }


def _dated(one: AccountDate) -> Entry:
    return {"day": one.day, "account": one.account, "what": one.what, "done_on": one.done_on}


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


def _answer(said: ActivityAnswer) -> Entry:
    return {"week_of": said.monday, "number": str(said.count), "of": said.counted}


def _noted(noted: NotedOfYou) -> Entry:
    """What their manager noted that they said."""
    return {
        "noted_on": noted.answer.noted_on,
        "issue": noted.issue,
        "noted": noted.answer.text,
        "you_said_not_so_on": noted.answer.not_so_on,
    }


def _of(contact: Interaction) -> dict[str, str | date | bool | None]:
    return {"day": contact.occurred_on, "kind": contact.kind.value}


def _contact(contact: Interaction) -> Entry:
    said: Entry = {"day": contact.occurred_on, "channel": contact.channel, "about": contact.about}
    return {**said, "with_a_file": True} if contact.has_file else said


def _told(line: ClearedLine) -> Entry:
    """What they were asked whether the team may read it."""
    return {"for_the_team": line.text, "you_said": line.answer, "posted_on": line.posted_on}


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
    what they took on there, and what they were asked to show or see."""
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
        yield {"day": one.made_on, "you_took_on": one.what, "by": one.due_on}
    for pair, is_told in pairs_with(tx, team.id, rep_id):
        if is_told:
            what = "asked_to_show" if pair.kind is SwapKind.SHOW else "asked_to_see"
            yield {"day": pair.day, what: pair.skill}


def pairs_with(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[Swap, bool]]:
    """The pairs of that team that the rep is one of, each with whether they were asked and read
    so."""
    found = [
        one
        for one in swaps.pairs(tx, [team_id])
        if rep_id in (one.asked.id, one.other and one.other.id)
    ]
    told = messages.readers_of(tx, {swap_subject(one.meeting_id) for one in found})
    return [
        (
            one,
            one.asked.id == rep_id
            and one.state is not SwapState.PUT_OFF
            and (swap_subject(one.meeting_id), rep_id) in told,
        )
        for one in found
    ]
