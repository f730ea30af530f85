"""What a press on the Monday list answers, for the manager alone, and how `/todo` is typed."""

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bot.domain.contacts.interactions import Logged
from bot.domain.promises import Owner, Promise
from bot.domain.todo.lists import SlotDone
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction, TouchAction
from bot.views.block_kit.kit import Message
from bot.views.contacts.contact import with_words
from bot.views.contacts.touch import touch_words

USAGE = (
    "*Your week, with a reason to be in touch with each of your reps*\n"
    "`/todo` shows this week's list, `/todo next` a look at next week's.\n"
    "`/todo issue price change until friday` gives every rep one more reason; `/todo issue` shows "
    "and ends those.\n"
    "`/todo away` is for your own days off, and who stands in."
)


def build_slot_done(done: SlotDone) -> Message:
    """What was logged, and before it whether the promise it was about is kept now."""
    touch, logged = done.logged.touch, done.logged
    notice = f"Logged: {with_words(touch)} {kit.escape(touch.rep.name)}"
    if done.promise is None:
        return kit.message(notice, _logged(logged))
    # The question says what it was about.
    shown = replace(logged, touch=replace(touch, about=""))
    return kit.message(notice, [*_question(done.promise, touch.id), *_logged(shown)])


def build_promise_answered(logged: Logged, *, kept: bool) -> Message:
    """What became of the promise, and what was logged still in reach."""
    answer = "Noted as kept." if kept else "It stays open."
    return kit.message(answer, [kit.section(answer), *_logged(logged)])


def _logged(logged: Logged) -> list[Block]:
    subject = Metadata(subject=logged.touch.id)
    buttons = [kit.button("Undo", TouchAction.UNDO, subject)]
    if not logged.stood_in:
        buttons += [
            kit.button("Another day", TodoAction.ANOTHER_DAY, subject),
            kit.button("Add a note", TouchAction.ADD_NOTE, subject),
            kit.button("They raised something", TouchAction.RAISED, subject),
        ]
    return [kit.section(f"Logged: {touch_words(logged.touch, logged)}"), kit.actions(buttons)]


def _question(promise: Promise, touch_id: int) -> list[Block]:
    name, what = kit.escape(promise.rep.name), f"“{kit.quote(promise.what)}”"
    if promise.raised_on is not None:
        asked = f"{name} raised: {what}. Is that settled?"
    elif promise.owner is Owner.MANAGER:
        asked = f"You told {name}: {what}. Is that done?"
    elif promise.is_agreed:
        asked = f"{name} promised: {what}. Is that done?"
    else:
        asked = f"You noted for {name}: {what}. Is that done?"
    subject = Metadata(subject=promise.id, touch=touch_id)
    return [
        kit.section(asked),
        kit.actions(
            [
                kit.button("Kept", TodoAction.KEPT, subject, style="primary"),
                kit.button("Still open", TodoAction.STILL_OPEN, subject),
            ]
        ),
    ]
