"""**Thank in the channel**: what may be said before the team, and how it begins."""

import unicodedata
from dataclasses import dataclass

from bot.domain.team.teams import Membership, Team, Thanks
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.people import Person

WORDS_LIMIT = 500

THANKED = frozenset({ReasonKind.PROMISE_KEPT, ReasonKind.PROGRESS, ReasonKind.RESULT_AHEAD})
"""The kinds of reasons that recognise something."""


@dataclass(frozen=True)
class ThanksForm:
    """What thanks are about to be: for whom, by whom and where, why, and the words to begin with.
    `named` is somebody else whom the words name, which is asked about first."""

    rep: Person
    manager: Person
    channel: str
    reason: Reason
    words: str
    named: Named | None = None


def may_thank(team: Team, member: Membership | None, reason: Reason) -> bool:
    """Whether the rep of that place may be thanked for it in the channel: they said so themselves,
    and were told of Windshield."""
    return (
        reason.kind in THANKED
        and team.settings.channel is not None
        and member is not None
        and member.introduced
        and member.thanks is Thanks.WELCOME
    )


def first_words(rep: str, reason: Reason) -> str:
    """The words to begin with. What was said in a session is between the two of them, so that only
    a promise is quoted, and none that holds a number; of a result not even what was counted."""
    if reason.kind is ReasonKind.RESULT_AHEAD:
        return f"Thank you, {rep}, for the good work of late."
    if reason.kind is ReasonKind.PROGRESS:
        return f"Thank you, {rep}, for what you have moved lately."
    quote = reason.text.partition("“")[2].rpartition("”")[0]
    if not quote or has_number(quote):
        return f"Thank you, {rep}, for keeping your word."
    return f"Thank you, {rep}: you said “{quote}”, and you did."


def has_number(text: str) -> bool:
    """Whether any digit or number sign stands in it, in whatever script."""
    return any(unicodedata.category(char)[0] == "N" for char in text)
