"""How thanks before the team begin, of what a kind of reason recognises. What was said in a session
is between the two of them, and of a result not even what was counted is told: only a promise is
quoted."""

import unicodedata

from bot.domain.todo.reasons import Reason


def for_a_promise(rep: str, reason: Reason) -> str:
    """Quotes the promise, unless there is a number in it."""
    quote = reason.text.partition("“")[2].rpartition("”")[0]
    if not quote or has_number(quote):
        return f"Thank you, {rep}, for keeping your word."
    return f"Thank you, {rep}: you said “{quote}”, and you did."


def for_progress(rep: str, _: Reason) -> str:
    """Of what was named in a session."""
    return f"Thank you, {rep}, for what you have moved lately."


def for_a_result(rep: str, _: Reason) -> str:
    """Of a result that is ahead."""
    return f"Thank you, {rep}, for the good work of late."


def has_number(text: str) -> bool:
    """Whether any digit or number sign stands in it, in whatever script."""
    return any(unicodedata.category(char)[0] == "N" for char in text)
