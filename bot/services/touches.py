"""Touches: logged in a line or a form, changed, taken back, put back, noted."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.calendar import when_it_happened
from bot.domain.interactions import Interaction, InteractionKind
from bot.domain.people import Actor, Person, zone_named
from bot.domain.promises import Owner, Promise
from bot.domain.refusals import BadField, CannotBeRep, Flaw, Gone, NotOnTeam
from bot.domain.teams import Team
from bot.domain.touches import EARLIEST_DAY, Channel, parse_touch_line
from bot.services.authority import own_interaction, own_rep, own_team, today_of
from storage import interactions, promises, teams
from storage.engine import Database, Transaction


@dataclass(frozen=True)
class TouchEntry:
    """What a manager says of a touch. `rep` is a Slack id; no channel is guessed."""

    rep: str
    channel: Channel | None
    day: date
    about: str
    raised: str = ""
    raised_due: date | None = None


@dataclass(frozen=True)
class Logged:
    """A touch as it stands, what was raised in it, and the manager's date."""

    touch: Interaction
    raised: tuple[Promise, ...]
    today: date


@dataclass(frozen=True)
class TouchDesk:
    """What the form needs before it opens: the reps to choose from, and the date."""

    reps: tuple[Person, ...]
    today: date


def desk(database: Database, actor: Actor, now: datetime) -> TouchDesk:
    """What the form needs. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = today_of(team, now)
        members = teams.members(tx, team.id, on=today)
    return TouchDesk(tuple(member.rep for member in members if member.is_on(today)), today)


def log_line(database: Database, actor: Actor, raw: str, now: datetime) -> Logged:
    """Log what was typed after `/touch`.

    Raises TouchLineError where the words make no sense, NoTeam, NotOnTeam, CannotBeRep.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team_date(tx, actor, now)
        line = parse_touch_line(raw, team.today)
        entry = TouchEntry(line.rep_id, line.channel, line.occurred_on, line.about)
        return _add(tx, team, actor, entry, None, now)


@dataclass(frozen=True)
class OwnTeam:
    """The team of who acts with the date on its manager's wall."""

    team: Team
    today: date


def own_team_date(tx: Transaction, actor: Actor, now: datetime) -> OwnTeam:
    team = own_team(tx, actor)
    return OwnTeam(team, today_of(team, now))
