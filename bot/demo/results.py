"""Results of the pretend sales organisation: two quarters, a reading a week of each rep, and a
quarter that was saved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from bot.domain.results.activity import PlanPage
from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.rows import ResultRow
from bot.domain.results.saving import SavingEntry
from bot.domain.team.calendar import USUAL
from bot.domain.todo.sources.results import warning_of
from bot.domain.workspaces.people import Actor
from bot.services.results import saving
from bot.services.results.importing import import_results
from storage.database.engine import Database

QUARTERS = 2
MEETINGS = Metric("New meetings", MetricKind.LEADING)
METRICS = (
    (MEETINGS, 60),
    (Metric("Customer visits", MetricKind.LEADING), 42),
    (Metric("Revenue", MetricKind.LAGGING, unit="EUR"), 180_000),
)
"""What is counted, and what is to be reached of it in a quarter."""


@dataclass(frozen=True)
class Form:
    """What a rep reaches of a quarter's plan: `rate` times what the plan has by each day; up to a
    share of the quarter of `turns_at`, and from there in a straight line to `ends_at`."""

    rate: Decimal
    turns_at: Decimal | None = None
    ends_at: Decimal = Decimal(1)

    def at(self, share: Decimal) -> Decimal:
        """Of the target, when that share of the quarter's weekdays is over."""
        if self.turns_at is None or share <= self.turns_at:
            return self.rate * share
        begun = self.rate * self.turns_at
        return begun + (self.ends_at - begun) * (share - self.turns_at) / (1 - self.turns_at)


STRONG = Form(Decimal("1.5"))
AHEAD = Form(Decimal("1.3"))
ON_PLAN = Form(Decimal("1.05"))
STEADY = Form(Decimal("1.02"))
BRISK = Form(Decimal("1.07"))
SAVED = Form(Decimal("0.85"), turns_at=Decimal("0.75"), ends_at=Decimal("1.03"))
BEHIND = Form(Decimal("0.75"))
RECOVERING = Form(Decimal("0.75"), turns_at=Decimal("0.45"), ends_at=Decimal("1.03"))
FAR_BEHIND = Form(Decimal("0.4"))

Forms: TypeAlias = Sequence[Sequence[tuple[Form, Form]]]
"""By place on the team, over and over, and by metric: the last quarter and this one."""

EVEN, CALM, LIVELY = (ON_PLAN, ON_PLAN), (ON_PLAN, STEADY), (STEADY, BRISK)
FORMS: Forms = (
    ((STRONG, BEHIND), CALM, LIVELY),
    ((SAVED, ON_PLAN), LIVELY, EVEN),
    (EVEN, (ON_PLAN, AHEAD), CALM),
    (LIVELY, EVEN, CALM),
    (CALM, (STRONG, BEHIND), (BEHIND, FAR_BEHIND)),
    ((BEHIND, STEADY), CALM, (AHEAD, BRISK)),
)
"""Who was strong can make up for what is behind now."""

SAVED_BY = 1
"""The place on the team of whose new meetings were saved in the last quarter."""

STEPS = "call ten dormant accounts by Wed\nme: ask marketing for the list of the fair by Tue"
HELPED = "two mornings a week for calls, and nothing else in them"


def recovering(place: int) -> Forms:
    """The same, but that who has that place makes up for what is behind."""
    return [
        [(last, RECOVERING if now is BEHIND and at == place else now) for last, now in metrics]
        for at, metrics in enumerate(FORMS)
    ]


def quarters(today: date) -> list[Period]:
    """The last quarter, and the one of `today`."""
    this = date(today.year, today.month - (today.month - 1) % 3, 1)
    starts = [_months_on(this, -3 * back) for back in reversed(range(QUARTERS))]
    return [Period(start, _months_on(start, 3) - timedelta(days=1)) for start in starts]


def rows(
    reps: Sequence[str], spans: Sequence[Period], read: Sequence[date], forms: Forms = FORMS
) -> Iterator[ResultRow]:
    """What the nightly export of a CRM would have said on those days of the two quarters; reps by
    Slack id."""
    line = 1
    for as_of in read:
        period = next(one for one in spans if one.start <= as_of <= one.end)
        for place, rep in enumerate(reps):
            for number, (metric, target) in enumerate(METRICS):
                form = forms[place % len(forms)][number][spans.index(period)]
                line += 1
                yield ResultRow(
                    line,
                    rep,
                    metric.name,
                    period.start,
                    period.end,
                    Decimal(target),
                    Decimal(round(target * form.at(_share_of(period, as_of)))),
                    as_of,
                    metric.kind,
                    metric.unit,
                    metric.better,
                )


def days_read(spans: Sequence[Period], after: date, through: date) -> list[date]:
    """The Fridays after that day, each quarter's last day, and the day `through` itself."""
    days = [after + timedelta(days=n + 1) for n in range((through - after).days)]
    ends = {one.end for one in spans}
    return [day for day in days if day == through or day in ends or _ends_week(day)]


def bring_in(
    database: Database,
    workspace_id: int,
    reps: Sequence[str],
    spans: Sequence[Period],
    read: Sequence[date],
    now: datetime,
    forms: Forms = FORMS,
) -> None:
    """As an operator imports them. Writes."""
    import_results(
        database,
        workspace_id,
        rows(reps, spans, read, forms),
        file_name="results.csv",
        keep_good=False,
        dry_run=False,
        now=now,
    )


def plan_to_save(
    database: Database, actor: Actor, rep: str, period: Period, now: datetime
) -> PlanPage:
    """The manager and that rep write down how to save the new meetings of the quarter. Writes."""
    check_on = now.date() + timedelta(days=9)
    entry = SavingEntry(STEPS, 5, "calls to dormant accounts", "Mia Lo", check_on)
    about = warning_of(period, MEETINGS.name)
    return saving.save(database, actor, rep, about, entry, f"plan-{rep}", now)


def _ends_week(day: date) -> bool:
    return USUAL.works(day) and not USUAL.works(day + timedelta(days=1))


def _share_of(period: Period, as_of: date) -> Decimal:
    """How much of the period's weekdays is over on that evening."""
    days = [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]
    worked = [day for day in days if USUAL.works(day)]
    return Decimal(sum(day <= as_of for day in worked)) / len(worked)


def _months_on(day: date, months: int) -> date:
    """The first day of another month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
