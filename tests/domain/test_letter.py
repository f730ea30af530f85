"""A session or field day as its rep reads it: all of it, each thing once, and “unchanged” only of
what they have read before."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.sessions.letter import (
    Letter,
    Paragraph,
    letter_of_field_day,
    letter_of_session,
)
from bot.domain.sessions.sessions import DEFAULT_TOPICS, Session, SessionNotes, TopicNotes
from bot.domain.workspaces.people import Person

RAJ = Person(2, "URAJ", "Raj Rao", "Europe/Berlin", True, False, None)
TITLES = {topic.key: topic.title for topic in DEFAULT_TOPICS}


def step(number: int, what: str, owner: Owner = Owner.REP, topic: str = "") -> Promise:
    return Promise(
        id=number,
        team_id=1,
        rep=RAJ,
        owner=owner,
        what=what,
        made_on=date(2026, 11, 23),
        due_on=None,
        raised_on=None,
        kept_on=None,
        dropped_on=None,
        closing_words="",
        interaction_id=1,
        deleted=False,
        handed_to=None,
        answer=Answer.NOTED if owner is Owner.REP else None,
        shown=True,
        topic_key=topic,
    )


def plans(read: dict[str, str]) -> dict[str, TopicNotes]:
    return {key: TopicNotes(plan) for key, plan in read.items()}


def letter(said: dict[str, TopicNotes], read: dict[str, str], *promised: Promise) -> Letter:
    session = Session(DEFAULT_TOPICS, SessionNotes(said))
    return letter_of_session(session, promised, plans(read))


NORTH = TopicNotes("win the north")


@pytest.mark.parametrize(
    ("said", "read", "paragraphs", "unchanged"),
    [
        ({"territory": NORTH}, {}, [Paragraph("Territory management plan", "win the north")], []),
        ({"territory": NORTH}, {"territory": "win the north"}, [], ["Territory management plan"]),
        (
            {"territory": NORTH},
            {"territory": "win the south"},
            [Paragraph("Territory management plan", "win the north")],
            [],
        ),
        (
            {"territory": NORTH},
            {"accounts": "win the north"},
            [
                Paragraph("Territory management plan", "win the north"),
                Paragraph("Key-account plan", no_plan_now=True),
            ],
            [],
        ),
        (
            {"territory": replace(NORTH, changed="Jo moved")},
            {"territory": "win the north"},
            [Paragraph("Territory management plan", "win the north", new="Jo moved")],
            [],
        ),
        (
            {"territory": TopicNotes()},
            {"territory": "win the north"},
            [Paragraph("Territory management plan", no_plan_now=True)],
            [],
        ),
        ({"territory": TopicNotes()}, {"territory": ""}, [], []),
        (
            {},
            {"territory": "win the north"},
            [Paragraph("Territory management plan", no_plan_now=True)],
            [],
        ),
    ],
    ids=[
        "never read",
        "read before",
        "another than was read",
        "read of another topic",
        "something is new",
        "there is none any more",
        "there never was one",
        "nothing said of it at all",
    ],
)
def test_a_plan_is_unchanged_where_the_rep_has_read_it(
    said: dict[str, TopicNotes],
    read: dict[str, str],
    paragraphs: list[Paragraph],
    unchanged: list[str],
) -> None:
    found = letter(said, read)
    assert list(found.paragraphs) == paragraphs
    assert [title for title, _ in found.unchanged] == unchanged


def test_next_steps_stand_with_their_topic_and_what_else_was_promised_last() -> None:
    call, visit = step(1, "call Jo", topic="accounts"), step(2, "visit Jo", topic="accounts")
    demo, sheet = step(3, "lead the demo", topic="pipeline"), step(4, "price sheet")
    said = {
        "accounts": TopicNotes(next_step="call Jo\nvisit Jo\nask Lee"),
        "pipeline": TopicNotes("five a week", next_step="lead the demo"),
    }
    found = letter(said, {"pipeline": "five a week"}, call, sheet, demo, visit)
    assert found.paragraphs == (
        Paragraph("Key-account plan", loose="ask Lee", steps=(call, visit)),
        Paragraph("Pipeline", "five a week", steps=(demo,)),
        Paragraph("Also", steps=(sheet,)),
    )
    assert found.unchanged == ()


def test_a_number_a_week_is_part_of_the_plan() -> None:
    three = TopicNotes("north first", activity="visits", a_week=3)
    session = Session(DEFAULT_TOPICS, SessionNotes({"activity": three}))
    same = letter_of_session(session, (), {"activity": three})
    assert same.unchanged == (("Activity plan", "3 visits a week\nnorth first"),)
    more = letter_of_session(session, (), {"activity": replace(three, a_week=2)})
    assert more.paragraphs == (Paragraph("Activity plan", "3 visits a week\nnorth first"),)


WORDS = st.sampled_from(["", "a", "b", "c\nd", "* e"])
NOTES = st.builds(TopicNotes, plan=WORDS, changed=WORDS, next_step=WORDS)
KEYS = st.sampled_from(sorted(TITLES))


@given(
    said=st.dictionaries(KEYS, NOTES),
    read=st.dictionaries(KEYS, WORDS),
    note=WORDS,
    promised=st.lists(st.tuples(WORDS.filter(bool), KEYS | st.just("")), max_size=4),
)
def test_all_that_was_said_is_read_once_and_nothing_else(
    said: dict[str, TopicNotes],
    read: dict[str, str],
    note: str,
    promised: list[tuple[str, str]],
) -> None:
    session = Session(DEFAULT_TOPICS, SessionNotes(said, results="not shared", shared_note=note))
    steps = [step(n, what, topic=topic) for n, (what, topic) in enumerate(promised)]
    found = letter_of_session(session, steps, plans(read))
    told = Counter(words for one in found.paragraphs for words in (one.stands, one.new))
    told += Counter(plan for _, plan in found.unchanged)
    written = Counter(words for one in said.values() for words in (one.plan, one.changed))
    written += Counter([note])
    del written[""], told[""]
    assert told == written
    by_topic = {one.heading: one for one in found.paragraphs}
    for key, one in said.items():
        here = by_topic.get(TITLES[key], Paragraph(""))
        taken = "\n".join(promise.what for promise in here.steps)
        assert set(one.next_step.splitlines()) <= {*taken.splitlines(), *here.loose.splitlines()}
    read_steps = Counter(one.id for part in found.paragraphs for one in part.steps)
    assert read_steps == Counter(one.id for one in steps)
    for title, plan in found.unchanged:
        (key,) = (key for key in TITLES if TITLES[key] == title)
        assert read[key] == plan


def test_a_field_day_is_strength_focus_and_the_actions_of_both() -> None:
    notes = FieldDayNotes(rep_view="long", strength="listens", focus="ask", market="60 days")
    actions = (step(1, "lead it"), step(2, "join Jo", Owner.MANAGER))
    assert letter_of_field_day(notes, actions).paragraphs == (
        Paragraph("One strength", "listens"),
        Paragraph("One focus", "ask"),
        Paragraph("Actions", steps=actions),
    )
    assert letter_of_field_day(FieldDayNotes(rep_view="long", market="60 days"), ()).is_empty
