"""A field day: its form, the answer when it is logged, and what an entry of the binder shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.contacts.drafts import ONE_STEP, Draft, DraftKind, DraftStep
from bot.domain.field_days import (
    DETAIL_LIMIT,
    TEXT_LIMIT,
    VISITS_LIMIT,
    FieldDayBefore,
    FieldDayEntry,
    FieldDayLogged,
    FieldDayNotes,
    Focus,
    Led,
    Visit,
    VisitDetails,
    visit_line,
    visit_lines,
)
from bot.domain.promises import WHAT_LIMIT, Owner, Promise, action_of, usual_due_date
from bot.domain.team.teams import RepChoice
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit, people
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import FieldDayAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import otherwise_words
from bot.views.contacts.touch import build_confirmation
from bot.views.meetings.agenda import route_buttons
from bot.views.promises.promise import not_so_words

USAGE = (
    "*Log a field day*\n"
    "`/fieldday @rep` opens the form: the customers you visited, one strength, one focus, one "
    "action each. `/fieldday` asks who it was with.\n"
    "`/binder @rep` shows, changes and deletes what is kept."
)

NOT_UNDERSTOOD = (
    "A field day has a form of its own: type `/fieldday @` and pick the person from the list."
)

BEFORE_SHOWN = 300

TEXTS = (
    ("rep_view", "How they saw the day"),
    ("strength", "One strength"),
    ("focus", "One focus"),
    ("market", "Heard of market and competitors"),
)
"""Fields of the form by their names in FieldDayNotes, the rep's own view first."""


def fresh_entry(rep: str, today: date) -> FieldDayEntry:
    """What the form of a new field day holds; `rep` is "" for nobody yet."""
    return FieldDayEntry(rep, today, FieldDayNotes(), due_on=usual_due_date(today))


def build_field_day_form(
    choice: RepChoice, entry: FieldDayEntry, before: FieldDayBefore, metadata: Metadata
) -> View:
    """The form of a new field day, with what to have in mind above it, where it was left."""
    above = _before(before, choice)
    return _form(Form.FIELD_DAY, "Log it", choice, entry, metadata, above, before.draft)


def _before(before: FieldDayBefore, choice: RepChoice) -> list[Block]:
    parts = []
    if before.planned:
        parts.append(f"*Planned:* {kit.quote(before.planned, BEFORE_SHOWN)}")
    if before.last_on is not None:
        last = [f"*Last time*, {kit.date_words(before.last_on, choice.today)}"]
        if before.focus:
            last.append(f"focus: {kit.quote(before.focus.text, BEFORE_SHOWN)}")
        parts.append(" · ".join(last) + _beside(before.focus, choice))
        parts += [_action_words(promise) for promise in before.actions]
    return [kit.context("\n".join(parts))] if parts else []


def _beside(focus: Focus | None, choice: RepChoice) -> str:
    of_rep = (rep for rep in choice.reps if focus is not None and rep.id == focus.rep_id)
    return "".join(otherwise_words(rep, focus.otherwise) for rep in of_rep if focus)


def _action_words(promise: Promise) -> str:
    who = "You" if promise.owner is Owner.MANAGER else kit.escape(promise.rep.name)
    how = "open" if promise.is_open else "kept" if promise.kept_on else "closed"
    return f"{who}: {kit.quote(promise.what, BEFORE_SHOWN)} · {how}{not_so_words(promise)}"


def build_field_day_change_form(
    choice: RepChoice, field_day: FieldDayLogged, metadata: Metadata, draft: Draft | None
) -> View:
    """The form of a field day that is there already, where it was left; private notes are not shown
    in it."""
    contact, promised = field_day.logged.touch, field_day.logged.raised
    rep_action = action_of(promised, Owner.REP)
    own_action = action_of(promised, Owner.MANAGER)
    first = rep_action or own_action
    entry = FieldDayEntry(
        rep=contact.rep.slack_id,
        day=contact.occurred_on,
        notes=field_day.notes,
        rep_action=rep_action.what if rep_action else "",
        manager_action=own_action.what if own_action else "",
        due_on=first.due_on if first else usual_due_date(choice.today),
    )
    reps = tuple({rep.id: rep for rep in (contact.rep, *choice.reps)}.values())
    shown = RepChoice(tuple(sorted(reps, key=lambda rep: in_order(rep.name))), choice.today)
    beside = otherwise_words(contact.rep, field_day.otherwise).strip()
    above = [kit.context(beside)] if beside else []
    return _form(Form.FIELD_DAY_CHANGE, "Save", shown, entry, metadata, above, draft)


def _form(
    form: Form,
    submit: str,
    choice: RepChoice,
    entry: FieldDayEntry,
    metadata: Metadata,
    above: Sequence[Block],
    draft: Draft | None,
) -> View:
    within = FieldDayAction.WITHIN
    blocks: list[Block] = [
        # Before all fields: on a phone nobody scrolls to the end of a form to leave it.
        kit.actions([kit.button("Finish later", FieldDayAction.KEEP)]),
        *above,
        people.rep_field(choice.reps, entry.rep or None, action=within),
        kit.field("day", "When", kit.date_input(entry.day), action=within),
        kit.field(
            "visits",
            "Visits",
            kit.text_input(
                initial=visit_lines(entry.notes.visits),
                multiline=True,
                limit=VISITS_LIMIT,
                placeholder="Acme: Jo Lee and Kim Ray, wants a trial",
            ),
            optional=True,
            hint="One a line: account: people, outcome.",
            action=within,
        ),
    ]
    for name, label in TEXTS:
        initial = getattr(entry.notes, name)
        box = kit.text_input(initial=initial, multiline=True, limit=TEXT_LIMIT)
        blocks.append(kit.field(name, label, box, optional=True, action=within))
    blocks += [
        _action("rep_action", "They will", entry.rep_action),
        _action("manager_action", "You will", entry.manager_action),
        kit.field("due_on", "By", kit.date_input(entry.due_on), optional=True, action=within),
    ]
    # Closing it loses nothing, so that it is not called to cancel.
    view = kit.modal("Field day", form, blocks, metadata, submit=submit, close="Close")
    return fill_in(view, draft.typed[ONE_STEP]) if draft else view


def _action(name: str, label: str, words: str) -> Block:
    hint = "They see both once you share the day." if name == "manager_action" else None
    box = kit.text_input(initial=words, limit=WHAT_LIMIT)
    return kit.field(name, label, box, optional=True, hint=hint, action=FieldDayAction.WITHIN)


def parse_field_day_form(
    state: Mapping[str, Any], metadata: Metadata, view: str, typed_at: int = 0
) -> DraftStep:
    """What the form holds, in the modal of that id; `entry_in` says what that means."""
    fields = Fields(state)
    return DraftStep(
        kind=DraftKind.FIELD_DAY,
        form=metadata.form or view,
        step=ONE_STEP,
        typed=fields.typed(),
        typed_at=typed_at,
        view=view,
        rep=people.parse_rep(fields),
        subject=metadata.subject or 0,
    )


def build_logged(field_day: FieldDayLogged) -> Message:
    """The answer; what was heard of the market can be sent on from it."""
    message = build_confirmation(field_day.logged)
    if field_day.notes.market:
        route = kit.actions(route_buttons(field_day.logged.touch.id))
        message["blocks"].append(route.to_dict())
    return message


LED = {Led.REP: "the rep led", Led.JOINT: "led together", Led.MANAGER: "you led"}
LEADERS = [
    ("The rep", Led.REP.value),
    ("Both together", Led.JOINT.value),
    ("You", Led.MANAGER.value),
]
KEY = "key"


def _visit_words(visit: Visit) -> str:
    """A visit as it was typed, with its details."""
    details = [
        visit.role,
        "key account" if visit.is_key else "",
        LED[visit.led_by] if visit.led_by else "",
        f"next: {visit.next_step}" if visit.next_step else "",
    ]
    return " · ".join([visit_line(visit), *(part for part in details if part)])


def build_visit_form(visits: Sequence[Visit], place: int, metadata: Metadata) -> View:
    """The details of one visit; another can be chosen in it."""
    visit = visits[place]
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
    ]
    return kit.modal("Visit", Form.VISIT, blocks, metadata, submit="Save")


def _detail(name: str, label: str, initial: str) -> Block:
    return kit.field(
        name, label, kit.text_input(initial=initial, limit=DETAIL_LIMIT), optional=True
    )


def parse_visit_form(state: Mapping[str, Any]) -> tuple[int, VisitDetails]:
    """Which visit the form shows, by its place, and its details. Raises Gone for what was not made
    here."""
    fields = Fields(state)
    place = next((n.partition(".")[2] for n in fields.names() if n.startswith("role.")), "")
    led_by = fields.chosen(f"led_by.{place}")
    return _place(place), VisitDetails(
        role=fields.text(f"role.{place}").strip(),
        is_key=KEY in fields.checked(f"key.{place}"),
        led_by=Led(led_by) if led_by else None,
        next_step=fields.text(f"next_step.{place}").strip(),
    )


def parse_chosen_visit(state: Mapping[str, Any]) -> int:
    """Which visit was chosen, by its place. Raises Gone for what was not made here."""
    return _place(Fields(state).chosen("visit") or "")


def _place(typed: str) -> int:
    if not typed.isdecimal():
        raise Gone
    return int(typed)


def note_blocks(notes: FieldDayNotes) -> list[Block]:
    """What was seen and agreed on, exactly as typed, as an entry of the binder shows it."""
    blocks: list[Block] = []
    if notes.visits:
        blocks.append(kit.section("*Visits*"))
        blocks += kit.literal("\n".join(_visit_words(visit) for visit in notes.visits))
    for name, label in TEXTS:
        words = getattr(notes, name)
        if words:
            blocks += [kit.section(f"*{label}*"), *kit.literal(words)]
    return blocks
