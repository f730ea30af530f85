"""Checks of one JSON value each, and how they are put together into objects and arrays.

A check takes the report to write to, the value and its path. It never raises on any JSON value.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from slack_sandbox.blockkit.limits import Limit, Range
from slack_sandbox.blockkit.report import Report, Rule, pointer

Check = Callable[[Report, object, str], None]
JsonObject = Mapping[str, object]
Afterthought = Callable[[Report, JsonObject, str], None]
"""A rule over several fields of one object. Their types may still be wrong."""

_KINDS = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
_KINDS |= {int: "a number", float: "a number", type(None): "null"}
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def wrong_type(report: Report, value: object, path: str, wanted: str) -> None:
    """Record that ``value`` is not what was wanted."""
    report.add(Rule.WRONG_TYPE, path, f"Expected {wanted}, found {kind(value)}.")


def kind(value: object) -> str:
    """Return the JSON type of ``value`` in words."""
    return _KINDS.get(type(value), type(value).__name__)


def string(limit: Limit | None = None, *, least: int = 1, shown: bool = False) -> Check:
    """Return the check of a string of at least ``least`` characters and at most ``limit``.

    ``shown`` says that people see it, so that it counts towards the characters of the message.
    """

    def check(report: Report, value: object, path: str) -> None:
        if not isinstance(value, str):
            wrong_type(report, value, path, "a string")
            return
        if shown:
            report.characters += len(value)
        if len(value) < least:
            report.add(Rule.EMPTY, path, "The string is empty; at least 1 character is required.")
        if limit:
            report.measure(limit, path, len(value), "characters")

    return check


def url(limit: Limit | None = None) -> Check:
    """Return the check of an absolute URL: a scheme and no white space."""
    as_string = string(limit)

    def check(report: Report, value: object, path: str) -> None:
        as_string(report, value, path)
        if isinstance(value, str) and value and not _URL.fullmatch(value):
            report.add(Rule.URL_MALFORMED, path, f"{value[:80]!r} is not an absolute URL.")

    return check


def boolean(report: Report, value: object, path: str) -> None:
    """Check that ``value`` is true or false."""
    if not isinstance(value, bool):
        wrong_type(report, value, path, "a boolean")


def integer(allowed: Range | None = None) -> Check:
    """Return the check of a whole number within ``allowed``."""

    def check(report: Report, value: object, path: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            wrong_type(report, value, path, "a whole number")
        elif allowed and value < allowed.least:
            report.add(allowed.rule, path, f"Allowed is at least {allowed.least}, found {value}.")
        elif allowed and allowed.most is not None and value > allowed.most:
            report.add(allowed.rule, path, f"Allowed is at most {allowed.most}, found {value}.")

    return check


def number(report: Report, value: object, path: str) -> None:
    """Check that ``value`` is a JSON number: Python reads NaN and Infinity too, JSON has none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        wrong_type(report, value, path, "a finite number")


def choice(*allowed: str) -> Check:
    """Return the check of a string that must be one of ``allowed``."""

    def check(report: Report, value: object, path: str) -> None:
        if not isinstance(value, str):
            wrong_type(report, value, path, "a string")
        elif value not in allowed:
            detail = f"Allowed are {', '.join(allowed)}, found {value[:80]!r}."
            report.add(Rule.NOT_A_CHOICE, path, detail)

    return check


def anything(report: Report, value: object, path: str) -> None:
    """Accept every value: another check reads it."""


def array(item: Check, limit: Limit | None = None, *, least: int = 1) -> Check:
    """Return the check of an array of ``least`` to ``limit`` items, each checked by ``item``."""

    def check(report: Report, value: object, path: str) -> None:
        if not isinstance(value, list):
            wrong_type(report, value, path, "an array")
            return
        if len(value) < least:
            report.add(Rule.EMPTY, path, "The array is empty; at least 1 item is required.")
        if limit:
            report.measure(limit, path, len(value), "items")
        for index, member in enumerate(value):
            item(report, member, pointer(path, index))

    return check


@dataclass(frozen=True)
class Shape:
    """The check of a JSON object: its fields, and the rules that span them."""

    name: str
    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    afterwards: tuple[Afterthought, ...] = ()

    def __call__(self, report: Report, value: object, path: str) -> None:
        """Check ``value``; fields that are not known here are refused."""
        if not isinstance(value, dict):
            wrong_type(report, value, path, f"an object ({self.name})")
            return
        for name in self.required:
            if name not in value:
                report.add(Rule.MISSING_FIELD, path, f"{self.name} needs the field {name!r}.")
        for name, member in value.items():
            check = self.required.get(name) or self.optional.get(name)
            where = pointer(path, name)
            if check:
                check(report, member, where)
            else:
                detail = f"{self.name} has no field {str(name)[:80]!r}."
                report.add(Rule.UNKNOWN_FIELD, where, detail)
        for afterthought in self.afterwards:
            afterthought(report, value, path)


def type_of(report: Report, value: object, path: str, noun: str) -> str | None:
    """Return the ``type`` of a typed object, or None after recording why there is none."""
    if not isinstance(value, dict):
        wrong_type(report, value, path, f"an object ({noun})")
    elif "type" not in value:
        report.add(Rule.MISSING_FIELD, path, f"{noun} needs the field 'type'.")
    elif not isinstance(value["type"], str):
        wrong_type(report, value["type"], pointer(path, "type"), "a string")
    else:
        return value["type"]
    return None


def by_type(shapes: Mapping[str, Check], noun: str) -> Check:
    """Return the check of an object whose ``type`` says which of ``shapes`` it must have."""

    def check(report: Report, value: object, path: str) -> None:
        name = type_of(report, value, path, noun)
        if name is None:
            return
        if name in shapes:
            shapes[name](report, value, path)
        else:
            not_modelled(report, name, path, noun)

    return check


def not_modelled(report: Report, name: str, path: str, noun: str) -> None:
    """Record that objects of the type ``name`` are unknown here, whether or not Slack has them."""
    detail = f"{name[:80]!r} is not modelled as {noun} here."
    report.add(Rule.NOT_MODELLED, path, detail)


def exactly_one(first: str, second: str, rule: Rule) -> Afterthought:
    """Return the rule that one of two fields is given, and not both."""

    def check(report: Report, value: JsonObject, path: str) -> None:
        given = [name for name in (first, second) if name in value]
        if len(given) != 1:
            detail = f"Exactly one of {first!r} and {second!r} is required, found {len(given)}."
            report.add(rule, path, detail)

    return check


def items(value: Any) -> list[object]:
    """Return ``value`` when it is an array, else nothing."""
    return value if isinstance(value, list) else []
