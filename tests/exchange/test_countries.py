import pytest

from bot.exchange.countries import is_country


@pytest.mark.parametrize("code", ["DE", "DE-BY", "US", "US-CA", "FR", "IN", "NO", "GB-SCT"])
def test_countries_and_regions_with_known_holidays(code: str) -> None:
    assert is_country(code)


@pytest.mark.parametrize("code", ["", "-", "DE-", "-BY", "de", "DEU", "Germany", "XX", "DE-XX"])
def test_anything_else_is_none(code: str) -> None:
    assert not is_country(code)
