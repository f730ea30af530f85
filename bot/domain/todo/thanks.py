"""**Thank in the channel**: what may be said before the team, and how it begins."""

from dataclasses import dataclass

from bot.domain.team.teams import Membership, Team, Thanks
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import Reason
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.people import Person

WORDS_LIMIT = 500


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
    """Whether the rep of that place may be thanked for it in the channel: it recognises something,
    they said so themselves, and were told of Windshield."""
    return (
        KINDS[reason.kind].thanks is not None
        and team.settings.channel is not None
        and member is not None
        and member.introduced
        and member.thanks is Thanks.WELCOME
    )


def first_words(rep: str, reason: Reason) -> str:
    """The words to begin with, for a reason that recognises something."""
    begin = KINDS[reason.kind].thanks
    assert begin is not None
    return begin(rep, reason)
