"""Results of the pretend sales organisation: three months, a reading a week of each rep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.rows import ResultRow
from bot.domain.team.calendar import USUAL

PERIODS = 3
METRICS = (
    (Metric("New meetings", MetricKind.LEADING), 20),
    (Metric("Customer visits", MetricKind.LEADING), 14),
    (Metric("Revenue", MetricKind.LAGGING, unit="EUR"), 60_000),
)
"""What is counted, and what is to be reached of it in a period."""


@dataclass(frozen=True)
class Form:
    """What a rep reaches of the plan by each day: in the periods before, and in this one."""

    before: Decimal
    now: Decimal


AHEAD = Form(Decimal("1.1"), Decimal("1.3"))
ON_PLAN = Form(Decimal("1.0"), Decimal("1.0"))
CAN_BE_MADE_UP = Form(Decimal("1.4"), Decimal("0.9"))
CAN_NOT = Form(Decimal("0.9"), Decimal("0.3"))

FORMS = (CAN_BE_MADE_UP, ON_PLAN, AHEAD, ON_PLAN, CAN_NOT)
"""By place on the team, over and over, and one on with each metric: nobody is behind in all."""


def periods(today: date) -> list[Period]:
    """The last months, the one of `today` last."""
    starts = [_months_on(today.replace(day=1), -back) for back in reversed(range(PERIODS))]
    return [Period(start, _months_on(start, 1) - timedelta(days=1)) for start in starts]


def rows(reps: Sequence[str], today: date) -> Iterator[ResultRow]:
    """What the nightly export of a CRM would have said each Friday, through yesterday, and at the
    end of each period; reps by Slack id."""
    line = 1
    spans = periods(today)
    for period in spans:
        for as_of in _days_read(period, today):
            for place, rep in enumerate(reps):
                for number, (metric, target) in enumerate(METRICS):
                    form = FORMS[(place + number) % len(FORMS)]
                    share = form.now if period is spans[-1] else form.before
                    line += 1
                    yield ResultRow(
                        line,
                        rep,
                        metric.name,
                        period.start,
                        period.end,
                        Decimal(target),
                        Decimal(round(target * share * _share_of(period, as_of))),
                        as_of,
                        metric.kind,
                        metric.unit,
                        metric.better,
                    )


def _days_read(period: Period, today: date) -> list[date]:
    last = min(period.end, today - timedelta(days=1))
    days = [period.start + timedelta(days=n) for n in range((last - period.start).days + 1)]
    return [day for day in days if day == last or _ends_week(day)]


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
