"""The mirror at its worst: sixty reps of long names, everything due, planned and behind, thirty
metrics: Slack takes each page, as an answer and on Home, and the pages hold everybody once."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.coverage import DueDates
from bot.domain.results.mirror import MirrorFront, RepAhead, ResultsView, totals
from bot.domain.results.results import Metric, Period, Reading, Result
from bot.domain.team.cadence import Component
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.views.block_kit.charts import SERIES_MOST
from bot.views.results import metrics, mirror
from bot.views.results.pages import REPS_SHOWN, Page, as_home, as_message
from slack_sandbox.blockkit import MessageMethod, check_message, check_view

TODAY = date(2026, 11, 30)
WORDS = ("&", ":fox_face:", "🦊🎉", "_*~`<b> ")
REPS = 60
DANA = Person(1, "U0DANA", "Dana Moss", "Europe/Berlin", active=True, bot=False, dm_channel=None)


def people(words: str) -> list[Person]:
    return [
        Person(n, f"U{n}", f"{words * 10}{n:02}", None, active=True, bot=False, dm_channel=None)
        for n in range(2, REPS + 2)
    ]


def front(words: str) -> MirrorFront:
    dates = dict.fromkeys(Component, DueDates(TODAY, TODAY + timedelta(days=40)))
    reps = people(words)
    coming = tuple(_planned(one) for one in reps)
    return MirrorFront(
        Team(1, DANA, TeamSettings()),
        TODAY,
        tuple(RepAhead(one, dates) for one in reps),
        coming,
        (),
        totals(one for n in range(30) for one in results(words, f"{n}")),
    )


def _planned(rep: Person) -> Appointment:
    return Appointment(
        id=rep.id,
        team_id=1,
        rep=rep,
        kind=InteractionKind.SESSION,
        day=TODAY + timedelta(days=3),
        at=time(10),
        notes="",
        stands=True,
    )


def results(words: str, name: str = "", periods: int = 1) -> list[Result]:
    metric = Metric(f"{words * 20}{name}", unit="EUR")
    reading = Reading(Decimal("123456789.25"), Decimal("-98765432.5"), TODAY)
    spans = [Period(date(2026 - n, 10, 1), date(2026 - n, 12, 31)) for n in range(periods)]
    return [
        Result(one.slack_id, metric, span, (reading,)) for one in people(words) for span in spans
    ]


def of_metric(words: str) -> ResultsView:
    found = results(words, periods=20)
    newest = {one.rep_id: one for one in found if one.period.start.year == TODAY.year}
    metric = found[0].metric
    return ResultsView(
        TODAY,
        metric,
        (metric, Metric(f"{words * 20}x")),
        tuple((one, newest[one.slack_id]) for one in people(words)),
        totals(found),
    )


def pages(words: str) -> Iterator[Page]:
    for start in range(0, REPS, REPS_SHOWN):
        yield mirror.build_front(front(words), start)
        yield metrics.build_results(of_metric(words), start, by_period=False)
    yield metrics.build_results(of_metric(words), 0, by_period=True)


@pytest.mark.parametrize("words", WORDS)
def test_slack_takes_every_page(words: str) -> None:
    for page in pages(words):
        assert check_view(as_home(page)) == []
        assert check_message(as_message(page), MessageMethod.RESPONSE_URL) == []


def test_sixty_reps_and_twenty_periods_are_all_there() -> None:
    by_rep: list[str] = []
    for start in range(0, REPS, REPS_SHOWN):
        chart = _chart(metrics.build_results(of_metric("Ann "), start, by_period=False))
        assert len(chart["series"]) <= SERIES_MOST
        by_rep += chart["axis_config"]["categories"]
    assert len(by_rep) == REPS
    over_time = _chart(metrics.build_results(of_metric("Ann "), 0, by_period=True))
    assert len(over_time["axis_config"]["categories"]) == 20
    whole = REPS * Decimal("123456789.25")
    assert over_time["series"][0]["data"][0]["value"] == float(whole)


def test_sixty_reps_are_each_on_one_page_of_what_is_next_and_the_same_in_words() -> None:
    view = front("Ann ")
    for said in (_shown, lambda page: page.text):
        pages = [said(mirror.build_front(view, n)) for n in range(0, REPS, REPS_SHOWN)]
        for rep in view.reps:
            assert "\n".join(pages).count("\n".join(mirror.rep_lines(rep, TODAY))) == 1


def _shown(page: Page) -> str:
    sections = [block for block in as_message(page)["blocks"] if block["type"] == "section"]
    return "\n".join(block["text"]["text"] for block in sections)


def _chart(page: Page) -> Any:
    blocks = as_message(page)["blocks"]
    (found,) = (block for block in blocks if block["type"] == "data_visualization")
    return found["chart"]
