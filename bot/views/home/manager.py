"""A manager's App Home: what counts today, and what is open, above the fold of a phone; then the
team, what the reps promised, and settings."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.home import ManagerHome
from bot.domain.promises import Owner
from bot.domain.results.coverage import Due
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership
from bot.domain.todo.in_question import InQuestion
from bot.views.appointments import coming_lines, unanswered_lines
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    BinderAction,
    ExportAction,
    HomeAction,
    MarketAction,
    Metadata,
    MirrorAction,
    NoteAction,
    TeamAction,
    TodoAction,
    TouchAction,
)
from bot.views.contacts.account_dates import nobody_lines
from bot.views.contacts.cleared import home_line as home_line_cleared
from bot.views.contacts.contact import NAMES
from bot.views.delivery import not_arrived_lines
from bot.views.home.promises import (
    owed_line,
    owed_today_lines,
    planned_beside,
    raised_lines,
    theirs_line,
)
from bot.views.home.unfinished import unfinished_lines
from bot.views.meetings.home import next_meeting_lines, team_promise_lines
from bot.views.meetings.meeting import rhythm_words
from bot.views.promises.promise import closed_rows
from bot.views.results.balance import home_line
from bot.views.results.figures import totals_lines
from bot.views.results.ways import way_blocks
from bot.views.team.memberships import home_blocks
from bot.views.team.setup import half_way_blocks
from bot.views.todo.home import build_home_week, rows_shown
from bot.views.todo.round_up import ended_blocks

WEEK_BLOCKS = 5
"""Four reps of today and a headline: more would push what is open off the screen of a phone."""
UNANSWERED_SHOWN = 2
RESULTS_SHOWN = 2
IN_QUESTION_SHOWN = 2
ROUND_UPS_SHOWN = 2


def first_lines(home: ManagerHome, changed: int | None, asked: Sequence[Block] = ()) -> list[Block]:
    """What comes before the team, most urgent first; `changed` is a promise closed just now,
    `asked` what waits for an answer of theirs."""
    facts = home.facts
    just_closed = [promise for promise in home.closed if promise.id == changed]
    buttons = [kit.button("Log a touch", TouchAction.LOG, style="primary")]
    week = build_home_week(home.week, WEEK_BLOCKS, planned_beside(home)) if home.week else []
    if week:
        buttons.append(kit.button("Open the list", TodoAction.SHOW))
    return [
        kit.actions(buttons),
        *not_arrived_lines(
            home.not_arrived, facts.team.manager, facts.team.manager_zone, facts.today
        ),
        *half_way_blocks(facts),
        *asked,
        *home_blocks(home.questions, facts.team.manager),
        *_waiting(home),
        *raised_lines(home),
        *week,
        *owed_today_lines(home),
        *closed_rows(just_closed, facts.today, Owner.MANAGER, changed),
        *owed_line(home),
        *(next_meeting_lines(home.ahead) if home.ahead else []),
        *coming_lines(home.coming, facts.team, facts.today),
        *nobody_lines(home.of_nobody, facts.today),
        *unanswered_lines(home.unanswered, facts.today, UNANSWERED_SHOWN),
        *ended_blocks(home.round_ups, ROUND_UPS_SHOWN),
        *home_line_cleared(home.cleared),
        *unfinished_lines(home.unfinished),
    ]


def _waiting(home: ManagerHome) -> list[Block]:
    """What waits for the manager about people who come or went."""
    blocks: list[Block] = []
    waiting = len(home.facts.to_introduce)
    if waiting:
        words = "1 rep has" if waiting == 1 else f"{waiting} reps have"
        send = kit.button("See and send", TeamAction.INTRODUCE)
        blocks.append(kit.section(f"{words} not met Windshield yet.", send))
    if home.left_open:
        count = len(home.left_open)
        words = "1 promise is" if count == 1 else f"{count} promises are"
        see = kit.button("See them", TeamAction.LEFT_OPEN)
        blocks.append(kit.section(f"{words} still open with reps who left.", see))
    return blocks


def last_lines(
    home: ManagerHome, changed: int | None, more: Sequence[BlockElement] = ()
) -> list[Block]:
    """What comes after the team; `more` is what can be done beside what always can."""
    facts = home.facts
    closed = [promise for promise in home.closed if promise.id != changed]
    buttons: list[BlockElement] = [
        kit.button("Settings", TeamAction.SETTINGS),
        kit.button("I'm away", TodoAction.AWAY),
        kit.button("Add results", MirrorAction.ADD),
        kit.button("Market", MarketAction.SHOW),
        kit.button("Export", ExportAction.OPEN),
    ]
    if home.notes:
        buttons.append(kit.button(f"Your notes ({home.notes})", NoteAction.ALL))
    buttons += more
    return [
        *theirs_line(home),
        *(team_promise_lines(home.ahead, leads=True) if home.ahead else []),
        *closed_rows(closed, facts.today, Owner.MANAGER, None),
        *way_blocks(_in_question(home), facts.today, IN_QUESTION_SHOWN, home.activities),
        _mirror(home),
        *home_line(home.balance),
        *_seen(home),
        _times(facts.team.settings),
        kit.actions(buttons),
    ]


def _in_question(home: ManagerHome) -> list[InQuestion]:
    """What is in question, but what a row above leads to."""
    rows = rows_shown(home.week, WEEK_BLOCKS) if home.week else []
    said = {row.reason.about for row in rows}
    return [one for one in home.in_question if not one.is_said(said)]


def _mirror(home: ManagerHome) -> Block:
    """The way to the mirror, with how the team stands where there are results."""
    shown = [
        kit.escape(line) for line in totals_lines(home.totals[:RESULTS_SHOWN], home.facts.today)
    ] or ["Who is due by when, what is planned, results"]
    if len(home.totals) > RESULTS_SHOWN:
        shown[-1] += f" · {len(home.totals) - RESULTS_SHOWN} more"
    button = kit.button("Mirror", MirrorAction.SHOW, Metadata())
    return kit.section("\n".join(shown), button)


def _seen(home: ManagerHome) -> list[Block]:
    """What reps have seen of late: a quiet line each, and none for what they have not."""
    said = [
        f"{kit.escape(one.rep.name)} has seen your {NAMES[one.kind]} of "
        f"{kit.date_words(one.occurred_on, home.facts.today)}."
        for one in home.seen
    ]
    return [kit.context("\n".join(said))] if said else []


def _times(settings: TeamSettings) -> Block:
    todo = f"to-do list {DAYS[settings.todo_day]}s, {kit.time_words(settings.todo_time)}"
    if settings.series is None:
        words = f"No team meeting set · {todo}"
        return kit.section(words, kit.button("Set your meeting", TeamAction.MEETING))
    where = f", <#{settings.channel}>" if settings.channel else ""
    return kit.section(f"Team meeting {rhythm_words(settings.series)}{where} · {todo}")


def team_lines(home: ManagerHome, reps: Sequence[Membership], start: int, size: int) -> list[Block]:
    """The team by name, so many of it from `start` on."""
    if not reps:
        add = kit.button("Add your reps", TeamAction.REPS, style="primary")
        return [kit.section("Nobody is on your team yet.", add)]
    blocks: list[Block] = [kit.header(f"Your team · {len(reps)}")]
    blocks += [_rep(member, home) for member in reps[start : start + size]]
    pages: list[BlockElement] = []
    if start > 0:
        before = Metadata(page=str(max(0, start - size)))
        pages.append(kit.button("Earlier reps", HomeAction.EARLIER, before))
    if start + size < len(reps):
        after = Metadata(page=str(start + size))
        pages.append(kit.button("More reps", HomeAction.MORE, after))
    return [*blocks, kit.actions(pages)] if pages else blocks


TALKS = {Component.SESSION: "a session", Component.FIELD_DAY: "a field day"}
"""What is planned with a rep; that a contact is next is what the week's list says already."""


def due_words(due: Mapping[Component, Due]) -> str:
    """Who is due, in words; "" for nobody."""
    late = [words for one, words in TALKS.items() if due.get(one) is Due.TIME_FOR]
    coming = [words for one, words in TALKS.items() if due.get(one) is Due.DUE]
    parts = [f"time for {' and '.join(late)}"] if late else []
    if coming:
        parts.append(f"{' and '.join(coming)} {'are' if len(coming) > 1 else 'is'} next")
    if due.get(Component.CONTACT) is Due.TIME_FOR:
        parts.append("time for a hello")
    return " · ".join(parts)


def _rep(member: Membership, home: ManagerHome) -> Block:
    today, rep = home.facts.today, member.rep
    parts = [kit.bold(rep.name), due_words(home.due.get(rep.id, {}))]
    if not member.is_on(today):
        parts.append(f"from {kit.date_words(member.joined_on, today)}")
    if rep.id in home.away:
        parts.append(_away_words(home.away[rep.id], today))
    entries = (
        ("Plan a session", BinderAction.PLAN_SESSION),
        ("Plan a field day", BinderAction.PLAN_FIELD_DAY),
        ("Log a touch", TouchAction.LOG),
        ("Open binder", BinderAction.OPEN),
        ("Settings", TeamAction.REP_SETTINGS),
    )
    menu = kit.step_menu(HomeAction.REP_MENU, entries, Metadata(rep=rep.slack_id))
    return kit.section(" · ".join(part for part in parts if part), menu)


def _away_words(until: date | None, today: date) -> str:
    return f"away until {kit.date_words(until, today)}" if until else "away"
