"""The transition pack of a rep, and of a whole team, for whoever may read it."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.binder.handover import Handover
from bot.domain.binder.pack import (
    PackFacts,
    RepPack,
    RepPackRead,
    TeamPack,
    TeamPackRead,
    packs_of,
    team_pack_of,
)
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services.sessions.topics import topics_of
from bot.services.workspaces.authority import own_rep, require_manager
from storage import promises, todo
from storage.accounts import accounts, acquaintances, dates, transitions
from storage.binder import handovers
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import meetings
from storage.sessions import plans
from storage.team import teams


def read_rep(
    database: Database, actor: Actor, rep: str, handover_id: int | None, now: datetime
) -> RepPackRead:
    """The pack of a rep (a Slack id), be the rep gone: of the team of who acts, or of what is
    offered to them in that handover.

    Raises ForManagers, NoTeam and NotOnTeam, and Gone for what is not offered to them any more.
    """
    with database.reading(actor.workspace_id) as tx:
        if handover_id is None:
            require_manager(tx, actor, now)
            team, _, membership = own_rep(tx, actor, rep)
        else:
            team, offered = _offered(tx, actor, handover_id)
            if offered.rep is not None and offered.rep.slack_id != rep:
                raise Gone
            there = [one for one in teams.members(tx, team.id) if one.rep.slack_id == rep]
            if not there:
                raise Gone
            membership = max(there, key=lambda one: one.joined_on)
        (found,) = gather_packs(tx, team, [membership], now)
        return RepPackRead(found, team.manager, team.today(now), handover_id)


def read_team(
    database: Database, actor: Actor, handover_id: int | None, now: datetime
) -> TeamPackRead:
    """The pack of the whole team of who acts, or of one that is offered to them in that handover.
    Raises ForManagers, NoTeam, and Gone for what is not offered to them any more."""
    with database.reading(actor.workspace_id) as tx:
        if handover_id is None:
            team = require_manager(tx, actor, now)
        else:
            team, offered = _offered(tx, actor, handover_id)
            if offered.rep is not None:
                raise Gone
        return TeamPackRead(gather_team_pack(tx, team, now), handover_id)


def gather_packs(
    tx: Transaction, team: Team, reps: Sequence[Membership], now: datetime
) -> tuple[RepPack, ...]:
    """The packs of those reps of a team, in their order, in as many statements for many as for
    one."""
    return packs_of(_facts(tx, team, reps, now), reps)


def gather_team_pack(tx: Transaction, team: Team, now: datetime) -> TeamPack:
    """The pack of a whole team, in as many statements for many reps, and for years, as for few."""
    members = teams.members(tx, team.id)
    return team_pack_of(
        _facts(tx, team, members, now),
        team,
        members,
        accounts.of_teams(tx, [team.id]),
        meetings.open_promises(tx, [team.id]),
        todo.issues(tx, [team.id], team.today(now))[team.id],
    )


def _facts(tx: Transaction, team: Team, reps: Sequence[Membership], now: datetime) -> PackFacts:
    today = team.today(now)
    pairs = list({(team.id, one.rep.id): None for one in reps})
    return PackFacts(
        today,
        frozenset(one.rep.id for one in teams.members(tx, team.id, on=today) if one.is_on(today)),
        acquaintances.of_teams(tx, [team.id]).get(team.id, []),
        transitions.of_teams(tx, [team.id]),
        topics_of(tx, team.id),
        {rep: last for (_, rep), last in plans.last_shared(tx, pairs).items()},
        promises.open_with(tx, pairs),
        dates.shared_of_team(tx, team.id, today),
    )


def _offered(tx: Transaction, actor: Actor, handover_id: int) -> tuple[Team, Handover]:
    """What is offered to who acts, and nobody answered yet: whoever is to take it looks through it
    first. Raises Gone."""
    found = handovers.get_many(tx, [handover_id]).get(handover_id)
    if found is None or not found.state.is_open or found.receiver.slack_id != actor.slack_id:
        raise Gone
    team = teams.get(tx, found.team_id)
    if team is None or team.manager.id != found.giver.id:
        raise Gone
    return team, found
