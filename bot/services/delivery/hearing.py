"""Who hears of what is sent by itself, and when: nobody of a team before its introductions, and
everybody in their own waking hours."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta

from bot.domain.delivery import AUDIENCES, Audience, Claimed, MessageKind
from bot.domain.team.calendar import when_awake
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import NotIntroduced
from bot.services.delivery.schedules import coming
from storage import todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams

AFTER_HELLO = (
    MessageKind.MEETING_DRAFT,
    MessageKind.MEETING_DONE,
    MessageKind.MEMBERSHIP_ASK,
    MessageKind.RAISED,
)
"""What a manager may be sent who never pressed anything."""

OF_JOINED = (MessageKind.HANDOVER_TOLD, MessageKind.MEMBERSHIP_TOLD, MessageKind.RAISED)
"""What is heard of a team that was joined with another still: what came of something that somebody
did before, and what a rep said between the two."""

ASKED_JUST_NOW = frozenset({MessageKind.EXPORT})
"""What comes at once, be it in the night: whoever gets it asked for it and waits for it."""

AFTER_THE_LIST = timedelta(minutes=1)
"""How long after the first list what had to wait for it comes."""


def unheard(database: Database, workspace_id: int, claimed: Sequence[Claimed]) -> set[int]:
    """Those of the deliveries, by id, that nobody is to have: for a rep or a channel, of a team
    whose manager has introduced Windshield to nobody yet."""
    silent = {
        one.id: one.team_id
        for one in claimed
        if AUDIENCES[one.kind] in (Audience.REP, Audience.CHANNEL)
    }
    if not silent:
        return set()
    with database.reading(workspace_id) as tx:
        told = {team_id for team_id, _ in teams.introduced(tx, silent.values())}
    return {one for one, team_id in silent.items() if team_id not in told}


def heard_at(
    database: Database, workspace_id: int, going: Sequence[Claimed], now: datetime
) -> dict[int, datetime | None]:
    """When each of those deliveries may reach its reader, a person, by its id: now, or the next
    07:00 on the reader's own clock; their team's where Slack has none. None: never, for a rep who
    was not told of Windshield, and what was due of a team that was joined with another since.

    A list has the hour that its manager gave it, be it in the night, and comes at once to a
    manager who does at night what brings it; so does what somebody asked for just now. What comes
    to a manager by itself otherwise waits for the first list, which says hello.
    """
    ids = {one.team_id for one in going}
    with database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.get_many(tx, sorted(ids))}
        told = teams.introduced(tx, ids)
        hello = _after_hello(tx, going, found, {team_id for team_id, _ in told}, now)

    def at(one: Claimed) -> datetime | None:
        assert one.reader is not None
        team = found[one.team_id]
        if (
            AUDIENCES[one.kind] is Audience.REP
            and (
                team.id,
                one.reader.id,
            )
            not in told
        ):
            return None
        if team.joined_to is not None and one.kind not in OF_JOINED:
            return None
        if one.kind in ASKED_JUST_NOW:
            return now
        zone = team.zone_of(one.reader)
        own = one.kind is MessageKind.TODO_LIST and one.reader.id == team.manager.id
        if own and when_awake(one.due_at, zone) > one.due_at:
            return now
        return when_awake(hello.get(one.id, now), zone)

    return {one.id: at(one) for one in going}


def check_introduced(tx: Transaction, team_id: int, reps: Iterable[Person] = ()) -> None:
    """Whether those reps of that team may hear of anything; without any, the team as a whole.

    Raises NotIntroduced, naming who was not told of Windshield yet.
    """
    told = teams.introduced(tx, {team_id})
    missing = tuple(rep.name for rep in reps if (team_id, rep.id) not in told)
    if missing or not told:
        raise NotIntroduced(missing)


def may_hear(database: Database, workspace_id: int, team_id: int, rep: Person) -> bool:
    """Whether that rep of that team was told of Windshield, and may hear of anything."""
    with database.reading(workspace_id) as tx:
        return (team_id, rep.id) in teams.introduced(tx, {team_id})


def _after_hello(
    tx: Transaction,
    going: Sequence[Claimed],
    found: Mapping[int, Team],
    told: Set[int],
    now: datetime,
) -> dict[int, datetime]:
    """When those of the deliveries that would be the first a manager ever has come after the first
    list, by id: the draft of an agenda, and a question of another manager. `told`: the teams of
    which anybody was introduced."""
    own: dict[int, int] = {}
    for one in going:
        if one.reader is None or one.kind not in AFTER_HELLO:
            continue
        team = found[one.team_id]
        if team.manager.id != one.reader.id:
            led = teams.of_manager(tx, one.reader.slack_id)
            told = told | ({led.id} if led and teams.introduced(tx, {led.id}) else set())
            team = led or team
        if team.manager.id == one.reader.id and team.id not in told:
            own[one.id] = team.id
    if not own:
        return {}
    team_ids = sorted(set(own.values()))
    listed = todo.latest(tx, team_ids)
    comes = coming(tx, team_ids, MessageKind.TODO_LIST)
    return {
        one: max(now, comes[team_id]) + AFTER_THE_LIST
        for one, team_id in own.items()
        if team_id not in listed and team_id in comes
    }
