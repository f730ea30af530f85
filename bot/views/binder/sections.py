"""The one menu of a binder: its sections, and the ways to find things in it."""

from slack_sdk.models.blocks import Block, BlockElement

from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Metadata, PackAction, TransitionAction

SECTIONS = (
    ("Sessions", BinderAction.SESSIONS),
    ("Plans", BinderAction.PLANS),
    ("Field days", BinderAction.FIELD_DAYS),
    ("Contacts", BinderAction.CONTACTS),
    ("All promises", BinderAction.PROMISES),
    ("Results", BinderAction.RESULTS),
    ("Search", BinderAction.SEARCH),
    ("By date", BinderAction.BY_DATE),
    ("Transition pack", PackAction.REP_PAGE),
    ("Transition", TransitionAction.OPEN),
)
"""In the order of the components; then how to find things."""


def section_menu(rep: str, shown: BinderAction | None = None) -> BlockElement:
    """**Section** of that rep's binder (a Slack id); the one that is `shown` is chosen in it."""
    here = Metadata(rep=rep)
    values = here.pack_steps(action for _, action in SECTIONS)
    entries = [(label, value) for (label, _), value in zip(SECTIONS, values, strict=True)]
    chosen = next(
        (value for (_, action), value in zip(SECTIONS, values, strict=True) if action is shown),
        None,
    )
    element = kit.choice(entries, chosen, placeholder="Section")
    element.action_id = BinderAction.SECTION.value
    return element


def section_row(rep: str, shown: BinderAction | None = None) -> Block:
    """**Section**, and the way back, above what the binder became."""
    return kit.actions([section_menu(rep, shown), back_button(rep)])


def back_button(rep: str) -> BlockElement:
    """**Back to the binder** of that rep (a Slack id), from what it became."""
    return kit.button("Back to the binder", BinderAction.BACK, Metadata(rep=rep))
