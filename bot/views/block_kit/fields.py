"""Reading what was typed and chosen in a form or beside a button."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.domain.contacts.drafts import Typed
from bot.views.block_kit.kit import VALUE, View


class Fields:
    """The inputs of a view's or a message's state, by the name of the field."""

    def __init__(self, state: Mapping[str, Any] | None) -> None:
        self._values: Mapping[str, Any] = (state or {}).get("values") or {}

    def has(self, name: str) -> bool:
        """Whether the form has that field at all."""
        return name in self._values

    def names(self) -> list[str]:
        return list(self._values)

    def typed(self) -> Typed:
        """All that the fields hold, to be kept as it is and put into them again by `fill_in`."""
        return Typed({name: _held(self._of(name)) for name in self._values})

    def text(self, name: str) -> str:
        """What was typed, "" for nothing. Plain inputs come unescaped."""
        return self._of(name).get("value") or ""

    def chosen(self, name: str) -> str | None:
        """The value of the chosen option."""
        return (self._of(name).get("selected_option") or {}).get("value")

    def checked(self, name: str) -> list[str]:
        """The values of the boxes that are ticked."""
        ticked = self._of(name).get("selected_options") or []
        return [option["value"] for option in ticked]

    def day(self, name: str) -> date | None:
        picked = self._of(name).get("selected_date")
        return date.fromisoformat(picked) if picked else None

    def time(self, name: str) -> time | None:
        picked = self._of(name).get("selected_time")
        return time.fromisoformat(picked) if picked else None

    def person(self, name: str) -> str | None:
        return self._of(name).get("selected_user") or None

    def people(self, name: str) -> list[str]:
        return list(self._of(name).get("selected_users") or [])

    def conversation(self, name: str) -> str | None:
        return self._of(name).get("selected_conversation") or None

    def _of(self, name: str) -> Mapping[str, Any]:
        block = self._values.get(name) or {}
        # One element a block; in a message the element keeps an action id of its own.
        element: Mapping[str, Any] = block.get(VALUE) or next(iter(block.values()), {})
        return element


def fill_in(view: View, typed: Typed) -> View:
    """The form with that in its fields, whatever else it would open with. A choice that is not
    offered any more is left out."""
    blocks = [
        {**block, "element": _filled(block["element"], typed, block["block_id"])}
        if block["type"] == "input" and typed.has(block["block_id"])
        else block
        for block in view["blocks"]
    ]
    return {**view, "blocks": blocks}


def _held(entry: Mapping[str, Any]) -> str | list[str]:
    """What an element holds, in one shape for all kinds."""
    if "selected_option" in entry:
        return str((entry["selected_option"] or {}).get("value") or "")
    found = next((entry[key] for key in entry if key.startswith("selected_")), entry.get("value"))
    if isinstance(found, list):
        return [one["value"] if isinstance(one, dict) else str(one) for one in found]
    return str(found or "")


def _filled(element: Mapping[str, Any], typed: Typed, name: str) -> dict[str, Any]:
    bare = {key: value for key, value in element.items() if not key.startswith("initial_")}
    initial = _initial(element, typed, name)
    return bare if initial is None else bare | dict([initial])


def _initial(element: Mapping[str, Any], typed: Typed, name: str) -> tuple[str, Any] | None:
    kind, text, ticked = element["type"], typed.text(name), typed.checked(name)
    if kind in ("checkboxes", "multi_static_select"):
        lists = [element, *element.get("option_groups", ())]
        offered = [one for part in lists for one in part.get("options", ())]
        chosen = [one for one in offered if one["value"] in ticked]
        return ("initial_options", chosen) if chosen else None
    if "options" in element:
        found = next((one for one in element["options"] if one["value"] == text), None)
        return ("initial_option", found) if found else None
    return (INITIAL[kind], text) if text else None


INITIAL = {
    "plain_text_input": "initial_value",
    "number_input": "initial_value",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "users_select": "initial_user",
}
"""Where the elements that forms use say what they open with."""
