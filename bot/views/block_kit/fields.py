"""Reading what was typed and chosen in a form or beside a button."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from bot.views.block_kit.kit import VALUE


class Fields:
    """The inputs of a view's or a message's state, by the name of the field."""

    def __init__(self, state: Mapping[str, Any] | None) -> None:
        self._values: Mapping[str, Any] = (state or {}).get("values") or {}

    def has(self, name: str) -> bool:
        """Whether the form has that field at all."""
        return name in self._values

    def names(self) -> list[str]:
        return list(self._values)

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
