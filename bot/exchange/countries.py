"""Countries and regions whose public holidays are known, and which of them a zone is of."""

from functools import cache
from importlib import resources


def is_country(code: str) -> bool:
    """Whether public holidays are known for that country (ISO 3166-1, such as DE) or region of a
    country (DE-BY). Source: the countries and subdivisions that the `holidays` package supports.
    """
    country, dash, region = code.partition("-")
    regions = _regions().get(country)
    return regions is not None and (region in regions if dash else True)


def country_of(zone: str | None) -> str | None:
    """The country (ISO 3166-1) that people are in who go by that time zone, such as Europe/Berlin,
    where its public holidays are known. None for a zone of none, or one that nobody knows.

    Source: zone.tab of the tz database, which names each zone of each country, and the other names
    that zones have had.
    """
    if zone is None:
        return None
    found = _zones().get(zone) or _zones().get(_links().get(zone, ""))
    return found if found is not None and is_country(found) else None


@cache
def _zones() -> dict[str, str]:
    rows = (line.split("\t") for line in _tz_file("zone.tab") if not line.startswith("#"))
    return {zone: country for country, _, zone, *_ in rows}


@cache
def _links() -> dict[str, str]:
    rows = (line.split() for line in _tz_file("tzdata.zi") if line.startswith("L "))
    return {name: zone for _, zone, name in rows}


def _tz_file(name: str) -> list[str]:
    return (resources.files("tzdata.zoneinfo") / name).read_text("utf-8").splitlines()


@cache
def _regions() -> dict[str, frozenset[str]]:
    # Loaded when first asked: it is slow, and most runs never ask.
    import holidays

    supported = holidays.list_supported_countries(include_aliases=False)
    return {code: frozenset(regions) for code, regions in supported.items() if len(code) == 2}
