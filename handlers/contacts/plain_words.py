"""Plain words to Windshield that ask for something: what they ask for, and what a manager reads."""

from collections.abc import Mapping
from enum import Enum, auto

from bot.domain.team.teams import Seats
from bot.domain.workspaces.words import bare
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.contacts import plain_words as views
from bot.views.contacts.raising import build_help


class Asked(Enum):
    """What words ask for that are nothing to keep."""

    HELP = auto()
    TODO = auto()
    GREETING = auto()


_WORDS: Mapping[Asked, frozenset[str]] = {
    Asked.HELP: frozenset({"help", "help me", "what can you do"}),
    Asked.TODO: frozenset({"todo", "to do", "my todo", "my list", "list"}),
    Asked.GREETING: frozenset(
        f"{word}{behind}"
        for word in (
            "hi",
            "hello",
            "hey",
            "hallo",
            "good morning",
            "good afternoon",
            "good evening",
        )
        for behind in ("", " windshield", " there")
    ),
}


def asked_in(raw: str) -> Asked | None:
    """What those words ask for; None where they are anything else."""
    said = bare(raw)
    return next((asked for asked, words in _WORDS.items() if said in words), None)


def answer_to(asked: Asked, seats: Seats) -> Message:
    """What a manager is answered; who is a rep too and asks for help reads what a rep can do as
    well."""
    match asked:
        case Asked.HELP:
            return build_help(seats, views.USAGE)
        case Asked.TODO:
            return views.build_todo()
        case Asked.GREETING:
            return kit.message(views.GREETING)
