"""data_visualization blocks: where the lines, bars and slices of a chart are.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Lengths are in
the units of a drawing `WIDTH` wide and `HEIGHT` high whose origin is its upper left corner.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH = 560
HEIGHT = 240
RIGHT, TOP, BOTTOM = 12, 12, 30
LEFT = 30
"""At the least; more where the numbers beside the grid are long."""
STEPS = 4
"""About how many lines a grid has."""
GAP = 0.3
"""The part of a category's room that its bars leave free."""
CHARACTER = 10.5
"""Width of one of a label, on a phone: where two would touch, only some categories are named."""

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Series:
    """`line` and `area` are SVG paths; `bars` is empty but for a bar chart."""

    name: str
    number: int
    values: tuple[float, ...]
    points: tuple[tuple[float, float, str], ...] = ()
    line: str = ""
    area: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Slice:
    name: str
    number: int
    value: float
    share: str
    path: str


@dataclass(frozen=True)
class Chart:
    """What to draw, and what to say instead: `header` and `rows` are its table."""

    kind: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    x_label: str = ""
    y_label: str = ""
    left: float = 0
    across: tuple[Tick, ...] = ()
    up: tuple[Tick, ...] = ()
    series: tuple[Series, ...] = ()
    slices: tuple[Slice, ...] = field(default=())


def chart(block: Json) -> Chart | None:
    """The chart of a block; None when it holds nothing that can be drawn."""
    try:
        given = block["chart"]
        if given["type"] == "pie":
            return _pie(str(block.get("title", "")), given)
        if given["type"] in ("line", "area", "bar"):
            return _axes(str(block.get("title", "")), given)
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return None


def number_words(value: float) -> str:
    """A number without needless digits: 1,200 and 0.5."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}".rstrip("0")


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a number to draw")
    return number


def _axes(title: str, given: Json) -> Chart:
    axis = given.get("axis_config") or {}
    first = given["series"][0]["data"]
    names = [str(name) for name in axis.get("categories") or [each["label"] for each in first]]
    values = [
        tuple(_number(point["value"]) for point in each["data"])[: len(names)]
        for each in given["series"]
    ]
    titles = [str(each["name"]) for each in given["series"]]
    up = _ticks(min(min(each) for each in values), max(max(each) for each in values))
    low, high = up[0], up[-1]

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    left = max(LEFT, CHARACTER * max(len(number_words(value)) for value in up) + RIGHT)
    room = (WIDTH - left - RIGHT) / len(names)
    middles = [left + room * (index + 0.5) for index in range(len(names))]
    base = y(max(low, min(high, 0)))
    draw = _bars if given["type"] == "bar" else _lines
    every = math.ceil(CHARACTER * max(map(len, names)) / room)
    return Chart(
        kind=str(given["type"]),
        title=title,
        header=("", *titles),
        rows=tuple(
            (name, *(number_words(each[index]) if index < len(each) else "" for each in values))
            for index, name in enumerate(names)
        ),
        x_label=str(axis.get("x_label") or ""),
        y_label=str(axis.get("y_label") or ""),
        left=left,
        across=tuple(Tick(middles[index], names[index]) for index in range(0, len(names), every)),
        up=tuple(Tick(y(value), number_words(value)) for value in up),
        series=tuple(
            draw(Series(name, number, each), names, middles, room, len(values), base, y)
            for number, (name, each) in enumerate(zip(titles, values, strict=True))
        ),
    )


def _lines(
    series: Series,
    names: Sequence[str],
    middles: Sequence[float],
    _room: float,
    _count: int,
    base: float,
    y: Any,
) -> Series:
    points = [
        (middles[index], y(value), f"{series.name}, {names[index]}: {number_words(value)}")
        for index, value in enumerate(series.values)
    ]
    line = "M" + " L".join(f"{x:.1f} {top:.1f}" for x, top, _ in points)
    area = f"{line} L{points[-1][0]:.1f} {base:.1f} L{points[0][0]:.1f} {base:.1f} Z"
    return Series(series.name, series.number, series.values, tuple(points), line, area)


def _bars(
    series: Series,
    names: Sequence[str],
    middles: Sequence[float],
    room: float,
    count: int,
    base: float,
    y: Any,
) -> Series:
    width = room * (1 - GAP) / count
    bars = [
        Bar(
            x=middles[index] + (series.number - count / 2) * width,
            y=min(base, y(value)),
            width=max(width - 1, 1),
            height=abs(base - y(value)),
            title=f"{series.name}, {names[index]}: {number_words(value)}",
        )
        for index, value in enumerate(series.values)
    ]
    return Series(series.name, series.number, series.values, bars=tuple(bars))


def _ticks(least: float, most: float) -> list[float]:
    """Round numbers from at most `least` (and 0) to at least `most`."""
    low, high = min(least, 0.0), max(most, 0.0)
    if low == high:
        high = 1.0
    rough = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * number for number in range(first, last + 1)]


def _pie(title: str, given: Json) -> Chart:
    parts = [(str(each["label"]), _number(each["value"])) for each in given["segments"]]
    whole = sum(value for _, value in parts)
    slices: list[Slice] = []
    begun = 0.0
    for number, (name, value) in enumerate(parts):
        share = value / whole
        path = _slice(begun, begun + share)
        slices.append(Slice(name, number, value, f"{share:.0%}", path))
        begun += share
    rows = tuple((each.name, number_words(each.value), each.share) for each in slices)
    return Chart("pie", title, ("", "Value", "Share"), rows, slices=tuple(slices))


def _slice(begin: float, end: float) -> str:
    """A slice of a pie of radius 100 around the origin, from 12 o'clock on."""
    if end - begin >= 1:
        return "M0 -100 A100 100 0 1 1 -0.01 -100 Z"
    ends = [
        (100 * math.sin(turn * math.tau), -100 * math.cos(turn * math.tau)) for turn in (begin, end)
    ]
    (x1, y1), (x2, y2) = ends
    long = int(end - begin > 0.5)
    return f"M0 0 L{x1:.2f} {y1:.2f} A100 100 0 {long} 1 {x2:.2f} {y2:.2f} Z"
