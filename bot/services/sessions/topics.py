"""The topics of a team's strategy sessions, as its manager changes them."""

from collections.abc import Callable

from bot.domain.sessions import topics as rules
from bot.domain.sessions.sessions import DEFAULT_TOPICS, Topic
from bot.domain.sessions.topics import MOST_TOPICS, TopicEntry, Topics
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, LastTopic
from bot.domain.workspaces.submissions import Made
from bot.services.workspaces.authority import own_team
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import sessions
from storage.workspaces import submissions


def of_team(database: Database, actor: Actor) -> Topics:
    """The topics as they are now. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return _current(tx, own_team(tx, actor).id)[1]


def topics_of(tx: Transaction, team_id: int) -> tuple[Topic, ...]:
    """A team's topics as they are now."""
    return sessions.current_topics(tx, [team_id]).get(team_id, DEFAULT_TOPICS)


def get(database: Database, actor: Actor, key: str) -> Topic:
    """That topic. Raises NoTeam, and Gone where it was retired."""
    for topic in of_team(database, actor):
        if topic.key == key:
            return topic
    raise Gone


def save(database: Database, actor: Actor, key: str, entry: TopicEntry, form: str) -> Topics:
    """Change that topic, or add one where `key` is ""; the same form sent again changes the one
    that it added.

    Raises NoTeam, Gone where it was retired, and BadField for a title that is missing or stands
    already, for minutes that make no sense, and for more than MOST_TOPICS.
    """

    def say(topics: Topics, key: str) -> Topics:
        if not entry.title:
            raise BadField("title", FieldError.MISSING)
        if rules.titled(topics, entry.title, key):
            raise BadField("title", FieldError.TOPIC_THERE)
        if not 1 <= entry.minutes <= rules.LONGEST:
            raise BadField("minutes", FieldError.SENSELESS_MINUTES)
        if not key and len(topics) >= MOST_TOPICS:
            raise BadField("title", FieldError.TOO_MANY_TOPICS)
        _check(topics, key)
        return rules.with_entry(topics, key, entry)

    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        if key:
            return _changed(tx, team, lambda topics: say(topics, key))
        sent = submissions.claim(tx, form, Made.TOPIC, team.manager.id, team.id)
        before = {topic.key for topic in _current(tx, team.id)[1]}
        added = next((one for one in sent.made if one in before), "")
        after = _changed(tx, team, lambda topics: say(topics, added))
        if not added:
            submissions.keep(tx, sent, *(topic.key for topic in after if topic.key not in before))
        return after


def move(database: Database, actor: Actor, key: str, by: int) -> Topics:
    """Let that topic come earlier or later. Raises NoTeam, and Gone where it was retired."""

    def change(topics: Topics) -> Topics:
        _check(topics, key)
        return rules.moved(topics, key, by)

    return _change(database, actor, change)


def retire(database: Database, actor: Actor, key: str) -> Topics:
    """That topic is talked about no more; what was said of it stays.

    Raises NoTeam, Gone where it was retired, and LastTopic for the only one.
    """

    def change(topics: Topics) -> Topics:
        _check(topics, key)
        if len(topics) == 1:
            raise LastTopic
        return rules.retired(topics, key)

    return _change(database, actor, change)


def _check(topics: Topics, key: str) -> None:
    if key and all(topic.key != key for topic in topics):
        raise Gone


def _change(database: Database, actor: Actor, change: Callable[[Topics], Topics]) -> Topics:
    with database.writing(actor.workspace_id) as tx:
        return _changed(tx, own_team(tx, actor), change)


def _changed(tx: Transaction, team: Team, change: Callable[[Topics], Topics]) -> Topics:
    version, before = _current(tx, team.id)
    after = change(before)
    if after != before:
        sessions.add_set(tx, team.id, version + 1, after)
    return after


def _current(tx: Transaction, team_id: int) -> tuple[int, Topics]:
    """The version, 0 before there is any, and its topics."""
    current = sessions.current_set(tx, team_id)
    if current is None:
        return 0, DEFAULT_TOPICS
    return current[1], sessions.topics(tx, team_id, current[0])
