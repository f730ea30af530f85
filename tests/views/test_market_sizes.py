"""The market page at its worst: many tags and customers of long names, notes without end. Slack
takes each page, as an answer and on Home, and the pages hold every tag once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.accounts.market import (
    TAG_LIMIT,
    MarketKept,
    MarketNote,
    MarketPage,
    MarketTag,
    NoteTag,
    Question,
    TagSpelling,
    page_of,
    tag_key,
)
from bot.domain.workspaces.people import Person
from bot.views.accounts import market, market_forms, market_said
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.tags import tags_field
from bot.views.results.pages import Page, as_home, as_message
from slack_sandbox.blockkit import MessageMethod, check_message, check_view

TODAY = date(2026, 11, 30)
WORDS = ("&", ":fox_face:", "🦊🎉", "_*~`<b> ")
TAGS = 200


def tags(words: str) -> list[MarketTag]:
    names = [f"{(words * 20)[: TAG_LIMIT - 4]}{n:03}" for n in range(TAGS)]
    return [
        MarketTag(n, 1, name, None, (TagSpelling(n, tag_key(name), name),), TAGS - n)
        for n, name in enumerate(names)
    ]


def notes(words: str) -> list[MarketNote]:
    rep = Person(2, "U2", words * 30, None, active=True, bot=False, dm_channel=None)
    return [
        MarketNote(
            *(n, 1, n, rep, TODAY - timedelta(days=n % 150), words * 300),
            (NoteTag(tag.id, tag.id, tag.name), NoteTag(0, 0, "first")),
            *(n, f"{words * 50}{n}", words, 0),
        )
        for n, tag in enumerate(tags(words))
    ]


def page(words: str) -> MarketPage:
    return page_of(tags(words), notes(words), TODAY)


def pages(words: str) -> Iterator[Page]:
    found = page(words)
    for start in range(0, TAGS, market.TAGS_SHOWN):
        yield market.build_front(found, start)
    one = found.of(0)
    assert one is not None
    for start in (0, market.NOTES_SHOWN):
        yield market.build_tag(found, one, start)


@pytest.mark.parametrize("words", WORDS)
def test_slack_takes_every_page_and_form(words: str) -> None:
    for shown in pages(words):
        assert check_view(as_home(shown)) == []
        assert check_message(as_message(shown), MessageMethod.RESPONSE_URL) == []
    first, *others = tags(words)
    here = Metadata(subject=1)
    heard = notes(words)
    for view in (
        market_forms.build_merge_form(first, others, here),
        market_forms.build_rename_form(first, here),
        market_forms.build_tags_form(heard[150], [first, *others], TODAY, here),
        market_forms.build_found(words, heard, 20, TODAY),
    ):
        assert check_view(view) == []
    kept = MarketKept(
        taken=(("a" * TAG_LIMIT, "b" * TAG_LIMIT),) * 4,
        new=("c" * TAG_LIMIT,) * 2,
        questions=(Question(first, others[0]), Question(others[1], others[2])),
        spreads=page(words).spreads[:2],
    )
    message = market_said.with_kept(kit.message("Logged"), kept, TODAY)
    assert check_message(message, MessageMethod.POST) == []
    before = replace(heard[1], text=words * 300)
    said = market_said.retagged(before, before, kept, None, TODAY)
    above = market_said.above(market.build_front(page(words), 0), said)
    assert check_message(as_message(above), MessageMethod.RESPONSE_URL) == []
    many = replace(first, spellings=tuple(TagSpelling(10**9 + n, "k", "n") for n in range(100)))
    for said in (
        market_said.merged(first, many, "", (), on_page=True),
        market_said.renamed(first, "x" * TAG_LIMIT, is_new=True),
        market_said.split(first, "x" * TAG_LIMIT, 7),
        market_said.put_aside(first),
    ):
        assert said.undo is not None
        assert check_message(market_said.as_answer(said), MessageMethod.RESPONSE_URL) == []


def test_every_tag_is_on_one_page_and_a_chosen_one_can_always_be_picked() -> None:
    seen = [
        view.tag.id
        for start in range(0, TAGS, market.TAGS_SHOWN)
        for view in page("Ann ").tags[start : start + market.TAGS_SHOWN]
        if view.tag is not None
    ]
    assert sorted(seen) == list(range(TAGS))
    (field,) = tags_field(tags("Ann "), [TAGS - 1])
    element = field.to_dict()["element"]
    offered = [one for part in element["option_groups"] for one in part["options"]]
    assert len(offered) == TAGS
    assert [one["value"] for one in element["initial_options"]] == [str(TAGS - 1)]
