"""How the Monday list puts a week and its reps in words."""

from datetime import date

from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.team.calendar import DAYS, dates_words
from bot.domain.todo.kinds import origin_of
from bot.domain.todo.lists import Reader, SlotState, TodoRow, TodoView
from bot.domain.todo.reasons import Reason, fitted
from bot.views.block_kit import kit

NAME_SHOWN = 80
SOURCE_SHOWN = 150
REASON_ROOM = 1500
"""With a name and a source of nothing but entities, a rep stays within one section."""

BESIDE_ROOM = 500
"""Of the reason's room, for what the rep remembers otherwise of it."""

ALSO_SHOWN = 160
"""Characters of what is said below a reason."""

ROW_ROOM = 2900
"""Characters of a rep in all, within one section."""

ONE_LINE = 90
"""Characters of a reason where a rep has one line."""

SUGGESTED = {
    Channel.CALL: "a call",
    Channel.EMAIL: "an email",
    Channel.VOICEMAIL: "a voicemail",
    Channel.CHAT: "a chat",
    Channel.VIDEO: "a video call",
    Channel.IN_PERSON: "in person if you can",
}
HELD = {
    InteractionKind.SESSION: "strategy session",
    InteractionKind.FIELD_DAY: "field day",
}


def week_words(first: date, last: date) -> str:
    """The first and last working day of a week: 23–27 Nov, or 30 Nov – 4 Dec."""
    return dates_words(first, last)


def title_words(facts: TodoView) -> str:
    """Whose week it is, as plain text: Your week, 23–27 Nov. It says nothing of any rep and counts
    nothing, since a lock screen shows it."""
    whose = "Your"
    if facts.reader is Reader.STAND_IN:
        whose = f"{kit.shorten(facts.team.manager.name, NAME_SHOWN)}'s"
    return f"{whose} week, {week_words(*facts.calendar.span(facts.monday))}"


def one_line(row: TodoRow) -> str:
    """A rep and the reason, shortened to a line."""
    beside = row.reason.beside
    said = f"{bold_name(row)} · {kit.escape(fitted(row.reason.text, ONE_LINE))}"
    return f"{said} {kit.italic(kit.shorten(beside, ONE_LINE))}" if beside else said


def whole(row: TodoRow) -> str:
    """A rep with the reason in full, and where it is from."""
    return with_also(
        f"{bold_name(row)} · {SUGGESTED[row.channel]}\n{reason_words(row.reason)}", row
    )


def reason_words(reason: Reason) -> str:
    """A reason in full, with what the rep says of it, and where it is from."""
    beside = kit.escape_within(reason.beside or "", BESIDE_ROOM)
    said = kit.escape_within(reason.text, REASON_ROOM - len(beside))
    if beside:
        said += f" {beside}"
    if origin_of(reason) is None:
        return said
    return f"{said}\n{kit.italic(kit.shorten(reason.source, SOURCE_SHOWN))}"


def with_also(said: str, row: TodoRow) -> str:
    """Below what is said of a rep what is owed by today, and what is to be passed on."""
    lines, found = [said], row.also
    for place, reason in enumerate(found):
        line = f"Also: {kit.escape(fitted(reason.text, ALSO_SHOWN))}"
        more = f"And {len(found) - place} more, in the binder."
        if sum(map(len, lines)) + len(line) + len(more) > ROW_ROOM - len(found):
            return "\n".join([*lines, more])
        lines.append(line)
    return "\n".join(lines)


def owed_words(row: TodoRow, facts: TodoView) -> str:
    """A rep whom something is owed by today, whatever became of the slot."""
    said = {
        SlotState.DONE: done_words(row, facts.today),
        SlotState.NOT_THIS_WEEK: left_out_words(row),
        SlotState.AWAY: away_words(row, facts),
    }
    return with_also(said.get(row.state) or one_line(row), row)


def on_its_day(row: TodoRow) -> str:
    """A rep in one line that begins with the day."""
    if row.slot.day is None:
        return one_line(row)
    return f"{DAYS[row.slot.day.weekday()][:3]} · {one_line(row)}"


def done_words(row: TodoRow, today: date | None) -> str:
    """A rep whose slot is done, and what did it; `today` is None once the week is over."""
    name = kit.struck(_shown(row))
    return f"{name} {_contact_words(row.contact, today)}" if row.contact else name


def _contact_words(contact: Contact, today: date | None) -> str:
    how = HELD.get(contact.kind) or contact.channel or "contact"
    when = "today" if contact.occurred_on == today else DAYS[contact.occurred_on.weekday()]
    return f"{how}, {when}"


def left_out_words(row: TodoRow) -> str:
    """A rep who is left out this week, and the manager's own word why."""
    why = row.slot.not_this_week
    words = f"Not this week · {bold_name(row)}"
    return f"{words} · “{kit.quote(why)}”" if why else words


def away_words(row: TodoRow, facts: TodoView) -> str:
    """A rep who is away, and when the welcome comes, as far as that is known."""
    back, name = row.back_on, bold_name(row)
    if facts.over and back is not None and back <= facts.as_of:
        return f"{name} was away."
    if back is None:
        return f"{name} is away."
    day = kit.date_words(back, facts.as_of)
    return f"{name} is away; a welcome-back comes on {day}."


def _shown(row: TodoRow) -> str:
    return kit.shorten(" ".join(row.slot.rep.name.split()), NAME_SHOWN)


def name_of(row: TodoRow) -> str:
    """The rep's name, as mrkdwn shows it literally."""
    return kit.escape(_shown(row))


def bold_name(row: TodoRow) -> str:
    """The rep's name, where a row begins with it."""
    return kit.bold(_shown(row))
