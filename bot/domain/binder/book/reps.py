"""A rep's chapter: what matters first, then the components in their order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.binder.book.contacts import contact_entries, field_day_entry, session_entries
from bot.domain.binder.book.known import Known
from bot.domain.binder.book.map import map_of
from bot.domain.binder.book.model import (
    Block,
    Chapter,
    Columns,
    Entries,
    Facts,
    Group,
    Item,
    Items,
    Lines,
    Section,
    Table,
    Words,
)
from bot.domain.binder.book.private import between_us
from bot.domain.binder.book.results import result_blocks
from bot.domain.binder.book.words import joined, said
from bot.domain.contacts.interactions import Interaction
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.team.teams import Membership
from bot.domain.todo.lists import SlotState
from bot.domain.workspaces.people import Person

NOTHING_YET = "Nothing is written down yet."


def rep_chapter(known: Known, rep: Person, places: Sequence[Membership]) -> Chapter:
    """All that is printed of a rep."""
    sections = [
        Section("What matters first", tuple(_first(known, rep, places))),
        Section("Plans by topic", tuple(_plans(known, rep))),
        Section("Strategy sessions", tuple(_sessions(known, rep))),
        Section("Field days", tuple(_field_days(known, rep))),
        Section("Contacts", tuple(_contacts(known, rep))),
        Section("Promises", tuple(_promises(known, rep))),
        Section("Between us", tuple(between_us(known, rep))),
        Section("Results", tuple(result_blocks(known, rep))),
        Section("Who knows whom", tuple(map_of(known, rep))),
    ]
    shown = [one for one in sections if one.blocks]
    if len(shown) == 1:
        shown.append(Section("Plans by topic", (Words(NOTHING_YET), Lines("Notes"))))
    # The rest of the first page is for handwriting.
    shown[1] = replace(shown[1], own_page=True)
    return Chapter(rep.name, _beside(known, places), tuple(shown), tab=rep.name)


def _beside(known: Known, places: Sequence[Membership]) -> str:
    """Since when the rep is on the team, or from when to when."""
    last = places[-1]
    since = f"on the team since {known.wording.day(last.joined_on)}"
    if last.left_on is not None and last.left_on <= known.today:
        ended = known.wording.day(last.left_on)
        return f"on the team from {known.wording.day(last.joined_on)} to {ended}"
    return since


def _first(known: Known, rep: Person, places: Sequence[Membership]) -> Iterator[Block]:
    """What to have read before talking; room for notes below it."""
    rows = said(
        ("This week", _this_week(known, rep)),
        ("Working on", _focus(known, rep)),
        *(("Away", one) for one in _away(known, rep)),
        ("Coming up", _dates(known, rep)),
        ("Last session", _last(known, known.sessions.get(rep.id, ()))),
        ("Last field day", _last(known, known.field_days.get(rep.id, ()))),
        ("At set-up", places[-1].first_line),
    )
    if rows:
        yield Facts(rows)
    yield from _open_promises(known, rep)
    yield Lines("Before we talk")


def _this_week(known: Known, rep: Person) -> str:
    newest = known.slots.get(rep.id, ())
    if not newest:
        return ""
    slot, state = newest[0]
    over = (known.today - slot.monday).days >= 7
    if over or state is not SlotState.OPEN:
        return ""
    said_of_it = (slot.reason.text, known.beside_reason(slot), slot.reason.source)
    return "\n".join(filter(None, said_of_it))


def _focus(known: Known, rep: Person) -> str:
    for contact, notes in known.field_days.get(rep.id, ()):
        if notes.focus:
            since = f"since {known.wording.day(contact.occurred_on)}"
            otherwise = known.as_remembered(rep, known.otherwise(contact.id))
            return "\n".join(filter(None, (notes.focus, otherwise, since)))
    return ""


def _away(known: Known, rep: Person) -> Iterator[str]:
    for off in known.record.time_off.get(rep.id, ()):
        if off.ends_on is None or off.ends_on >= known.today:
            until = f" to {known.wording.day(off.ends_on)}" if off.ends_on else ""
            yield f"{'from ' if not until else ''}{known.wording.day(off.starts_on)}{until}"


def _dates(known: Known, rep: Person) -> str:
    coming = [
        one
        for account in known.accounts_of.get(rep.id, ())
        for one in known.dates_of.get(account, ())
    ]
    coming.sort(key=lambda one: one.day)
    return "\n".join(f"{one.account}: {one.what}, {known.wording.day(one.day)}" for one in coming)


def _last(known: Known, held: Sequence[tuple[Interaction, object]]) -> str:
    return known.wording.day(held[0][0].occurred_on) if held else ""


def _open_promises(known: Known, rep: Person) -> Iterator[Block]:
    open_ones = [one for one in known.promises.get(rep.id, ()) if one.is_open]
    open_ones.sort(key=lambda one: (one.due_on or date.max, one.id))
    theirs = [one for one in open_ones if one.owner is Owner.REP]
    raised = [one for one in open_ones if one.owner is Owner.MANAGER and one.waits]
    own = [one for one in open_ones if one.owner is Owner.MANAGER and not one.waits]
    lists = [
        Items(heading, tuple(_item(known, one) for one in promises))
        for heading, promises in (
            (f"{known.manager.first_name} to {rep.first_name}", own),
            (f"{rep.first_name} to {known.manager.first_name}", theirs),
        )
        if promises
    ]
    if lists:
        yield Columns(tuple(lists))
    if raised:
        yield Items(f"{rep.first_name} raised", tuple(_item(known, one) for one in raised))


def _item(known: Known, promise: Promise) -> Item:
    beside = joined([known.wording.by(promise.due_on), _answer(known, promise)])
    return Item(promise.what, beside, None if promise.is_open else promise.kept_on is not None)


def _answer(known: Known, promise: Promise) -> str:
    """Whose word it is, as long as it is not its owner's."""
    by = promise.noted_by or known.manager.first_name
    if promise.answer is Answer.NOTED and promise.is_open:
        return f"{by}’s note"
    if promise.answer is Answer.NOT_SO:
        return f"{by}’s note; {promise.rep.first_name} says: not so"
    return ""


def _plans(known: Known, rep: Person) -> Iterator[Block]:
    for plan in known.plans.get(rep.id, ()):
        passages = said(
            ("", plan.text),
            ("Progress", plan.progress),
            (f"How {rep.first_name} remembers it", plan.otherwise or ""),
        )
        if passages:
            beside = joined([f"agreed on {known.wording.day(plan.agreed_on)}", _with(plan.earlier)])
            yield Group(plan.title, beside, passages)


def _with(earlier: str | None) -> str:
    return f"with {earlier}" if earlier else ""


def _sessions(known: Known, rep: Person) -> Iterator[Block]:
    if held := known.sessions.get(rep.id):
        yield Entries(session_entries(known, held))


def _field_days(known: Known, rep: Person) -> Iterator[Block]:
    if days := known.field_days.get(rep.id):
        yield Entries(tuple(field_day_entry(known, contact, notes) for contact, notes in days))


def _contacts(known: Known, rep: Person) -> Iterator[Block]:
    if touches := known.touches.get(rep.id):
        yield Entries(contact_entries(known, touches), are_short=True)


def _promises(known: Known, rep: Person) -> Iterator[Block]:
    every = known.promises.get(rep.id, ())
    manager, name = known.manager.first_name, rep.first_name
    for heading, owner in (
        (f"{manager} to {name}", Owner.MANAGER),
        (f"{name} to {manager}", Owner.REP),
    ):
        rows = tuple(_row(known, one) for one in every if one.owner is owner)
        if rows:
            yield Table((heading, "Made", "Due", "What became of it"), rows, (9, 3, 3, 5))


def _row(known: Known, promise: Promise) -> tuple[str, ...]:
    raised = f"{promise.rep.first_name} raised it" if promise.raised_on else ""
    due = known.wording.day(promise.due_on) if promise.due_on else ""
    became = [_became(known, promise), promise.closing_words, raised, _answer(known, promise)]
    return promise.what, known.wording.day(promise.made_on), due, joined(became)


def _became(known: Known, promise: Promise) -> str:
    if promise.kept_on:
        return f"kept {known.wording.day(promise.kept_on)}"
    if promise.handed_to:
        return f"handed to {promise.handed_to}"
    if promise.dropped_on:
        return f"let go {known.wording.day(promise.dropped_on)}"
    return "open"
