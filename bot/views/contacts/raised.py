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
    match promise.raised_state:
        case RaisedState.RAISED:
            state = f"{name} has it"
        case RaisedState.TAKEN_ON:
            state = f"{name} took it on{by_words(promise, today)}"
        case _:
            state = _closed(promise, name, today)
    between = " · between us" if promise.between_us else ""
    return f"“{kit.quote(promise.what)}”{between} · {state}"


def build_told(promised: Promised) -> Message:
    """To the rep, once: what they raised is closed, and how."""
    promise = promised.promise
    name = kit.escape(promised.manager.name)
    what = f"You raised: “{kit.quote(promise.what)}”"
    # A preview shows the first block, on a screen that others see.
    first = [kit.section("Something you raised between the two of you is closed.")]
    if promise.handed_to is not None:
        outcome = f"{name} handed it over: {kit.escape(promise.handed_to)} has it now."
    elif promise.kept_on is not None:
        outcome = f"{name} has seen to it. Thank you for bringing it up."
    elif promise.closing_words:
        outcome = f"{name} is letting it go, and says why: “{kit.quote(promise.closing_words)}”"
    else:
        outcome = f"{name} is letting it go. If it still matters to you, bring it up again."
    why = "You get this once, because you raised it. Your *Home* tab has all you raised."
    blocks: list[Block] = [
        *(first if promise.between_us else ()),
        kit.section(f"{what}\n{outcome}"),
        kit.context(why),
    ]
    return kit.message(f"{name} closed something you raised", blocks)


def _closed(promise: Promise, manager: str, today: date) -> str:
    day = kit.day_words(promise.closed_on, today) if promise.closed_on else ""
    if promise.handed_to is not None:
        return f"closed {day}, {kit.escape(promise.handed_to)} has it now"
    if promise.kept_on is not None:
        return f"closed {day}, {manager} has seen to it"
    why = f": “{kit.quote(promise.closing_words)}”" if promise.closing_words else ""
    return f"closed {day}, {manager} let it go{why}"
