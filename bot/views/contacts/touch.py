"""A touch: its form, the answer when it is logged, and when it is taken back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.interactions import (
    NOTE_LIMIT,
    Interaction,
    InteractionKind,
    Logged,
)
from bot.domain.contacts.touches import ABOUT_LIMIT, Channel, Reworded, TouchEntry
from bot.domain.promises import WHAT_LIMIT, Promise, usual_due_date
from bot.domain.team.teams import RepChoice
from bot.domain.todo.reasons import Reason, fitted
from bot.domain.workspaces.names import in_order
from bot.views.block_kit import kit, people
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import (
    BinderAction,
    Form,
    Metadata,
    TouchAction,
)
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import edit_button, plan_next_buttons, preview_buttons, with_words
from bot.views.promises.promise import (
    between_us_field,
    closed_words,
    parse_between_us,
    promise_words,
    raised,
)

CHANNELS = [(channel.value.capitalize(), channel.value) for channel in Channel]

REASON_SHOWN = 150
"""Characters, four lines on a phone: with more, what is to be filled in lies out of sight."""
BESIDE_SHOWN = 400
SOURCE_SHOWN = 80

USAGE = (
    "*Log a contact in one line*\n"
    "`/touch @rep call yesterday about the Acme renewal`\n"
    "Right after the name, or as the last word, I understand a channel (call, email, voicemail, "
    "chat, video, in person) and a day (today, yesterday, monday to sunday, 2026-11-20). "
    "Everything else is kept as you type it. `/touch @ada @ben lunch` logs one for each.\n"
    "`/touch @rep` opens a short form. `/binder @rep` shows, changes and deletes what is kept."
)


def build_touch_form(
    choice: RepChoice, entry: TouchEntry, metadata: Metadata, reason: Reason | None = None
) -> View:
    """The form of a new touch, filled with what is known of it, below this week's reason."""
    above = [build_reason_line(reason)] if reason else []
    return _form(Form.TOUCH, "Log it", choice, entry, metadata, above)


def build_touch_change_form(choice: RepChoice, logged: Logged, metadata: Metadata) -> View:
    """The form of a touch that is there already, with what was raised in it; private notes are not
    shown in it."""
    touch = logged.touch
    entry = TouchEntry(touch.rep.slack_id, touch.channel, touch.occurred_on, touch.about)
    reps = tuple({rep.id: rep for rep in (touch.rep, *choice.reps)}.values())
    shown = RepChoice(tuple(sorted(reps, key=lambda rep: in_order(rep.name))), choice.today)
    return _form(Form.TOUCH_CHANGE, "Save", shown, entry, metadata, raised=logged.raised)


def build_reason_line(reason: Reason) -> Block:
    """This week's reason for a rep in a line, and where it is from."""
    words = kit.italic(fitted(reason.text, REASON_SHOWN))
    source = kit.escape(kit.shorten(reason.source, SOURCE_SHOWN))
    beside = f"\n{kit.quote(reason.beside, BESIDE_SHOWN)}" if reason.beside else ""
    return kit.section(f"This week: {words} · {source}{beside}", name=REASON)


REASON = "reason"
"""The block with this week's reason, which changes with the rep who is chosen."""


def with_reason(view: Mapping[str, Any], reason: Reason | None) -> View:
    """That form as it stands before somebody, with another reason above it, or with none: what was
    typed stays, since its fields do."""
    above = [build_reason_line(reason).to_dict()] if reason else []
    blocks = [block for block in view["blocks"] if block.get("block_id") != REASON]
    drawn = {key: view[key] for key in DRAWN if view.get(key)}
    return {**drawn, "blocks": [*above, *blocks]}


DRAWN = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")
"""What a view that is drawn anew keeps."""


def _form(
    form: Form,
    submit: str,
    choice: RepChoice,
    entry: TouchEntry,
    metadata: Metadata,
    above: Sequence[Block] = (),
    raised: Sequence[Promise] = (),
) -> View:
    asked = TouchAction.CHOOSE_REP if form is Form.TOUCH else None
    blocks: list[Block] = [
        *above,
        people.rep_field(choice.reps, entry.rep or None, action=asked),
        kit.field("channel", "Channel", kit.choice(CHANNELS, entry.channel), optional=True),
        kit.field("day", "When", kit.date_input(entry.day)),
        kit.field(
            "about",
            "About",
            kit.text_input(initial=entry.about, multiline=True, limit=ABOUT_LIMIT),
            optional=True,
        ),
        *(_raised_before(raised, choice) or _raised_new(entry, choice)),
    ]
    return kit.modal("Contact", form, blocks, metadata, submit=submit)


def _raised_new(entry: TouchEntry, choice: RepChoice) -> list[Block]:
    due = entry.raised_due or usual_due_date(choice.today)
    hint = "You will own it, and they see it on their page."
    return _raised_fields("", entry.raised, due, hint, entry.between_us)


def _raised_before(raised: Sequence[Promise], choice: RepChoice) -> list[Block]:
    """What was raised in a touch that is there already, to be said otherwise; more of it is raised
    in a form of its own."""
    blocks: list[Block] = []
    for promise in raised:
        if not promise.is_open:
            blocks.append(kit.context(f"They raised: {closed_words(promise, choice.today)}"))
            continue
        sight = (
            "The two of you alone read it" if promise.between_us else "They see it on their page"
        )
        hint = f"{sight}, in these words. Emptied, you let it go, and they read that."
        of = f".{promise.id}"
        blocks += _raised_fields(of, promise.what, promise.due_on, hint, promise.between_us)
    return blocks


def _raised_fields(
    of: str, what: str, due: date | None, hint: str, between_us: bool
) -> list[Block]:
    return [
        kit.field(
            f"raised{of}",
            "They raised",
            kit.text_input(initial=what, multiline=True, limit=WHAT_LIMIT),
            optional=True,
            hint=hint,
        ),
        # Before the day, which is filled in: on a phone the form's last field is out of sight.
        between_us_field(of, ticked=between_us),
        kit.field(f"raised_due{of}", "By", kit.date_input(due), optional=True),
    ]


def parse_touch_form(state: Mapping[str, Any]) -> TouchEntry:
    """What the form says. The day is there: Slack does not send the form without it."""
    fields = Fields(state)
    day = fields.day("day")
    channel = fields.chosen("channel")
    assert day is not None
    return TouchEntry(
        rep=people.parse_rep(fields),
        channel=Channel(channel) if channel else None,
        day=day,
        about=fields.text("about").strip(),
        raised=fields.text("raised").strip(),
        raised_due=fields.day("raised_due"),
        between_us=parse_between_us(fields),
        reworded=tuple(
            Reworded(
                int(of),
                fields.text(f"raised.{of}").strip(),
                fields.day(f"raised_due.{of}"),
                parse_between_us(fields, f".{of}"),
            )
            for of in _raised_of(fields)
        ),
    )


def _raised_of(fields: Fields) -> list[str]:
    """Which promises the form has the words of, by id."""
    named = (name.partition(".") for name in fields.names())
    return [of for name, _, of in named if name == "raised" and _is_id(of)]


def _is_id(word: str) -> bool:
    return word.isdecimal() and len(word) <= ID_LENGTH


def touch_words(touch: Interaction, logged: Logged) -> str:
    """A touch in a line: call with *Sam Stone*, yesterday · about the Acme renewal."""
    name = kit.bold(touch.rep.name)
    line = f"{with_words(touch)} {name}, {kit.day_words(touch.occurred_on, logged.today)}"
    about = kit.quote(touch.about)
    return f"{line} · {about}" if about else line


def build_confirmation(logged: Logged, before: str = "", then: str = "") -> Message:
    """What was logged, for the manager alone. `before` is said first, as a sentence; `then` last,
    when the next is planned already."""
    touch = logged.touch
    words = touch_words(touch, logged)
    head = [f"{before} Logged: {words}" if before else f"Logged: {words}"]
    kept = logged.passed.raised if logged.passed is not None else ()
    lines = [raised_words(promise, logged) for promise in logged.raised]
    lines += [_kept_words(promise) for promise in kept]
    lines += [_let_go_words(one.promise) for one in logged.let_go]
    lines += [then] if then else []
    subject = Metadata(subject=touch.id)
    buttons: list[BlockElement] = [kit.button("Undo", TouchAction.UNDO, subject)]
    if not logged.stood_in:
        buttons += _more(touch, subject, is_planned=bool(then))
    if kept:
        which = Metadata(subject=touch.id, text=" ".join(str(promise.id) for promise in kept))
        label = kit.shorten(f"{touch.rep.name} raised it", BUTTON_LABEL_LIMIT)
        buttons.insert(0, kit.button(label, TouchAction.RAISED_BY, which))
    parts = [[*head, *lines]]
    if any(promise.between_us for promise in (*logged.raised, *kept)):
        # A notification has the first block, which is no place for it.
        parts = [head, lines]
    blocks = [*(kit.section("\n".join(part)) for part in parts), kit.actions(buttons)]
    return kit.message(f"Logged: {with_words(touch)} {kit.escape(touch.rep.name)}", blocks)


def _more(touch: Interaction, subject: Metadata, *, is_planned: bool) -> list[BlockElement]:
    """What else can be done with what was logged: of a touch one button, and the rest in a menu."""
    raised_button = kit.button("They raised something", TouchAction.RAISED, subject)
    if touch.kind is InteractionKind.TOUCH:
        return [raised_button, kit.step_menu(TouchAction.MENU, MORE, subject)]
    return [
        edit_button(touch),
        *preview_buttons(touch),
        *(() if is_planned else plan_next_buttons(touch)),
        raised_button,
        kit.button("Add a note", TouchAction.ADD_NOTE, subject),
    ]


MORE = (
    ("Edit", TouchAction.EDIT),
    ("Add a note", TouchAction.ADD_NOTE),
    ("Market note", TouchAction.MARKET),
)


def _kept_words(promise: Promise) -> str:
    """What somebody raised in a contact that turned out to be with another: it is not moved."""
    first = kit.escape(promise.rep.name)
    return f"{first} keeps what {first} {raised(promise)}: “{kit.quote(promise.what)}”."


def _let_go_words(promise: Promise) -> str:
    """What becomes of something raised that its manager took out, and the way back."""
    name = kit.escape(promise.rep.name)
    return f"{name} reads that you let it go. *Open again* is on your Home."


def parse_ids(carried: Metadata) -> list[int]:
    """Which promises **… raised it** is about, and which touches were logged together."""
    words = (carried.text or "").split()
    return [int(word) for word in words if _is_id(word)]


def raised_words(promise: Promise, logged: Logged) -> str:
    """What was raised, and by when it will be seen to or how it was closed; or what either side
    will do."""
    if promise.raised_on is None:
        return promise_words(promise, logged.today)
    if not promise.is_open:
        return closed_words(promise, logged.today)
    words = f"{kit.escape(promise.rep.name)} {raised(promise)}: “{kit.quote(promise.what)}”"
    if promise.due_on is None:
        return f"{words}."
    return f"{words}. You took it on, by {kit.date_words(promise.due_on, logged.today)}."


def build_taken_back(logged: Logged) -> Message:
    """The answer after Undo."""
    text = f"Taken back: {touch_words(logged.touch, logged)}"
    blocks = [
        kit.section(text),
        kit.actions(
            [kit.button("Put it back", TouchAction.PUT_BACK, Metadata(subject=logged.touch.id))]
        ),
    ]
    return kit.message("Taken back", blocks)


def build_not_on_team(rep: str, typed: str, reason: str) -> Message:
    """Someone who is not on the team, with the way to add them and log what was typed."""
    value = Metadata(rep=rep, text=typed)
    if len(value.pack()) > BUTTON_VALUE_LIMIT:
        value = Metadata(rep=rep)
    blocks = [
        kit.section(f"{reason} Nothing was logged yet."),
        kit.actions([kit.button("Add to my team", TouchAction.ADD_REP, value)]),
        *kit.typed(typed if value.text is None else ""),
    ]
    return kit.message("Not on your team yet", blocks)


def build_asked_first(asked: str, typed: str) -> Message:
    """Someone who is on another team, whose manager is asked; and what was typed, to use again."""
    blocks = [kit.section(f"{asked} Nothing was logged yet."), *kit.typed(typed)]
    return kit.message("Asked first", blocks)


BUTTON_VALUE_LIMIT = 2000
BUTTON_LABEL_LIMIT = 75

ID_LENGTH = 18
"""Digits of an id: no longer one fits a column."""


def build_not_understood(sentence: str, typed: str) -> Message:
    """A line that makes no sense: why, the right form, and what was typed, to use again."""
    blocks = [kit.section(f"{sentence}\nLike this: `/touch @rep call yesterday about …`")]
    return kit.message("Not logged", [*blocks, *kit.typed(typed)])


def build_private_note_form(name: str, metadata: Metadata, close: str = "Cancel") -> View:
    """A private note as a step of its own. What was noted before is not shown here. It may stay
    empty: whoever has nothing to note closes it with either button."""
    box = kit.text_input(multiline=True, limit=NOTE_LIMIT)
    blocks = [
        kit.context(f"About your contact with {kit.bold(name)}. Only you ever see this."),
        kit.field("note", "Private note", box, optional=True),
    ]
    return kit.modal(
        "Private note", Form.PRIVATE_NOTE, blocks, metadata, submit="Keep it", close=close
    )


def build_last_step(contact: Interaction) -> View:
    """A private note as the last step of a session or field day that is logged already."""
    return build_private_note_form(contact.rep.name, Metadata(subject=contact.id), close="Skip")


def parse_private_note(state: Mapping[str, Any]) -> str:
    """The note, as typed."""
    return Fields(state).text("note").strip()


TOO_OLD = (
    "Slack keeps an answer like this one open for half an hour. The binder does it all, any time."
)


def build_too_old(logged: Logged) -> Message:
    """An answer that Slack lets nobody change any more: the way through the binder."""
    subject = Metadata(subject=logged.touch.id)
    blocks = [
        kit.section(TOO_OLD),
        kit.actions([kit.button("Open in the binder", BinderAction.ENTRY, subject)]),
    ]
    return kit.message("Open it in the binder", blocks)
