"""The form of a field day, in its steps or whole."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.market import MarketTag
from bot.domain.accounts.visits import VISITS_LIMIT, visit_lines
from bot.domain.contacts.drafts import ONE_STEP, Draft, DraftKind, DraftStep, Typed
from bot.domain.field_days import (
    FIRST,
    MORE,
    TEXT_LIMIT,
    FieldDayBefore,
    FieldDayEntry,
    FieldDayLogged,
    Focus,
    Practice,
    Practised,
    entry_in,
    overlaid,
    typed_in,
    typed_of,
)
from bot.domain.promises import WHAT_LIMIT, Owner, Promise
from bot.domain.team.teams import RepChoice
from bot.domain.workspaces.names import in_order
from bot.views.block_kit import kit, people
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import FieldDayAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.block_kit.tags import tags_field
from bot.views.contacts.contact import otherwise_words
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

LABELS = dict(TEXTS)
BEHIND = ("rep_view", "strength", "market")
"""Texts that the second step has."""

MARKET_HINT = (
    "One a line: Acme: a competitor offers 60 days #terms. The tag is yours to choose; two words "
    "have a hyphen: #payment-terms."
)
PICKED_FOR_ALL = "For all lines above. For one line, type it there: #terms."

WHO_DID_IT = "Who did it"
ACTIONS = {"rep_action": "They will", "manager_action": "You will"}
DUES = {"rep_due_on": "They will, by", "manager_due_on": "You will, by"}
SEEN_ONCE = "They see both once you share the day."


PRACTICE = {
    Practice.SHOWN: "shown",
    Practice.TOGETHER: "together",
    Practice.ALONE: "alone",
}


def path_words(path: Sequence[Practised], today: date) -> str:
    """Who did what a focus is about: shown Tue 3 Nov, together Thu 12 Nov; "" where nobody said."""
    return ", ".join(f"{PRACTICE[one.practice]} {kit.date_words(one.on, today)}" for one in path)


def build_field_day_form(
    choice: RepChoice,
    entry: FieldDayEntry,
    before: FieldDayBefore,
    tags: Sequence[MarketTag],
    metadata: Metadata,
) -> View:
    """The form of a new field day, at the step where it was left: first what every day has, with
    what to have in mind above it; the rest is behind **More**.

    `metadata.rep` is whom it was opened for; where that is nobody, the form asks, and offers
    `entry.rep`. An entry that has words of the second step is shown in one.
    """
    draft = before.draft
    typed = typed_in(draft) if draft else Typed()
    rep = draft.rep.slack_id if draft and draft.rep else metadata.rep
    asks = typed.has("rep") or not rep
    if draft is None:
        entry = _with_last_focus(entry, before)
        if any(getattr(entry.notes, name) for name in BEHIND):
            blocks = [*_above(before, choice, rep), *_all(choice, entry, tags, asks)]
            return _modal(Form.FIELD_DAY, "Log it", blocks, metadata)
    here = replace(metadata, rep=rep, step=MORE if draft and draft.step == MORE else FIRST)
    said = entry_in(overlaid(typed_of(entry), typed))
    if here.step == MORE:
        blocks = [*_above_more(choice, said.rep or rep), *_more(choice, said, tags, asks)]
    else:
        blocks = [*_above(before, choice, None if asks else rep), *_first(choice, said, asks)]
    return fill_in(_modal(Form.FIELD_DAY, "Log it", blocks, here), typed)


def _with_last_focus(entry: FieldDayEntry, before: FieldDayBefore) -> FieldDayEntry:
    """With the focus of last time, so that it goes on without being typed again."""
    if entry.notes.focus or before.focus is None:
        return entry
    return replace(entry, notes=replace(entry.notes, focus=before.focus.text))


def build_field_day_change_form(
    choice: RepChoice,
    field_day: FieldDayLogged,
    tags: Sequence[MarketTag],
    metadata: Metadata,
    draft: Draft | None,
) -> View:
    """The form of a field day that is there already, all that is kept in one step, where it was
    left; private notes are not shown in it."""
    rep = field_day.logged.touch.rep
    reps = tuple({one.id: one for one in (rep, *choice.reps)}.values())
    shown = RepChoice(tuple(sorted(reps, key=lambda one: in_order(one.name))), choice.today)
    beside = otherwise_words(rep, field_day.otherwise).strip()
    above = [_aside(), *([kit.context(beside)] if beside else [])]
    blocks = [*above, *_all(shown, field_day.entry(choice.today), tags, asks=True)]
    view = _modal(Form.FIELD_DAY_CHANGE, "Save", blocks, metadata)
    return fill_in(view, typed_in(draft)) if draft else view


def _modal(form: Form, submit: str, blocks: Sequence[Block], metadata: Metadata) -> View:
    # Closing it loses nothing, so that it is not called to cancel.
    return kit.modal("Field day", form, blocks, metadata, submit=submit, close="Close")


def _aside(*more: BlockElement) -> Block:
    """What stands before all fields: on a phone nobody scrolls to the end of a form to leave it."""
    return kit.actions([kit.button("Finish later", FieldDayAction.KEEP), *more])


def _named(choice: RepChoice, rep: str | None) -> str:
    return next((one.name for one in choice.reps if one.slack_id == rep), "")


def _above(before: FieldDayBefore, choice: RepChoice, rep: str | None) -> list[Block]:
    name = _named(choice, rep)
    parts = [kit.bold(name)] if name else []
    if before.planned:
        parts.append(f"*Planned:* {kit.quote(before.planned, BEFORE_SHOWN)}")
    if before.last_on is not None:
        last = [f"*Last time*, {kit.date_words(before.last_on, choice.today)}"]
        if before.focus:
            last.append(f"focus: {kit.quote(before.focus.text, BEFORE_SHOWN)}")
        parts.append(" · ".join(last) + _beside(before.focus, choice))
        if before.focus and before.focus.path:
            parts.append(_last_practice(before.focus, choice.today))
        parts += [_action_words(promise) for promise in before.actions]
    return [_aside(), *([kit.context("\n".join(parts))] if parts else [])]


def _last_practice(focus: Focus, today: date) -> str:
    last = focus.path[-1]
    if len(focus.path) == 1 and last.on == focus.agreed_on:
        return f"Last time: {PRACTICE[last.practice]}."
    return f"So far: {path_words(focus.path, today)}."


def _beside(focus: Focus | None, choice: RepChoice) -> str:
    of_rep = (rep for rep in choice.reps if focus is not None and rep.id == focus.rep_id)
    return "".join(otherwise_words(rep, focus.otherwise) for rep in of_rep if focus)


def _action_words(promise: Promise) -> str:
    who = "You" if promise.owner is Owner.MANAGER else kit.escape(promise.rep.name)
    how = "open" if promise.is_open else "kept" if promise.kept_on else "closed"
    return f"{who}: {kit.quote(promise.what, BEFORE_SHOWN)} · {how}{not_so_words(promise)}"


def _above_more(choice: RepChoice, rep: str | None) -> list[Block]:
    name = _named(choice, rep)
    back = _aside(kit.button("Back", FieldDayAction.BACK))
    return [back, *([kit.context(kit.bold(name))] if name else [])]


def _first(choice: RepChoice, entry: FieldDayEntry, asks: bool) -> list[Block]:
    """What every field day has. Who did what the focus is about is asked here where it is known
    with whom, and what was done last time with it."""
    return [
        *([_rep(choice, entry)] if asks else []),
        *_day(entry),
        *([] if asks else [_practice(choice, entry, asks)]),
        _action("rep_action", entry, _by_words(entry.rep_due_on, choice.today)),
        _action(
            "manager_action", entry, f"{_by_words(entry.manager_due_on, choice.today)} {SEEN_ONCE}"
        ),
        kit.actions([kit.button("More", FieldDayAction.MORE)]),
    ]


def _more(
    choice: RepChoice, entry: FieldDayEntry, tags: Sequence[MarketTag], asks: bool
) -> list[Block]:
    """The rest."""
    return [
        *([_practice(choice, entry, asks)] if asks else []),
        *_behind(entry, tags),
        _due("rep_due_on", entry),
        _due("manager_due_on", entry),
    ]


def _all(
    choice: RepChoice, entry: FieldDayEntry, tags: Sequence[MarketTag], asks: bool
) -> list[Block]:
    """Both in one."""
    return [
        *([_rep(choice, entry)] if asks else []),
        *_day(entry),
        _practice(choice, entry, asks),
        *_behind(entry, tags),
        _action("rep_action", entry),
        _due("rep_due_on", entry),
        _action("manager_action", entry, SEEN_ONCE),
        _due("manager_due_on", entry),
    ]


def _rep(choice: RepChoice, entry: FieldDayEntry) -> Block:
    return people.rep_field(choice.reps, entry.rep or None, action=FieldDayAction.WITHIN)


def _day(entry: FieldDayEntry) -> list[Block]:
    return [
        kit.field("day", "When", kit.date_input(entry.day), action=FieldDayAction.WITHIN),
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
            action=FieldDayAction.WITHIN,
        ),
        _text("focus", entry),
    ]


def _behind(entry: FieldDayEntry, tags: Sequence[MarketTag]) -> list[Block]:
    picked = tags_field(tags, entry.tags or (), hint=PICKED_FOR_ALL, action=FieldDayAction.WITHIN)
    return [*(_text(name, entry) for name in BEHIND), *picked]


def _text(name: str, entry: FieldDayEntry) -> Block:
    initial = getattr(entry.notes, name)
    box = kit.text_input(initial=initial, multiline=True, limit=TEXT_LIMIT)
    return kit.field(
        name,
        LABELS[name],
        box,
        optional=True,
        hint=MARKET_HINT if name == "market" else None,
        action=FieldDayAction.WITHIN,
    )


def _practice(choice: RepChoice, entry: FieldDayEntry, asks: bool) -> Block:
    # Whom the form asks for may still be another.
    name = "" if asks else _named(choice, entry.rep)
    entries = [
        ("Show: you showed it", Practice.SHOWN.value),
        ("Together: you both did it", Practice.TOGETHER.value),
        (f"Alone: {name or 'the rep'} did it", Practice.ALONE.value),
    ]
    chosen = entry.notes.practice
    select = kit.choice(entries, chosen.value if chosen else None, "Show, together or alone")
    return kit.field("practice", WHO_DID_IT, select, optional=True, action=FieldDayAction.WITHIN)


def _action(name: str, entry: FieldDayEntry, hint: str | None = None) -> Block:
    box = kit.text_input(initial=getattr(entry, name), limit=WHAT_LIMIT)
    return kit.field(
        name, ACTIONS[name], box, optional=True, hint=hint, action=FieldDayAction.WITHIN
    )


def _by_words(due_on: date | None, today: date) -> str:
    by = f"By {kit.date_words(due_on, today)}" if due_on else "Without a date"
    return f"{by}; another day is under More."


def _due(name: str, entry: FieldDayEntry) -> Block:
    box = kit.date_input(getattr(entry, name))
    return kit.field(name, DUES[name], box, optional=True, action=FieldDayAction.WITHIN)


def parse_field_day_form(
    state: Mapping[str, Any], metadata: Metadata, view: str, typed_at: int = 0
) -> DraftStep:
    """What the step holds, in the modal of that id; `entry_in` says what that means."""
    fields = Fields(state)
    return DraftStep(
        kind=DraftKind.FIELD_DAY,
        form=metadata.form or view,
        step=metadata.step if metadata.step in (FIRST, MORE) else ONE_STEP,
        typed=fields.typed(),
        typed_at=typed_at,
        view=view,
        rep=people.parse_rep(fields) if fields.has("rep") else metadata.rep or "",
        subject=metadata.subject or 0,
    )
