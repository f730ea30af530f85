"""What plain words to Windshield are answered with that are no note: help, todo, a greeting."""

from bot.views.block_kit import kit
from bot.views.block_kit.ids import TodoAction
from bot.views.block_kit.kit import Message

USAGE = (
    "*Write to me, and I keep it as a private note*, word for word, for you alone. Then you can "
    "make a contact, a field day or a promise of it. What you forward to me counts as words, and "
    "of a file or a voice clip I keep the link.\n"
    "`/touch @rep call about the Acme renewal` logs a contact. `/binder @rep` shows all you keep "
    "about a rep. `todo` is your list of this week. `/team` changes your team."
)

GREETING = (
    "Hello. Write to me as it comes, and I keep it for you alone; `todo` opens your list, and "
    "`help` says what else there is."
)

FOR_SOMEONE_NEW = (
    "Hello. I help managers keep their attention on each of their reps. `/team` sets up your "
    "team; it takes a minute. What you wrote just now is not kept."
)


def build_todo() -> Message:
    """To `todo`: the list, one press away."""
    text = "Your list of this week:"
    return kit.message(text, [kit.section(text, kit.button("Open the list", TodoAction.SHOW))])


def build_nothing_taken(left_out: str) -> Message:
    """To a message of which nothing could be kept."""
    return kit.message(
        f"I could not take {left_out}, so nothing was kept. Write me a line about it, and I keep "
        "that."
    )
