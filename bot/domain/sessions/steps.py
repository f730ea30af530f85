"""Next steps of a session: one a line in one box, each with who takes it and by when, and each a
promise of its own."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from bot.domain.promises import WHAT_LIMIT, Answer, Owner, Promise
from bot.domain.team.calendar import date_words
from bot.domain.team.typed_days import flaw_at_end, split_day
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.words import split_prefix, without_bullet

MOST_STEPS = 10
"""Of one topic."""

ALIKE = 0.6
"""How alike a step must be to one of before, from 0 to 1, to be that one in other words."""

_ME = frozenset({"me", "i"})
_ARROWS = "→➔> "


@dataclass(frozen=True)
class Step:
    """What will be done, by whom, and by when; None where the line names no day. `flaw` is what is
    wrong with the day that it seems to name."""

    what: str
    owner: Owner = Owner.REP
    due_on: date | None = None
    flaw: FieldError | None = None


@dataclass(frozen=True)
class Sides:
    """What both are called, in front of a step."""

    manager: str
    rep: str

    def owner_named(self, word: str) -> Owner | None:
        """Whose step it is in front of which that word stands, bare; None for another word. A
        first name that both have names neither."""
        if word in _ME:
            return Owner.MANAGER
        word = word.lstrip("@")
        manager, rep = _called(self.manager), _called(self.rep)
        if word in manager - rep:
            return Owner.MANAGER
        return Owner.REP if word in rep - manager else None


def _called(name: str) -> set[str]:
    whole = fold(name)
    return {whole, whole.partition(" ")[0]} - {""}


def parse_steps(
    typed: str, sides: Sides, today: date, known: Collection[str] = ()
) -> tuple[Step, ...]:
    """The steps in a box, one a line: `Dana: find a reference by 1 Dec`. A line that names nobody
    is the rep's; `today` is the day on the manager's wall. What is left of a line stays as typed;
    what is `known` as the words of a step already is not taken apart.
    """
    lines = (without_bullet(line.strip().lstrip(_ARROWS)).strip() for line in typed.splitlines())
    return tuple(_step(line, sides, today, known) for line in lines if line)


def _step(line: str, sides: Sides, today: date, known: Collection[str]) -> Step:
    if line in known:
        return Step(line)
    word, rest = split_prefix(line)
    owner = sides.owner_named(word) if word and rest else None
    said = rest if owner else line
    owner = owner or Owner.REP
    if said in known:
        return Step(said, owner)
    what, due_on = split_day(said, today)
    return Step(what, owner, due_on, None if due_on else _flaw(said, today))


def _flaw(said: str, today: date) -> FieldError | None:
    flaw = flaw_at_end(said, today)
    return FieldError.PAST_DAY_OF_STEP if flaw is FieldError.PAST_DAY else flaw


def check_steps(steps: Sequence[Step], made: Iterable[Promise], today: date) -> None:
    """Raises BadField for too many, for one that is too long, and for a day that is none or over,
    unless a promise that was `made` of it has that day."""
    if len(steps) > MOST_STEPS:
        raise BadField("next_step", FieldError.TOO_MANY_STEPS)
    if any(len(step.what) > WHAT_LIMIT for step in steps):
        raise BadField("next_step", FieldError.STEP_TOO_LONG)
    check_days(steps, "next_step")
    known = {promise.due_on for promise in made}
    if any(step.due_on and step.due_on < today and step.due_on not in known for step in steps):
        raise BadField("next_step", FieldError.PAST_DAY_OF_STEP)


def check_days(steps: Iterable[Step], field: str) -> None:
    """Raises BadField at that field for a line whose day is none: that of another weekday, one that
    no calendar has, or yesterday."""
    flaw = next((step.flaw for step in steps if step.flaw is not None), None)
    if flaw is not None:
        raise BadField(field, flaw)


def as_typed(steps: Iterable[Step]) -> str:
    """Steps as somebody would type them: `parse_steps` reads them back, on whatever day."""
    return "\n".join(map(_typed, steps))


def _typed(step: Step) -> str:
    who = "me: " if step.owner is Owner.MANAGER else ""
    by = f", by {date_words(step.due_on, date.max)}" if step.due_on else ""
    return f"{who}{step.what}{by}"


def held_steps(lines: str, made: Iterable[Promise]) -> tuple[Step, ...]:
    """The steps of a session that was held, from what was kept of each, one a line, and the
    promises that they became: a step whose promise is gone is the rep's, without a day."""
    left = list(made)
    steps = []
    for what in lines.splitlines():
        promise = next((one for one in left if one.what == what), None)
        if promise is None:
            steps.append(Step(what))
        else:
            left.remove(promise)
            steps.append(Step(what, promise.owner, promise.due_on))
    return tuple(steps)


def matched(steps: Sequence[Step], made: Sequence[Promise]) -> list[Promise | None]:
    """The promise that each step is already, of those that the same box made before, in their
    order: that of the same words, else of words that are much alike, else the next in order that
    nothing else says, so that a step that was reworded stays the same promise; but what its rep has
    agreed to or denied is not made of other words. What was kept, dropped or handed over is never
    made another. None for a step that is new."""
    left = sorted(made, key=lambda promise: promise.deleted)
    found: list[Promise | None] = [None] * len(steps)

    def take(is_it: Callable[[Promise, Step], bool]) -> None:
        for place, step in enumerate(steps):
            if found[place] is None:
                promise = next((one for one in left if is_it(one, step)), None)
                if promise is not None:
                    left.remove(promise)
                    found[place] = promise

    take(lambda one, step: fold(one.what) == fold(step.what))
    left = [one for one in left if one.closed_on is None]
    take(lambda one, step: _alike(one.what, step.what))
    take(lambda one, _step: one.answer in (None, Answer.NOTED))
    return found


def _alike(before: str, now: str) -> bool:
    return SequenceMatcher(None, fold(before), fold(now)).ratio() >= ALIKE
