"""The ranking of reasons: best first, and explainable."""

from datetime import date

from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import (
    Found,
    Ranked,
    Reason,
    ReasonFacts,
    StandInReads,
)
from bot.domain.todo.sources.questions import QUESTIONS, question_asked, question_of

NEAR = 30
"""Reasons whose weights differ by no more are of similar weight: they take turns."""

CARRIED = 25
"""What a reason gains that stayed open last week."""


def rank(facts: ReasonFacts) -> tuple[Ranked, ...]:
    """Every reason there is for that rep in that week, best first; two at the least."""
    weighed = [
        _weigh(found, facts)
        for kind in KINDS.values()
        for found in kind.source(facts)
        if _may_be_said(found.reason, facts)
    ]
    return tuple(sorted(weighed, key=lambda ranked: _place(ranked, facts)))


def still_stands(ranking: tuple[Ranked, ...], about: str) -> Ranked | None:
    """The reason about `about` in today's words; None when its facts are gone.

    A promise that the rep has kept since then is the reason to say so.
    """
    kept = about.replace("promise:", "kept:")
    return next((ranked for ranked in ranking if ranked.reason.about in (about, kept)), None)


def gives_way(ranked: Ranked, best: Ranked) -> bool:
    """Whether a reason that stands gives way to one that came up since: what is owed and what was
    raised leads at once."""
    return KINDS[ranked.reason.kind].takes_turns and not KINDS[best.reason.kind].takes_turns


def is_owed_by(ranked: Ranked, day: date) -> bool:
    """Whether it is about something that the manager owes by that day."""
    last = ranked.days.last
    return not KINDS[ranked.reason.kind].takes_turns and last is not None and last <= day


def subject(reason: Reason) -> str:
    """What a contact was about that had this reason: the words it quotes, where it does and its rep
    may read them. A rep has it in a copy, so nothing of a session or field day is quoted, which may
    not be shared yet or be remembered otherwise."""
    question = question_of(reason)
    if question is not None:
        return question_asked(QUESTIONS[question])
    kind = KINDS[reason.kind]
    if kind.unsaid or kind.of_a_contact or reason.unshown:
        return kind.subject or kind.called
    quoted = reason.text.partition("“")[2].rpartition("”")[0]
    return quoted or kind.subject


def _place(ranked: Ranked, facts: ReasonFacts) -> tuple[int, date, bool, int, str]:
    """Among equals the first due, then what had no turn lately, then the oldest."""
    about = ranked.reason.about
    # By length first, or promise:10 would be older than promise:9.
    return -ranked.weight, ranked.days.last or date.max, about in facts.said, len(about), about


def _may_be_said(reason: Reason, facts: ReasonFacts) -> bool:
    kind = KINDS[reason.kind]
    if facts.teller is not None and not _allowed(reason, kind.stand_in, facts.ticked):
        return False
    return not kind.once or reason.about not in facts.said


def _allowed(reason: Reason, reads: StandInReads, ticked: frozenset[int]) -> bool:
    """Whether a stand-in reads it."""
    if reads is StandInReads.TICKED:
        return int(reason.about.partition(":")[2]) in ticked
    return reads is StandInReads.ALWAYS


def _weigh(found: Found, facts: ReasonFacts) -> Ranked:
    reason, because = found.reason, found.because
    weight = KINDS[reason.kind].weight + found.lift
    carried = reason.about == facts.carried
    again = not carried and reason.kind is facts.last_kind and KINDS[reason.kind].takes_turns
    if carried:
        because = f"{because} It stayed open last week, so it comes sooner."
        weight += CARRIED
    elif again:
        because = f"{because} One like it had its turn last week."
        weight -= NEAR + 1
    return Ranked(reason, weight, because, found.days, found.stays, again)
