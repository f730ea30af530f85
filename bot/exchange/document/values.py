"""How single values are written in the document."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from bot.domain.sessions.sharing import Sharing
from bot.domain.team.cadence import Cadence, Component


def iso(moment: date | datetime | time | None) -> str | None:
    return None if moment is None else moment.isoformat()


def number(value: Decimal) -> int | float:
    # Whoever reads JSON reads its numbers as these.
    return int(value) if value == value.to_integral_value() else float(value)


def cadences(by_component: Mapping[Component, Cadence]) -> dict[str, Any]:
    return {
        component: {"ideal": cadence.ideal, "latest": cadence.latest}
        for component, cadence in by_component.items()
    }


def otherwise(sharing: Sharing | None) -> str:
    """What a rep remembers otherwise, where that stands beside the text."""
    return sharing.objection if sharing and sharing.beside else ""
