"""The document that scripts rely on."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.accounts.accounts import Account, Acquaintance, Spelling
from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.accounts.market import MarketNote, NoteTag
from bot.domain.accounts.transitions import Transition
from bot.domain.accounts.visits import Visit
from bot.domain.binder.pack import PackAccount, PackPlan, RepPack, TeamPack, ToIntroduce
from bot.domain.binder.record import TeamRecord
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import FieldDayNotes, Practice
from bot.domain.promises import Owner, Promise
from bot.domain.sessions.sessions import Session, SessionNotes, StandingPlan, Topic, TopicNotes
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.ramp import RampStep
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay, Reason, ReasonKind
from bot.domain.todo.round_up import IssueAnswer
from bot.domain.workspaces.people import Person
from bot.exchange.json_export import to_json
from tests.exchange.parts import in_parts

DANA = Person(1, "UDANA", "Dana Moss", "Europe/Berlin", True, False, None)
SAM = Person(2, "USAM", "Sam Stone", "America/New_York", True, False, "D2")
EXPORTED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

PLACE = Membership(
    id=5,
    team_id=3,
    rep=SAM,
    joined_on=date(2026, 1, 5),
    left_on=date(2026, 3, 1),
    first_line="",
    introduced=True,
    cadences={},
)
AGAIN = replace(
    PLACE,
    id=6,
    joined_on=date(2026, 6, 1),
    left_on=None,
    first_line="price sheet",
    cadences={Component.SESSION: Cadence(7, 10)},
)
TOUCH = Interaction(
    id=11,
    kind=InteractionKind.TOUCH,
    team_id=3,
    rep=SAM,
    author_id=1,
    channel=Channel.IN_PERSON,
    occurred_on=date(2026, 11, 20),
    occurred_at=datetime(2026, 11, 20, 11, 0, tzinfo=UTC),
    recorded_at=datetime(2026, 11, 21, 8, 30, tzinfo=UTC),
    about="Zoë’s “Acme”\nrenewal 🎉",
    has_private_note=True,
    deleted_at=None,
)
ACME = Account(1, 3, "Acme", True, (Spelling(1, "acme", "Acme"), Spelling(2, "", "ACME GmbH")))
FIELD_DAY = replace(TOUCH, id=12, kind=InteractionKind.FIELD_DAY, about="")
NOTES = FieldDayNotes(
    (Visit("Acme", "Jo Lee", "wants a trial"),), focus="next steps", practice=Practice.SHOWN
)
SESSION = replace(TOUCH, id=13, kind=InteractionKind.SESSION, channel=None, about="")
PIPELINE = Topic(8, "pipeline", "Pipeline", "What can move?")
SAID = Session(
    (PIPELINE,),
    SessionNotes(
        {"pipeline": TopicNotes("five a week", "two closed", "call Hooli")}, "ahead", "ok"
    ),
)
PROMISE = Promise(
    id=21,
    team_id=3,
    rep=SAM,
    owner=Owner.MANAGER,
    what="Send the price sheet",
    made_on=date(2026, 11, 20),
    due_on=date(2026, 11, 27),
    raised_on=date(2026, 11, 20),
    kept_on=None,
    dropped_on=None,
    closing_words="",
    interaction_id=11,
    deleted=False,
    handed_to=None,
    answer=None,
    shown=True,
)
TEAM = Team(3, DANA, TeamSettings(channel="C1", country="DE-BY", meeting_days=(0,)))
RECORD = TeamRecord(
    team=TEAM,
    members=(PLACE, AGAIN),
    touches=(TOUCH,),
    sessions=((SESSION, SAID),),
    ramp=(RampStep(1, 7, Owner.REP, "Draft a plan"),),
    shared={
        13: Sharing(
            13,
            EXPORTED,
            None,
            "I want Acme too",
            EXPORTED,
            "never",
            beside=True,
            seen_at=EXPORTED,
        )
    },
    field_days=((FIELD_DAY, NOTES),),
    planned_for={13: date(2026, 11, 19)},
    promises=(
        PROMISE,
        replace(PROMISE, id=22, interaction_id=9),
        replace(PROMISE, id=23, interaction_id=12),
        replace(PROMISE, id=24, interaction_id=13),
    ),
    slots=(
        (
            Slot(
                5,
                3,
                date(2026, 11, 16),
                SAM,
                date(2026, 11, 18),
                Reason(
                    ReasonKind.PLAN,
                    "plan:13:territory",
                    "Sam plans: “quotes”. Ask what would help.",
                    "From your session on Fri 20 Nov",
                ),
                None,
            ),
            SlotState.DONE,
        ),
    ),
    issues=(IssueOfTheDay(4, "price change", date(2026, 11, 23), date(2026, 11, 27)),),
    issue_answers={
        4: (IssueAnswer(1, 4, SAM, "Acme will ask", date(2026, 11, 24), date(2026, 11, 25)),)
    },
    time_off={
        1: (TimeOff(1, date(2026, 12, 24), None),),
        2: (TimeOff(2, date(2026, 8, 1), date(2026, 8, 14)),),
    },
    accounts=(ACME,),
    acquaintances=tuple(
        Acquaintance(
            ACME.id, ACME.name, ACME.is_key, person, name, date(2026, 11, 20), person is SAM
        )
        for person, name in ((DANA, ""), (SAM, ""), (SAM, "Jo Lee"))
    ),
    account_dates=(
        AccountDate(
            *(5, 3, ACME.id, "Acme", "renewal", date(2027, 3, 1), date(2027, 2, 1)),
            (
                DateSource(1, date(2026, 11, 20), 12, InteractionKind.FIELD_DAY),
                DateSource(2, date(2026, 11, 21)),
            ),
        ),
        AccountDate(
            *(6, 3, ACME.id, "Acme", "audit", date(2027, 3, 2), date(2027, 3, 2)),
            *((DateSource(3, date(2026, 11, 20)),), date(2027, 1, 18)),
        ),
    ),
    market_notes=(
        MarketNote(
            *(1, 3, 12, SAM, date(2026, 11, 20), "60 days", (NoteTag(1, 1, "terms"),)),
            *(ACME.id, "Acme", "acme"),
        ),
        MarketNote(2, 3, None, SAM, date(2026, 11, 20), "fewer fairs"),
    ),
    plans=(
        StandingPlan(
            *(3, 2, 13, date(2026, 11, 20), "territory", "Territory", "win the north"),
            *("two closed", "the south"),
        ),
        StandingPlan(3, 2, 0, date(2019, 11, 20), "pipeline", "Pipeline", "Hooli first"),
    ),
    transitions=(Transition(9, 3, 1, "Acme", SAM, DANA, date(2026, 12, 1), date(2026, 11, 20)),),
    pack=TeamPack(
        TEAM,
        date(2026, 11, 23),
        (
            RepPack(
                SAM,
                (
                    ToIntroduce("Acme", ("Jo Lee",), DANA, date(2026, 12, 1)),
                    ToIntroduce("Hooli", ()),
                ),
                (PackAccount(1, "Acme", True, ("Jo Lee",), (DANA,)),),
                (
                    AccountDate(
                        *(5, 3, 1, "Acme", "renewal", date(2027, 3, 1), date(2027, 2, 1)),
                        (DateSource(1, date(2026, 11, 20)),),
                    ),
                ),
                (PackPlan("Pipeline", "Hooli first", date(2019, 11, 20), "Acme first"),),
                (PROMISE, replace(PROMISE, id=22, due_on=None)),
            ),
        ),
    ),
)

CADENCES = {
    "session": {"ideal": 14, "latest": 21},
    "field_day": {"ideal": 30, "latest": 45},
    "contact": {"ideal": 5, "latest": 7},
}


SECTIONS = [
    {"key": key, "title": title, "minutes": minutes, "direction": direction}
    for key, title, minutes, direction in (
        ("wins", "Wins and recognition", 5, "forward"),
        ("field", "From the field", 10, "forward"),
        ("ahead", "Looking ahead", 10, "forward"),
        ("skill", "One skill", 10, "forward"),
        ("numbers", "Numbers in brief", 5, "rear_view"),
        ("close", "Team promises and close", 5, "forward"),
    )
]


def test_the_document() -> None:
    text = "".join(to_json(in_parts(RECORD), EXPORTED))
    promise = {
        "rep": "USAM",
        "owner": "manager",
        "what": "Send the price sheet",
        "due_on": "2026-11-27",
        "kept_on": None,
        "made_on": "2026-11-20",
        "raised_on": "2026-11-20",
        "asked_for_time": False,
        "dropped_on": None,
        "closing_words": "",
        "answer": None,
        "topic": None,
        "ramp_day": None,
        "for_the_team": None,
    }
    assert json.loads(text) == {
        "format": "windshield/1",
        "exported_at": "2026-11-23T09:00:00+00:00",
        "team": {
            "manager": "UDANA",
            "name": "Dana Moss",
            "time_zone": "Europe/Berlin",
            "channel_id": "C1",
            "country": "DE-BY",
            "todo_day": "Monday",
            "todo_time": "08:00:00",
            "morning_line": False,
            "raised_line": True,
            "warned_by_results": False,
            "warned_by_metrics": [],
            "meeting_day": "Monday",
            "meeting_time": None,
            "meeting": {
                "days": ["Monday"],
                "every_weeks": 1,
                "counted_from": "2026-01-05",
                "minutes": 45,
                "place": "",
                "on_holiday": "moved",
                "lead_minutes": 60,
                "sections": SECTIONS,
            },
            "period": "quarter",
            "cadences": CADENCES,
            "ramp": [{"day": 7, "owner": "rep", "what": "Draft a plan"}],
        },
        "reps": [
            {
                "rep": "USAM",
                "name": "Sam Stone",
                "time_zone": "America/New_York",
                "active": True,
                "places": [
                    {
                        "joined_on": "2026-01-05",
                        "left_on": "2026-03-01",
                        "first_line": "",
                        "new_on_team": False,
                        "cadences": {},
                    },
                    {
                        "joined_on": "2026-06-01",
                        "left_on": None,
                        "first_line": "price sheet",
                        "new_on_team": False,
                        "cadences": {"session": {"ideal": 7, "latest": 10}},
                    },
                ],
            }
        ],
        "touches": [
            {
                "id": 11,
                "rep": "USAM",
                "occurred_on": "2026-11-20",
                "occurred_at": "2026-11-20T11:00:00+00:00",
                "recorded_at": "2026-11-21T08:30:00+00:00",
                "channel": "in person",
                "about": "Zoë’s “Acme”\nrenewal 🎉",
                "has_file": False,
            }
        ],
        "sessions": [
            {
                "id": 13,
                "rep": "USAM",
                "scheduled_for": "2026-11-19",
                "held_on": "2026-11-20",
                "topics": [
                    {
                        "key": "pipeline",
                        "title": "Pipeline",
                        "direction": "forward",
                        "plan": "five a week",
                        "changed": "two closed",
                        "next_step": "call Hooli",
                        "progress": False,
                        "shape": "text",
                        "activity": "",
                        "a_week": None,
                    }
                ],
                "results": "ahead",
                "shared_note": "ok",
                "shared_at": "2026-11-23T09:00:00+00:00",
                "seen_at": "2026-11-23T09:00:00+00:00",
                "rep_words": "I want Acme too",
                "remembered_otherwise": "never",
                "occurred_at": "2026-11-20T11:00:00+00:00",
                "recorded_at": "2026-11-21T08:30:00+00:00",
            }
        ],
        "field_days": [
            {
                "id": 12,
                "rep": "USAM",
                "scheduled_for": None,
                "occurred_on": "2026-11-20",
                "occurred_at": "2026-11-20T11:00:00+00:00",
                "recorded_at": "2026-11-21T08:30:00+00:00",
                "visits": [
                    {
                        "account": "Acme",
                        "people": "Jo Lee",
                        "outcome": "wants a trial",
                        "role": "",
                        "is_key": False,
                        "led_by": None,
                        "next_step": "",
                    }
                ],
                "rep_view": "",
                "strength": "",
                "focus": "next steps",
                "market": "",
                "practice": "shown",
                "shared_at": None,
                "seen_at": None,
                "rep_words": "",
                "remembered_otherwise": "",
            }
        ],
        "promises": [
            {"id": 21, "source": {"kind": "touch", "id": 11}, **promise},
            {"id": 22, "source": None, **promise},
            {"id": 23, "source": {"kind": "field_day", "id": 12}, **promise},
            {"id": 24, "source": {"kind": "session", "id": 13}, **promise},
        ],
        "todo_lists": [
            {
                "week_start": "2026-11-16",
                "slots": [
                    {
                        "rep": "USAM",
                        "day": "2026-11-18",
                        "state": "done",
                        "reason": {
                            "kind": "plan",
                            "text": "Sam plans: “quotes”. Ask what would help.",
                            "source": "From your session on Fri 20 Nov",
                            "remembered_otherwise": "never",
                        },
                        "next_time": "",
                    }
                ],
            }
        ],
        "meetings": [],
        "team_promises": [],
        "issues_of_the_day": [
            {
                "id": 4,
                "text": "price change",
                "starts_on": "2026-11-23",
                "ends_on": "2026-11-27",
                "answers": [
                    {
                        "rep": "USAM",
                        "text": "Acme will ask",
                        "noted_on": "2026-11-24",
                        "not_so_on": "2026-11-25",
                    }
                ],
            }
        ],
        "results": [],
        "save_it_plans": [],
        "time_off": [
            {"manager": "UDANA", "starts_on": "2026-12-24", "ends_on": None},
            {"rep": "USAM", "starts_on": "2026-08-01", "ends_on": "2026-08-14"},
        ],
        "transitions": [
            {
                "account": "Acme",
                "from": "USAM",
                "to": "UDANA",
                "day": "2026-12-01",
                "introduced_on": None,
            }
        ],
        "accounts": [
            {
                "name": "Acme",
                "spellings": ["Acme", "ACME GmbH"],
                "is_key": True,
                "visited_by": [
                    {"manager": "UDANA", "since": "2026-11-20"},
                    {"rep": "USAM", "since": "2026-11-20"},
                ],
                "known": [{"name": "Jo Lee", "by": [{"rep": "USAM", "since": "2026-11-20"}]}],
            }
        ],
        "account_dates": [
            {
                "account": "Acme",
                "what": "renewal",
                "day": "2027-03-01",
                "said": [
                    {"on": "2026-11-20", "contact": {"kind": "field_day", "id": 12}},
                    {"on": "2026-11-21", "contact": None},
                ],
                "done_on": None,
            },
            {
                "account": "Acme",
                "what": "audit",
                "day": "2027-03-02",
                "said": [{"on": "2026-11-20", "contact": None}],
                "done_on": "2027-01-18",
            },
        ],
        "team_transition_pack": {
            "meeting": None,
            "promises": [],
            "issues": [],
            "accounts": [],
            "dates": [],
        },
        "transition_packs": [
            {
                "rep": "USAM",
                "introductions": [
                    {"account": "Acme", "people": ["Jo Lee"], "to": "UDANA", "day": "2026-12-01"},
                    {"account": "Hooli", "people": [], "to": None, "day": None},
                ],
                "promises": [
                    {
                        "id": 21,
                        "owner": "manager",
                        "what": "Send the price sheet",
                        "due_on": "2026-11-27",
                    },
                    {
                        "id": 22,
                        "owner": "manager",
                        "what": "Send the price sheet",
                        "due_on": None,
                    },
                ],
                "plans": [
                    {
                        "title": "Pipeline",
                        "plan": "Hooli first",
                        "agreed_on": "2019-11-20",
                        "remembered_otherwise": "Acme first",
                    }
                ],
                "accounts": [
                    {"name": "Acme", "is_key": True, "people": ["Jo Lee"], "others": ["UDANA"]}
                ],
                "dates": [{"account": "Acme", "what": "renewal", "day": "2027-03-01"}],
            }
        ],
        "market_notes": [
            {
                "rep": "USAM",
                "heard_on": "2026-11-20",
                "account": "Acme",
                "text": "60 days",
                "tags": ["terms"],
                "source": {"kind": "field_day", "id": 12},
            },
            {
                "rep": "USAM",
                "heard_on": "2026-11-20",
                "account": None,
                "text": "fewer fairs",
                "tags": [],
                "source": None,
            },
        ],
        "plans": [
            {
                "rep": "USAM",
                "key": "territory",
                "title": "Territory",
                "plan": "win the north",
                "progress": "two closed",
                "agreed_on": "2026-11-20",
                "session": 13,
                "remembered_otherwise": "the south",
            },
            {
                "rep": "USAM",
                "key": "pipeline",
                "title": "Pipeline",
                "plan": "Hooli first",
                "progress": "",
                "agreed_on": "2019-11-20",
                "session": None,
                "remembered_otherwise": "",
            },
        ],
    }


def test_the_order_of_the_keys_and_of_those_promised_for_touches() -> None:
    document = json.loads("".join(to_json(in_parts(RECORD), EXPORTED)))
    assert list(document) == [
        "format",
        "exported_at",
        "team",
        "reps",
        "touches",
        "sessions",
        "field_days",
        "promises",
        "todo_lists",
        "meetings",
        "team_promises",
        "issues_of_the_day",
        "results",
        "save_it_plans",
        "time_off",
        "transitions",
        "accounts",
        "account_dates",
        "plans",
        "market_notes",
        "transition_packs",
        "team_transition_pack",
    ]
    assert list(document["touches"][0]) == [
        "id",
        "rep",
        "occurred_on",
        "occurred_at",
        "recorded_at",
        "channel",
        "about",
        "has_file",
    ]


def test_people_can_read_it_and_it_ends_in_a_line_break() -> None:
    text = "".join(to_json(in_parts(RECORD), EXPORTED))
    assert "Zoë’s “Acme”\\nrenewal 🎉" in text
    assert text.endswith("}\n")


def test_a_team_with_a_clock_and_nobody_on_it() -> None:
    settings = TeamSettings(zone="Asia/Dubai", todo_time=time(7, 30), meeting_time=time(9))
    empty = TeamRecord(Team(3, DANA, settings), (), (), (), {}, (), (), (), (), {})
    document = json.loads("".join(to_json(in_parts(empty), EXPORTED)))
    assert document["team"]["time_zone"] == "Asia/Dubai"
    assert document["team"]["todo_time"] == "07:30:00"
    assert document["team"]["meeting_day"] is None
    assert document["reps"] == document["touches"] == document["time_off"] == []


def test_what_the_manager_alone_may_read_of_a_dispute_is_not_in_it() -> None:
    alone = replace(RECORD.shared[13], beside=False)
    assert "never" in "".join(to_json(in_parts(RECORD), EXPORTED))
    assert "never" not in "".join(to_json(in_parts(replace(RECORD, shared={13: alone})), EXPORTED))
