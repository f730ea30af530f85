"""The Monday list: one message, edited in place all week."""

from collections.abc import Callable
from datetime import date
from functools import partial

from slack_sdk.models.blocks import BlockElement

from bot.domain.appointments import Appointment
from bot.domain.team.calendar import DAYS
from bot.domain.team.teams import Team
from bot.domain.todo.lists import Reader, SlotState, TodoRow, TodoView
from bot.domain.workspaces.names import in_order
from bot.views.appointments import MENU, PLANNED_MENU, when_words
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AppointmentAction, Metadata, TodoAction
from bot.views.block_kit.kit import Json, Message
from bot.views.contacts.contact import NAMES
from bot.views.todo import pages, rows, words
from bot.views.todo.hello import hello_buttons, hello_words
from bot.views.todo.pages import Piece

MOST_BLOCKS = 45
"""Safely below what Slack takes in a message: 50 blocks."""

FRAME_BLOCKS = 4
"""The most that stand around the reps: the head, the issues, why it came, and buttons."""

FRAME_LABELS = 100
"""Characters of the buttons of the frame, and of which page it is."""

PLANNED_LABELS = sum(len(label) for label, _ in MENU) + len(MENU) * len("Didn't happen: ")
"""Characters below what is planned, without what it is and with whom."""

ISSUES_SHOWN = 3
ISSUE_SHOWN = 80

NOBODY = "Nobody is on your team yet. `/team` adds them."
PLACE = "Every rep has a place in each week."


def build_not_for_reader(team: Team, *, passed_on: bool = False) -> Message:
    """In place of a list that somebody had as a stand-in who is a rep of that team now; or, where
    it was `passed_on`, before the team was another manager's."""
    name = kit.bold(team.manager.name)
    if passed_on:
        words = f"This list went on with the team: it is {name}'s now. Thank you for having it."
    else:
        words = (
            f"You are on {name}'s team now, so this list is {name}'s alone. "
            "Thank you for having it."
        )
    return kit.message("This list is with its manager", [kit.section(words)])


def build_list(facts: TodoView, page: int = 0) -> Message:
    """A page of the list, counted from 0; the last where there is no such page any more."""
    if not facts.rows:
        return kit.message(NOBODY)
    head, foot = _head(facts), _foot(facts)
    frame = FRAME_LABELS + FRAME_BLOCKS * kit.BLOCK_WEIGHT + len(head) + sum(map(len, foot))
    room = kit.MESSAGE_ROOM - frame
    found = pages.paginate(_pieces(facts), MOST_BLOCKS - FRAME_BLOCKS, room)
    page = min(max(page, 0), len(found) - 1)
    if len(found) > 1:
        head = f"{head}\nPage {page + 1} of {len(found)}"
    body = pages.draw(found[page], page)
    blocks = [kit.section(head), *body, *map(kit.context, foot)]
    buttons = _buttons(facts, page, len(found))
    if buttons:
        blocks.append(kit.actions(buttons))
    message = kit.message(kit.escape(words.title_words(facts)), blocks)
    _let_first_stand_out(message["blocks"][1 : 1 + len(body)])
    return message


def _head(facts: TodoView) -> str:
    said = [*filter(None, [hello_words(facts)]), kit.bold(words.title_words(facts))]
    if facts.reader is Reader.STAND_IN:
        name = kit.escape(kit.shorten(facts.team.manager.name, words.NAME_SHOWN))
        said.insert(0, f"{name} is away and asked you to stand in.")
    if facts.preview:
        said.append("A look at next week; it can still change.")
    elif facts.done and facts.done == facts.counted:
        said.append(_everyone(facts))
    elif facts.rest and not facts.over:
        said.append("The rest of this week, to begin with.")
    return "\n".join(said)


def _everyone(facts: TodoView) -> str:
    if facts.reader is Reader.STAND_IN:
        return "That is everyone. Thank you for standing in."
    if facts.over:
        return "You were in touch with everyone."
    return "That is everyone. Enjoy the rest of the week."


def _foot(facts: TodoView) -> list[str]:
    """What stands below the reps in small print."""
    foot = []
    if facts.issues and not facts.over:
        foot.append(_issues(facts))
    if facts.rounded_up:
        foot.append(_round_ups(facts))
    last = [f"{facts.done} of {facts.counted} done."] if facts.done and not facts.preview else []
    if facts.reader is Reader.MANAGER and not facts.preview:
        way = "`/team` changes day or time." if facts.over else "Change day or time in Settings."
        last += [PLACE, way]
    return [*foot, " ".join(last)] if last else foot


def _round_ups(facts: TodoView) -> str:
    said = [f"“{kit.quote(one.text, ISSUE_SHOWN)}”" for one in facts.rounded_up[:ISSUES_SHOWN]]
    return f"Round-up of {' and '.join(said)}: under `/todo issue`"


def _issues(facts: TodoView) -> str:
    said = [
        f"Issue of the day: “{kit.quote(issue.text, ISSUE_SHOWN)}”, until "
        f"{kit.day_words(issue.ends_on, facts.today)}"
        for issue in facts.issues[:ISSUES_SHOWN]
    ]
    more = len(facts.issues) - ISSUES_SHOWN
    return "\n".join([*said, f"And {more} more, under `/todo issue`"] if more > 0 else said)


def _buttons(facts: TodoView, page: int, count: int) -> list[BlockElement]:
    buttons = []
    if page > 0:
        buttons.append(kit.button("Earlier", TodoAction.PAGE_BACK, _page(facts, page - 1)))
    if page < count - 1:
        buttons.append(kit.button("More", TodoAction.PAGE, _page(facts, page + 1)))
    buttons += hello_buttons(facts)
    if facts.reader is Reader.MANAGER and not facts.preview and not facts.over:
        buttons.append(kit.button("Next week", TodoAction.NEXT_WEEK))
        buttons.append(kit.button("Settings", TodoAction.SETTINGS))
    return buttons


def _page(facts: TodoView, page: int) -> Metadata:
    """Another page of the same list. Any slot says whose it is: who stands in may have a list of
    their own; a look ahead has no slots yet, and is the reader's own."""
    if facts.preview:
        return Metadata(page=str(page), day=facts.monday.isoformat())
    return Metadata(page=str(page), subject=facts.rows[0].slot.id)


def _let_first_stand_out(body: list[Json]) -> None:
    """The first **Done** of a page and no other, so that the eye has one place to go."""
    for block in body:
        first = block["elements"][0] if block["type"] == "actions" else {}
        if first.get("action_id") == TodoAction.DONE.value:
            first["style"] = "primary"
            return


def _pieces(facts: TodoView) -> list[Piece]:
    """Every rep once: what is to be done first, then what was, then who has no part in it. Whoever
    was done today stays in place until the day is over.

    Of a week that is over, what was done comes first.
    """
    found: dict[SlotState, list[TodoRow]] = {state: [] for state in SlotState}
    standing: list[TodoRow] = []
    for row in facts.rows:
        # Whom something is owed by today stands where it is seen.
        if row.is_open or row.done_now or row.owed:
            standing.append(row)
        else:
            found[row.state].append(row)
    lines = [
        words.done_words(row, None if facts.over else facts.today) for row in found[SlotState.DONE]
    ]
    still_open = _standing(facts, standing)
    done = pages.lines(lines, " · ", "*Done* · ")
    away = [words.away_words(row, facts) for row in found[SlotState.AWAY]]
    return [
        *(done + still_open if facts.over else still_open + done),
        *_planned(facts),
        *_left_out(facts, found[SlotState.NOT_THIS_WEEK]),
        *pages.lines(away, "\n"),
    ]


def _standing(facts: TodoView, found: list[TodoRow]) -> list[Piece]:
    today = facts.today
    if facts.over:
        # By name: what happens in later weeks moves nobody in a list that is over.
        names = sorted((words.name_of(row) for row in found), key=in_order)
        return pages.lines(names, ", ", "Stayed open: ", ". First in line next week.")
    # A contact of today is in no week that is still to come: nothing can be done yet.
    ahead = today < facts.calendar.begins(facts.monday)
    if facts.preview or (ahead and facts.reader is Reader.STAND_IN):
        return pages.lines([words.on_its_day(row) for row in found], "\n")
    if ahead:
        return [rows.with_choice(rows.ahead_piece(row), row, facts.choice) for row in found]
    now = [row for row in found if _is_now(row, today)]
    later = [row for row in found if not _is_now(row, today)]
    named = f"*Today, {DAYS[today.weekday()]}*"
    owed = [row for row in now if not row.is_open and not row.done_now]
    return [
        *(_piece(rows.today_piece, row, named, facts) for row in now if row not in owed),
        *(Piece(words.owed_words(row, facts), named) for row in owed),
        *(_piece(rows.later_piece, row, "*Later*", facts) for row in later),
    ]


def _is_now(row: TodoRow, today: date) -> bool:
    """Whether it stands under today: done or not, for its day has come, or for what is owed."""
    return row.is_for(today) or (row.done_now and (row.slot.day or today) <= today)


def _piece(
    build: Callable[[TodoRow, str, Reader], Piece], row: TodoRow, heading: str, facts: TodoView
) -> Piece:
    if row.done_now:
        return rows.done_piece(row, heading, facts.reader)
    return rows.with_choice(build(row, heading, facts.reader), row, facts.choice)


def _planned(facts: TodoView) -> list[Piece]:
    """The sessions and field days of the week, each with what became of it: from its day on one
    press says that, before it is in a menu."""
    pieces = []
    for one in facts.planned:
        text = f"{NAMES[one.kind].capitalize()} with {kit.bold(one.rep.name)} · "
        text += when_words(one, facts.today, facts.team)
        if facts.preview:
            pieces.append(Piece(text, "*Planned*"))
        elif one.day > facts.today:
            pieces.append(Piece(text, "*Planned*", beside=partial(_planned_menu, one)))
        else:
            labels = PLANNED_LABELS + len(MENU) * min(kit.BUTTON_LIMIT, len(text))
            pieces.append(Piece(text, "*Planned*", labels, below=partial(_planned_buttons, one)))
    return pieces


def _planned_menu(appointment: Appointment, _page: int) -> BlockElement:
    return kit.step_menu(AppointmentAction.MENU, PLANNED_MENU, Metadata(subject=appointment.id))


def _planned_buttons(appointment: Appointment, _page: int) -> list[BlockElement]:
    what = f"{NAMES[appointment.kind]} with {appointment.rep.name}"
    here = Metadata(subject=appointment.id)
    return [kit.button(label, action, here, spoken=f"{label}: {what}") for label, action in MENU]


def _left_out(facts: TodoView, found: list[TodoRow]) -> list[Piece]:
    if facts.reader is Reader.STAND_IN:
        return pages.lines([words.name_of(row) for row in found], ", ", "Not this week: ")
    if facts.over or facts.preview:
        return pages.lines([words.left_out_words(row) for row in found], "\n")
    return [rows.left_out_piece(row) for row in found]
