"""People: the table is the cache of Slack's profiles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.workspaces.people import Actor, Person, Profile
from bot.services import appointments
from bot.services.delivery.messages import lists_changed
from bot.services.meetings import series
from bot.services.results import activity
from bot.services.team.roles import manager_is_back, roles_changed
from bot.services.todo import schedule
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams


def unknown(database: Database, workspace_id: int, slack_ids: Iterable[str]) -> list[str]:
    """Those of the people whom nobody here has met."""
    wanted = list(dict.fromkeys(slack_ids))
    with database.reading(workspace_id) as tx:
        known = people.get_many(tx, wanted)
    return [slack_id for slack_id in wanted if slack_id not in known]


def save(database: Database, workspace_id: int, profiles: Iterable[Profile], now: datetime) -> None:
    """Keep what Slack says of them."""
    with database.writing(workspace_id, aside=True) as tx:
        people.save_profiles(tx, profiles, now)


def change(database: Database, workspace_id: int, profile: Profile, now: datetime) -> None:
    """Keep a changed profile of someone known; a stranger's is none of our business, and one that
    is older than what is kept changes nothing."""
    with database.writing(workspace_id) as tx:
        before = people.get(tx, profile.slack_id)
        if before is None or before.is_older(profile):
            return
        profile = _with_zone(profile, before)
        people.save_profiles(tx, [profile], now)
        if profile.zone != before.zone:
            appointments.zone_changed(tx, before, now)
            activity.zone_changed(tx, before, now)
            schedule.zone_changed(tx, before, now)
            series.zone_changed(tx, before.slack_id, now)
        if _is_listed_otherwise(profile, before):
            _draw_lists_of(tx, [before], now)
        _roles_follow(tx, [(before, profile)], now)


def refresh(
    database: Database, workspace_id: int, profiles: Iterable[Profile], now: datetime
) -> None:
    """Keep what Slack says of those who are known, where it is not older than what is kept;
    strangers are none of our business."""
    told = {profile.slack_id: profile for profile in profiles}
    with database.writing(workspace_id) as tx:
        found = people.get_many(tx, told)
        before = {who: one for who, one in found.items() if not one.is_older(told[who])}
        current = {who: _with_zone(told[who], person) for who, person in before.items()}
        people.save_profiles(tx, current.values(), now)
        for who, profile in current.items():
            if profile.zone != before[who].zone:
                appointments.zone_changed(tx, before[who], now)
                activity.zone_changed(tx, before[who], now)
                schedule.zone_changed(tx, before[who], now)
                series.zone_changed(tx, who, now)
        changed = [one for who, one in before.items() if _is_listed_otherwise(current[who], one)]
        _draw_lists_of(tx, changed, now)
        _roles_follow(tx, [(one, current[who]) for who, one in before.items()], now)


def names(database: Database, workspace_id: int, slack_ids: Iterable[str]) -> Mapping[str, str]:
    """The names of those of the people who are known, by Slack id."""
    with database.reading(workspace_id) as tx:
        return {slack_id: who.name for slack_id, who in people.get_many(tx, slack_ids).items()}


def is_on_a_team(database: Database, actor: Actor) -> bool:
    """Whether who acts leads a team here, or sits or sat on one."""
    with database.reading(actor.workspace_id) as tx:
        person = people.get(tx, actor.slack_id)
        if person is None:
            return False
        return bool(teams.of_manager(tx, actor.slack_id) or teams.ever_with(tx, person.id))


def find(database: Database, actor: Actor) -> Person | None:
    """That person, such as who acts, where known."""
    with database.reading(actor.workspace_id) as tx:
        return people.get(tx, actor.slack_id)


def remember_conversation(
    database: Database, workspace_id: int, slack_id: str, channel: str
) -> None:
    """Keep the id of the direct message with that person."""
    with database.writing(workspace_id, aside=True) as tx:
        people.remember_conversation(tx, slack_id, channel)


def _is_listed_otherwise(profile: Profile, before: Person) -> bool:
    named = (profile.name, profile.aliases) != (before.name, before.aliases)
    return named or profile.active != before.active


def _roles_follow(
    tx: Transaction, changed: Sequence[tuple[Person, Profile]], now: datetime
) -> None:
    """Who left Slack, or is back, may be other things to teams; each with how they were before."""
    others = [(before, profile) for before, profile in changed if before.active != profile.active]
    if others:
        roles_changed(tx, [before.id for before, _ in others], now)
    for before, profile in others:
        if profile.active:
            manager_is_back(tx, before, now)


def _draw_lists_of(tx: Transaction, reps: Iterable[Person], now: datetime) -> None:
    """Who leaves Slack leaves the lists, and a new name stands on them."""
    for rep in reps:
        found = teams.get_many(tx, teams.ever_with(tx, rep.id))
        for team in found:
            lists_changed(tx, team.id, team.today(now))
        series.follow_all(tx, found, now)


def _with_zone(profile: Profile, before: Person) -> Profile:
    """Slack leaves the zone out of a deactivated profile."""
    return profile if profile.active else replace(profile, zone=profile.zone or before.zone)
