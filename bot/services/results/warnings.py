"""Periods of a team that were in question: what was tried, and how each ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.contacts.interactions import Contact
from bot.domain.results.results import Result, metric_key
from bot.domain.results.warnings import Ending, Warned, warned_of
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.lists import Slot
from bot.domain.todo.sources.results import warning_about
from bot.services.results.pace import presences_of
from bot.services.workspaces import calendars
from storage import todo
from storage.contacts import interactions
from storage.database.transaction import Transaction
from storage.results import results, saving

LOOKED_BACK = timedelta(days=400)
"""A year of quarters, and the one that runs."""


def warned_periods(
    tx: Transaction, team: Team, members: Sequence[Membership], today: date
) -> tuple[Warned, ...]:
    """The results of the last year that were behind while they could still be saved, of these
    members, the latest first, each with the contacts that were about it."""
    since = today - LOOKED_BACK
    read = results.weekly(tx, [team.id], since, today).get(team.id, [])
    there = presences_of(tx, {team.id: team}, members, since, {team.id: today})
    by_results = team.settings.warned_by_results
    found = [
        warned
        for one in read
        if one.period.start >= since
        and (place := (team.id, one.rep_id)) in there
        and (warned := warned_of(one, there[place], today, results=by_results)) is not None
    ]
    if not found:
        return ()
    first = min(warned.result.period.start for warned in found)
    slots = todo.slots(tx, [team.id], calendars.of_team(team.settings, first).week_of(first), today)
    contacts = interactions.contacts(tx, [team.id], first, today)
    plans = {
        (one.rep.slack_id, one.period.start, metric_key(one.metric)): one.helped
        for one in saving.helped_since(tx, team.id, since)
    }
    tried = [
        replace(one, helped=plans.get(_place(one.result), ""))
        for one in _tried(team, members, found, slots, contacts)
    ]
    return tuple(sorted(tried, key=lambda one: one.result.period.end, reverse=True))


def _place(result: Result) -> tuple[str, date, str]:
    return result.rep_id, result.period.start, metric_key(result.metric.name)


def acted_in_time(
    tx: Transaction, team: Team, members: Sequence[Membership], today: date
) -> tuple[Warned, ...]:
    """**Acted in time**: those of them that were saved."""
    return tuple(
        one for one in warned_periods(tx, team, members, today) if one.ending is Ending.MADE
    )


def _tried(
    team: Team,
    members: Sequence[Membership],
    found: Sequence[Warned],
    slots: Sequence[Slot],
    contacts: Sequence[Contact],
) -> list[Warned]:
    """Each with the contacts of the weeks in which it was its rep's reason."""
    ids = {member.rep.slack_id: member.rep.id for member in members}
    weeks: dict[tuple[int, str], list[date]] = {}
    for slot in slots:
        weeks.setdefault((slot.rep.id, slot.reason.about), []).append(slot.monday)
    tried = []
    for one in found:
        rep = ids[one.result.rep_id]
        own = weeks.get((rep, warning_about(one.result)), ())
        spans = [
            (calendar.begins(monday), calendar.ends(monday))
            for monday in own
            for calendar in [calendars.of_team(team.settings, monday)]
        ]
        had = (
            contact
            for contact in contacts
            if contact.rep_id == rep
            and any(begins <= contact.occurred_on <= ends for begins, ends in spans)
        )
        tried.append(replace(one, tried=tuple(had)))
    return tried
