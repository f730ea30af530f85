"""Public holidays of a country or region, as the `holidays` package knows them."""

from datetime import date
from functools import lru_cache

from bot.domain.team.settings import TeamSettings

YEARS_KEPT = 400


def of_team(settings: TeamSettings, *days: date) -> frozenset[date]:
    """The public holidays of the team's country or region in the years of those days and the
    years next to them; none where no country is set."""
    if settings.country is None:
        return frozenset()
    years = {year for day in days for year in (day.year - 1, day.year, day.year + 1)}
    return frozenset().union(*(_of_year(settings.country, year) for year in sorted(years)))


@lru_cache(maxsize=YEARS_KEPT)
def _of_year(country: str, year: int) -> frozenset[date]:
    # Loaded when first asked: it is slow, and most runs never ask.
    import holidays

    code, _, region = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(code, subdiv=region or None, years=year))
    except NotImplementedError:
        # A country that an earlier version of the package knew.
        return frozenset()
