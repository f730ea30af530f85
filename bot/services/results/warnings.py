"""Periods of a team that were in question: what was tried, and how each ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.promises import Promise
from bot.domain.results.results import metric_key
from bot.domain.results.saving import SaveItPlan
from bot.domain.results.warnings import Ending, Warned, warned_of
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.lists import Slot
from bot.domain.todo.sources.results import warning_about
from bot.domain.todo.sources.saving import about_plan
from bot.services.results.pace import presences_of
from bot.services.workspaces import calendars
from storage import promises, todo
from storage.contacts import interactions
from storage.database.transaction import Transaction
from storage.results import results, saving

LOOKED_BACK = timedelta(days=400)
"""A year of quarters, and the one that runs."""

Place = tuple[str, date, str]
"""A rep by Slack id, the first day of a period, and the key of a metric: one warning."""


def warned_periods(
    tx: Transaction,
    team: Team,
    members: Sequence[Membership],
    today: date,
    saved: Iterable[SaveItPlan],
) -> tuple[Warned, ...]:
    """The results that were behind while they could still be saved, of periods that end since
    LOOKED_BACK, however long ago they began, and of these members: the latest first, each with what
    was tried because of it. What ended before the team was set up, or before its rep came to it,
    nobody was warned of here. `saved` are the team's plans of those periods."""
    came = {one.rep.slack_id: max(one.joined_on, team.created_on) for one in members}
    read = [
        one
        for one in results.that_warn(tx, team.id, today - LOOKED_BACK, today)
        if one.rep_id in came and came[one.rep_id] <= one.period.end
    ]
    if not read:
        return ()
    since = min(one.period.start for one in read)
    there = presences_of(tx, {team.id: team}, members, since, {team.id: today})
    found = [
        warned
        for one in read
        if (warned := warned_of(one, there[team.id, one.rep_id], today)) is not None
    ]
    if not found:
        return ()
    first = min(warned.result.period.start for warned in found)
    slots = todo.slots(tx, [team.id], calendars.of_team(team.settings, first).week_of(first), today)
    contacts = interactions.contacts(tx, [team.id], first, today)
    plans = {(one.rep.slack_id, one.period.start, metric_key(one.metric)): one for one in saved}
    steps = _steps(tx, [plans[place] for place in map(_of, found) if place in plans])
    abouts = {_of(one): _abouts(one, plans.get(_of(one)), steps) for one in found}
    talked = _talked(team, members, abouts, slots, contacts)
    promised = _promised(tx, talked, plans, steps)
    tried = [
        replace(
            one,
            tried=talked[_of(one)],
            promised=promised[_of(one)],
            helped=plans[_of(one)].helped if _of(one) in plans else "",
        )
        for one in found
    ]
    return tuple(sorted(tried, key=lambda one: one.result.period.end, reverse=True))


def _of(warned: Warned) -> Place:
    result = warned.result
    return result.rep_id, result.period.start, metric_key(result.metric.name)


def acted_in_time(
    tx: Transaction, team: Team, members: Sequence[Membership], today: date
) -> tuple[Warned, ...]:
    """**Acted in time**: those of them that were saved, while the team was that manager's: what an
    earlier one saved is that one's own."""
    saved = saving.since_or_helped(tx, [team.id], today - LOOKED_BACK)
    found = warned_periods(tx, team, members, today, saved)
    return tuple(one for one in found if is_own_saved(team, one))


def is_own_saved(team: Team, warned: Warned) -> bool:
    """Whether that period was saved by whoever manages the team now."""
    return warned.ending is Ending.MADE and warned.result.period.end >= team.led_from


def _steps(tx: Transaction, plans: Iterable[SaveItPlan]) -> dict[int, list[Promise]]:
    """The steps of those plans that stand, by plan."""
    ids = saving.steps_of(tx, [plan.id for plan in plans])
    found = promises.get_many(tx, [one for own in ids.values() for one in own])
    return {
        plan: [found[one] for one in own if one in found and not found[one].deleted]
        for plan, own in ids.items()
    }


def _abouts(
    warned: Warned, plan: SaveItPlan | None, steps: Mapping[int, Sequence[Promise]]
) -> list[str]:
    """What a reason is about that is because of that warning: itself, the day of its plan, a step
    of it."""
    abouts = [warning_about(warned.result)]
    if plan is not None:
        abouts.append(about_plan(plan))
        for step in steps.get(plan.id, ()):
            abouts += [f"promise:{step.id}", f"kept:{step.id}"]
    return abouts


def _talked(
    team: Team,
    members: Sequence[Membership],
    abouts: Mapping[Place, Sequence[str]],
    slots: Iterable[Slot],
    contacts: Iterable[Contact],
) -> dict[Place, tuple[Contact, ...]]:
    """The contacts of the weeks in which the reason of its rep was about any of those of each."""
    ids = {member.rep.slack_id: member.rep.id for member in members}
    weeks: dict[tuple[int, str], list[date]] = {}
    for slot in slots:
        weeks.setdefault((slot.rep.id, slot.reason.about), []).append(slot.monday)
    own_contacts: dict[int, list[Contact]] = {}
    for contact in contacts:
        own_contacts.setdefault(contact.rep_id, []).append(contact)
    talked = {}
    for place, own in abouts.items():
        rep = ids[place[0]]
        spans = [
            (calendar.begins(monday), calendar.ends(monday))
            for about in own
            for monday in weeks.get((rep, about), ())
            for calendar in [calendars.of_team(team.settings, monday)]
        ]
        talked[place] = tuple(
            contact
            for contact in own_contacts.get(rep, ())
            if any(begins <= contact.occurred_on <= ends for begins, ends in spans)
        )
    return talked


def _promised(
    tx: Transaction,
    talked: Mapping[Place, Sequence[Contact]],
    plans: Mapping[Place, SaveItPlan],
    steps: Mapping[int, Sequence[Promise]],
) -> dict[Place, tuple[Promise, ...]]:
    """The steps of the plan for each, and what was promised in its touches; a session and a field
    day are about more. What was said between two stays between them."""
    touches = {
        contact.id: place
        for place, found in talked.items()
        for contact in found
        if contact.kind is InteractionKind.TOUCH
    }
    made = {
        place: {step.id: step for step in steps.get(plans[place].id, ())} if place in plans else {}
        for place in talked
    }
    for promise in promises.of_contacts(tx, list(touches)):
        if not promise.between_us:
            made[touches[promise.interaction_id or 0]][promise.id] = promise
    return {place: tuple(own.values()) for place, own in made.items()}
