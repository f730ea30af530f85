"""Plain words to Windshield that ask for something: answered as what they are, by who asks."""

from collections.abc import Mapping

from bot.domain.workspaces.words import bare
from bot.services.contacts.notes import Standing
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.contacts import plain_words as views

GREETINGS = frozenset(
    f"{word}{behind}"
    for word in ("hi", "hello", "hey", "hallo", "good morning", "good afternoon", "good evening")
    for behind in ("", " windshield", " there")
)
HELP = frozenset({"help", "help me", "what can you do"})
TODO = frozenset({"todo", "to do", "my todo", "my list", "list"})

OF_MANAGER: Mapping[frozenset[str], Message] = {
    HELP: kit.message(views.USAGE),
    TODO: views.build_todo(),
    GREETINGS: kit.message(views.GREETING),
}


def answer_to(standing: Standing, raw: str) -> Message | None:
    """What those words are answered with where they are nothing to keep; None where they are a
    note. Of someone without a team nothing is kept; a rep is answered by `raising`."""
    if standing is Standing.MANAGER:
        said = bare(raw)
        return next((answer for words, answer in OF_MANAGER.items() if said in words), None)
    return kit.message(views.FOR_SOMEONE_NEW)
