"""Touches that one line logged together: one answer, one **Undo**, and each to be changed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.contacts.interactions import Logged
from bot.domain.contacts.typed_text import listed
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Metadata, TouchAction
from bot.views.block_kit.kit import Message
from bot.views.contacts.contact import with_words
from bot.views.contacts.touch import (
    TOO_OLD,
    build_confirmation,
    build_taken_back,
    raised_words,
    touch_words,
)


def build_all_logged(logged: Sequence[Logged], before: str = "") -> Message:
    """What was logged, be it one touch or several; `before` is said first, as a sentence."""
    if len(logged) == 1:
        return build_confirmation(logged[0], before)
    head = f"Logged: {_words(logged)}"
    blocks = [kit.section(f"{before} {head}" if before else head)]
    undo = kit.button("Undo", TouchAction.UNDO_ALL, Metadata(text=_ids(logged)))
    entries = [(f"Edit {one.touch.rep.name}", _to_edit(one, logged).pack()) for one in logged]
    if len(entries) <= MENU_ENTRIES and all(len(value) <= MENU_VALUE for _, value in entries):
        blocks += [kit.section(words) for one in logged if (words := _said(one, logged))]
        blocks.append(kit.actions([undo, kit.menu(TouchAction.MENU, entries)]))
    else:
        blocks += [*(_row(one, logged) for one in logged), kit.actions([undo])]
    return kit.message(f"Logged: contact with {len(logged)} people", blocks)


MENU_ENTRIES, MENU_VALUE = 5, 150
"""What a menu holds, and the characters of each value
(https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element)."""


def build_all_taken_back(logged: Sequence[Logged]) -> Message:
    """The answer after **Undo**."""
    if len(logged) == 1:
        return build_taken_back(logged[0])
    again = kit.button("Put it back", TouchAction.PUT_ALL_BACK, Metadata(text=_ids(logged)))
    return kit.message(
        "Taken back", [kit.section(f"Taken back: {_words(logged)}"), kit.actions([again])]
    )


def build_all_too_old(logged: Sequence[Logged]) -> Message:
    """An answer that Slack lets nobody change any more: the way to each through the binder."""
    rows = [
        kit.section(
            kit.bold(one.touch.rep.name),
            kit.button("Open in the binder", BinderAction.ENTRY, Metadata(subject=one.touch.id)),
        )
        for one in logged
    ]
    return kit.message("Open it in the binder", [kit.section(TOO_OLD), *rows])


def _ids(logged: Sequence[Logged]) -> str:
    return " ".join(str(one.touch.id) for one in logged)


def _are_alike(logged: Sequence[Logged]) -> bool:
    """Whether all say the same, but for whom they were with."""
    said = {(one.touch.channel, one.touch.occurred_on, one.touch.about) for one in logged}
    return len(said) == 1


def _words(logged: Sequence[Logged]) -> str:
    names = listed([kit.bold(one.touch.rep.name) for one in logged])
    if not _are_alike(logged):
        return f"contact with {names}"
    touch, today = logged[0].touch, logged[0].today
    line = f"{with_words(touch)} {names}, {kit.day_words(touch.occurred_on, today)}"
    about = kit.quote(touch.about)
    return f"{line} · {about}" if about else line


def _to_edit(one: Logged, logged: Sequence[Logged]) -> Metadata:
    return Metadata(subject=one.touch.id, text=_ids(logged), step=TouchAction.EDIT.value)


def _said(one: Logged, logged: Sequence[Logged]) -> str:
    """What is to be said of one of them by itself, if anything: in a block of its own, since a
    preview has the first alone, and what was raised between two people is no matter of that."""
    lines = [] if _are_alike(logged) else [touch_words(one.touch, one)]
    return "\n".join([*lines, *(raised_words(promise, one) for promise in one.raised)])


def _row(one: Logged, logged: Sequence[Logged]) -> Block:
    name = one.touch.rep.name
    edit = kit.button("Edit", TouchAction.EDIT, _to_edit(one, logged), spoken=f"Edit: {name}")
    return kit.section(_said(one, logged) or kit.bold(name), edit)
