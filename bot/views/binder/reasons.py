"""**Another reason**, in a binder: those there are, best first, in place of its page."""

from slack_sdk.models.blocks import Block

from bot.domain.binder.pages import ReasonsWith
from bot.domain.workspaces.refusals import Gone
from bot.views.binder.sections import back_button
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.todo.rows import CHOICES_SHOWN
from bot.views.todo.words import reason_words


def build_reasons(facts: ReasonsWith) -> View:
    """The reason that the rep has, the others best first, and the way back."""
    rep, choice = facts.rep, facts.choice
    blocks: list[Block] = [
        kit.section(f"{kit.bold(rep.name)}\n{reason_words(choice.chosen)}"),
        kit.section("*Or one of these, best first:*"),
    ]
    for reason in choice.others[choice.start : choice.start + CHOICES_SHOWN]:
        value = Metadata(subject=choice.slot_id, rep=rep.slack_id, text=reason.about)
        spoken = f"This one for {rep.name}: {reason.text}"
        this = kit.button("This one", BinderAction.CHOOSE_REASON, value, spoken=spoken)
        blocks.append(kit.section(reason_words(reason), this))
    controls = [back_button(rep.slack_id)]
    if len(choice.others) > CHOICES_SHOWN:
        following = choice.start + CHOICES_SHOWN
        start = following if following < len(choice.others) else 0
        label = "More reasons" if start else "The first again"
        value = Metadata(rep=rep.slack_id, text=str(start))
        controls.insert(0, kit.button(label, BinderAction.MORE_REASONS, value))
    blocks.append(kit.actions(controls))
    here = Metadata(rep=rep.slack_id)
    return kit.modal("Another reason", Form.READ_ONLY, blocks, here, close="Close")


def parse_reasons_start(packed: str | None) -> int:
    """From which reason on they are shown. Raises Gone for what is no number."""
    if not (packed or "0").isdecimal():
        raise Gone
    return int(packed or 0)
