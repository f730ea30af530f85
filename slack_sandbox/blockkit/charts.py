"""What a data_visualization block draws.

Source: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.checks import (
    Check,
    JsonObject,
    Shape,
    anything,
    array,
    by_type,
    items,
    number,
    string,
)
from slack_sandbox.blockkit.report import Report, Rule, pointer

_TYPE: Mapping[str, Check] = {"type": anything}
_LABEL = string(limits.CHART_LABEL, shown=True)
_POINT = Shape("a point", {"label": _LABEL, "value": number})
_SERIES = Shape("a series", {"name": _LABEL, "data": array(_POINT, limits.CHART_POINTS)})
_AXIS_LABEL = string(limits.CHART_AXIS_LABEL, shown=True)
_AXES = Shape(
    "axis_config",
    {"categories": array(_LABEL, limits.CHART_POINTS)},
    {"x_label": _AXIS_LABEL, "y_label": _AXIS_LABEL},
)


def _one_point_a_category(report: Report, value: JsonObject, path: str) -> None:
    """Every series has exactly one point a category, in whatever order."""
    axes = value.get("axis_config")
    wanted = sorted(map(str, items(axes.get("categories") if isinstance(axes, dict) else None)))
    names: set[str] = set()
    for index, series in enumerate(items(value.get("series"))):
        if not isinstance(series, dict):
            continue
        where = pointer(pointer(path, "series"), index)
        found = [
            point.get("label") for point in items(series.get("data")) if isinstance(point, dict)
        ]
        if wanted and sorted(map(str, found)) != wanted:
            detail = "A series has exactly one point for each category."
            report.add(Rule.CHART_POINTS_DIFFER, pointer(where, "data"), detail)
        name = str(series.get("name"))
        if name in names:
            detail = f"The series {name[:80]!r} occurs twice."
            report.add(Rule.CHART_SERIES_DUPLICATE, pointer(where, "name"), detail)
        names.add(name)


def _categories_differ(report: Report, value: JsonObject, path: str) -> None:
    """A point belongs to its category by the label, so that none occurs twice."""
    axes = value.get("axis_config")
    seen: set[str] = set()
    for index, name in enumerate(items(axes.get("categories") if isinstance(axes, dict) else None)):
        if str(name) in seen:
            where = pointer(pointer(pointer(path, "axis_config"), "categories"), index)
            detail = f"The category {str(name)[:80]!r} occurs twice."
            report.add(Rule.CHART_CATEGORY_DUPLICATE, where, detail)
        seen.add(str(name))


def _segments_are_parts(report: Report, value: JsonObject, path: str) -> None:
    """A part of a whole is more than nothing."""
    for index, segment in enumerate(items(value.get("segments"))):
        size = segment.get("value") if isinstance(segment, dict) else None
        if isinstance(size, int | float) and not size > 0:
            where = pointer(pointer(pointer(path, "segments"), index), "value")
            detail = f"A segment is more than 0, found {size}."
            report.add(Rule.CHART_SEGMENT_EMPTY, where, detail)


def _along_axes(name: str) -> Shape:
    return Shape(
        name,
        {**_TYPE, "series": array(_SERIES, limits.CHART_SERIES), "axis_config": _AXES},
        afterwards=(_one_point_a_category, _categories_differ),
    )


_PIE = Shape(
    "pie",
    {**_TYPE, "segments": array(_POINT, limits.CHART_SEGMENTS)},
    afterwards=(_segments_are_parts,),
)

chart: Check = by_type(
    {"pie": _PIE, **{name: _along_axes(name) for name in ("line", "bar", "area")}}, "a chart"
)
"""The check of the ``chart`` of a data_visualization block."""
