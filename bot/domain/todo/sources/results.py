"""Reasons from results: to say that something goes well, and to offer help while it still helps."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.results.need import is_money, need_words
from bot.domain.results.pace import Pace, Standing
from bot.domain.results.results import Better, Period, Result, metric_key
from bot.domain.team.calendar import date_words
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import name_words

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
SPANS = {3: "quarter", 4: "trimester"}
"""What a period of so many months is called."""


def ahead(facts: ReasonFacts) -> Iterator[Found]:
    """Results ahead of plan. No number: thanks are not for a figure."""
    for pace in facts.paces:
        if pace.standing is Standing.AHEAD and not pace.stale:
            text = f"{facts.name} {_goes_well(pace)}. Say you noticed."
            yield _found(ReasonKind.RESULT_AHEAD, pace, text, facts)


def early_warning(facts: ReasonFacts) -> Iterator[Found]:
    """What is behind and can still be made, of what the team warns by. A plan that stands answers
    it: its own day comes up."""
    answered = {warning_of(one.period, one.metric) for one in facts.saving}
    for pace in facts.paces:
        if warning_about(pace.result) in answered:
            continue
        still = can_still(facts.name, pace)
        if still is not None:
            text = f"{still} What could you take off {facts.name}'s plate?"
            helped = facts.helped.get(metric_key(pace.result.metric.name))
            if helped:
                text += f" {helped_words(helped)}"
            yield _found(ReasonKind.EARLY_WARNING, pace, text, facts)


def helped_words(helped: str) -> str:
    """What did when that metric was in question before, quoted."""
    return f"Last time this helped: “{helped}”."


def can_still(name: str, pace: Pace) -> str | None:
    """What the rep of that name can still make, where it is behind and the team warns by it."""
    return f"{name} can still {_made(pace)}." if _can_be_made(pace) else None


def to_make(pace: Pace) -> str | None:
    """What it takes, to be said beside the figures themselves, of what `can_still` is said of."""
    if not _can_be_made(pace):
        return None
    if pace.result.metric.better is Better.LESS:
        return "can still be kept to plan"
    if pace.need is None:
        return "can still be brought to plan"
    return f"can still be made at {need_words(pace.need, pace.result.metric)}"


def next_period(facts: ReasonFacts) -> Iterator[Found]:
    """What cannot be made any more: the next period begins well."""
    for pace in facts.paces:
        if pace.standing is Standing.BEHIND and _may_warn(pace):
            text = f"Plan {_first_weeks(pace, facts.name)}."
            yield _found(ReasonKind.NEXT_PERIOD, pace, text, facts)


def warning_about(result: Result) -> str:
    """What a reason is about that warns of that result."""
    return warning_of(result.period, result.metric.name)


def warning_of(period: Period, metric: str) -> str:
    """The same, of a period and a metric by name."""
    return _about(ReasonKind.EARLY_WARNING, period, metric)


def _about(kind: ReasonKind, period: Period, metric: str) -> str:
    return f"{kind}:{period.start}:{metric_key(metric)}"


def is_about(about: str, result: Result) -> bool:
    """Whether a reason of whatever kind that is about `about` is made of that result."""
    _, _, which = about.partition(":")
    return which == f"{result.period.start}:{metric_key(result.metric.name)}"


def _can_be_made(pace: Pace) -> bool:
    return pace.standing is Standing.RECOVERABLE and _may_warn(pace)


def _may_warn(pace: Pace) -> bool:
    return pace.warns and pace.result.metric.warns


def _made(pace: Pace) -> str:
    """What can still be done, and what it takes where that is a rate."""
    metric = pace.result.metric
    if metric.better is Better.LESS:
        return f"keep {_metric(pace)} to plan"
    if pace.need is None:
        return f"bring {_metric(pace)} to plan"
    return f"make {_metric(pace)} at {need_words(pace.need, metric)}"


def _goes_well(pace: Pace) -> str:
    """What is said of a result that is ahead of plan; of complaints nobody is ahead."""
    if pace.result.metric.better is Better.LESS:
        return f"keeps {_metric(pace)} low"
    return f"is ahead with {_metric(pace)}"


def _first_weeks(pace: Pace, name: str) -> str:
    """What is planned with the rep of that name, and what to ask."""
    period, metric = pace.result.period, name_words(pace.result.metric.name)
    coming = _next_period(period.start, period.end)
    if pace.result.metric.better is Better.LESS:
        ask = f"Ask what would keep {metric} low"
        return f"the first two weeks of {coming} together with {name}. {ask}"
    ask = "Ask what would make them easier"
    return f"the first two weeks of {coming}'s {metric} together with {name}. {ask}"


def _metric(pace: Pace) -> str:
    """November's new meetings."""
    period = pace.result.period
    return f"{period_words(period.start, period.end)} {name_words(pace.result.metric.name)}"


def _found(kind: ReasonKind, pace: Pace, text: str, facts: ReasonFacts) -> Found:
    period = pace.result.period
    about = _about(kind, period, pace.result.metric.name)
    source = f"Figures as of {date_words(pace.latest.as_of, facts.today)}"
    return Found(Reason(kind, about, text, source), _because(pace, facts), Days(last=period.end))


def _because(pace: Pace, facts: ReasonFacts) -> str:
    """The figures, as docs/pace.md works them out."""
    metric, latest = pace.result.metric, pace.latest
    unit = f"{metric.unit} " if is_money(metric) else ""
    until = date_words(pace.result.period.end, facts.today)
    most = "at most " if metric.better is Better.LESS else ""
    said = f"{unit}{latest.actual:,f} of {most}{latest.target:,f} until {until}"
    if pace.need is None:
        return f"{said}."
    facts_said = [
        f"{said}; by that day the plan has {pace.expected:,.1f}",
        f"{pace.left:,f} left over {pace.days_left} working days",
    ]
    if pace.weeks:
        facts_said.append(
            f"a good week of {facts.name}'s has {pace.good:,.1f} a day, by {pace.weeks} weeks"
        )
    return f"{', '.join(facts_said)}."


def period_words(start: date, end: date) -> str:
    """Whose figures they are: November's, the quarter's. It stays true when it is read later."""
    months = _months(start, end)
    if months == 1:
        return f"{MONTHS[start.month - 1]}'s"
    return f"the {SPANS.get(months, 'period')}'s"


def _next_period(start: date, end: date) -> str:
    months = _months(start, end)
    return MONTHS[end.month % 12] if months == 1 else f"the next {SPANS.get(months, 'period')}"


def _months(start: date, end: date) -> int:
    """How many whole months of the calendar that is; 0 where it is none."""
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1:
        return 0
    return (after.year - start.year) * 12 + after.month - start.month
