"""The mirror: ahead above behind, in an answer for the manager alone or as a page of App Home.

No modal, since charts and tables stand in none; no direct message, since that would be notified,
and kept beside other things where a rep may look on.
"""

from collections.abc import Collection
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.cleared import ClearedMonth
from bot.domain.results.coverage import Due, DueDates
from bot.domain.results.mirror import MirrorFront, RepAhead
from bot.domain.results.results import metric_key
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import dates_words
from bot.domain.todo.sources.results import can_still, helped_words, warning_about, warning_of
from bot.views.appointments import when_words
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import BinderAction, Metadata, MirrorAction
from bot.views.contacts.cleared import mirror_line, way_words
from bot.views.contacts.contact import NAMES
from bot.views.results.balance import balance_line, quiet_line
from bot.views.results.figures import totals_lines
from bot.views.results.pages import REPS_SHOWN, Page, page_buttons
from bot.views.results.saving import check_words, plan_words
from bot.views.results.warnings import saved_lines, tried_lines

COMING_SHOWN = 6
SAVABLE_SHOWN = 8
HELPED_SHOWN = 90
PLANS_SHOWN = 6
MENU_MOST = 5
A_MONTH = 28

USAGE = (
    "*What lies ahead, and how results stand*\n"
    "`/mirror` shows who is due and by when, what is planned, and below it the results of your "
    "team, as charts and tables. Only you see the answer.\n"
    "`/mirror balance` shows how much of your own time looked back.\n"
    "`/mirror results` adds results: paste rows from a spreadsheet.\n"
    "`/mirror period` makes one page of a period for somebody above you: counts and your words, no "
    "names. You see it before it is sent, and it is sent to you.\n"
    "`/mirror teams` shows the teams that their managers share with you, in a few words each, and "
    "lets you share yours with one person."
)

COMPONENTS = {
    Component.SESSION: "session",
    Component.FIELD_DAY: "field day",
    Component.CONTACT: "contact",
}

MEANING = "What is next with each, from the ideal day to the latest."


def build_front(view: MirrorFront, start: int, cleared: ClearedMonth | None = None) -> Page:
    """Ahead above behind; the reps from the place `start` on. `cleared` is what may be told of the
    month before."""
    reps = charts.page_of(view.reps, start, REPS_SHOWN)
    ahead = [line for one in reps.items for line in rep_lines(one, view.today)]
    blocks: list[Block] = [kit.header("Looking ahead")]
    words = ["Your mirror, looking ahead."]
    if ahead:
        blocks += [kit.section(MEANING, _plan_menu(view)), *kit.lines(ahead)]
        blocks += page_buttons(reps, MirrorAction.SHOW, Metadata())
        words += [MEANING, *ahead]
    else:
        blocks.append(kit.section("Nobody is on your team yet."))
    savable, said = _savable(view)
    planned = _planned(view)
    blocks += [*savable, *kit.lines(planned)]
    words += [*said, *planned]
    blocks.append(kit.header("Looking back"))
    behind = list(map(kit.escape, totals_lines(view.totals, view.today)))
    if behind:
        see = kit.button("See results", MirrorAction.RESULTS, Metadata())
        blocks.append(kit.section("\n".join(kit.fitting(behind, 1500, "And more.")), see))
    else:
        behind = ["No results yet."]
        blocks += kit.lines(behind)
    back = [*tried_lines(view), *saved_lines(view)]
    blocks += [*kit.lines(back), *mirror_line(cleared), *kit.lines(_own(view))]
    blocks.append(kit.actions(_ways(view)))
    told = [way_words(cleared)] if cleared else []
    said = [*words, "Looking back.", *behind, *back, *told, *_own(view)]
    return Page("\n".join(said), tuple(blocks))


def _ways(view: MirrorFront) -> list[BlockElement]:
    """To the other pages; **Share with one person** opens its form at once, since there is nothing
    to see of it before."""
    if view.sees_others:
        teams = kit.button("Teams shared with you", MirrorAction.TEAMS, Metadata())
    elif view.shares:
        teams = kit.button("What you share", MirrorAction.TEAMS, Metadata())
    else:
        teams = kit.button("Share with one person", MirrorAction.SHARE, Metadata())
    return [
        kit.button("Your balance", MirrorAction.BALANCE),
        kit.button("The period on one page", MirrorAction.PERIOD),
        teams,
    ]


def _own(view: MirrorFront) -> list[str]:
    """The manager's own balance, and the quiet line where one is due."""
    if view.balance is None:
        return []
    return list(filter(None, (balance_line(view.balance, view.today), quiet_line(view.balance))))


def _plan_menu(view: MirrorFront) -> BlockElement | None:
    """What is due and not planned, soonest first: the five that are next."""
    steps = {
        Component.SESSION: ("session", BinderAction.PLAN_SESSION),
        Component.FIELD_DAY: ("field day", BinderAction.PLAN_FIELD_DAY),
    }
    entries = [
        (
            f"Plan a {steps[one][0]} with {ahead.rep.name}",
            Metadata(rep=ahead.rep.slack_id, step=steps[one][1].value).pack(),
        )
        for ahead in view.reps
        for one in ahead.to_plan(view.today)
    ]
    return kit.menu(MirrorAction.PLAN, entries[:MENU_MOST]) if entries else None


def rep_lines(ahead: RepAhead, today: date) -> list[str]:
    """The next day of each component, never the last, on two lines: a table of four columns has to
    be moved sideways on a phone. What is past its latest has no date, since that would say for how
    long nothing was."""
    name = kit.bold(ahead.rep.name)
    if ahead.away:
        until = f" until {kit.date_words(ahead.until, today)}" if ahead.until else ""
        return [f"{name} · away{until}"]
    contact, session, field_day = (
        _next(ahead, one, today)
        for one in (Component.CONTACT, Component.SESSION, Component.FIELD_DAY)
    )
    return [f"{name} · {contact}", f"{session} · {field_day}"]


def _next(ahead: RepAhead, component: Component, today: date) -> str:
    name = COMPONENTS[component]
    if component in ahead.planned:
        return f"{name} planned, {kit.day_words(ahead.planned[component], today)}"
    if component in ahead.unanswered:
        return f"{name}: how was it?"
    dates = ahead.dates[component]
    match dates.on(today):
        case Due.TIME_FOR:
            return "time for a hello" if component is Component.CONTACT else f"time for a {name}"
        case Due.DUE:
            return f"{name} by {_near_words(dates.latest_on, today)}"
        case _:
            return f"{name} {_from_to(dates, today)}"


def _savable(view: MirrorFront) -> tuple[list[Block], list[str]]:
    """What is behind and can still be made, as the list would say it, each with the way to a plan,
    and the same in words; away reps are left alone."""
    away = {one.rep.id for one in view.reps if one.away}
    said = [
        (rep, pace, still)
        for rep, pace in view.paces
        if rep.id not in away and (still := can_still(rep.name, pace)) is not None
    ]
    if not said:
        return _left_open(view, set())
    planned = {(one.rep.id, warning_of(one.period, one.metric)): one for one in view.plans}
    blocks, words = [kit.section("*Can still be saved*")], ["*Can still be saved*"]
    for rep, pace, still in said[:SAVABLE_SHOWN]:
        result = pace.result
        here = Metadata(rep=rep.slack_id, text=warning_about(result))
        spoken = f"Save-it plan: {rep.name}"
        plan = kit.button("Save-it plan", MirrorAction.SAVE_IT, here, spoken=spoken)
        key = rep.id, warning_about(result)
        line = kit.escape(still)
        helped = view.helped.get(metric_key(result.metric.name))
        if key in planned:
            line += f" There is a plan; {check_words(planned[key], view.today)}."
        elif helped:
            line += f" {helped_words(kit.quote(helped, HELPED_SHOWN))}"
        blocks.append(kit.section(line, plan))
        words.append(line)
    if len(said) > SAVABLE_SHOWN:
        words.append(f"And {len(said) - SAVABLE_SHOWN} more: each stands in the binder of its rep.")
        blocks.append(kit.context(words[-1]))
    left, left_words = _left_open(
        view, {(rep.id, warning_about(pace.result)) for rep, pace, _ in said[:SAVABLE_SHOWN]}
    )
    return [*blocks, *left], [*words, *left_words]


def _left_open(
    view: MirrorFront, shown: Collection[tuple[int, str]]
) -> tuple[list[Block], list[str]]:
    """The save-it plans that stand beside those shown, each with the way to it."""
    left = [
        one for one in view.plans if (one.rep.id, warning_of(one.period, one.metric)) not in shown
    ][:PLANS_SHOWN]
    if not left:
        return [], []
    blocks, words = [kit.section("*Save-it plans*")], ["*Save-it plans*"]
    for one in left:
        line = f"{kit.escape(one.rep.name)} · {plan_words(one, view.today)}"
        spoken = f"Open the save-it plan of {one.rep.name}"
        see = kit.button("Open", MirrorAction.SAVE_IT, Metadata(subject=one.id), spoken=spoken)
        blocks.append(kit.section(line, see))
        words.append(line)
    return blocks, words


def _near_words(day: date, today: date) -> str:
    """A day as short as a span of days is: today, 27 Nov; with its year where it is far."""
    away = (day - today).days
    if away <= 1 or away >= A_MONTH:
        return kit.day_words(day, today)
    return dates_words(day, day)


def _from_to(dates: DueDates, today: date) -> str:
    """The ideal day and the latest; with their years where they are far apart."""
    if (dates.latest_on - dates.ideal_on).days < A_MONTH:
        return dates_words(dates.ideal_on, dates.latest_on)
    return " – ".join(kit.date_words(one, today) for one in (dates.ideal_on, dates.latest_on))


def _planned(view: MirrorFront) -> list[str]:
    """What is planned, soonest first."""
    if not view.coming:
        return ["Nothing is planned yet."]
    lines = [
        " · ".join(
            (
                when_words(one, view.today, view.team),
                f"{NAMES[one.kind]} with {kit.escape(one.rep.name)}",
            )
        )
        for one in view.coming[:COMING_SHOWN]
    ]
    more = len(view.coming) - COMING_SHOWN
    return ["*Planned*", *lines, *([f"And {more} more planned."] if more > 0 else [])]
