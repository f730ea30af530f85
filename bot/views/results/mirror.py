"""The mirror: ahead above behind, in an answer for the manager alone or as a page of App Home.

No modal, since charts and tables stand in none; no direct message, since that would be notified,
and kept beside other things where a rep may look on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.results.coverage import Due, DueDates
from bot.domain.results.mirror import MirrorFront, RepAhead, ResultsView, period_words
from bot.domain.results.results import Metric, Reading, metric_key
from bot.domain.results.warnings import Warned
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import dates_words
from bot.domain.todo.sources.results import can_still, warning_about, warning_of
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import Gone
from bot.views.appointments import when_words
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import BinderAction, Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import NAMES
from bot.views.results.balance import balance_line, quiet_line
from bot.views.results.figures import amount_words, total_words
from bot.views.results.saving import plan_words

REPS_SHOWN = 20
"""Reps of a page: a table of more is long on a phone, and a chart names no more."""

COMING_SHOWN = 6
SAVABLE_SHOWN = 8
SAVED_SHOWN = 6
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

BY_PERIOD = "period"
"""The step of what shows a metric by period; else it is by rep."""

COMPONENTS = {
    Component.SESSION: "Session",
    Component.FIELD_DAY: "Field day",
    Component.CONTACT: "Contact",
}


@dataclass(frozen=True)
class Page:
    """A page of the mirror: its blocks, and the same in words."""

    text: str
    blocks: tuple[Block, ...]


def as_message(page: Page) -> Message:
    """As an answer for one person."""
    return kit.message(page.text, page.blocks)


def as_home(page: Page) -> View:
    """As a page of App Home, with the way back."""
    back = kit.actions([kit.button("Back to Home", MirrorAction.CLOSE)])
    return kit.home([back, *page.blocks], Metadata(home=0))


def parse_start(page: str | None) -> int:
    """Where a page begins. Raises Gone for what is no place."""
    if not (page or "0").isdecimal():
        raise Gone
    return int(page or "0")


def build_front(view: MirrorFront, start: int) -> Page:
    """Ahead above behind; the reps from the place `start` on."""
    reps = charts.page_of(view.reps, start, REPS_SHOWN)
    header = ("Rep", *COMPONENTS.values())
    rows = [_row(one, view.today) for one in reps.items]
    blocks: list[Block] = [kit.header("Looking ahead")]
    words = ["Your mirror, looking ahead."]
    if rows:
        due = "What is next with each: from the ideal day, to the latest."
        blocks += [kit.section(due, _plan_menu(view)), charts.table(header, rows)]
        blocks += _pages(reps, MirrorAction.SHOW, Metadata())
        words += [due, *charts.rows_in_words(header, rows)]
    else:
        blocks.append(kit.section("Nobody is on your team yet."))
    savable, said = _savable(view)
    planned = _planned(view)
    blocks += [*savable, *kit.lines(planned)]
    words += [*said, *planned]
    blocks.append(kit.header("Looking back"))
    behind = [total_words(one, view.today) for one in view.totals]
    if behind:
        see = kit.button("See results", MirrorAction.RESULTS, Metadata())
        lines = kit.fitting(map(kit.escape, behind), 1500, "And more.")
        blocks.append(kit.section("\n".join(lines), see))
    else:
        behind = ["No results yet."]
        blocks += kit.lines(behind)
    saved = _saved(view)
    blocks += kit.lines(saved)
    behind = [*behind, *saved, *_own(view)]
    blocks += kit.lines(_own(view))
    balance = kit.button("Your balance", MirrorAction.BALANCE)
    blocks.append(kit.actions([balance, kit.button("The period on one page", MirrorAction.PERIOD)]))
    return Page("\n".join([*words, "Looking back.", *behind]), tuple(blocks))


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


def _row(ahead: RepAhead, today: date) -> tuple[str, ...]:
    """The next day of each component, never the last; what is past its latest has no date, since
    that would say for how long nothing was."""
    if ahead.away:
        until = f"away until {kit.date_words(ahead.until, today)}" if ahead.until else "away"
        return (ahead.rep.name, until, charts.NOTHING, charts.NOTHING)
    return (ahead.rep.name, *(_cell(ahead, one, today) for one in COMPONENTS))


def _cell(ahead: RepAhead, component: Component, today: date) -> str:
    if component in ahead.planned:
        return f"planned, {kit.date_words(ahead.planned[component], today)}"
    if component in ahead.unanswered:
        return "how was it?"
    dates = ahead.dates[component]
    by = f"by {kit.date_words(dates.latest_on, today)}"
    match dates.on(today):
        case Due.TIME_FOR:
            return "time for a hello" if component is Component.CONTACT else "time for one"
        case Due.DUE:
            return by
        case _:
            return _from_to(dates, today)


def _savable(view: MirrorFront) -> tuple[list[Block], list[str]]:
    """What is behind and can still be made, as the list would say it, each with the way to a plan,
    and the same in words; away reps are left alone."""
    away = {one.rep.id for one in view.reps if one.away}
    by_results = view.team.settings.warned_by_results
    said = [
        (rep, pace, still)
        for rep, pace in view.paces
        if rep.id not in away
        and (still := can_still(rep.name, pace, results=by_results)) is not None
    ]
    if not said:
        return _left_open(view, set())
    planned = {(one.rep.id, warning_of(one.period, one.metric)): one.check_on for one in view.plans}
    blocks, words = [kit.section("*Can still be saved*")], ["*Can still be saved*"]
    for rep, pace, still in said[:SAVABLE_SHOWN]:
        result = pace.result
        here = Metadata(rep=rep.slack_id, text=warning_about(result))
        spoken = f"Save-it plan: {rep.name}"
        plan = kit.button("Save-it plan", MirrorAction.SAVE_IT, here, spoken=spoken)
        key = rep.id, warning_about(result)
        line = kit.escape(still)
        if key in planned:
            line += f" There is a plan; you look at it {kit.date_words(planned[key], view.today)}."
        blocks.append(kit.section(line, plan))
        words.append(line)
    if len(said) > SAVABLE_SHOWN:
        words.append(f"And {len(said) - SAVABLE_SHOWN} more.")
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


def _saved(view: MirrorFront) -> list[str]:
    """The periods that were in question and were made, and how often that was talked about."""
    if not view.saved:
        return []
    lines = [_of_saved(rep, warned) for rep, warned in view.saved[:SAVED_SHOWN]]
    more = len(view.saved) - SAVED_SHOWN
    return ["*Acted in time*", *lines, *([f"And {more} more."] if more > 0 else [])]


def _of_saved(rep: Person, warned: Warned) -> str:
    result, times = warned.result, len(warned.tried)
    said = f"{rep.name} · {result.metric.name}, {period_words(result.period)}"
    if times:
        said += f" · {times} contact{'s' if times > 1 else ''} about it"
    if warned.helped:
        said += f" · what helped: “{warned.helped}”"
    return kit.escape(said)


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


def build_results(view: ResultsView, start: int, *, by_period: bool) -> Page:
    """One metric: a chart and the table of it, by rep or by period, and the way to the others."""
    by_period = by_period and view.total.actual is not None
    takeaway = total_words(view.total, view.today)
    blocks: list[Block] = [kit.header("Looking back"), kit.section(kit.escape(takeaway))]
    header, rows, drawn, pages = _by_period(view) if by_period else _by_rep(view, start)
    if drawn is not None:
        blocks += [drawn, charts.table(header, rows), *pages]
    else:
        blocks.append(kit.section("No one of today's team has a result in it."))
    text = "\n".join(["Your mirror, looking back.", takeaway, *charts.rows_in_words(header, rows)])
    return Page(text, (*blocks, *_ways(view, by_period)))


_Drawn = tuple[Sequence[str], Sequence[Sequence[str]], Block | None, list[Block]]
"""A table's header and rows, the chart of it, and the ways to its other pages."""


def _by_rep(view: ResultsView, start: int) -> _Drawn:
    metric = view.metric
    page = charts.page_of(view.by_rep, start, REPS_SHOWN)
    latest = [(rep.name, result.latest) for rep, result in page.items]
    rows = [
        (
            name,
            amount_words(one.target, metric),
            amount_words(one.actual, metric),
            kit.date_words(one.as_of, view.today),
        )
        for name, one in latest
    ]
    here = Metadata(text=metric_key(metric.name))
    drawn = _bars(view, latest) if latest else None
    pages = _pages(page, MirrorAction.RESULTS, here)
    return ("Rep", "Target", "Actual", "As of"), rows, drawn, pages


def _bars(view: ResultsView, latest: Sequence[tuple[str, Reading]]) -> Block:
    return charts.bar(
        f"{view.metric.name}, {period_words(view.total.period)}",
        [name for name, _ in latest],
        [
            charts.Series("Target", tuple(one.target for _, one in latest)),
            charts.Series("Actual", tuple(one.actual for _, one in latest)),
        ],
        y_label=view.metric.unit,
    )


def _by_period(view: ResultsView) -> _Drawn:
    metric = view.metric
    known = [
        (period_words(one.period), one.target, one.actual)
        for one in view.by_period
        if one.target is not None and one.actual is not None
    ]
    rows = [
        (words, amount_words(target, metric), amount_words(actual, metric))
        for words, target, actual in known
    ]
    drawn = charts.line(
        f"{metric.name}, the team",
        [words for words, _, _ in known],
        [
            charts.Series("Target", tuple(target for _, target, _ in known)),
            charts.Series("Actual", tuple(actual for _, _, actual in known)),
        ],
        y_label=metric.unit,
    )
    return ("Period", "Target", "Actual"), rows, drawn, []


def _pages(page: charts.Page[Any], action: MirrorAction, here: Metadata) -> list[Block]:
    """**Earlier** and **More**, where there is more than fits a page."""
    buttons: list[BlockElement] = []
    if page.before is not None:
        back = Metadata(text=here.text, page=str(page.before))
        earlier = MirrorAction.EARLIER if action is MirrorAction.SHOW else MirrorAction.RESULTS_BACK
        buttons.append(kit.button("Earlier reps", earlier, back))
    if page.after is not None:
        on = Metadata(text=here.text, page=str(page.after))
        buttons.append(kit.button("More reps", action, on))
    return [kit.actions(buttons)] if buttons else []


def _ways(view: ResultsView, by_period: bool) -> list[Block]:
    """By rep or over time, another metric, and back."""
    here = metric_key(view.metric.name)
    buttons: list[BlockElement] = []
    if by_period:
        buttons.append(kit.button("By rep", MirrorAction.BY_REP, Metadata(text=here)))
    elif len(view.by_period) > 1 and view.total.actual is not None:
        over = Metadata(text=here, step=BY_PERIOD)
        buttons.append(kit.button("Over time", MirrorAction.OVER_TIME, over))
    following = _after(view.metrics, view.metric)
    if following is not None:
        other = Metadata(text=metric_key(following.name))
        buttons.append(kit.button(f"Next: {following.name}", MirrorAction.NEXT_METRIC, other))
    buttons.append(kit.button("Back", MirrorAction.BACK, Metadata()))
    return [kit.actions(buttons)]


def _after(metrics: Sequence[Metric], metric: Metric) -> Metric | None:
    """The next metric in turn; None where there is but one."""
    if len(metrics) < 2:
        return None
    return metrics[(list(metrics).index(metric) + 1) % len(metrics)]
