"""A month of a manager that looked back at results, and at nothing else."""

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.sessions.sessions import DEFAULT_TOPICS, SessionNotes
from slack_sandbox import Person
from storage.contacts import interactions
from storage.sessions import sessions
from storage.team import people, teams
from tests.scenarios.conftest import World


def look_back(world: World, manager: Person, rep: Person, since: date, count: int = 6) -> None:
    """So many sessions, one a day, in each of which results were written down and nothing else: 10
    minutes each."""
    with world.database.writing(world.workspace_id) as tx:
        known, team = people.get_many(tx, [manager.id, rep.id]), teams.of_manager(tx, manager.id)
        assert team is not None
        current = sessions.current_set(tx, team.id)
        topic_set = current[0] if current else sessions.add_set(tx, team.id, 1, DEFAULT_TOPICS)
        for day in (since + timedelta(days=n) for n in range(count)):
            noon = datetime.combine(day, time(12), UTC)
            held = interactions.add(
                tx,
                InteractionKind.SESSION,
                team_id=team.id,
                rep_id=known[rep.id].id,
                author_id=known[manager.id].id,
                channel=None,
                occurred_on=day,
                occurred_at=noon,
                recorded_at=noon,
                about="",
            )
            sessions.save(tx, held, topic_set, (), SessionNotes(results="behind"))
