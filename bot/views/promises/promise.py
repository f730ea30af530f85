"""A promise: its row with what can be done about it, and the forms that make and change it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import (
    WHAT_LIMIT,
    Answer,
    Owner,
    Promise,
    Promised,
    PromiseEntry,
    may_edit,
    usual_due_date,
)
from bot.domain.team.ramp import span_words
from bot.domain.team.teams import RepChoice
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit, people
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import (
    AppointmentAction,
    Form,
    Metadata,
    PromiseAction,
    TouchAction,
)
from bot.views.block_kit.kit import Message, View

WHY_LIMIT = 300
"""Characters of the word why: it is quoted whole, in a sentence."""

MOST_LEFT_OPEN = 40
"""Two blocks each; a modal takes a hundred."""

CLOSED_SHOWN = 3

BETWEEN_US = "between_us"

PASSED_ON = (
    ("Hand over", PromiseAction.HAND_OVER),
    ("To the team agenda", PromiseAction.TO_AGENDA),
)
"""What may become of words that were not said between the two alone."""

OWNERS = [("You promised", Owner.MANAGER.value), ("They promised", Owner.REP.value)]


def promise_row(
    promise: Promise, today: date, viewer: Owner = Owner.MANAGER, words: str = ""
) -> list[Block]:
    """A promise and what `viewer` can do about it; `words` say it where `promise_words` do not."""
    subject = Metadata(subject=promise.id)
    if not promise.is_open:
        own = viewer is Owner.MANAGER or promise.kept_on is not None
        again = kit.button(
            "Open again",
            PromiseAction.OPEN_AGAIN,
            subject,
            spoken=f"Open again: {promise.what}",
        )
        # Time that was had is had: that follows from the contact.
        had = promise.for_time and promise.kept_on is not None
        can_open = own and promise.handed_to is None and not had
        return [kit.section(closed_words(promise, today, viewer), again if can_open else None)]
    if viewer is Owner.REP and not promise.is_agreed:
        return [kit.section(words), kit.actions(_answers(promise))]
    if promise.waits and viewer is Owner.MANAGER:
        said = words or promise_words(promise, today)
        return [kit.section(said), kit.actions(_answers_to_rep(promise))]
    buttons: list[BlockElement] = [
        kit.button("Kept", PromiseAction.KEEP, subject, spoken=f"Kept: {promise.what}"),
        kit.button(
            "Change date",
            PromiseAction.DATE_AGAIN,
            subject,
            spoken=f"Change date: {promise.what}",
        ),
    ]
    if viewer is Owner.MANAGER:
        entries = [("Change words", PromiseAction.REWORD)] if may_edit(promise) else []
        entries.append(("Drop", PromiseAction.DROP))
        entries += [] if promise.between_us else list(PASSED_ON)
        buttons.append(kit.step_menu(PromiseAction.MENU, entries, subject))
    return [kit.section(words or promise_words(promise, today)), kit.actions(buttons)]


def _answers_to_rep(promise: Promise) -> list[BlockElement]:
    """What a manager does with something that a rep brought up themselves."""
    subject, rep = Metadata(subject=promise.id), Metadata(rep=promise.rep.slack_id)
    name = promise.rep.name
    if promise.for_time:
        plan = Metadata(rep=promise.rep.slack_id, step=InteractionKind.SESSION.value)
        return [
            kit.button(
                "Plan a session", AppointmentAction.PLAN, plan, spoken=f"Plan a session: {name}"
            ),
            kit.button("Log a touch", TouchAction.LOG, rep, spoken=f"Log a touch: {name}"),
            kit.button("Answer", PromiseAction.CLOSE, subject, spoken=f"Answer {name}"),
        ]
    spoken = f"Take it on: {promise.what}"
    buttons = [
        kit.button("Take it on", PromiseAction.TAKE_ON, subject, spoken=spoken),
        kit.button("Close it", PromiseAction.CLOSE, subject, spoken=f"Close it: {promise.what}"),
    ]
    if not promise.between_us:
        buttons.append(kit.step_menu(PromiseAction.MENU, PASSED_ON, subject))
    return buttons


def _answers(promise: Promise) -> list[BlockElement]:
    """What a rep says to a step that was noted for them; **Agreed** stays, for a slip."""
    subject, what = Metadata(subject=promise.id), promise.what
    agreed = kit.button("Agreed", PromiseAction.AGREE, subject, spoken=f"Agreed: {what}")
    if promise.answer is Answer.NOT_SO:
        return [agreed]
    not_so = kit.button("Not so", PromiseAction.NOT_SO, subject, spoken=f"Not so: {what}")
    return [agreed, not_so]


def closed_rows(
    closed: Sequence[Promise], today: date, viewer: Owner, changed: int | None
) -> list[Block]:
    """Promises closed of late with a way back; `changed`, closed just now, comes first."""
    first = sorted(closed, key=lambda promise: promise.id != changed)[:CLOSED_SHOWN]
    return [block for promise in first for block in promise_row(promise, today, viewer)]


def promise_words(promise: Promise, today: date) -> str:
    """An open promise in a sentence, as the manager reads it anywhere."""
    name, what = kit.bold(promise.rep.name), f"“{kit.quote(promise.what)}”"
    if promise.raised_on is not None:
        by = by_words(promise, today)
        taken = "It was taken on" if promise.noted_by else "You took it on"
        return f"{name} {raised_words(promise)}" + (f". {taken}{by}." if by else "")
    if promise.owner is Owner.MANAGER:
        if promise.ramp_day is not None:
            told = f"For {name}'s {span_words(promise.ramp_day)}, from you"
        else:
            told = f"{kit.escape(promise.noted_by or 'You')} told {name}"
        return f"{told}: {what}{by_words(promise, today)}"
    if not promise.is_agreed:
        who = kit.escape(promise.noted_by or "You")
        noted = f"{who} noted for {name}{_for_ramp(promise)}: {what}{by_words(promise, today)}"
        return f"{noted}{not_so_words(promise)}"
    return f"{name} told {kit.escape(promise.noted_by or 'you')}: {what}{by_words(promise, today)}"


def headed_words(promise: Promise, today: date) -> str:
    """An open promise below a heading that says whose it is, as the manager reads it."""
    name, what = kit.bold(promise.rep.name), f"“{kit.quote(promise.what)}”"
    if promise.raised_on is None:
        return f"{name} · {what}{by_words(promise, today)}{not_so_words(promise)}"
    by = by_words(promise, today).removeprefix(", ")
    return f"{name} {raised_words(promise)}" + (f" · {by}" if by else "")


def raised(promise: Promise) -> str:
    """What the rep did, before the words."""
    did = "asked for time" if promise.for_time else "raised"
    return f"{did}, between us" if promise.between_us else did


def raised_words(promise: Promise) -> str:
    """The same, with the words where there are any."""
    return raised(promise) + (f": “{kit.quote(promise.wish)}”" if promise.wish else "")


def bare_words(promise: Promise, today: date) -> str:
    """What was promised, and by when."""
    return f"“{kit.quote(promise.what)}”{by_words(promise, today)}"


def noted_words(promise: Promise, manager: str, today: date) -> str:
    """A step that the manager noted for the rep, as the rep reads it until it is agreed."""
    said = " · you said: not so" if promise.answer is Answer.NOT_SO else ""
    noted = f"{kit.bold(promise.noted_by or manager)} noted for you{_for_ramp(promise, 'your')}"
    return f"{noted}: {bare_words(promise, today)}{said}"


def _for_ramp(promise: Promise, whose: str = "the") -> str:
    """Of which part of the first weeks a step is; "" for any other promise."""
    return "" if promise.ramp_day is None else f", for {whose} {span_words(promise.ramp_day)}"


def not_so_words(promise: Promise) -> str:
    """For the manager, that the rep says it is not so; "" where they did not."""
    if promise.answer is not Answer.NOT_SO:
        return ""
    return f" · {kit.escape(promise.rep.name)} says: not so"


def by_sides(promises: Sequence[Promise], they: str) -> list[tuple[str, list[Promise]]]:
    """Promises under headings that say whose word they are, as the manager reads them; `they` is
    how to call the rep or the reps."""
    raised = [promise for promise in promises if promise.waits]
    ours = [promise for promise in promises if promise.owner is Owner.MANAGER]
    owed = [promise for promise in ours if not promise.waits]
    theirs = [promise for promise in promises if promise.owner is Owner.REP]
    sides = (
        # Nobody promised what was only brought up.
        (f"{they} raised", raised),
        ("You promised", owed),
        (f"{they} promised", [promise for promise in theirs if promise.is_agreed]),
        (
            f"You noted for {'them' if they == 'They' else they}",
            [promise for promise in theirs if not promise.is_agreed],
        ),
    )
    return [(heading, found) for heading, found in sides if found]


def by_words(promise: Promise, today: date) -> str:
    """By when, as the end of a sentence; "" where there is no date."""
    return f", by {kit.date_words(promise.due_on, today)}" if promise.due_on else ""


def closed_words(promise: Promise, today: date, viewer: Owner = Owner.MANAGER) -> str:
    """How a promise was closed, and when."""
    if promise.handed_to is not None:
        how = f"Handed over to {kit.escape(promise.handed_to)}"
    else:
        how = "Kept" if promise.kept_on else "Dropped"
        if promise.for_time:
            how = "Talked about" if promise.kept_on else "Answered"
    day = f" {kit.day_words(promise.closed_on, today)}" if promise.closed_on else ""
    name = f" · {kit.bold(promise.rep.name)}" if viewer is Owner.MANAGER else ""
    why = f" (“{kit.quote(promise.closing_words)}”)" if promise.closing_words else ""
    return f"{how}{day}{name}: “{kit.quote(promise.what)}”{why}"


def build_promise(promised: Promised, before: str = "") -> Message:
    """A promise as a message for the manager, `before` said first."""
    promise = promised.promise
    words = f"{before} {promise_words(promise, promised.today)}" if before else ""
    name = kit.escape(promise.rep.name)
    if promise.for_time:
        text = f"{name} asked for time"
    elif promise.raised_on is not None:
        text = f"{name} raised something"
    elif promise.owner is Owner.MANAGER:
        text = f"You promised {name}"
    else:
        text = f"{name} promised you" if promise.is_agreed else f"Noted for {name}"
    if promise.between_us:
        # A notification has the first block, which says nothing of the words.
        head = kit.section(f"{before} {text}.".lstrip())
        return kit.message(text, [head, *promise_row(promise, promised.today)])
    return kit.message(text, promise_row(promise, promised.today, words=words))


def build_not_so(promised: Promised) -> Message:
    """To the manager, once: a step they noted is no word of the rep's."""
    promise = promised.promise
    name = kit.escape(promise.rep.name)
    head = (
        f"{kit.bold(promise.rep.name)} says it is not so. You noted: "
        f"{bare_words(promise, promised.today)}"
    )
    then = (
        f"It does not count as {name}'s word. Talk it over when it suits you both; change or drop "
        "it here or in the binder."
    )
    rows = promise_row(promise, promised.today, words=head)
    return kit.message(f"{name} answered a step you noted", [*rows, kit.context(then)])


def build_promise_form(choice: RepChoice, entry: PromiseEntry, metadata: Metadata) -> View:
    """The form of a new promise of either side, filled with what is known of it."""
    blocks: list[Block] = [
        people.rep_field(choice.reps, entry.rep or None, placeholder="Who is it with?"),
        kit.field("owner", "Whose promise", kit.choice(OWNERS, entry.owner.value)),
        what_field("What", entry.what),
        due_field(entry.due_on or usual_due_date(choice.today)),
    ]
    return kit.modal("Promise", Form.NOTE_PROMISE, blocks, metadata, submit="Keep it")


def parse_promise_form(state: Mapping[str, Any]) -> PromiseEntry:
    """What the form says; forms without a rep or a side leave the rep empty, the side yours."""
    fields = Fields(state)
    return PromiseEntry(
        rep=people.parse_rep(fields),
        owner=Owner(fields.chosen("owner") or Owner.MANAGER),
        what=fields.text("what").strip(),
        due_on=fields.day("due_on"),
        between_us=parse_between_us(fields),
    )


def what_field(label: str, initial: str, hint: str | None = None) -> Block:
    """What was promised or raised."""
    element = kit.text_input(initial=initial[:WHAT_LIMIT], multiline=True, limit=WHAT_LIMIT)
    return kit.field("what", label, element, hint=hint)


def due_field(initial: date | None, hint: str | None = None) -> Block:
    """By when; a promise may have no date."""
    return kit.field("due_on", "By", kit.date_input(initial), optional=True, hint=hint)


def between_us_field(of: str = "", *, ticked: bool = False) -> Block:
    """Whether what a rep raised is for the two of them alone; `of` ends the field's name, in a form
    with several."""
    tick = kit.tick("Nobody but the two of us reads it", BETWEEN_US, ticked=ticked)
    return kit.field(f"{BETWEEN_US}{of}", "Between us", tick, optional=True)


def parse_between_us(fields: Fields, of: str = "") -> bool:
    return BETWEEN_US in fields.checked(f"{BETWEEN_US}{of}")


def build_date_form(promised: Promised, what: str, metadata: Metadata) -> View:
    """Another date; `what` says the promise as who asks reads it."""
    today, due = promised.today, promised.promise.due_on
    offered = due if due and due >= today else usual_due_date(today)
    blocks: list[Block] = [kit.section(what), due_field(offered)]
    return kit.modal("Change date", Form.PROMISE_DATE, blocks, metadata, submit="Save")


def build_words_form(promised: Promised, metadata: Metadata) -> View:
    """Other words for a promise; a rep is asked anew for what they agreed to."""
    promise = promised.promise
    is_agreed_to = promise.answer is Answer.AGREED
    hint = f"{promise.rep.name} agreed to the words before, and is asked anew on their page."
    blocks: list[Block] = [what_field("What", promise.what, hint if is_agreed_to else None)]
    return kit.modal("Change words", Form.PROMISE_WORDS, blocks, metadata, submit="Save")


def parse_words(state: Mapping[str, Any]) -> str:
    """The other words."""
    return Fields(state).text("what").strip()


def parse_date(state: Mapping[str, Any]) -> date | None:
    """The new date, or none."""
    return Fields(state).day("due_on")


def build_drop_form(promised: Promised, metadata: Metadata) -> View:
    """A word why, before it is let go; a word to the rep, where they brought it up themselves and
    wait for one."""
    promise = promised.promise
    name = promise.rep.name
    hint = f"{name} is told, with these words." if promise.raised_on else None
    title = submit = "Drop it"
    if promise.for_time:
        title, submit = "Answer", "Send it"
    elif promise.waits:
        title = submit = "Close it"
    label = f"A word to {name}" if promise.waits else "A word why"
    why = kit.text_input(multiline=True, limit=WHY_LIMIT)
    blocks: list[Block] = [
        kit.section(promise_words(promise, promised.today)),
        kit.field("words", label, why, optional=not promise.waits, hint=hint),
    ]
    return kit.modal(title, Form.PROMISE_DROP, blocks, metadata, submit=submit)


def build_take_on_form(promised: Promised, metadata: Metadata) -> View:
    """By when the manager will have seen to what a rep raised."""
    name = promised.promise.rep.name
    by = kit.date_input(usual_due_date(promised.today))
    blocks: list[Block] = [
        kit.section(promise_words(promised.promise, promised.today)),
        kit.field("due_on", "By", by, hint=f"{name} sees on their page that you took it on."),
    ]
    return kit.modal("Take it on", Form.PROMISE_TAKE_ON, blocks, metadata, submit="Take it on")


def parse_why(state: Mapping[str, Any]) -> str:
    """The word why, "" for none."""
    return Fields(state).text("words").strip()


def build_hand_over_form(promised: Promised, others: Sequence[Person], metadata: Metadata) -> View:
    """Which other rep it passes to."""
    promise = promised.promise
    first = kit.escape(promise.rep.name)
    blocks: list[Block] = [
        kit.section(promise_words(promise, promised.today)),
        people.rep_field(others, label="To", placeholder="Who has it from now on?"),
    ]
    # What somebody raised is in their words, and nobody else's to read.
    if promise.raised_on:
        blocks += [
            what_field("In your words", ""),
            kit.context(f"They see it on their page, in your words. {first} is told."),
        ]
    else:
        blocks += [
            what_field("What", promise.what),
            kit.context("They see it on their page, in these words."),
        ]
    return kit.modal("Hand over", Form.PROMISE_HAND_OVER, blocks, metadata, submit="Hand over")


def parse_hand_over(state: Mapping[str, Any]) -> tuple[str, str]:
    """The Slack id of the rep it passes to, and the words that rep reads."""
    fields = Fields(state)
    return people.parse_rep(fields), fields.text("what").strip()


def build_left_open(promises: Sequence[Promise], today: date) -> View:
    """Each promise, with the ways to keep it, drop it or hand it over."""
    words = (
        "Still open with people who left your team. Keep, drop or hand over; there is no hurry."
        if promises
        else "Nothing is left open with people who left your team."
    )
    blocks: list[Block] = [kit.section(words)]
    for promise in promises[:MOST_LEFT_OPEN]:
        blocks += promise_row(promise, today)
    more = len(promises) - MOST_LEFT_OPEN
    if more > 0:
        blocks.append(kit.context(f"And {more} more, when these are done."))
    return kit.modal("Left open", Form.LEFT_OPEN, blocks, close="Done")
