"""Reasons from accounts: who is to be introduced to whom there."""

from collections.abc import Iterator

from bot.domain.team.calendar import date_words
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import name_words, names_listed

KEY_ACCOUNT = 4
"""What an introduction gains at a key account, or where it was planned, before the others."""


def introductions(facts: ReasonFacts) -> Iterator[Found]:
    """Those still to be made."""
    yield from _known_alone(facts)
    yield from _passing(facts)


def _known_alone(facts: ReasonFacts) -> Iterator[Found]:
    if facts.leaves_on is None:
        return
    day = date_words(facts.leaves_on, facts.today)
    for one in facts.introductions:
        whom = name_words(one.account)
        if one.people:
            whom = f"{names_listed(one.people)} at {whom}"
        text = f"Of the team only {facts.name} knows {whom}. Plan a visit with whoever takes over."
        about = f"introduction:{one.account_id}"
        reason = Reason(ReasonKind.INTRODUCTION, about, text, f"{facts.name}'s field days")
        because = f"{facts.name}'s last day on the team is before {day}."
        lift = KEY_ACCOUNT if one.is_key else 0
        yield Found(reason, because, Days(last=facts.leaves_on), lift)


def _passing(facts: ReasonFacts) -> Iterator[Found]:
    # The form says that until the introduction is made the list of each week brings it up.
    for one in facts.passing:
        planned, whom = one.transition, names_listed(one.people)
        day, account = date_words(planned.day, facts.today), name_words(planned.account)
        if one.here:
            other = planned.takes_over.name
            ahead = f"takes over {account} from {day} on"
            takes = ahead if planned.day > facts.today else f"has taken over {account}"
            ask = f"to introduce {other} to {whom}" if whom else "for an introduction there"
            text = f"{other} {takes}. Ask {facts.name} {ask}."
        else:
            know = f"get to know {whom}" if whom else "meet everyone there"
            text = f"{facts.name} takes over {account}. Ask what would help to {know}."
        source = f"The transition you planned on {date_words(planned.planned_on, facts.today)}"
        reason = Reason(ReasonKind.INTRODUCTION, f"transition:{planned.id}", text, source)
        because = f"{account} passes on {day}, and the introduction is still to be made."
        yield Found(reason, because, Days(last=planned.day), KEY_ACCOUNT, stays=True)
