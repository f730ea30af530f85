"""What the sentences of reasons share: people's words on a line, names in a row, days."""

from datetime import date

from bot.domain.contacts.typed_text import listed, shorten
from bot.domain.team.calendar import DAYS, date_words
from bot.domain.todo.reasons import ReasonFacts

WORDS_SHOWN = 200

NAMES_SHOWN = 3

NAME_SHOWN = 60
"""Characters of a name of a customer: beside it stands what there is to ask."""


def words(typed: str) -> str:
    """Somebody's words on one line, shortened where they are long."""
    return shorten(" ".join(typed.split()), WORDS_SHOWN)


def name_words(name: str) -> str:
    """The name of an account, or of somebody there, on one line."""
    return shorten(" ".join(name.split()), NAME_SHOWN)


def names_listed(names: tuple[str, ...]) -> str:
    """Names in a sentence, the first few of many."""
    shown = [name_words(name) for name in names[:NAMES_SHOWN]]
    if len(names) > NAMES_SHOWN:
        return f"{', '.join(shown)} and others"
    return listed(shown)


def otherwise_words(otherwise: str | None, facts: ReasonFacts) -> str | None:
    """What the rep remembers otherwise of what is quoted, in a sentence; None for nothing."""
    return f"{facts.name} remembers it differently: “{words(otherwise)}”." if otherwise else None


def by(due_on: date | None, facts: ReasonFacts) -> str:
    """The day something is due, at the end of a sentence; nothing for none."""
    if due_on is None:
        return ""
    if max(facts.today, facts.begins) <= due_on <= facts.ends:
        return f", by {DAYS[due_on.weekday()]}"
    return f", by {date_words(due_on, facts.today)}"


def due(due_on: date | None, facts: ReasonFacts) -> str:
    """The same by its date, for the facts behind a reason."""
    return f", due {date_words(due_on, facts.today)}" if due_on else ""


def whose(name: str | None) -> str:
    """Of somebody by that name; None for whoever reads it."""
    return f"{name}'s" if name else "your"
