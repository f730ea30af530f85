"""Choosing a rep in a form."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import InputBlock, UserSelectElement

from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields

MOST_OPTIONS = 100
"""https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select"""


def rep_field(
    reps: Sequence[Person],
    chosen: str | None = None,
    *,
    label: str = "Rep",
    placeholder: str = "Who was it with?",
    action: StrEnum | None = None,
) -> InputBlock:
    """The reps of the team to choose from; of a very large team, anyone, checked when sent. With an
    `action` each choice is told at once."""
    if not 0 < len(reps) <= MOST_OPTIONS:
        return kit.field("rep", label, UserSelectElement(initial_user=chosen), action=action)
    entries = [(rep.name, rep.slack_id) for rep in reps]
    return kit.field("rep", label, kit.choice(entries, chosen, placeholder), action=action)


def parse_rep(fields: Fields) -> str:
    """The Slack id of the chosen rep; "" when nobody was."""
    return fields.chosen("rep") or fields.person("rep") or ""
