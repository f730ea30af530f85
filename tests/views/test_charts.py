"""Charts and tables: whatever people are called and however many they are, Slack takes them, and
nobody is left out."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.views.block_kit import kit
from bot.views.block_kit.charts import (
    NOTHING,
    Page,
    Series,
    bar,
    distinct,
    line,
    page_of,
    rows_in_words,
    table,
)
from slack_sandbox.blockkit import check_message, check_view

WORDS = st.text(min_size=1, max_size=60).filter(str.strip)
AMOUNTS = st.decimals(-(10**12), 10**12, allow_nan=False, places=2)


@st.composite
def drawings(draw: st.DrawFn) -> tuple[list[str], list[Series]]:
    """As many categories and series as a chart holds, of any names."""
    categories = draw(st.lists(WORDS, min_size=1, max_size=20))
    values = st.tuples(*[AMOUNTS] * len(categories))
    return categories, draw(st.lists(st.builds(Series, WORDS, values), min_size=1, max_size=6))


@given(WORDS, drawings(), st.sampled_from([line, bar]))
def test_slack_takes_every_chart(
    title: str, drawn: tuple[list[str], list[Series]], build: Callable[..., Block]
) -> None:
    categories, series = drawn
    block = build(title, categories, series, y_label=title).to_dict()
    assert check_message({"text": "Text", "blocks": [block]}) == []
    points = [[p["value"] for p in one["data"]] for one in block["chart"]["series"]]
    assert points == [[float(value) for value in one.values] for one in series]


@given(st.lists(st.lists(st.text(max_size=200), min_size=3, max_size=3), max_size=99))
def test_slack_takes_every_table(rows: list[list[str]]) -> None:
    block = table(("Rep", "Session", "Field day"), rows).to_dict()
    problems = check_view({"type": "home", "blocks": [block]})
    assert {problem.rule for problem in problems} <= {"table.text.too_long"}
    assert len(block["rows"]) == len(rows) + 1


@given(st.lists(WORDS, max_size=80))
def test_labels_are_short_and_none_is_like_another(names: list[str]) -> None:
    labels = distinct(names)
    assert len(set(labels)) == len(labels) == len(names)
    assert all(0 < len(label) <= 20 for label in labels)


def test_people_of_one_name_are_told_apart() -> None:
    long = "Wilhelmina Constantine-Featherstone"
    assert distinct(["Sam", "Sam", long, long]) == [
        "Sam",
        "Sam 2",
        "Wilhelmina Constant…",
        "Wilhelmina Consta… 2",
    ]


WHY = "a chart has|a series has|are no table|each is as long"
TOO_MUCH = {
    "no series": lambda: line("A", ["Oct"], []),
    "seven series": lambda: bar("A", ["Oct"], [Series(f"S{n}", (1,)) for n in range(7)]),
    "no category": lambda: line("A", [], [Series("S", ())]),
    "21 categories": lambda: line("A", [str(n) for n in range(21)], [Series("S", (1,) * 21)]),
    "a point too few": lambda: line("A", ["Oct", "Nov"], [Series("S", (1,))]),
    "a point too many": lambda: line("A", ["Oct"], [Series("S", (1, 2))]),
    "100 reps": lambda: table(["Rep"], [["Sam"]] * 100),
    "21 columns": lambda: table(["C"] * 21, []),
    "no column": lambda: table([], []),
    "an uneven row": lambda: table(["Rep", "By"], [["Sam"]]),
}


@pytest.mark.parametrize("build", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_what_slack_would_refuse_is_never_built(build: Callable[[], Block]) -> None:
    with pytest.raises(ValueError, match=WHY):
        build()


@pytest.mark.parametrize(("count", "size"), [(60, 6), (60, 20), (20, 20), (21, 20), (1, 6)])
def test_pages_hold_everybody_once(count: int, size: int) -> None:
    """60 reps, six lines a chart; 20 periods, and one more."""
    everyone = list(range(count))
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        page: Page[int] = page_of(everyone, start, size)
        assert 1 <= len(page.items) <= size
        assert page.before == (None if start == 0 else start - size)
        seen += page.items
        start = page.after
    assert seen == everyone


def test_a_place_that_is_gone_is_the_first_page() -> None:
    assert page_of([1, 2, 3], 40, 2).items == (1, 2)
    assert page_of([1, 2, 3], -1, 2).items == (1, 2)
    assert page_of([], 0, 2).items == ()


def test_a_chart_of_twenty_periods_and_a_table_of_sixty_reps_fit_a_message() -> None:
    periods = [f"{month} 20{year}" for year in range(20, 25) for month in ("Q1", "Q2", "Q3", "Q4")]
    drawn = line("New meetings", periods, [Series(f"Rep {n}", (n,) * 20) for n in range(6)])
    rows = [[f"Rep number {n}", "by Wed 9 Dec", "by Mon 21 Dec", "by Fri 4 Dec"] for n in range(60)]
    blocks = [kit.section("Behind"), drawn, table(("Rep", "Session", "Field day", "Hello"), rows)]
    message = kit.message("Behind", blocks)
    assert check_message(message) == []
    assert kit.weight(blocks) <= kit.MESSAGE_ROOM


def test_what_a_chart_says_weighs_as_slack_counts_it() -> None:
    drawn = line("Title", ["Oct", "Nov"], [Series("Sam", (1, 2))], y_label="EUR")
    words = "Title" + "EUR" + "Sam" + "OctNov" * 2
    assert kit.weight([drawn]) == kit.BLOCK_WEIGHT + len(words)


def test_where_only_a_modal_can_be_shown_a_table_is_lines_and_a_chart_is_left_out() -> None:
    drawn = line("New", ["Oct"], [Series("Sam", (1,))])
    shown = table(("Rep", "Session"), [("Sam & Co", "by Wed 9 Dec"), ("Ada", "")])
    view = kit.as_modal(kit.message("Ahead", [kit.section("Ahead"), drawn, shown]))
    assert check_view(view) == []
    words = [block["text"]["text"] for block in view["blocks"]]
    assert words == ["Ahead", "Rep · Session\nSam &amp; Co · by Wed 9 Dec\nAda · –"]


def test_a_table_in_words_leaves_out_what_is_not_known() -> None:
    header = ("Rep", "Session", "Field day")
    rows = [("Sam", "by Wed 9 Dec", NOTHING), ("Ada", "", "")]
    assert rows_in_words(header, rows) == ["Sam: Session by Wed 9 Dec", "Ada"]
