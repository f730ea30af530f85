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
    together = Metadata(text=_ids(logged))
    alike = _are_alike(logged)
    blocks += [_row(one, alike, together.text) for one in logged]
    blocks.append(kit.actions([kit.button("Undo", TouchAction.UNDO_ALL, together)]))
    return kit.message(f"Logged: contact with {len(logged)} people", blocks)


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


def _row(logged: Logged, alike: bool, together: str | None) -> Block:
    touch = logged.touch
    name = kit.bold(touch.rep.name)
    # What was raised between two people is no matter of a preview, which has the first block alone.
    lines = [name if alike else touch_words(touch, logged)]
    lines += [raised_words(promise, logged) for promise in logged.raised]
    value = Metadata(subject=touch.id, text=together)
    return kit.section(
        "\n".join(lines),
        kit.button("Edit", TouchAction.EDIT, value, spoken=f"Edit: {touch.rep.name}"),
    )
