"""Rules of elements from which people choose: what is chosen at first, and how much may be.

Sources: https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element,
https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element. That an empty
``initial_options`` is refused: https://github.com/slackapi/bolt-js/issues/482.
"""

from slack_sandbox.blockkit.checks import Afterthought, JsonObject, items
from slack_sandbox.blockkit.report import Report, Rule, pointer


def _options(element: JsonObject) -> list[object]:
    """Return the options of an element, those of its groups included."""
    found = list(items(element.get("options")))
    for group in items(element.get("option_groups")):
        if isinstance(group, dict):
            found += items(group.get("options"))
    return found


def _among(report: Report, element: JsonObject, initial: object, path: str) -> None:
    if isinstance(initial, dict) and initial not in _options(element):
        detail = "Something chosen at first must equal one of the options, field by field."
        report.add(Rule.INITIAL_NOT_AN_OPTION, path, detail)


def initial_option_among_options(report: Report, element: JsonObject, path: str) -> None:
    """Check that ``initial_option`` equals one of the options."""
    _among(report, element, element.get("initial_option"), pointer(path, "initial_option"))


def initial_options_among_options(report: Report, element: JsonObject, path: str) -> None:
    """Check that each of ``initial_options`` equals one of the options."""
    where = pointer(path, "initial_options")
    for index, initial in enumerate(items(element.get("initial_options"))):
        _among(report, element, initial, pointer(where, index))


def within_max_selected(name: str) -> Afterthought:
    """Return the rule that the array ``name`` holds no more than ``max_selected_items``."""

    def check(report: Report, element: JsonObject, path: str) -> None:
        most = element.get("max_selected_items")
        chosen = len(items(element.get(name)))
        if isinstance(most, int) and not isinstance(most, bool) and chosen > most:
            detail = f"Allowed are at most {most} items (max_selected_items), found {chosen}."
            report.add(Rule.INITIAL_TOO_MANY, pointer(path, name), detail)

    return check
