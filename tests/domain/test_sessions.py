"""The steps of a session's form, and what counts as saying something."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.sessions.sessions import (
    CLOSE,
    DEFAULT_TOPICS,
    CloseEntry,
    Session,
    SessionDraft,
    SessionNotes,
    TopicNotes,
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
