"""The topics of strategy sessions: in order, and the form of one."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, NumberInputElement

from bot.domain.sessions.sessions import Topic, TopicShape
from bot.domain.sessions.topics import (
    LONGEST,
    MOST_TOPICS,
    PROMPT_LIMIT,
    TITLE_LIMIT,
    TopicEntry,
    Topics,
)
from bot.domain.team.settings import Direction
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TopicAction
from bot.views.block_kit.kit import View

DIRECTIONS = [
    ("Looking ahead", Direction.FORWARD.value),
    ("Looking back", Direction.REAR_VIEW.value),
]
NAMES = {value: label.lower() for label, value in DIRECTIONS}

SHAPES = [
    ("Free text", TopicShape.TEXT.value),
    ("Steps with a day", TopicShape.STEPS.value),
    ("A number a week", TopicShape.NUMBER.value),
    ("The rep's accounts", TopicShape.ACCOUNTS.value),
]
SHAPE_NAMES = {value: label.lower() for label, value in SHAPES}

MENU = (
    ("Edit", TopicAction.EDIT),
    ("Earlier", TopicAction.UP),
    ("Later", TopicAction.DOWN),
    ("Retire", TopicAction.RETIRE),
)


def build_topics(topics: Topics) -> View:
    """Every topic in order, with what can be done to it."""
    minutes = sum(topic.minutes for topic in topics)
    blocks: list[Block] = [
        kit.context(
            f"The same topics in every session, in this order: {minutes} minutes together. "
            "Sessions you held keep the topics they had."
        )
    ]
    blocks += [_topic(place, topic) for place, topic in enumerate(topics, 1)]
    if len(topics) < MOST_TOPICS:
        blocks.append(kit.actions([kit.button("Add a topic", TopicAction.ADD)]))
    return kit.modal("Topics", Form.READ_ONLY, blocks, close="Close")


def _topic(place: int, topic: Topic) -> Block:
    words = f"{place} · {kit.bold(topic.title)} · {topic.minutes} min · {NAMES[topic.direction]}"
    if topic.shape is not TopicShape.TEXT:
        words += f" · {SHAPE_NAMES[topic.shape]}"
    if topic.prompt:
        words += f"\n{kit.escape(topic.prompt)}"
    entries = [(label, Metadata(text=topic.key, step=step.value).pack()) for label, step in MENU]
    return kit.section(words, kit.menu(TopicAction.MENU, entries))


def build_topic_form(topic: Topic | None, under: str | None) -> View:
    """The form of a topic; of a new one where there is none."""
    shown = topic or Topic(0, "", "", "")
    here = Metadata(text=shown.key, under=under)
    blocks = [
        kit.field("title", "Title", kit.text_input(initial=shown.title, limit=TITLE_LIMIT)),
        kit.field(
            "prompt",
            "Question to start with",
            kit.text_input(initial=shown.prompt, limit=PROMPT_LIMIT),
            optional=True,
        ),
        kit.field(
            "shape",
            "Its plan",
            kit.choice(SHAPES, shown.shape.value),
            hint="Every plan has a text; this is what stands with it.",
        ),
        kit.field("direction", "It looks", kit.choice(DIRECTIONS, shown.direction.value)),
        kit.field(
            "minutes",
            "Minutes",
            NumberInputElement(
                is_decimal_allowed=False,
                initial_value=str(shown.minutes),
                min_value="1",
                max_value=str(LONGEST),
            ),
        ),
    ]
    return kit.modal("Topic", Form.TOPIC, blocks, here, submit="Save")


def parse_topic_form(state: Mapping[str, Any]) -> TopicEntry:
    """What the form says; 0 minutes for what is no number."""
    fields = Fields(state)
    minutes = fields.text("minutes").strip()
    return TopicEntry(
        title=" ".join(fields.text("title").split()),
        prompt=" ".join(fields.text("prompt").split()),
        direction=Direction(fields.chosen("direction") or Direction.FORWARD),
        minutes=int(minutes) if minutes.isdecimal() else 0,
        shape=TopicShape(fields.chosen("shape") or TopicShape.TEXT),
    )
