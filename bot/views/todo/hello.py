"""The first message that a manager ever gets: the first list says hello."""

from slack_sdk.models.blocks import BlockElement

from bot.domain.team.calendar import DAYS
from bot.domain.todo.lists import TodoView
from bot.views.block_kit import kit
from bot.views.block_kit.ids import TeamAction


def hello_words(facts: TodoView) -> str:
    """Who writes, why, and that nobody else has heard; "" once that is not so."""
    if not facts.hello:
        return ""
    settings = facts.team.settings
    if facts.team.led_since is not None:
        return (
            "Hello from Windshield. This team is yours here now, with its plans, promises and "
            "agenda; what was private stayed with whoever had it before you. This is your list: a "
            "place for every rep each week, with a reason to be in contact. It comes on "
            f"{DAYS[settings.todo_day]}s at {kit.time_words(settings.todo_time)}.\n"
            "*Your reps have not been told yet.* I write to nobody but you until you have seen the "
            "introduction and sent it."
        )
    return (
        "Hello from Windshield. Your team is set up here, and this is your first list: a place for "
        "every rep each week, with a reason to be in contact. It comes on "
        f"{DAYS[settings.todo_day]}s at {kit.time_words(settings.todo_time)}.\n"
        "*Your reps have not been told yet.* I write to nobody but you until you have seen the "
        "introduction and sent it."
    )


def hello_buttons(facts: TodoView) -> list[BlockElement]:
    """**See and send**: the introduction, while nobody has had it."""
    return [kit.button("See and send", TeamAction.INTRODUCE)] if facts.hello else []
