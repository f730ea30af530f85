"""When people hear of what is sent by itself: in their own waking hours."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.delivery import Claimed, MessageKind
from bot.domain.team.calendar import when_awake
from storage.database.engine import Database
from storage.team import teams


def heard_at(
    database: Database, workspace_id: int, going: Sequence[Claimed], now: datetime
) -> dict[int, datetime]:
    """When each of those deliveries may reach its reader, a person, by its id: now, or the next
    07:00 on the reader's own clock; their team's where Slack has none.

    A list has the hour that its manager gave it, be it in the night, and comes at once to a
    manager who does at night what brings it.
    """
    with database.reading(workspace_id) as tx:
        found = {team.id: team for team in teams.get_many(tx, list({one.team_id for one in going}))}

    def at(one: Claimed) -> datetime:
        assert one.reader is not None
        team = found[one.team_id]
        zone = team.zone_of(one.reader)
        own = one.kind is MessageKind.TODO_LIST and one.reader.id == team.manager.id
        if own and when_awake(one.due_at, zone) > one.due_at:
            return now
        return when_awake(now, zone)

    return {one.id: at(one) for one in going}
