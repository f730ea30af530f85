"""A team's topics, changed: every change is a new version, and old sessions keep theirs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.sessions.sessions import Topic, TopicShape
from bot.domain.team.settings import Direction
from bot.domain.workspaces.names import fold

MOST_TOPICS = 12
"""More than a session has time for, and as many as its form has steps for."""

TITLE_LIMIT = 60
PROMPT_LIMIT = 200
LONGEST = 120
"""Minutes of one topic."""

Topics = tuple[Topic, ...]


@dataclass(frozen=True)
class TopicEntry:
    """What a manager says of a topic."""

    title: str
    prompt: str
    direction: Direction
    minutes: int
    shape: TopicShape = TopicShape.TEXT


def with_entry(topics: Topics, key: str, entry: TopicEntry) -> Topics:
    """With that topic changed; at the end where there is none of that key."""
    changed = {
        "title": entry.title,
        "prompt": entry.prompt,
        "direction": entry.direction,
        "minutes": entry.minutes,
        "shape": entry.shape,
    }
    if any(topic.key == key for topic in topics):
        return tuple(
            replace(topic, **changed) if topic.key == key else topic  # type: ignore[arg-type]
            for topic in topics
        )
    return (*topics, Topic(id=0, key=_key(entry.title, topics), **changed))  # type: ignore[arg-type]


def moved(topics: Topics, key: str, by: int) -> Topics:
    """With that topic `by` places later; as they are where it is first or last already."""
    order = list(topics)
    place = next((n for n, topic in enumerate(order) if topic.key == key), None)
    if place is None or not 0 <= place + by < len(order):
        return topics
    order.insert(place + by, order.pop(place))
    return tuple(order)


def retired(topics: Topics, key: str) -> Topics:
    """Without that topic; what was said of it stays where it was said."""
    return tuple(topic for topic in topics if topic.key != key)


def titled(topics: Sequence[Topic], title: str, but: str) -> bool:
    """Whether another topic than `but` has that title."""
    wanted = fold(title)
    return any(fold(topic.title) == wanted for topic in topics if topic.key != but)


def _key(title: str, topics: Sequence[Topic]) -> str:
    """A name that stays. The same title gives the same one, so that a topic that was retired and
    comes back finds its plan again."""
    slug = re.sub(r"\W+", "-", title.casefold()).strip("-") or "topic"
    taken = {topic.key for topic in topics}
    number, key = 1, slug
    while key in taken:
        number += 1
        key = f"{slug}-{number}"
    return key
