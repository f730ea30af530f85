"""What was said of a topic, as it is read from a row of whichever statement asked for it."""

from typing import Any

from bot.domain.sessions.sessions import PastTopic, TopicNotes


def plan_of(row: Any) -> TopicNotes:
    """The plan alone: of `plan`, `activity` and `a_week`."""
    return TopicNotes(row.plan, activity=row.activity, a_week=row.a_week)


def notes_of(row: Any) -> TopicNotes:
    """The plan with what `changed` and the `next_step`."""
    return TopicNotes(
        row.plan, row.changed, row.next_step, activity=row.activity, a_week=row.a_week
    )


def all_of(row: Any) -> TopicNotes:
    """The same with the plan's `progress`. Read for every topic of years: made at one go."""
    return TopicNotes(row.plan, row.changed, row.next_step, row.progress, row.activity, row.a_week)


def past_of(row: Any) -> PastTopic:
    """The same in the session `interaction_id`, 0 for one that is gone, of `occurred_on`."""
    return PastTopic(row.occurred_on, notes_of(row), row.otherwise, row.interaction_id)


def kept_of(row: Any) -> PastTopic:
    """The plan that a session left which is gone, agreed on at `occurred_on`."""
    return PastTopic(row.occurred_on, plan_of(row), row.otherwise)
