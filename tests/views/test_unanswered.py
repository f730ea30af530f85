"""Whatever shows how a meeting stands says nothing of it that nobody said."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.meetings.agenda import (
    Agenda,
    AgendaItem,
    AgendaView,
    MeetingRecord,
    Role,
    TeamPromise,
)
from bot.domain.meetings.meetings import Dropped, Meeting, Phase, ReportedOutcome, record_of
from bot.domain.meetings.naming import Namable
from bot.domain.team.settings import CLOSE, DEFAULT_SECTIONS, TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.exchange.document.team import meeting_entry
from bot.views.meetings import agenda as agenda_views
from bot.views.meetings import draft, message, notes, recap

DAY = date(2026, 11, 30)
DANA = Person(1, "UDANA", "Dana Moss", "Europe/Berlin", True, False, None)
LENA = Person(4, "ULENA", "Lena Fox", "Europe/Berlin", True, False, None)
TEAM = Team(7, DANA, TeamSettings(channel="C0TEAM"))
AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
OVER = AT + timedelta(hours=2)
CLAIMS = re.compile(
    r"✓|\b(0|no|none|nothing) (was |is )?(done|ticked|held)|carried|goes on to|not held|"
    r"(was|were)n.t|did ?n.t|did not|as planned|same time|has been on|recap|notes from",
    re.IGNORECASE,
)
"""What only somebody who was there could say."""

Screen = Callable[[AgendaView], object]


def item(number: int, **more: object) -> AgendaItem:
    made = AgendaItem(number, 7, None, f"topic {number}", DAY, None, DANA, place=number)
    return replace(made, **more)  # type: ignore[arg-type]


def shown_as(
    *,
    ticked: bool = False,
    promised: bool = False,
    said: ReportedOutcome | None = None,
    out: bool = True,
    items: int = 2,
    leader: Person | None = LENA,
) -> AgendaView:
    """A meeting that is over, as its manager has it."""
    meeting = Meeting(
        1, 7, DAY, DAY, time(9), DAY, time(9), 45, "", 60, DEFAULT_SECTIONS, leader=leader
    )
    meeting = replace(
        meeting,
        closed_at=OVER,
        out_at=AT if out else None,
        said=said,
        ticked=ticked or promised,
    )
    made = TeamPromise(3, 7, LENA, "a template", DAY, None, None, None, 1, None)
    agenda = Agenda(
        TEAM,
        meeting,
        Phase.OVER,
        AT,
        tuple(item(one, done_in=1 if ticked and one == 0 else None) for one in range(items)),
        (LENA,),
        DAY,
        Namable((LENA,)),
        promises=(made,) if promised else (),
        now=OVER,
    )
    return AgendaView(TEAM, Role.MANAGER, DANA, agenda, record=record_of([meeting]))


def channel(shown: AgendaView) -> object:
    assert shown.agenda is not None
    return message.build_agenda(shown.agenda)


def question(shown: AgendaView) -> object:
    assert shown.agenda is not None
    return recap.build_what_got_done(shown.agenda)


def exported(shown: AgendaView) -> object:
    agenda = shown.agenda
    assert agenda is not None
    done = [one for one in agenda.items if agenda.is_done(one)]
    others = [one for one in agenda.items if not agenda.is_done(one)]
    return meeting_entry(MeetingRecord(agenda.meeting, tuple(done), tuple(others), agenda.promises))


SCREENS: tuple[Screen, ...] = (
    channel,
    question,
    exported,
    draft.build_draft,
    agenda_views.build_agenda,
    notes.build_notes,
)


def words_of(built: object) -> str:
    """All that it says, but for what a button would say: that is said by who presses it."""

    def texts(one: object) -> list[str]:
        match one:
            case {"type": "button" | "overflow"}:
                return []
            case dict():
                return [text for value in one.values() for text in texts(value)]
            case list() | tuple():
                return [text for value in one for text in texts(value)]
            case str():
                return [one]
        return [one.to_dict()] and texts(one.to_dict()) if hasattr(one, "to_dict") else []

    return "\n".join(texts(built))


@pytest.mark.parametrize("screen", SCREENS, ids=lambda one: one.__name__)
def test_of_a_meeting_that_nobody_spoke_of_nothing_is_said(screen: Screen) -> None:
    for out, items, leader in product((True, False), (0, 1, 2), (LENA, None)):
        words = words_of(screen(shown_as(out=out, items=items, leader=leader)))
        assert not CLAIMS.search(words), words
    assert CLAIMS.search(words_of(channel(shown_as(ticked=True))))


def test_the_export_says_null_of_what_is_not_known() -> None:
    known = {
        "unknown": (shown_as(), None, [None, None]),
        "ticked": (shown_as(ticked=True), True, [True, False]),
        "promised": (shown_as(promised=True), True, [False, False]),
        "not held": (shown_as(said=ReportedOutcome.NOT_HELD), False, [False, False]),
    }
    for name, (shown, held, done) in known.items():
        kept = json.loads(json.dumps(exported(shown)))
        assert (kept["held"], [one["done"] for one in kept["items"]]) == (held, done), name


def test_where_something_was_written_down_the_channel_and_its_thread_say_so() -> None:
    for shown in (shown_as(ticked=True), shown_as(promised=True)):
        assert shown.agenda is not None
        assert "Recap" in words_of(channel(shown))
        assert recap.build_recap_line(shown.agenda)["text"].startswith(
            "Notes from today are above."
        )
    promised = shown_as(promised=True).agenda
    assert promised is not None
    line = recap.build_recap_line(promised)["text"]
    assert line == "Notes from today are above. Lena Fox: a template."


def test_sections_with_nothing_in_them_are_left_out() -> None:
    over = shown_as(items=1).agenda
    assert over is not None
    ahead = replace(over, phase=Phase.AHEAD)
    words = words_of(message.build_agenda(ahead))
    assert [one.title for one in DEFAULT_SECTIONS if one.title in words] == [
        "Looking ahead",
        "One skill",
    ]
    assert not ahead.is_empty
    bare = replace(ahead, items=(), meeting=replace(ahead.meeting, leader=None))
    assert bare.is_empty
    standing = TeamPromise(3, 7, LENA, "a template", DAY, None, None, None, None, None)
    assert not replace(bare, standing=(standing,)).is_empty
    no_close = tuple(one for one in DEFAULT_SECTIONS if one.key != CLOSE)
    elsewhere = replace(bare.meeting, sections=no_close)
    assert replace(bare, standing=(standing,), meeting=elsewhere).is_empty


OUTCOMES = st.tuples(
    st.sampled_from([None, ReportedOutcome.HELD, ReportedOutcome.NOT_HELD]),
    st.booleans(),
    st.sampled_from([None, None, None, Dropped.SKIPPED, Dropped.CANCELLED]),
)


@given(st.lists(OUTCOMES, max_size=12), st.lists(st.integers(0, 12), max_size=6))
def test_a_meeting_that_nobody_spoke_of_counts_as_neither(
    weeks: list[tuple[ReportedOutcome | None, bool, Dropped | None]], unknown: list[int]
) -> None:
    def meeting(
        week: float, said: ReportedOutcome | None, ticked: bool, how: Dropped | None
    ) -> Meeting:
        day = DAY + timedelta(days=round(week * 7))
        made = Meeting(1, 7, day, day, time(9), day, time(9), 45, "", 60, DEFAULT_SECTIONS)
        closed = None if how else OVER
        return replace(made, said=said, ticked=ticked, dropped=how, closed_at=closed)

    answered = [
        one
        for week, outcome in enumerate(weeks)
        for one in [meeting(week, *outcome)]
        if one.is_answered
    ]
    silent = [meeting(week + 0.5, None, False, None) for week in unknown]
    assert record_of([*answered, *silent]) == record_of(answered)
