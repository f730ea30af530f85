"""`windshield person copy`: all that is kept about a person, for an operator to hand over: what is
theirs as **My copy** gives it, and what is not, but for others' private notes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from bot.domain.binder.own_copy import Entry
from bot.domain.binder.person_copy import PersonCopy, PersonTeam
from bot.domain.contacts.interactions import Interaction
from bot.domain.sessions.sharing import passages_of_field_day, passages_of_session
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import Gone
from bot.domain.workspaces.who_sees import Thing
from bot.services.binder.own_copy import PATIENCE, pairs_with, team_copy
from bot.services.workspaces.authority import all_memberships_of
from storage import field_days, promises, todo
from storage.accounts import market
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.sessions import drafts, plans, sessions, sharing
from storage.team import people, teams
from storage.workspaces import audits, installs

OPERATOR = "operator"


def person_copy(database: Database, workspace_id: int, slack_id: str, now: datetime) -> PersonCopy:
    """All that is kept about them but what no operator reads, which is counted. Raises Gone for
    somebody of whom nothing is kept."""
    with database.reading(workspace_id, patience=PATIENCE) as tx:
        person = people.get(tx, slack_id)
        if person is None:
            raise Gone
        found = all_memberships_of(tx, slack_id, now)
        own = {
            "private_notes_to_themselves": notes.count(tx, person.id),
            "half_filled_forms": len(drafts.unfinished(tx, person.id)),
        }
        return PersonCopy(
            person,
            tuple(_team(tx, team, one) for team, one, _ in found),
            {name: count for name, count in own.items() if count},
            teams.of_manager(tx, slack_id) is not None,
            installs.kept_months(tx),
        )


def write_down(database: Database, workspace_id: int, slack_id: str, now: datetime) -> None:
    """That an operator took a copy of it. Writes."""
    with database.writing(workspace_id) as tx:
        audits.record(tx, OPERATOR, "person copy", slack_id, now)


def _team(tx: Transaction, team: Team, membership: Membership) -> PersonTeam:
    own = team_copy(tx, team, membership)
    shown = {thing: list(entries) for thing, entries in own.shown.items()}
    for thing, more in _not_in_theirs(tx, team, membership).items():
        if more:
            shown[thing] = [*shown.get(thing, ()), *more]
    counted = {thing: count for thing, count in own.counted.items() if thing not in shown}
    return PersonTeam(own.manager, shown, counted)


def _not_in_theirs(
    tx: Transaction, team: Team, membership: Membership
) -> dict[Thing, Sequence[Entry]]:
    """What **My copy** counts and does not show."""
    rep = membership.rep
    contacts = [one for one in interactions.of_team(tx, team.id) if one.rep.id == rep.id]
    held = sessions.with_rep(tx, team.id, rep.id)
    noted = field_days.with_rep(tx, team.id, rep.id)
    shared = sharing.of_interactions(tx, [one.id for one in contacts], with_objection=False)
    owed = [one for one in promises.of_reps(tx, team.id, [rep.id]) if one.raised_on is None]
    kept_plans = [one for one in plans.kept_with(tx, team.id, rep.id) if not one.shared]
    kept_focuses = [
        one
        for one in field_days.kept_focuses(tx, team.id)
        if one.rep_id == rep.id and not one.shared
    ]
    return {
        Thing.WEEK: [
            {
                "week_of": one.monday,
                "day": one.day,
                "reason": one.reason.text,
                "source": one.reason.source,
                "not_this_week": one.not_this_week,
                "next_time": one.next_time,
            }
            for one in todo.all_slots(tx, team.id)
            if one.rep.id == rep.id
        ],
        Thing.PROMISES: [
            {
                "of": team.manager.name if one.answer is None else rep.name,
                "words": one.what,
                "by": one.due_on,
                "kept_on": one.kept_on,
                "let_go_on": one.dropped_on,
                "why": one.closing_words,
                "not_shown_to_them": True,
            }
            for one in owed
            if not one.shown and not one.between_us
        ],
        Thing.SHARED: [
            *(
                {**_of(one), "about": said.heading, "what": said.label, "words": said.text}
                for one in contacts
                if one.id not in shared
                for said in (
                    *(passages_of_session(held[one.id]) if one.id in held else ()),
                    *(passages_of_field_day(noted[one.id]) if one.id in noted else ()),
                )
            ),
            *(_stands(one.agreed_on, one.title, one.text) for one in kept_plans),
            *(_stands(one.agreed_on, "Focus", one.text) for one in kept_focuses),
        ],
        Thing.FOR_THEMSELVES: [
            *(
                {**_of(one), "results": held[one.id].notes.results}
                for one in contacts
                if one.id in held and held[one.id].notes.results
            ),
            *(
                {**_of(one), "how_they_saw_it": noted[one.id].rep_view}
                for one in contacts
                if one.id in noted and noted[one.id].rep_view
            ),
            *(
                {
                    **_of(one),
                    "account": visit.account,
                    "outcome": visit.outcome,
                    "next_step": visit.next_step,
                }
                for one in contacts
                if one.id in noted
                for visit in noted[one.id].visits
                if visit.is_told
            ),
        ],
        Thing.MARKET: [
            {"day": one.heard_on, "account": one.account, "words": one.text}
            for one in market.of_team(tx, team.id)
            if one.rep.id == rep.id
        ],
        Thing.MEETINGS: list(_of_meetings(tx, team, rep)),
        Thing.ISSUES: [
            {"from": one.starts_on, "until": one.ends_on, "words": one.text}
            for one in todo.issues(tx, [team.id], date.min)[team.id]
        ],
    }


def _of_meetings(tx: Transaction, team: Team, rep: Person) -> Iterator[Entry]:
    """Items that they added and were dropped, or that are for a session with them or were heard
    from them; team promises that were dropped; pairs that they were not asked about."""
    for item, is_dropped in agenda.of_person(tx, team.id, rep.id):
        is_theirs = item.author is not None and item.author.id == rep.id
        if is_dropped or not is_theirs:
            yield {
                "day": item.added_on,
                "item": item.text,
                "outcome": item.outcome,
                "added_by_them": is_theirs,
                "dropped": is_dropped,
            }
    for promise in meetings.promises_by(tx, team.id, rep.id):
        if promise.dropped_on is not None:
            yield {"day": promise.made_on, "took_on": promise.what, "dropped": True}
    for pair, is_told in pairs_with(tx, team.id, rep.id):
        if not is_told:
            what = "to_show" if pair.shower.id == rep.id else "to_see"
            yield {"day": pair.day, what: pair.skill, "told": False}


def _of(contact: Interaction) -> dict[str, str | date | bool | None]:
    return {"day": contact.occurred_on, "kind": contact.kind.value}


def _stands(day: date, what: str, words: str) -> Entry:
    """What stands since a contact that is gone because it is old."""
    return {"day": day, "what": what, "words": words}
