"""**Thank in the channel**: the words before they are posted, the post, and what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.todo.thanks import WORDS_LIMIT, ThanksForm
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import Message, View

FINE = "fine"
AGAIN = "Open again"


def build_form(form: ThanksForm, place: Metadata) -> View:
    """The words, to be changed, and who reads them. Where they name somebody else, that is asked
    about first."""
    words = kit.text_input(initial=form.words, multiline=True, limit=WORDS_LIMIT)
    blocks: list[Block] = [
        kit.context(kit.quote(form.reason.text)),
        kit.field(
            "words", "Your words", words, hint="No numbers: they stay between the two of you."
        ),
    ]
    if form.named is not None:
        other = form.named.person.name or "somebody else"
        name = kit.escape(form.rep.name)
        asked = f"This reads as if it named {kit.bold(other)} too. Only {name} is thanked here."
        blocks.insert(1, kit.section(asked))
        tick = kit.tick("It is fine for the team to read", FINE)
        blocks.append(kit.field("fine", f"Names {other}", tick, optional=True))
        place = replace(place, rep=form.named.person.slack_id)
    blocks.append(kit.context(f"Everyone in <#{form.channel}> reads it, under your name."))
    return kit.modal("Thank in the channel", Form.THANKS, blocks, place, submit="Post it")


def parse_form(state: Mapping[str, Any], place: Metadata) -> tuple[str, str | None]:
    """The words, and the Slack id of who else may be named in them."""
    fields = Fields(state)
    return fields.text("words").strip(), place.rep if fields.checked("fine") else None


def build_post(form: ThanksForm) -> Message:
    """What everyone in the channel reads."""
    text = f"{kit.escape(form.manager.name)} thanks {kit.escape(form.rep.name)}"
    return kit.message(text, [kit.section(f"{_signed(form)} {kit.escape(form.words)}")])


def build_not_posted(form: ThanksForm, slot: int) -> Message:
    """Slack did not take it: the words are there to be tried again."""
    text = f"Your thanks to {kit.escape(form.rep.name)} were not posted."
    why = (
        f"Slack did not take them for <#{form.channel}>: it may be archived, or I am not in it "
        "(`/invite @Windshield`). Here is what you wrote:"
    )
    again = kit.button(AGAIN, TodoAction.THANK, Metadata(subject=slot, text=form.words))
    return kit.message(text, [*_said(form, text, why), kit.actions([again])])


def build_in_doubt(form: ThanksForm, slot: int) -> Message:
    """Nobody knows whether it stands there, but who looks."""
    text = f"Did your thanks to {kit.escape(form.rep.name)} appear?"
    why = f"Slack's answer to me got lost. Have a look in <#{form.channel}>:"
    here = Metadata(subject=slot, text=form.words)
    buttons = [
        kit.button("Yes", TodoAction.THANKS_THERE, here),
        kit.button("No, open it again", TodoAction.THANKS_LOST, here),
    ]
    return kit.message(text, [*_said(form, text, why), kit.actions(buttons)])


def build_opened_again(form: ThanksForm, slot: int) -> Message:
    """The manager looked, and it was not there: the words stay at hand."""
    text = f"Your thanks to {kit.escape(form.rep.name)} did not appear."
    again = kit.button(AGAIN, TodoAction.THANK, Metadata(subject=slot, text=form.words))
    return kit.message(text, [*_said(form, text, "Here is what you wrote:"), kit.actions([again])])


def build_there() -> Message:
    """The manager looked."""
    return kit.message("Good, it is there.")


def _said(form: ThanksForm, text: str, why: str) -> list[Block]:
    return [kit.section(text), kit.section(f"{why}\n“{kit.quote(form.words, WORDS_LIMIT)}”")]


def _signed(form: ThanksForm) -> str:
    return f"{kit.bold(form.manager.name)}:"
