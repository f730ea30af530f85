"""A visit of a field day: its details as a form and as words, and what was heard there."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.accounts.market import MarketTag, shared_tags
from bot.domain.accounts.market_lines import is_of, lines_of
from bot.domain.accounts.visits import (
    DETAIL_LIMIT,
    Led,
    Visit,
    VisitDetails,
    VisitHeard,
    visit_line,
)
from bot.domain.field_days import TEXT_LIMIT, FieldDayLogged
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import FieldDayAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.block_kit.tags import NEW_TAGS, TAGS, new_tags_field, parse_picked, tags_field

LED = {Led.REP: "the rep led", Led.JOINT: "led together", Led.MANAGER: "you led"}
LEADERS = [
    ("The rep", Led.REP.value),
    ("Both together", Led.JOINT.value),
    ("You", Led.MANAGER.value),
]
KEY = "key"


def visit_words(visit: Visit) -> str:
    """A visit as it was typed, with its details."""
    details = [
        visit.role,
        "key account" if visit.is_key else "",
        LED[visit.led_by] if visit.led_by else "",
        f"next: {visit.next_step}" if visit.next_step else "",
    ]
    return " · ".join([visit_line(visit), *(part for part in details if part)])


def build_visit_form(
    field_day: FieldDayLogged, place: int, tags: Sequence[MarketTag], metadata: Metadata
) -> View:
    """The details of one visit; another can be chosen in it."""
    visits = field_day.notes.visits
    visit = visits[place]
    heard = [note for note in field_day.heard if is_of(note, visit.account)]
    said = lines_of(field_day.notes.market, field_day.heard, visit.account)
    entries = [(one.account, str(number)) for number, one in enumerate(visits)]
    key = kit.tick("A key account", KEY, ticked=visit.is_key)
    # Named by visit: Slack keeps what was typed in a field whose name stays.
    blocks = [
        kit.field(
            "visit", "Visit", kit.choice(entries, str(place)), action=FieldDayAction.CHOOSE_VISIT
        ),
        _detail(f"role.{place}", "Who they are", visit.role),
        kit.field(f"key.{place}", "Account", key, optional=True),
        kit.field(f"led_by.{place}", "Who led", kit.choice(LEADERS, visit.led_by), optional=True),
        _detail(f"next_step.{place}", "Next step there", visit.next_step),
        kit.field(
            f"market.{place}",
            "Market note",
            kit.text_input(initial=said, multiline=True, limit=TEXT_LIMIT),
            optional=True,
            hint="What you heard there of the market and of competitors.",
        ),
        *tags_field(tags, shared_tags(heard), name=f"{TAGS}.{place}"),
        new_tags_field(f"{NEW_TAGS}.{place}"),
    ]
    return kit.modal("Visit", Form.VISIT, blocks, metadata, submit="Save")


def _detail(name: str, label: str, initial: str) -> Block:
    return kit.field(
        name, label, kit.text_input(initial=initial, limit=DETAIL_LIMIT), optional=True
    )


def parse_visit_form(state: Mapping[str, Any]) -> tuple[int, VisitDetails, VisitHeard]:
    """Which visit the form shows, by its place, its details, and what was heard there. Raises Gone
    for what was not made here."""
    fields = Fields(state)
    place = next((n.partition(".")[2] for n in fields.names() if n.startswith("role.")), "")
    led_by = fields.chosen(f"led_by.{place}")
    details = VisitDetails(
        role=fields.text(f"role.{place}").strip(),
        is_key=KEY in fields.checked(f"key.{place}"),
        led_by=Led(led_by) if led_by else None,
        next_step=fields.text(f"next_step.{place}").strip(),
    )
    picked = parse_picked(fields, f"{TAGS}.{place}", f"{NEW_TAGS}.{place}")
    heard = VisitHeard(fields.text(f"market.{place}").strip(), picked.tags, picked.new)
    return _place(place), details, heard


def parse_chosen_visit(state: Mapping[str, Any]) -> int:
    """Which visit was chosen, by its place. Raises Gone for what was not made here."""
    return _place(Fields(state).chosen("visit") or "")


def _place(typed: str) -> int:
    if not typed.isdecimal():
        raise Gone
    return int(typed)
