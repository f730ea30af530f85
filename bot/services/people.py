"""People: the table is the cache of Slack's profiles."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Actor, Person, Profile
from bot.services import schedules
from storage import people
from storage.engine import Database


def unknown(database: Database, workspace_id: int, slack_ids: Iterable[str]) -> list[str]:
    """Those of the people whom nobody here has met."""
    wanted = list(dict.fromkeys(slack_ids))
    with database.reading(workspace_id) as tx:
        known = people.known(tx, wanted)
    return [slack_id for slack_id in wanted if slack_id not in known]


def save(database: Database, workspace_id: int, profiles: Iterable[Profile], now: datetime) -> None:
    """Keep what Slack says of them."""
    with database.writing(workspace_id) as tx:
        people.save_profiles(tx, profiles, now)


def change(database: Database, workspace_id: int, profile: Profile, now: datetime) -> None:
    """Keep a changed profile of someone known; a stranger's is none of our business."""
    with database.writing(workspace_id) as tx:
        before = people.one(tx, profile.slack_id)
        if before is None:
            return
        if not profile.active:
            # Slack leaves the zone out of a deactivated profile.
            profile = replace(profile, zone=profile.zone or before.zone)
        people.save_profiles(tx, [profile], now)
        if profile.zone != before.zone:
            schedules.zone_changed(tx, profile.slack_id, before.zone, now)


def names(database: Database, workspace_id: int, slack_ids: Iterable[str]) -> Mapping[str, str]:
    """The names of those of the people who are known, by Slack id."""
    with database.reading(workspace_id) as tx:
        return {slack_id: who.name for slack_id, who in people.known(tx, slack_ids).items()}


def conversation(database: Database, workspace_id: int, slack_id: str) -> str | None:
    """The id of the direct message with that person, where one was opened."""
    with database.reading(workspace_id) as tx:
        person = people.one(tx, slack_id)
    return person.dm_channel if person else None


def find(database: Database, actor: Actor) -> Person | None:
    """The person who acts, where known."""
    with database.reading(actor.workspace_id) as tx:
        return people.one(tx, actor.slack_id)


def remember_conversation(
    database: Database, workspace_id: int, slack_id: str, channel: str
) -> None:
    """Keep the id of the direct message with that person."""
    with database.writing(workspace_id) as tx:
        people.remember_conversation(tx, slack_id, channel)
