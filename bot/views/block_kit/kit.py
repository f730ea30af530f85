"""Small builders over slack_sdk's Block Kit models, and how text and dates are written.

Limits: https://docs.slack.dev/reference/block-kit/blocks and …/block-elements.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, TypedDict
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    BlockElement,
    CheckboxesElement,
    ConfirmObject,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    PlainTextObject,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View as SlackView

from bot.domain.contacts.typed_text import cut, shortcodes
from bot.domain.contacts.typed_text import shorten as shorten
from bot.domain.team.calendar import DAYS
from bot.domain.team.calendar import date_words as date_words
from bot.views.block_kit.ids import Form, Metadata

SECTION_LIMIT = 3000
OPTION_LIMIT = 75
OPTION_VALUE_LIMIT = 150
BUTTON_LIMIT = 75
TITLE_LIMIT = 24
INPUT_LIMIT = 3000
QUOTE_LIMIT = 300
"""Characters of somebody's words in a line; all of them are one press away in the binder."""

VALUE = "value"
"""The action id of every input; its block id names the field."""

MESSAGE_ROOM = 9_900
"""What the blocks of a message may weigh together: Slack refuses more than some 13,000, counting
the blocks too (https://github.com/slackapi/bolt-js/issues/2509 and 2867, measured there)."""

BLOCK_WEIGHT = 125
"""Characters that each block of a message counts as, besides its text."""

NOTICE_BYTES = 4000
"""The text of a message that is changed later
(https://docs.slack.dev/reference/methods/chat.update, `msg_too_long`)."""

View = dict[str, Any]
Json = dict[str, Any]


class BuiltBlock(Block):
    """A block of a message, built as the JSON that it becomes.

    A Monday morning draws thousands of messages at once, and slack_sdk's own models take thirty
    times as long as their JSON: they look at every field of every object, and weighing a message
    would build it twice. What they check is kept by the builders here; the fields of forms, which
    are drawn for one person at a time, are still theirs.
    """

    def __init__(self, built: Json) -> None:
        self._built = built

    def to_dict(self, *_: object) -> Json:
        return self._built


class BuiltElement(BlockElement):
    """A button or menu within one, likewise."""

    def __init__(self, built: Json) -> None:
        self._built = built

    def to_dict(self, *_: object) -> Json:
        return self._built


class Message(TypedDict):
    """What is posted or answered; `text` is for notifications and screen readers."""

    text: str
    blocks: list[dict[str, Any]]


def escape(text: str) -> str:
    """Typed text as mrkdwn shows it literally
    (https://docs.slack.dev/messaging/formatting-message-text#escaping)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote(text: str, limit: int = QUOTE_LIMIT) -> str:
    """Somebody's words within a sentence, on one line, escaped."""
    return escape(shorten(" ".join(text.split()), limit))


def escape_within(text: str, room: int) -> str:
    """Typed text as mrkdwn shows it literally, on one line, in at most `room` characters as Slack
    counts them: an entity is several."""
    return _within(escape(" ".join(text.split())), room)


def _within(escaped: str, room: int) -> str:
    """Escaped text in at most `room` characters; neither an entity nor a shortcode is cut."""
    if len(escaped) <= room:
        return escaped
    kept = cut(escaped, room - 1)
    begun = kept.rfind("&")
    if begun >= 0 and ";" not in kept[begun:]:
        kept = kept[:begun]
    return kept.rstrip() + "…"


def bold(name: str) -> str:
    """A name that stands out; an asterisk of its own must not end the bold."""
    return f"*{_marked(name, _IN_BOLD)}*"


def italic(words: str) -> str:
    """Words in small voice, such as where something is from."""
    return f"_{_marked(words, _IN_ITALIC)}_"


def struck(words: str) -> str:
    """Words with a line through them: this is done."""
    return f"~{_marked(words, _STRUCK)}~"


def _marked(words: str, table: dict[int, int]) -> str:
    """Words between two marks, which nothing in them ends; the names of emoji stay as they are."""
    escaped = escape(words)
    parts: list[str] = []
    at = 0
    for begins, ends in shortcodes(escaped):
        parts += [escaped[at:begins].translate(table), escaped[max(at, begins) : ends]]
        at = max(at, ends)
    return "".join([*parts, escaped[at:].translate(table)])


# Look-alikes of what would end the mark, or hide its end within code.
_IN_BOLD = str.maketrans("*`", "∗ˋ")
_IN_ITALIC = str.maketrans("_`", "ˍˋ")
_STRUCK = str.maketrans("~`", "∼ˋ")


def day_words(day: date, today: date) -> str:
    """A day as a colleague says it: today, yesterday, Wed 18 Nov; the year where it differs."""
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    if (day - today).days == 1:
        return "tomorrow"
    return date_words(day, today)


def span_words(first: date, last: date | None, today: date) -> str:
    """Days from the first to the last; `last` None while nobody knows it."""
    if last is None:
        return f"from {date_words(first, today)}, until further notice"
    if first == last:
        return date_words(first, today)
    return f"{date_words(first, today)} to {date_words(last, today)}"


def time_words(at: time) -> str:
    """A time of day: 08:00."""
    return f"{at:%H:%M}"


def weekday_words(at: datetime) -> str:
    """A time of day with its weekday, of a day that is near: Thu 01:00."""
    return f"{DAYS[at.weekday()][:3]} {time_words(at.time())}"


def moment_words(at: datetime, zone: ZoneInfo, today: date) -> str:
    """A day and a time of day on the wall in that zone: Wed 18 Nov, 08:00."""
    wall = at.astimezone(zone)
    return f"{day_words(wall.date(), today)}, {time_words(wall.time())}"


def plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=True)


def header(text: str) -> Block:
    return BuiltBlock({"type": "header", "text": _plain(shorten(text, 150))})


def section(text: str, accessory: BlockElement | None = None, name: str | None = None) -> Block:
    """`name` is the block's id, where what is chosen beside the text is read by it."""
    built: Json = {"type": "section", "text": _mrkdwn(_within(text, SECTION_LIMIT))}
    if accessory is not None:
        built["accessory"] = accessory.to_dict()
    if name is not None:
        built["block_id"] = name
    return BuiltBlock(built)


def context(text: str) -> Block:
    return BuiltBlock({"type": "context", "elements": [_mrkdwn(_within(text, 2000))]})


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def literal(text: str) -> list[Block]:
    """Long typed text exactly as it is, in as many blocks as it takes."""
    parts: list[str] = []
    while text:
        # One character at the least, should a shortcode be longer than a block.
        parts.append(cut(text, SECTION_LIMIT) or text[:SECTION_LIMIT])
        text = text[len(parts[-1]) :]
    return [BuiltBlock({"type": "section", "text": _plain(part)}) for part in parts if part.strip()]


def lines(texts: Iterable[str]) -> list[Block]:
    """Lines of mrkdwn in as few blocks as hold them."""
    held: list[str] = []
    for line in texts:
        if held and len(held[-1]) + len(line) < SECTION_LIMIT:
            held[-1] += f"\n{line}"
        else:
            held.append(line)
    return [section(text) for text in held]


def fitting(texts: Iterable[str], room: int, more: str) -> list[str]:
    """As many of the lines as `room` characters hold; `more` in place of those left out."""
    lines = list(texts)
    if sum(len(line) + 1 for line in lines) <= room:
        return lines
    kept: list[str] = []
    room -= len(more) + 1
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return [*kept, more]


def holding(blocks: Iterable[Block], room: int) -> list[Block]:
    """As many of the blocks as weigh at most `room`."""
    kept: list[Block] = []
    for block in blocks:
        room -= weight([block])
        if room < 0:
            break
        kept.append(block)
    return kept


def weight(blocks: Iterable[Block | dict[str, Any]]) -> int:
    """What the blocks of a message count as towards what Slack takes: everything that is read or
    heard of them, and each block besides."""
    drawn = [block.to_dict() if isinstance(block, Block) else block for block in blocks]
    return sum(BLOCK_WEIGHT + _characters(block) for block in drawn)


def _characters(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_characters, value))
    if not isinstance(value, dict):
        return 0
    said = sum(len(value[key]) for key in _SAID if isinstance(value.get(key), str))
    named = sum(len(one) for one in value.get("categories", ()))
    return said + named + sum(map(_characters, value.values()))


# The last five are of charts.
_SAID = ("text", "accessibility_label", "alt_text", "title", "label", "name", "x_label", "y_label")


def divider() -> Block:
    return BuiltBlock({"type": "divider"})


def actions(elements: Sequence[BlockElement]) -> Block:
    return BuiltBlock({"type": "actions", "elements": [one.to_dict() for one in elements]})


def button(
    label: str,
    action: StrEnum,
    value: Metadata | None = None,
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    spoken: str | None = None,
) -> BlockElement:
    """A button. `spoken` is what a screen reader says where the label alone is not enough."""
    built: Json = {
        "type": "button",
        "text": _plain(shorten(label, BUTTON_LIMIT)),
        "action_id": action.value,
    }
    if value is not None:
        built["value"] = value.pack()
    if style is not None:
        built["style"] = style
    if confirm is not None:
        built["confirm"] = confirm.to_dict()
    if spoken is not None:
        built["accessibility_label"] = shorten(spoken, BUTTON_LIMIT)
    return BuiltElement(built)


def confirm(title: str, text: str, yes: str, no: str = "Cancel") -> ConfirmObject:
    return ConfirmObject(title=title, text=plain(text), confirm=yes, deny=no)


def option(label: str, value: str) -> Option:
    return Option(text=plain(shorten(label, OPTION_LIMIT)), value=value)


def typed(line: str) -> list[Block]:
    """A command as it was typed, to be used again: Slack shows it nowhere."""
    return [context("You typed:"), *literal(line)] if line.strip() else []


def menu(action: StrEnum, entries: Iterable[tuple[str, str]]) -> BlockElement:
    """A ⋯ menu of (label, value), at most five."""
    options = [
        {"text": _plain(shorten(label, OPTION_LIMIT)), "value": value} for label, value in entries
    ]
    return BuiltElement({"type": "overflow", "action_id": action.value, "options": options})


def step_menu(
    action: StrEnum, entries: Sequence[tuple[str, StrEnum]], subject: Metadata
) -> BlockElement:
    """A ⋯ menu of (label, step), at most five; all are about one subject."""
    values = subject.pack_steps(step for _, step in entries)
    return menu(action, zip((label for label, _ in entries), values, strict=True))


def field(
    name: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    hint: str | None = None,
    action: StrEnum | None = None,
) -> InputBlock:
    """An input of a form; `name` comes back as its block id. With an `action` Slack tells of each
    choice and each keystroke at once, and of all that stands in the form by then."""
    element.action_id = action.value if action else VALUE
    if action and isinstance(element, PlainTextInputElement):
        element.dispatch_action_config = DispatchActionConfig(
            trigger_actions_on=["on_character_entered"]
        )
    return InputBlock(
        block_id=name,
        label=plain(label),
        element=element,
        optional=optional,
        hint=plain(hint) if hint else None,
        dispatch_action=True if action else None,
    )


def text_input(
    *,
    initial: str = "",
    multiline: bool = False,
    limit: int = INPUT_LIMIT,
    placeholder: str | None = None,
) -> PlainTextInputElement:
    return PlainTextInputElement(
        initial_value=initial or None,
        multiline=multiline,
        max_length=limit,
        placeholder=plain(placeholder) if placeholder else None,
    )


def date_input(initial: date | None = None) -> DatePickerElement:
    return DatePickerElement(initial_date=initial.isoformat() if initial else None)


def time_input(initial: time | None = None) -> TimePickerElement:
    return TimePickerElement(initial_time=time_words(initial) if initial else None)


MOST_OPTIONS = 100
"""Of a list to choose from, and lists
(https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#static_select)."""


def choice(
    entries: Sequence[tuple[str, str]], chosen: str | None = None, placeholder: str | None = None
) -> StaticSelectElement:
    """A select of (label, value)."""
    options = [option(label, value) for label, value in entries]
    return StaticSelectElement(
        options=options,
        initial_option=next((o for o in options if o.value == chosen), None),
        placeholder=plain(placeholder) if placeholder else None,
    )


def choices(
    entries: Sequence[tuple[str, str]],
    chosen: Collection[str],
    placeholder: str,
    most: int | None = None,
) -> StaticMultiSelectElement:
    """A select of several (label, value), of which `most` may be chosen. More than Slack takes in
    one list stand in lists of so many, which are searched as one."""
    options = [option(label, value) for label, value in entries]
    parts = [options[at : at + MOST_OPTIONS] for at in range(0, len(options), MOST_OPTIONS)]
    groups = [
        OptionGroup(label=plain(f"{at} of {len(parts)}"), options=part)
        for at, part in enumerate(parts, start=1)
    ]
    return StaticMultiSelectElement(
        options=None if parts[1:] else options,
        option_groups=groups if parts[1:] else None,
        initial_options=[one for one in options if one.value in chosen] or None,
        max_selected_items=most,
        placeholder=plain(placeholder),
    )


def tick(label: str, value: str, *, ticked: bool = False) -> CheckboxesElement:
    """One box to tick."""
    one = [option(label, value)]
    return CheckboxesElement(options=one, initial_options=one if ticked else None)


def modal(
    title: str,
    form: StrEnum,
    blocks: Sequence[Block],
    metadata: Metadata | None = None,
    *,
    submit: str | None = None,
    close: str = "Cancel",
) -> View:
    """A modal. Without `submit` it only shows."""
    view = SlackView(
        type="modal",
        callback_id=form.value,
        title=plain(shorten(title, TITLE_LIMIT)),
        submit=plain(submit) if submit else None,
        close=plain(close),
        blocks=list(blocks),
        private_metadata=metadata.pack() if metadata else None,
    )
    built: View = view.to_dict()
    return built


def home(blocks: Sequence[Block], metadata: Metadata | None = None) -> View:
    """App Home."""
    view = SlackView(
        type="home",
        blocks=list(blocks),
        private_metadata=metadata.pack() if metadata else None,
    )
    built: View = view.to_dict()
    return built


def message(text: str, blocks: Sequence[Block] = ()) -> Message:
    """A message; without blocks it is its text alone."""
    drawn = list(blocks) or [section(text)]
    if len(text.encode()) > NOTICE_BYTES:
        # A character has four bytes at the most.
        text = _within(text, NOTICE_BYTES // 4 - 1)
    return Message(text=text, blocks=[block.to_dict() for block in drawn])


def has_chart(message: Message) -> bool:
    """Whether a chart stands in it, which not every workspace takes, and no modal."""
    return any(block["type"] == "data_visualization" for block in message.get("blocks", ()))


def as_modal(message: Message) -> View:
    """A message where only a modal can be shown, its buttons with it; a table in lines, for neither
    it nor a chart stands in a modal."""
    blocks = [shown for block in message["blocks"] for shown in _in_modal(block)]
    return {
        "type": "modal",
        "callback_id": Form.READ_ONLY.value,
        "title": {"type": "plain_text", "text": "Windshield"},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks,
    }


def _in_modal(block: Json) -> list[Json]:
    if block["type"] == "data_visualization":
        return []
    if block["type"] != "table":
        return [block]
    rows = (" · ".join(cell["text"] for cell in row) for row in block["rows"])
    return [one.to_dict() for one in lines(map(escape, rows))]
