"""Countries and regions whose public holidays are known."""

from functools import cache


def is_country(code: str) -> bool:
    """Whether public holidays are known for that country (ISO 3166-1, such as DE) or region of a
    country (DE-BY). Source: the countries and subdivisions that the `holidays` package supports.
    """
    country, dash, region = code.partition("-")
    regions = _regions().get(country)
    return regions is not None and (region in regions if dash else True)


@cache
def _regions() -> dict[str, frozenset[str]]:
    # Loaded when first asked: it is slow, and most runs never ask.
    import holidays

    supported = holidays.list_supported_countries(include_aliases=False)
    return {code: frozenset(regions) for code, regions in supported.items() if len(code) == 2}
