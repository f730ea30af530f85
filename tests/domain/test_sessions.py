"""The steps of a session's form, and what counts as saying something."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.contacts.drafts import Typed
from bot.domain.sessions.sessions import (
    CLOSE,
    DEFAULT_TOPICS,
    CloseEntry,
    NextSession,
    Session,
    SessionDraft,
    SessionNotes,
    TopicNotes,
    said_in,
    typed_of,
)
from bot.domain.workspaces.people import Person

RAJ = Person(2, "URAJ", "Raj Rao", "Europe/Berlin", True, False, None)
DAY = date(2026, 11, 23)
DRAFT = SessionDraft("form", RAJ, DAY, "territory", 1, DEFAULT_TOPICS)


def test_the_steps_are_the_topics_and_then_the_close() -> None:
    assert DRAFT.steps == ("territory", "accounts", "pipeline", "activity", CLOSE)
    assert [DRAFT.after(step) for step in DRAFT.steps] == [*DRAFT.steps[1:], CLOSE]
    assert [DRAFT.before(step) for step in DRAFT.steps] == [DRAFT.steps[0], *DRAFT.steps[:-1]]


def test_a_step_that_is_not_there_any_more_is_the_first() -> None:
    assert DRAFT.at("retired").step == "territory"
    assert DRAFT.at(CLOSE).topic() is None


def test_what_one_step_says_leaves_the_others_alone() -> None:
    said = DRAFT.saying("accounts", TopicNotes("Acme first", progress=True))
    said = said.saying(CLOSE, CloseEntry(date(2026, 11, 20), "ahead", "good talk"))
    said = said.saying("pipeline", TopicNotes(changed="two closed"))
    assert said.day == date(2026, 11, 20)
    assert said.notes == SessionNotes(
        {
            "accounts": TopicNotes("Acme first", progress=True),
            "pipeline": TopicNotes(changed="two closed"),
        },
        "ahead",
        "good talk",
    )


@pytest.mark.parametrize(
    ("notes", "says"),
    [
        (SessionNotes(), False),
        (SessionNotes({"pipeline": TopicNotes("five a week")}), False),
        (SessionNotes({"pipeline": TopicNotes("six a week")}), True),
        (SessionNotes({"accounts": TopicNotes("Acme first")}), True),
        (SessionNotes({"pipeline": TopicNotes("five a week", next_step="call")}), True),
        (SessionNotes({"pipeline": TopicNotes("five a week", progress=True)}), False),
        (SessionNotes({"pipeline": TopicNotes("five a week", a_week=5)}), True),
        (SessionNotes({"pipeline": TopicNotes("five a week", activity="visits")}), True),
        (SessionNotes(results="ahead"), True),
        (SessionNotes(shared_note="ok"), True),
    ],
)
def test_plans_that_stand_say_nothing_new(notes: SessionNotes, says: bool) -> None:
    assert notes.says_something({"pipeline": TopicNotes("five a week")}) is says


def test_a_session_speaks_of_its_topics_in_their_order() -> None:
    notes = replace(SessionNotes(), topics={"activity": TopicNotes("x"), "territory": TopicNotes()})
    spoken = Session(DEFAULT_TOPICS[::3], notes).spoken()
    assert [(topic.key, said.plan) for topic, said in spoken] == [
        ("territory", ""),
        ("activity", "x"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        TopicNotes(),
        TopicNotes("five a week", "two closed", "call\nme: ask by 1 Dec", True, "visits", 3),
        CloseEntry(DAY, "ahead", "ok"),
        CloseEntry(DAY, "", "", NextSession(None)),
        CloseEntry(DAY, "", "", NextSession(date(2026, 12, 7), time(10, 30))),
    ],
)
def test_what_a_step_says_is_read_back_from_its_fields(said: TopicNotes | CloseEntry) -> None:
    assert said_in("pipeline", typed_of("pipeline", said)) == said


@pytest.mark.parametrize(("typed", "number"), [("3", 3), ("", 0), ("-1", 0), ("9" * 5000, 0)])
def test_a_number_a_week_is_one_that_can_be_kept(typed: str, number: int) -> None:
    said = said_in("pipeline", Typed({"a_week.pipeline": typed}))
    assert isinstance(said, TopicNotes)
    assert said.a_week == number


@pytest.mark.parametrize(
    ("notes", "number", "whole"),
    [
        (TopicNotes("north"), "", "north"),
        (TopicNotes("north", activity="visits", a_week=3), "3 visits a week", None),
        (TopicNotes(activity="visits"), "visits", "visits"),
        (TopicNotes(a_week=3), "3 a week", "3 a week"),
    ],
)
def test_a_plan_with_its_number(notes: TopicNotes, number: str, whole: str | None) -> None:
    assert notes.number == number
    assert notes.whole_plan == (whole or "3 visits a week\nnorth")
