"""Time zones by the names that people type."""

from functools import cache
from zoneinfo import available_timezones

from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import is_zone

CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def zone_named_by(typed: str) -> str | None:
    """The IANA name of the zone that a person means by its name or a city of it.

    None where nothing was typed; what nobody knows comes back as typed.
    """
    wanted = " ".join(typed.split())
    if not wanted or is_zone(wanted):
        return wanted or None
    return _zones().get(_as_zone(wanted), wanted)


def _as_zone(typed: str) -> str:
    return fold(typed.replace("_", " "))


@cache
def _zones() -> dict[str, str]:
    # The longest first, so that of two names of a city the shorter one is kept.
    names = sorted(available_timezones(), key=lambda name: (-len(name), name))
    cities = {
        _as_zone(name.rsplit("/", 1)[1]): name
        for name in names
        if name.partition("/")[0] in CONTINENTS
    }
    return cities | {_as_zone(name): name for name in names if name.partition("/")[1]}
