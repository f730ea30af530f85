"""A field day that was logged: the answer, and what an entry of the binder shows."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.accounts.market import MarketNote
from bot.domain.field_days import FieldDayLogged, FieldDayNotes, Practised
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message
from bot.views.contacts.account_dates import with_dates
from bot.views.contacts.touch import build_confirmation
from bot.views.field_days.form import PRACTICE, TEXTS, WHO_DID_IT, path_words
from bot.views.field_days.visits import visit_words
from bot.views.meetings.agenda import route_buttons


def build_logged(field_day: FieldDayLogged) -> Message:
    """The answer, with the account dates that were read; what was heard of the market can be sent
    on from it."""
    message = build_confirmation(field_day.logged)
    if field_day.notes.market:
        route = kit.actions(route_buttons(field_day.logged.touch.id))
        message["blocks"].append(route.to_dict())
    return with_dates(message, field_day.dates.there, field_day.logged.today)


def note_blocks(notes: FieldDayNotes, path: Sequence[Practised], today: date) -> list[Block]:
    """What was seen and agreed on, exactly as typed, as an entry of the binder shows it, and who
    did what the focus is about, on the way to this day."""
    blocks: list[Block] = []
    if notes.visits:
        blocks.append(kit.section("*Visits*"))
        blocks += kit.literal("\n".join(visit_words(visit) for visit in notes.visits))
    for name, label in TEXTS:
        words = getattr(notes, name)
        if words:
            blocks += [kit.section(f"*{label}*"), *kit.literal(words)]
        if name == "focus" and notes.practice is not None:
            way = f" · {path_words(path, today)}" if len(path) > 1 else ""
            blocks.append(kit.context(f"{WHO_DID_IT}: {PRACTICE[notes.practice]}{way}"))
    return blocks


def heard_blocks(heard: Sequence[MarketNote], *, whole: bool) -> list[Block]:
    """What was heard of the market in a contact, with its tags; of a field day, whose words stand
    there already, but the lines that have some."""
    if whole and heard:
        lines = [_heard_line(note) for note in heard]
        return [kit.section("*Market note*"), *kit.lines(lines)]
    tagged = [_heard_line(note) for note in heard if note.tags]
    return [kit.context("\n".join(tagged))] if tagged else []


def _heard_line(note: MarketNote) -> str:
    parts = [
        f"“{kit.quote(note.text)}”",
        kit.escape(note.account),
        ", ".join(kit.escape(tag.name) for tag in note.tags),
    ]
    return " · ".join(part for part in parts if part)
