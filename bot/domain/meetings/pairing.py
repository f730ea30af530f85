"""**Pair them**: one rep shows in **One skill** what another is working on.

Whether a strength is what somebody works on is told by the words that were written, folded, and
never guessed by what they mean: too few pairs are better than one that puzzles two people.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.workspaces.names import fold, in_order
from bot.domain.workspaces.people import Person

SKILL_LIMIT = 120
"""Characters of what is shown: a line of an agenda."""

IN_COMMON = 2
"""Words that a strength and a focus have in common at the least, where one has more than one."""

_WORD = re.compile(r"\w+(?:'\w+)?")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STOP = _listed(
    """
    a about after all also always am an and any are as ask asks at be been before being better but
    by can did do does doing each even every excellent for from gets good great had has have he her
    his how i if in into is it its just keeps less let lets like make makes many more most much
    must my never no nor not of off often on one only or other our out over own really s say says
    she should so some still strong than that the their them then there they this to too under up
    use uses very was way well were what when where which who why will with without works would you
    your
    aber als am an auch auf aus bei das dem den der des die ein eine einem einen einer es fur gut
    hat im in ist mehr mit nach nicht noch oder sehr sich sie und von vor wie wird zu zum zur
    """
)
"""Words that say nothing of what a skill is about."""


@dataclass(frozen=True)
class Noted:
    """A strength or a focus, as it was shared with its rep: `field_day` is the id of that contact.
    `disputed`: the rep remembers that day otherwise."""

    team_id: int
    rep: Person
    field_day: int
    on: date
    text: str
    disputed: bool = False


@dataclass(frozen=True)
class Pair:
    """`shower` could show `learner`: what was noted of each."""

    shower: Person
    learner: Person
    strength: Noted
    focus: Noted

    @property
    def seen(self) -> str:
        """What a press on it says was seen: another pair is another question."""
        return f"{self.strength.field_day} {self.focus.field_day}"

    @property
    def skill(self) -> str:
        """What would be shown, as it was noted."""
        return " ".join(self.strength.text.split())[:SKILL_LIMIT].strip()


def fits(strength: str, focus: str) -> bool:
    """Whether both are about the same, as far as the words tell: they have two in common, or are
    about one word, which is the same."""
    one, other = _words(strength), _words(focus)
    if not one or not other:
        return False
    return one == other or len(one & other) >= IN_COMMON


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text))) - _STOP


def pair_of(
    strengths: Sequence[Noted],
    focuses: Sequence[Noted],
    there: Collection[int],
    before: Iterable[Swap],
    meeting_id: int,
    now: datetime,
) -> Pair | None:
    """The pair to propose for a meeting, None for none: of the newest focus, then the newest
    strength. `focuses` are the standing ones, one a rep; `there` are the persons who can be at the
    meeting; `before` is what the team's pairs were asked so far.

    Nobody shows what they are working on themselves. Two of whom either said no are not proposed
    again, nor are they for a focus that was shown; and who is asked about another pair, or is to
    show something, is left alone.
    """
    asked = list(before)
    closed = {key for one in asked for key in _closed(one, meeting_id)}
    busy = {person for one in asked if _is_busy(one, now) for person in _both(one)}
    working_on = {one.rep.id: one.text for one in focuses}
    found = [
        Pair(strength.rep, focus.rep, strength, focus)
        for focus in focuses
        for strength in strengths
        if strength.rep.id != focus.rep.id
        and {strength.rep.id, focus.rep.id} <= set(there) - busy
        and not strength.disputed
        and not focus.disputed
        and fits(strength.text, focus.text)
        and not fits(strength.text, working_on.get(strength.rep.id, ""))
    ]
    standing = [
        one
        for one in found
        if closed.isdisjoint(
            {
                (one.shower.id, one.learner.id, None),
                (one.shower.id, one.learner.id, one.focus.field_day),
            }
        )
    ]
    return min(standing, key=_order, default=None)


def _order(pair: Pair) -> tuple[int, int, tuple[str, str], tuple[str, str], int, int]:
    return (
        -pair.focus.on.toordinal(),
        -pair.strength.on.toordinal(),
        in_order(pair.shower.name),
        in_order(pair.learner.name),
        pair.strength.field_day,
        pair.focus.field_day,
    )


def _closed(asked: Swap, meeting_id: int) -> Iterable[tuple[int, int, int | None]]:
    """The pairs that are not proposed because of that: who shows it, who would see it, and of which
    focus, None for all."""
    learner = asked.learner
    if learner is None:
        return
    put_off = asked.state is SwapState.PUT_OFF and asked.meeting_id == meeting_id
    if put_off or asked.state is SwapState.DECLINED:
        yield asked.shower.id, learner.id, None
    if asked.kind is SwapKind.SHOW and asked.state is SwapState.TAKEN:
        yield asked.shower.id, learner.id, asked.focus


def _is_busy(asked: Swap, now: datetime) -> bool:
    """Whether the two wait for an answer, or for the meeting in which one shows it."""
    if asked.state is SwapState.ASKED:
        return now < asked.until
    shows = asked.kind is SwapKind.SHOW and asked.state is SwapState.TAKEN
    return shows and now.date() <= asked.day


def _both(asked: Swap) -> set[int]:
    return {one.id for one in (asked.asked, asked.other) if one is not None}
