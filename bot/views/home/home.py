"""App Home: a manager's, a rep's, both in one, or the first steps of someone new."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.home import HomeView, ManagerHome
from bot.domain.promises import Owner, Promise
from bot.domain.results.coverage import Due
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership
from bot.views.appointments import coming_lines
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    HomeAction,
    Metadata,
    NoteAction,
    SessionAction,
    TeamAction,
    TodoAction,
    TouchAction,
)
from bot.views.block_kit.kit import View
from bot.views.delivery import not_arrived_lines
from bot.views.home.rep import build_team
from bot.views.home.unfinished import unfinished_lines
from bot.views.meetings.home import meeting_lines
from bot.views.meetings.meeting import rhythm_words
from bot.views.promises.promise import by_sides, closed_rows, headed_words, promise_row
from bot.views.team.memberships import home_blocks
from bot.views.team.setup import half_way_blocks
from bot.views.todo.home import build_home_week

MOST_BLOCKS = 100
"""https://docs.slack.dev/reference/views: blocks of a view."""

REPS_SHOWN = 25
PROMISES_SHOWN = 8
COMING_SHOWN = 4
LEAST_REPS = 5
FIRST_LINE_SHOWN = 120
WEEK_BLOCKS = 12

STEPS = (
    ("*1* · Who is on your team?", "Add your reps", TeamAction.REPS),
    ("*2* · When do you meet?", "Set your meeting", TeamAction.MEETING),
    ("*3* · When shall your week's list come?", "Pick your Monday time", TeamAction.MONDAY),
)


def build_home(
    facts: HomeView,
    start: int = 0,
    changed: int | None = None,
    missing_scopes: Sequence[str] = (),
) -> View:
    """What a person's App Home shows.

    `start` is where the page of reps begins; `changed` a promise closed just now, to come first;
    `missing_scopes` what Slack does not let the app do, which a manager is told.
    """
    if facts.manager is None and not facts.on_teams:
        return kit.home(_first_steps())
    most = PROMISES_SHOWN // 2 if facts.manager else PROMISES_SHOWN
    below = [block for home in facts.on_teams for block in build_team(home, most, changed)]
    if facts.on_teams and facts.manager is None:
        below.append(kit.actions([kit.button("I'm away", TodoAction.AWAY)]))
    if facts.on_teams:
        below += _statement()
    if facts.manager is None:
        return kit.home(_fitting(below), Metadata(home=0))
    above = [*_not_allowed(missing_scopes), *_manager(facts.manager, changed)]
    room = max(LEAST_REPS, MOST_BLOCKS - len(above) - len(below) - len(("header", "pages")))
    reps = [member for member in facts.manager.facts.members if member.rep.active]
    start = start if 0 <= start < len(reps) else 0
    team = _team(facts.manager, reps, start, min(REPS_SHOWN, room))
    return kit.home(_fitting([*above, *team, *below]), Metadata(home=start))


def _statement() -> list[Block]:
    buttons: list[BlockElement] = [
        kit.button("Read it", HomeAction.STATEMENT, spoken="Read what is kept about you"),
        kit.button("My copy", BinderAction.MY_COPY, spoken="My copy of what is kept about me"),
    ]
    words = "_What is kept about you, who sees it, for how long_"
    return [kit.section(words), kit.actions(buttons)]


def _fitting(blocks: list[Block]) -> list[Block]:
    """As many blocks as Slack takes: a page that is too long would not be drawn at all."""
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    return [*blocks[: MOST_BLOCKS - 1], kit.context("There is more than fits here.")]


def build_away() -> View:
    """In place of a Home that was never drawn, while the database does not answer."""
    return kit.home(
        [kit.section("I cannot look that up just now. Nothing is lost; open this page again soon.")]
    )


def _not_allowed(scopes: Sequence[str]) -> list[Block]:
    """Until the app is installed anew: who it is for can be none but whoever set it up."""
    if not scopes:
        return []
    named = ", ".join(f"`{kit.escape(scope)}`" for scope in scopes)
    return [
        kit.context(
            "Slack does not yet let Windshield do all that it is for. Whoever set it up mends that "
            f"by installing it again ({named}); nothing is lost meanwhile."
        )
    ]


def _first_steps() -> list[Block]:
    """What this is, and the three steps; the next one stands out."""
    steps = [
        kit.section(
            words, kit.button(label, action, style="primary" if action is STEPS[0][2] else None)
        )
        for words, label, action in STEPS
    ]
    first = "Windshield keeps your attention on each of your reps, and on what you promised them."
    return [kit.section(first), *steps]


def _manager(home: ManagerHome, changed: int | None) -> list[Block]:
    facts = home.facts
    buttons: list[BlockElement] = [
        kit.button("Log a touch", TouchAction.LOG, style="primary"),
        kit.button("Settings", TeamAction.SETTINGS),
    ]
    week = build_home_week(home.week, WEEK_BLOCKS) if home.week else []
    if not week:
        buttons.append(kit.button("I'm away", TodoAction.AWAY))
    if home.notes:
        buttons.append(kit.button(f"Your notes ({home.notes})", NoteAction.ALL))
    manager = facts.team.manager
    unfinished = unfinished_lines(home.unfinished)
    coming = [
        *coming_lines(home.coming, facts.team, facts.today, COMING_SHOWN),
        *(meeting_lines(home.ahead, leads=True) if home.ahead else []),
    ]
    blocks: list[Block] = [
        kit.actions(buttons),
        *not_arrived_lines(home.not_arrived, manager, facts.team.manager_zone, facts.today),
        *half_way_blocks(facts),
        *home_blocks(home.questions, manager),
        *unfinished,
        *week,
        *coming,
        _times(facts.team.settings),
    ]
    waiting = len(facts.to_introduce)
    if waiting:
        words = "1 rep has" if waiting == 1 else f"{waiting} reps have"
        send = kit.button("See and send", TeamAction.INTRODUCE)
        blocks.append(kit.section(f"{words} not met Windshield yet.", send))
    if home.left_open:
        count = len(home.left_open)
        words = "1 promise is" if count == 1 else f"{count} promises are"
        see = kit.button("See them", TeamAction.LEFT_OPEN)
        blocks.append(kit.section(f"{words} still open with reps who left.", see))
    for heading, found in by_sides(home.promises, "They"):
        blocks += _promises(heading, found, facts.today)
    return [*blocks, *closed_rows(home.closed, facts.today, Owner.MANAGER, changed)]


def _times(settings: TeamSettings) -> Block:
    todo = f"to-do list {DAYS[settings.todo_day]}s, {kit.time_words(settings.todo_time)}"
    if settings.series is None:
        words = f"No team meeting set · {todo}"
        return kit.section(words, kit.button("Set your meeting", TeamAction.MEETING))
    where = f", <#{settings.channel}>" if settings.channel else ""
    return kit.section(f"Team meeting {rhythm_words(settings.series)}{where} · {todo}")


def _promises(heading: str, found: Sequence[Promise], today: date) -> list[Block]:
    """Soonest first, as they come."""
    blocks: list[Block] = [kit.section(f"*{heading}*")]
    for promise in found[:PROMISES_SHOWN]:
        blocks += promise_row(promise, today, words=headed_words(promise, today))
    more = len(found) - PROMISES_SHOWN
    if more > 0:
        blocks.append(kit.context(f"And {more} more, in the binders of your reps."))
    return blocks


def _team(home: ManagerHome, reps: Sequence[Membership], start: int, size: int) -> list[Block]:
    if not reps:
        add = kit.button("Add your reps", TeamAction.REPS, style="primary")
        return [kit.section("Nobody is on your team yet.", add)]
    blocks: list[Block] = [kit.header(f"Your team · {len(reps)}")]
    blocks += [
        _rep(member, home.facts.today, home.due.get(member.rep.id, {}))
        for member in reps[start : start + size]
    ]
    pages: list[BlockElement] = []
    if start > 0:
        before = Metadata(page=str(max(0, start - size)))
        pages.append(kit.button("Earlier reps", HomeAction.EARLIER, before))
    if start + size < len(reps):
        after = Metadata(page=str(start + size))
        pages.append(kit.button("More reps", HomeAction.MORE, after))
    return [*blocks, kit.actions(pages)] if pages else blocks


DUE = {
    (Component.SESSION, Due.DUE): "a session is next",
    (Component.SESSION, Due.TIME_FOR): "time for a session",
    (Component.FIELD_DAY, Due.DUE): "a field day is next",
    (Component.FIELD_DAY, Due.TIME_FOR): "time for a field day",
    (Component.CONTACT, Due.TIME_FOR): "time for a hello",
}
"""Who is due, in words; that a contact is next is what the week's list says already."""


def _rep(member: Membership, today: date, due: Mapping[Component, Due]) -> Block:
    words = kit.bold(member.rep.name)
    words += "".join(f" · {DUE[stands]}" for stands in due.items() if stands in DUE)
    if not member.is_on(today):
        words += f" · from {kit.date_words(member.joined_on, today)}"
    if member.first_line:
        words += f" · “{kit.quote(member.first_line, FIRST_LINE_SHOWN)}”"
    entries = (
        ("Log a touch", TouchAction.LOG),
        ("Open binder", BinderAction.OPEN),
        ("Strategy session", SessionAction.START),
        ("Log a field day", FieldDayAction.LOG),
        ("Settings", TeamAction.REP_SETTINGS),
    )
    values = [
        (label, Metadata(rep=member.rep.slack_id, step=action.value).pack())
        for label, action in entries
    ]
    return kit.section(words, kit.menu(HomeAction.REP_MENU, values))
