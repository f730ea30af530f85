"""Reasons from promises of both sides, and from what reps raise."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.promises import Answer, Owner, Promise
from bot.domain.team.calendar import DAYS, date_words
from bot.domain.team.ramp import span_words
from bot.domain.todo.reasons import ANY_DAY, Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import by, due, whose, words

KEPT_LATELY = timedelta(days=14)

PLANS_LAST = timedelta(days=14)
"""How long before the week a rep's promise was kept, or was to be, and is still talked about."""

LIKE_OWED = 10
"""What something raised gains that was taken on for this week: it is owed then."""


def owed(facts: ReasonFacts) -> Iterator[Found]:
    """What the manager owes before the week after begins, or without a day."""
    for promise in facts.promises:
        later = promise.due_on is not None and promise.due_on > facts.owed_until
        if _owes(promise, Owner.MANAGER) and promise.raised_on is None and not later:
            yield _of_owed(promise, facts)


def raised(facts: ReasonFacts) -> Iterator[Found]:
    """What the rep raised that is still open."""
    for promise in facts.promises:
        if _owes(promise, Owner.MANAGER) and promise.raised_on is not None:
            yield _of_raised(promise, facts)


def offered(facts: ReasonFacts) -> Iterator[Found]:
    """The rep's own promises that are due."""
    for promise in facts.promises:
        if promise.ramp_day is None:
            yield from _offered(ReasonKind.REP_PROMISE, promise, facts)


def ramp_steps(facts: ReasonFacts) -> Iterator[Found]:
    """Steps of the rep's first weeks that are due. Those of the manager are owed."""
    for promise in facts.promises:
        if promise.ramp_day is not None:
            yield from _offered(ReasonKind.RAMP_STEP, promise, facts)


def kept(facts: ReasonFacts) -> Iterator[Found]:
    """What the rep kept of late."""
    for promise in facts.promises:
        kept_on = promise.kept_on
        said = promise.answer is not Answer.NOT_SO and not promise.deleted
        if promise.owner is Owner.REP and kept_on is not None and said:
            yield from _of_kept(promise, kept_on, facts)


def between_us_words(name: str, *, for_time: bool = False) -> str:
    """That a rep raised something between the two of them, or asked for time. Not what: the list is
    kept and exported, and read on a phone beside others."""
    if for_time:
        return f"{name} asked for time with you."
    return f"{name} raised something between the two of you."


def _owes(promise: Promise, owner: Owner) -> bool:
    return promise.owner is owner and promise.is_open and promise.answer is not Answer.NOT_SO


def _of_owed(promise: Promise, facts: ReasonFacts) -> Found:
    who = facts.teller or "You"
    told = f"{promise.noted_by or who} told {facts.name}"
    if promise.ramp_day is not None:
        told = f"{_for_ramp(promise.ramp_day, facts)}, from {facts.teller or 'you'}"
    text = f"{told}: “{words(promise.what)}”{by(promise.due_on, facts)}."
    when = due(promise.due_on, facts) or ", without a day"
    because = f"{who} owe{'s' if facts.teller else ''} it{when}."
    # Without a date it does not press like one that has come due.
    lift = -20 if promise.due_on is None else 0
    return _of_promise(ReasonKind.PROMISE_OWED, promise, text, because, facts, lift)


def _of_raised(promise: Promise, facts: ReasonFacts) -> Found:
    taken = ""
    if promise.due_on is not None:
        # An earlier manager may have, or whoever manages the rep now.
        who = "It was taken on" if promise.noted_by else "You took it on"
        taken = f" {who}{by(promise.due_on, facts)}."
    text = f"{_said(promise, facts.name)}{taken} {_to_ask(promise, facts.name)}"
    lift = 0
    if promise.due_on is not None:
        # Taken on for a later week, it lets go first what nobody has taken on yet.
        lift = LIKE_OWED if promise.due_on <= facts.owed_until else -5
    did = "asked for it" if promise.for_time else "raised it"
    because = f"{facts.name} {did}, and it is still open{due(promise.due_on, facts)}."
    return _of_promise(ReasonKind.RAISED, promise, text, because, facts, lift)


def _said(promise: Promise, name: str) -> str:
    """What the rep raised or asked for, as far as the list may say it."""
    if promise.between_us:
        return between_us_words(name, for_time=promise.for_time)
    if not promise.for_time:
        return f"{name} raised: “{words(promise.what)}”."
    wish = f": “{words(promise.wish)}”" if promise.wish else ""
    return f"{name} asked for time{wish}."


def _to_ask(promise: Promise, name: str) -> str:
    return "When suits you both?" if promise.for_time else f"Anything to tell {name}?"


def _offered(kind: ReasonKind, promise: Promise, facts: ReasonFacts) -> Iterator[Found]:
    due_on = promise.due_on
    if not _owes(promise, Owner.REP) or due_on is None:
        return
    if not facts.begins - PLANS_LAST <= due_on <= facts.ends:
        return
    # Once its day has passed, to bring it up again and again would be checking up.
    if due_on < facts.begins and f"promise:{promise.id}" in facts.said:
        return
    ahead = due_on >= max(facts.today, facts.begins)
    when = f" for {DAYS[due_on.weekday()]}" if ahead else ""
    who = promise.noted_by or facts.teller or "You"
    noted = f"{who} noted for {facts.name}{',' if when else ''}{when}"
    plan = f"{facts.name}'s plan{when}" if promise.is_agreed else noted
    if promise.ramp_day is not None:
        plan = f"{_for_ramp(promise.ramp_day, facts)}{',' if when else ''}{when}"
    text = f"{plan}: “{words(promise.what)}”. Offer a hand."
    said = f"{facts.name}'s own promise" if promise.is_agreed else f"{who} noted it"
    because = f"{said}{due(due_on, facts)}."
    yield _of_promise(kind, promise, text, because, facts)


def _of_kept(promise: Promise, kept_on: date, facts: ReasonFacts) -> Iterator[Found]:
    if kept_on < facts.begins - KEPT_LATELY:
        return
    did, what = ("kept", "A promise kept") if promise.is_agreed else ("did", "A step done")
    text = f"{facts.name} {did} it: “{words(promise.what)}”. Say you noticed."
    day = date_words(kept_on, facts.today)
    source = f"{'Kept' if promise.is_agreed else 'Done'} on {day}"
    reason = Reason(
        ReasonKind.PROMISE_KEPT, f"kept:{promise.id}", text, source, unshown=not promise.shown
    )
    yield Found(reason, f"{what} on {day}.")


def _of_promise(
    kind: ReasonKind,
    promise: Promise,
    text: str,
    because: str,
    facts: ReasonFacts,
    lift: int = 0,
) -> Found:
    day = date_words(promise.raised_on or promise.made_on, facts.today)
    noted = f"{whose(promise.noted_by or facts.teller)} contact"
    source = f"From {noted} on {day}" if promise.interaction_id else f"Noted on {day}"
    if promise.ramp_day is not None:
        source = f"The steps for who is new on {whose(facts.teller)} team"
    if promise.raised_at is not None:
        source = f"{facts.name} wrote it on {day}"
    reason = Reason(kind, f"promise:{promise.id}", text, source, unshown=not promise.shown)
    return Found(reason, because, _days(promise, facts), lift)


def _for_ramp(day: int, facts: ReasonFacts) -> str:
    return f"For {facts.name}'s {span_words(day)}"


def _days(promise: Promise, facts: ReasonFacts) -> Days:
    """On its due day or before. What was raised in this very week, and nobody has taken on yet,
    waits for nothing, and what a rep brought up themselves in no week; a plan of the rep's whose
    day has passed presses nobody."""
    due_on = promise.due_on
    if promise.waits:
        return Days(last=promise.raised_on)
    if due_on is None and promise.raised_on is not None and promise.raised_on >= facts.begins:
        return Days(last=promise.raised_on)
    if due_on is not None and promise.owner is Owner.REP and due_on < facts.begins:
        return ANY_DAY
    return Days(last=due_on)
