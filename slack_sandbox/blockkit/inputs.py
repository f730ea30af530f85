"""Rules of the values with which pickers and typed inputs start.

Sources: https://docs.slack.dev/reference/block-kit/block-elements, the pages of datepicker,
timepicker, plain_text_input and number_input.
"""

import re
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from slack_sandbox.blockkit.checks import JsonObject, wrong_type
from slack_sandbox.blockkit.limits import PLAIN_TEXT_MAX_LENGTH
from slack_sandbox.blockkit.report import Report, Rule, pointer

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def initial_date(report: Report, value: object, path: str) -> None:
    """Check a date: ``YYYY-MM-DD``, one that the calendar has."""
    if not isinstance(value, str):
        wrong_type(report, value, path, "a string")
    elif not _is_date(value):
        detail = f"{value[:80]!r} is not a date of the form YYYY-MM-DD."
        report.add(Rule.DATE_MALFORMED, path, detail)


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def initial_time(report: Report, value: object, path: str) -> None:
    """Check a time of day: ``HH:mm``, 00:00 to 23:59."""
    if not isinstance(value, str):
        wrong_type(report, value, path, "a string")
    elif not _TIME.fullmatch(value):
        detail = f"{value[:80]!r} is not a time of the form HH:mm."
        report.add(Rule.TIME_MALFORMED, path, detail)


def timezone(report: Report, value: object, path: str) -> None:
    """Check the name of a time zone: one that the IANA database has."""
    if not isinstance(value, str):
        wrong_type(report, value, path, "a string")
        return
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        detail = f"{value[:80]!r} is not a time zone of the IANA database."
        report.add(Rule.TIMEZONE_UNKNOWN, path, detail)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def plain_text_lengths(report: Report, element: JsonObject, path: str) -> None:
    """Check that min_length, max_length and initial_value of a plain_text_input agree."""
    least = _whole(element.get("min_length"))
    most = _whole(element.get("max_length"))
    if least is not None and most is not None and least > most:
        detail = f"min_length {least} is over max_length {most}."
        report.add(Rule.LENGTHS_CROSSED, pointer(path, "min_length"), detail)
    allowed = PLAIN_TEXT_MAX_LENGTH.most if most is None else most
    initial = element.get("initial_value")
    if isinstance(initial, str) and allowed is not None and len(initial) > allowed:
        detail = f"Allowed are at most {allowed} characters, found {len(initial)}."
        report.add(Rule.INITIAL_VALUE_TOO_LONG, pointer(path, "initial_value"), detail)


def decimal_string(report: Report, value: object, path: str) -> None:
    """Check a number that is written as a string, as number_input wants them."""
    if not isinstance(value, str):
        wrong_type(report, value, path, "a string that holds a number")
    elif not _NUMBER.fullmatch(value):
        report.add(Rule.NUMBER_MALFORMED, path, f"{value[:80]!r} is not a number.")


def number_bounds(report: Report, element: JsonObject, path: str) -> None:
    """Check that the numbers of a number_input agree with each other and with decimals or not."""
    numbers: dict[str, Decimal] = {}
    for name in ("min_value", "max_value", "initial_value"):
        value = element.get(name)
        if not isinstance(value, str) or not _NUMBER.fullmatch(value):
            continue
        numbers[name] = Decimal(value)
        if element.get("is_decimal_allowed") is False and "." in value:
            detail = f"is_decimal_allowed is false, found {value}."
            report.add(Rule.NUMBER_DECIMAL, pointer(path, name), detail)
    initial = numbers.get("initial_value")
    least = numbers.get("min_value")
    most = numbers.get("max_value")
    if least is not None and most is not None and least > most:
        detail = f"min_value {least} is over max_value {most}."
        report.add(Rule.NUMBERS_CROSSED, pointer(path, "min_value"), detail)
    elif initial is not None and (
        (least is not None and initial < least) or (most is not None and initial > most)
    ):
        detail = f"initial_value {initial} is outside min_value and max_value."
        report.add(Rule.NUMBER_OUTSIDE, pointer(path, "initial_value"), detail)
