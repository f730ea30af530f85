import pytest

from bot.exchange.countries import country_of, is_country


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Oslo", "NO"),
        ("America/New_York", "US"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Asia/Riyadh", "SA"),
        ("Etc/GMT+3", None),
        ("UTC", None),
        ("nonsense", None),
        (None, None),
    ],
)
def test_a_zone_is_of_a_country(zone: str | None, country: str | None) -> None:
    assert country_of(zone) == country


@pytest.mark.parametrize("code", ["DE", "DE-BY", "US", "US-CA", "FR", "IN", "NO", "GB-SCT"])
def test_countries_and_regions_with_known_holidays(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["", "-", "DE-", "-BY", "de", "DEU", "Germany", "XX", "DE-XX"])
def test_anything_else_is_none(code: str) -> None:
    assert not is_country(code)
