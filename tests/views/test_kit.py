"""Typed words within a sentence: shortened and emphasised around emoji, never through them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contacts.typed_text import cut, shorten
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form
from slack_sandbox.blockkit import MessageMethod, check_message
from tests.places import ROOT

reproducible = settings(derandomize=True, deadline=None, max_examples=200)

CODES = [":fox_face:", ":+1:", ":wave::skin-tone-3:", ":e-mail:", ":woman_technologist:", ":100:"]
LOOSE = ["a", " ", "*", "_", "~", "`", "&", "<", ">", ":", "10:30", "ö", "🎉", "word", "_x_"]

pieces = st.lists(st.sampled_from(CODES) | st.sampled_from(LOOSE), max_size=40)


def whole(shown: str, typed: str) -> bool:
    """Whether what is shown ends where a piece of what was typed ends, and not within an emoji."""
    return all(
        not found.start() < len(shown) < found.end()
        for code in CODES
        for found in re.finditer(re.escape(code), typed)
    )


@reproducible
@given(pieces, st.integers(1, 80))
def test_nothing_is_cut_through_an_emoji(parts: list[str], limit: int) -> None:
    typed = "".join(parts)
    kept = cut(typed, limit)
    assert len(kept) <= limit
    assert typed.startswith(kept)
    assert whole(kept, typed)
    shown = shorten(typed, limit)
    assert len(shown) <= limit
    if shown != typed:
        assert shown.endswith("…")


@reproducible
@given(pieces, st.integers(1, 80))
def test_nothing_escaped_is_cut_through_an_emoji_or_an_entity(parts: list[str], room: int) -> None:
    typed = " ".join("".join(parts).split())
    shown = kit.escape_within(typed, room)
    assert len(shown) <= room
    kept = shown.removesuffix("…")
    assert kit.escape(typed).startswith(kept)
    assert whole(kept, kit.escape(typed))
    assert re.sub(r"&(amp|lt|gt);", "", kept).count("&") == 0


@reproducible
@given(pieces)
def test_emphasis_leaves_every_emoji_whole(parts: list[str]) -> None:
    typed = "x".join(parts)
    for emphasise, mark in ((kit.bold, "*"), (kit.italic, "_"), (kit.struck, "~")):
        shown = emphasise(typed)
        assert shown[0] == shown[-1] == mark
        inner = shown[1:-1]
        for code in CODES:
            assert inner.count(code) == kit.escape(typed).count(code)
            inner = inner.replace(code, "x")
        # Between letters no mark ends anything.
        assert not re.search(rf"(?<!\w)[{mark}]|[{mark}](?!\w)", inner)


@pytest.mark.parametrize(
    ("typed", "limit", "shown"),
    [
        ("Ask :fox_face: first", 8, "Ask…"),
        ("Ask :fox_face: first", 15, "Ask :fox_face:…"),
        ("Ask :wave::skin-tone-3: first", 12, "Ask…"),
        ("10:30:fox_face: later", 12, "10…"),
        ("a: b: c and more of it", 8, "a: b: c…"),
    ],
)
def test_a_shortened_text_ends_before_the_emoji_that_does_not_fit(
    typed: str, limit: int, shown: str
) -> None:
    assert shorten(typed, limit) == shown


def test_italic_words_keep_the_names_of_emoji_and_lose_marks_of_their_own() -> None:
    assert kit.italic("a_b :fox_face: _c_") == "_aˍb :fox_face: ˍcˍ_"
    assert kit.bold("*:fox_face:*") == "*∗:fox_face:∗*"


def test_long_typed_text_is_split_between_emoji() -> None:
    typed = ("x" * 2995 + ":fox_face:") * 2
    texts = [block.to_dict()["text"]["text"] for block in kit.literal(typed)]
    assert "".join(texts) == typed
    assert all(text.count(":") % 2 == 0 for text in texts)


@reproducible
@given(pieces.map("".join), st.integers(1, 3000))
def test_a_notice_is_never_too_long_to_be_changed(typed: str, times: int) -> None:
    words = kit.escape(typed) * times or "x"
    shown = kit.message(words, [kit.section("x")])
    assert len(shown["text"].encode()) <= kit.NOTICE_BYTES
    problems = check_message(shown, MessageMethod.UPDATE)
    assert "msg_too_long" not in {problem.rule for problem in problems}


def test_nothing_but_home_asks_to_confirm() -> None:
    """Within a modal some clients lose the modal beneath, with what was typed in it."""
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("bot", "handlers")
        for path in (ROOT / folder).rglob("*.py")
    }

    def holding(words: str) -> set[str]:
        return {name for name, source in sources.items() if words in source}

    assert holding("ConfirmObject(") == {"bot/views/block_kit/kit.py"}
    assert holding("kit.confirm(") == {"bot/views/home/rep.py", "bot/views/home/unfinished.py"}
    assert holding("unfinished_lines(") == {
        "bot/views/home/unfinished.py",
        "bot/views/home/home.py",
        "bot/views/home/manager.py",
    }


@reproducible
@given(st.lists(st.text(max_size=30), max_size=30), st.integers(40, 300))
def test_lines_that_fit_are_all_there_and_of_others_it_is_said(lines: list[str], room: int) -> None:
    kept = kit.fitting(lines, room, "…and more.")
    assert sum(len(line) + 1 for line in kept) <= room
    assert kept == lines or kept[-1] == "…and more."


def test_weight_is_what_slack_counts() -> None:
    blocks = [
        kit.header("Head"),
        kit.section("x" * 2000, kit.button("Go", Form.READ_ONLY, spoken="Go there")),
        *[kit.section("x" * 3000)] * 3,
    ]
    shown = kit.message("Text", blocks)
    [problem] = check_message(shown)
    counted = re.search(r"found (\d+)", problem.detail)
    assert counted is not None
    assert kit.weight(blocks) - kit.BLOCK_WEIGHT == int(counted[1])
