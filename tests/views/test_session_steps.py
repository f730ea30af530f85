"""A step of a session's form on a phone: what stands above the fields, and what below."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.domain.accounts.accounts import Known, KnownAccount
from bot.domain.promises import Owner, Promise
from bot.domain.sessions.sessions import PastTopic, SessionDraft, SessionForm, Topic, TopicNotes
from bot.domain.workspaces.people import Person
from bot.views.block_kit.ids import Metadata
from bot.views.sessions.session import LINES_BEFORE, build_session_form
from bot.views.sessions.steps import ACCOUNTS_SHOWN, PEOPLE_SHOWN, account_blocks

MAY = date(2026, 5, 4)


def account(number: int, people: int) -> KnownAccount:
    known = tuple(Known(f"Jo {n}", (("Dana Moss", MAY), ("Sam Stone", MAY))) for n in range(people))
    return KnownAccount(number, f"Acme {number}", number == 0, known)


@pytest.mark.parametrize("count", [1, ACCOUNTS_SHOWN, ACCOUNTS_SHOWN + 1, 40])
def test_the_first_accounts_are_shown_and_the_others_counted(count: int) -> None:
    accounts = [account(number, 1) for number in range(count)]
    (block,) = account_blocks(accounts, "Dana Moss")
    lines = block.to_dict()["text"]["text"].splitlines()
    assert lines[1] == "*Acme 0* · key account · Jo 0 (you, Sam)"
    more = max(0, count - ACCOUNTS_SHOWN)
    assert len(lines) == 1 + min(count, ACCOUNTS_SHOWN) + (more > 0)
    assert (f"And {more} more: `/binder account`" in lines) is (more > 0)


def test_of_many_people_at_an_account_the_others_are_counted() -> None:
    (block,) = account_blocks([account(1, PEOPLE_SHOWN + 4)], "Dana Moss")
    words = block.to_dict()["text"]["text"]
    assert words.endswith(" · Jo 2 (you, Sam) · 4 more")
    assert "Jo 3" not in words


SAM = Person(2, "USAM", "Sam Stone", None, True, False, None)
DANA = Person(1, "UDANA", "Dana Moss", None, True, False, None)
LONG = "the plant manager changed and wants the whole offer anew before anything is signed; " * 5


def step(number: int) -> Promise:
    return Promise(
        id=number,
        team_id=1,
        rep=SAM,
        owner=Owner.REP,
        what=f"step {number}",
        made_on=MAY,
        due_on=MAY,
        raised_on=None,
        kept_on=None,
        dropped_on=None,
        closing_words="",
        interaction_id=1,
        deleted=False,
        handed_to=None,
        answer=None,
        shown=True,
        topic_key="accounts",
    )


def around(changed: str, prepared: str, steps: int) -> tuple[str, str, str]:
    """What stands above the first field of a topic, its fields, and what stands below the last."""
    topic = Topic(1, "accounts", "Key-account plan", "Who decides?")
    draft = SessionDraft("form", SAM, MAY, topic.key, 1, (topic,))
    past = PastTopic(date(2026, 4, 20), TopicNotes(changed=changed))
    opened = SessionForm(
        draft=draft,
        manager=DANA,
        last={topic.key: past},
        prepared={topic.key: prepared} if prepared else {},
        kept=(),
        today=MAY,
        resumed=False,
        held=False,
        became={topic.key: tuple(step(n) for n in range(steps))},
        accounts=(account(1, 1),),
    )
    blocks = build_session_form(opened, Metadata())["blocks"]
    inputs = [place for place, block in enumerate(blocks) if block["type"] == "input"]
    first, last = inputs[0], inputs[-1]
    assert inputs == list(range(first, last + 1)), "history stands between the fields"
    parts = blocks[:first], blocks[first : last + 1], blocks[last + 1 :]
    above, fields, below = (json.dumps(part, ensure_ascii=False) for part in parts)
    return above, fields, below


def test_a_rich_history_is_short_above_the_fields_and_whole_below() -> None:
    above, fields, below = around(LONG, LONG, LINES_BEFORE + 4)
    assert "Last time, " in above
    assert "*Sam Stone* prepared: " in above
    assert LONG.strip() not in above
    assert [f"step {n}" in above for n in range(LINES_BEFORE + 1)] == [True] * LINES_BEFORE + [
        False
    ]
    # The first box is on the first screen of a phone: a line of 45 letters, eighteen of them.
    assert len(above_words(above)) < 45 * 18
    assert "step 0" not in fields
    assert LONG.strip() not in fields
    assert below.count(LONG.strip()) == 2
    assert "What became of the steps" in below
    assert all(f"step {n}" in below for n in range(LINES_BEFORE + 4))
    assert "Acme 1" in below
    assert "Acme 1" not in above


def test_a_short_history_stands_above_the_fields_alone() -> None:
    above, _, below = around("Jo left", "ask about Hooli", LINES_BEFORE)
    for words in ("Jo left", "ask about Hooli", "step 0", f"step {LINES_BEFORE - 1}"):
        assert words in above
        assert words not in below


def test_nothing_from_before_is_nothing_to_read() -> None:
    above, _, below = around("", "", 0)
    assert "Last time" not in above + below
    assert "prepared" not in above + below


def above_words(packed: str) -> str:
    """What one reads in those blocks."""
    return " ".join(texts(json.loads(packed)))


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        part = [value for value in part.values() if isinstance(value, dict | list)]
    if isinstance(part, list):
        for one in part:
            yield from texts(one)
