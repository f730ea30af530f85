"""Records of teams to print: an ordinary one, and one that has everything that is hard to print."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bot.domain.binder.record import TeamRecord
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.meetings.agenda import MeetingRecord
from bot.domain.meetings.meetings import Meeting
from bot.domain.results.results import Metric, Period, Reading, Result
from bot.domain.team.settings import DEFAULT_SECTIONS
from bot.domain.team.teams import Membership
from bot.domain.workspaces.people import Person
from tests.exchange.test_json_export import DANA, EXPORTED, NOTES, PLACE, PROMISE, RECORD, TOUCH

AT = EXPORTED

MARKUP = "#set page(width: 1pt) $x^2$ *bold* _it_ @ref <lab> \\ `raw` = no // #panic()"

SCRIPTS = {
    "Greek": "Καλημέρα κόσμε",
    "Cyrillic": "Добрый день",
    "Arabic": "عرض السعر الجديد",
    "Hebrew": "הצעת מחיר חדשה",
    "Devanagari": "नमस्ते दुनिया",
    "Thai": "สวัสดีชาวโลก",
    "Tamil": "வணக்கம்",
    "Chinese": "价格变动",
    "Japanese": "価格のへんこう",
    "Korean": "가격 변경",
    "emoji": "🚀 🎉",
}

LONG_NAME = "Maximiliane Friederike von und zu Hohenlohe-Schillingsfürst Bartenstein-Jagstberg"

NO_FONT = "\U00013080"
"""A hieroglyph."""

LONG_NOTE = " ".join(f"word{n}" for n in range(10_000))

MONDAY = date(2026, 11, 16)


def _person(number: int, name: str) -> Person:
    return Person(number, f"U{number}", name, None, True, False, None)


def _place(rep: Person) -> Membership:
    return replace(PLACE, id=rep.id, rep=rep, joined_on=date(2026, 1, 5), left_on=None)


EMPTY = TeamRecord(
    team=RECORD.team,
    members=(),
    touches=(),
    sessions=(),
    shared={},
    field_days=(),
    promises=(),
    slots=(),
    issues=(),
    time_off={},
)

ADA = _person(9, "Ada Ek")

NOTHING_YET = replace(EMPTY, members=(_place(ADA),))

MET = Meeting(
    7, 3, MONDAY, MONDAY, AT.time(), MONDAY, AT.time(), 45, "Room 2", 60, DEFAULT_SECTIONS
)

VISITS = Metric("Visits")

USUAL = replace(
    RECORD,
    members=(*RECORD.members, _place(ADA)),
    meetings=(MeetingRecord(MET), MeetingRecord(replace(MET, id=8, ticked=True))),
    results=(
        Result(
            "USAM",
            VISITS,
            Period(date(2026, 10, 1), date(2026, 12, 31)),
            (
                Reading(Decimal(42), Decimal(5), date(2026, 10, 9)),
                Reading(Decimal(42), Decimal("12.5"), date(2026, 11, 20)),
            ),
        ),
    ),
)

_LONG = _person(11, LONG_NAME)
_RIGHT = _person(12, "משה כהן")

HARD = replace(
    USUAL,
    members=(*USUAL.members, _place(_LONG), _place(_RIGHT)),
    touches=(
        replace(TOUCH, id=101, rep=_LONG, about=MARKUP),
        replace(TOUCH, id=102, rep=_LONG, about=f"Egypt {NO_FONT}"),
        replace(TOUCH, id=103, rep=_LONG, about=LONG_NOTE),
        replace(TOUCH, id=104, rep=_LONG, about="https://example.com/" + "a" * 600),
        *(
            replace(TOUCH, id=200 + n, rep=_RIGHT, about=f"{name}\n{words}")
            for n, (name, words) in enumerate(SCRIPTS.items())
        ),
        replace(TOUCH, id=300, rep=_RIGHT, about=" ".join([SCRIPTS["Hebrew"]] * 40)),
    ),
    field_days=(
        (
            replace(TOUCH, id=400, rep=_RIGHT, kind=InteractionKind.FIELD_DAY, about=""),
            replace(NOTES, strength=MARKUP, market=SCRIPTS["Arabic"]),
        ),
    ),
    promises=tuple(
        replace(PROMISE, id=500 + n, rep=_LONG, what=f"Step {n}: {MARKUP}", due_on=MONDAY + n * day)
        for day in (timedelta(days=1),)
        for n in range(60)
    ),
)

__all__ = ["ADA", "AT", "DANA", "EMPTY", "HARD", "NOTHING_YET", "USUAL"]
