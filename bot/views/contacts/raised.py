"""What a rep raised: the forms that keep it, and how the rep reads of it."""

from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.contacts.interactions import Logged
from bot.domain.promises import WHAT_LIMIT, Promise, Promised, RaisedState, usual_due_date
from bot.domain.team.teams import RepChoice
from bot.views.block_kit import kit, people
from bot.views.block_kit.ids import Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.promises.promise import between_us_field, by_words, due_field, what_field

OWNED = "You will own it, and they see it on their page."


def build_raised_in_contact(logged: Logged, metadata: Metadata) -> View:
    """What the rep raised in a contact that is logged already."""
    name, day = kit.bold(logged.touch.rep.name), logged.touch.occurred_on
    blocks = [
        kit.context(f"In your contact with {name}, {kit.day_words(day, logged.today)}"),
        what_field("What they raised", ""),
        due_field(usual_due_date(logged.today), OWNED),
        between_us_field(),
    ]
    return _form(blocks, metadata)


def build_raised_from_message(choice: RepChoice, rep: str, words: str, metadata: Metadata) -> View:
    """What someone raised in a message with these words."""
    cut = len(words) > WHAT_LIMIT
    hint = f"The first {WHAT_LIMIT} characters; the rest stays in the message." if cut else None
    blocks = [
        people.rep_field(choice.reps, rep or None, placeholder="Who raised it?"),
        what_field("What they raised", words, hint),
        due_field(usual_due_date(choice.today), OWNED),
        between_us_field(),
    ]
    return _form(blocks, metadata)


def _form(blocks: list[Block], metadata: Metadata) -> View:
    return kit.modal("They raised something", Form.RAISED, blocks, metadata, submit="Keep it")


def raised_words(promise: Promise, manager: str, today: date) -> str:
    """What became of it so far, as the rep who raised it reads it."""
    name = kit.escape(manager)
    if promise.for_time:
        return _asked_words(promise, name, today)
    match promise.raised_state:
        case RaisedState.RAISED:
            state = f"{name} has it"
        case RaisedState.TAKEN_ON:
            by = by_words(promise, today)
            # An earlier manager may have, or whoever manages the rep now.
            taken = f"taken on{by}; {name} has it now"
            state = taken if promise.noted_by else f"{name} took it on{by}"
        case _:
            state = _closed(promise, name, today)
    between = " · between us" if promise.between_us else ""
    return f"“{kit.quote(promise.what)}”{between} · {state}"


def _asked_words(promise: Promise, manager: str, today: date) -> str:
    """You asked for time, 26 Nov: “the Acme renewal”, and what became of it."""
    day = kit.date_words(promise.raised_on or promise.made_on, today)
    between = " · between us" if promise.between_us else ""
    wish = f": “{kit.quote(promise.wish)}”" if promise.wish else ""
    state = f" · {_closed(promise, manager, today)}" if promise.closed_on else ""
    return f"You asked {manager} for time, {day}{wish}{between}{state}"


def build_told(promised: Promised) -> Message:
    """To the rep, once: what they raised is closed, and how."""
    promise = promised.promise
    name = kit.escape(promised.manager.name)
    did = "asked for time" if promise.for_time else "raised"
    what = f"You {did}" + (f": “{kit.quote(promise.wish)}”" if promise.wish else "")
    # A preview shows the first block, on a screen that others see.
    text = f"{name} answers you" if promise.for_time else f"{name} closed something you raised"
    between = ", between the two of you" if promise.between_us else ""
    if promise.for_time:
        outcome = f"{name} answers: “{kit.quote(promise.closing_words)}”"
    elif promise.handed_to is not None:
        outcome = f"{name} handed it over: {kit.escape(promise.handed_to)} has it now."
    elif promise.kept_on is not None:
        outcome = f"{name} has seen to it. Thank you for bringing it up."
    elif promise.closing_words:
        outcome = f"{name} is letting it go, and says why: “{kit.quote(promise.closing_words)}”"
    else:
        outcome = f"{name} is letting it go. If it still matters to you, bring it up again."
    why = "You get this once, because you raised it. Your *Home* tab has all you raised."
    blocks: list[Block] = [
        kit.section(f"{text}{between}."),
        kit.section(f"{what}\n{outcome}"),
        kit.context(why),
    ]
    return kit.message(text, blocks)


def _closed(promise: Promise, manager: str, today: date) -> str:
    day = kit.day_words(promise.closed_on, today) if promise.closed_on else ""
    if promise.for_time:
        said = f"{manager} answered {day}: “{kit.quote(promise.closing_words)}”"
        return f"you talked {day}" if promise.kept_on else said
    if promise.handed_to is not None:
        return f"closed {day}, {kit.escape(promise.handed_to)} has it now"
    if promise.kept_on is not None:
        # By an earlier manager, or by whoever manages the rep now.
        return f"closed {day}" + ("" if promise.noted_by else f", {manager} has seen to it")
    why = f": “{kit.quote(promise.closing_words)}”" if promise.closing_words else ""
    return f"closed {day}{why}" if promise.noted_by else f"closed {day}, {manager} let it go{why}"
