"""Numbers as people write them: read as what they are, or asked about, never as another."""

from datetime import date
from decimal import Decimal

import pytest
from babel.core import get_global
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_territory_currencies,
    parse_decimal,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.results.need import CURRENCIES
from bot.exchange.numbers import (
    LOCALES,
    DecimalSign,
    NumberColumn,
    currency_code,
    plain_number,
    written_number,
)

reproducible = settings(derandomize=True, deadline=None)

POINT, COMMA = DecimalSign.POINT, DecimalSign.COMMA


def values(typed: str) -> dict[DecimalSign, Decimal]:
    """What a number may be, by decimal sign."""
    found = written_number(typed)
    return found.values if found else {}


@pytest.mark.parametrize(
    ("typed", "sign", "value"),
    [
        ("1.355,90", COMMA, "1355.90"),
        ("1,355.90", POINT, "1355.90"),
        ("1 355,90", COMMA, "1355.90"),
        ("1\u00a0355,90", COMMA, "1355.90"),
        ("1\u202f355,90", COMMA, "1355.90"),
        ("1\u2009355,90", COMMA, "1355.90"),
        ("1\u3000355,90", COMMA, "1355.90"),
        ("1\t355,90", COMMA, "1355.90"),
        ("1 355.90", POINT, "1355.90"),
        ("1'355.90", POINT, "1355.90"),
        ("1’355.90", POINT, "1355.90"),
        ("1'355,90", COMMA, "1355.90"),
        ("1,23,456", POINT, "123456"),
        ("12,34,567.50", POINT, "1234567.50"),
        ("(1.00)", POINT, "-1.00"),
        ("($1,355.90)", POINT, "-1355.90"),
        ("$ (1,355.90)", POINT, "-1355.90"),
        ("(1.355,90) €", COMMA, "-1355.90"),
        ("(1 355,90 €)", COMMA, "-1355.90"),
        ("1.355,90- €", COMMA, "-1355.90"),
        ("1.355,90 €-", COMMA, "-1355.90"),
        ("−42,5", COMMA, "-42.5"),
        ("-42.5", POINT, "-42.5"),
        ("42.5-", POINT, "-42.5"),
        ("- 42.5", POINT, "-42.5"),
        ("+42.5", POINT, "42.5"),
        ("€ 1.200,5", COMMA, "1200.5"),
        ("1.200,50 €", COMMA, "1200.50"),
        ("EUR 1.200,50", COMMA, "1200.50"),
        ("1.200,50 EUR", COMMA, "1200.50"),
        ("eur 1.200,50", COMMA, "1200.50"),
        ("-€1.50", POINT, "-1.50"),
        ("€-1.50", POINT, "-1.50"),
        ("US$1.50", POINT, "1.50"),
        ("R$ 1.200,50", COMMA, "1200.50"),
        ("1 200,50 Kč", COMMA, "1200.50"),
        ("kr. 1.200,50", COMMA, "1200.50"),
        ("Rs. 1,23,456.50", POINT, "123456.50"),
        ("CHF 1’355.90", POINT, "1355.90"),
        ("12,5 %", COMMA, "12.5"),
        ("%12,5", COMMA, "12.5"),
        ("12.5%", POINT, "12.5"),
        ("0.125", POINT, "0.125"),
        (".5", POINT, "0.5"),
        ("1.2000", POINT, "1.2000"),
        ("1,234,567", POINT, "1234567"),
        ("1.234.567", COMMA, "1234567"),
        ("1 355,900", COMMA, "1355.900"),
        (f"1355.9{'0' * 30}", POINT, f"1355.9{'0' * 30}"),
        (f"1,355.9{'0' * 30}", POINT, f"1355.9{'0' * 30}"),
    ],
)
def test_a_number_that_says_itself_what_it_is(typed: str, sign: DecimalSign, value: str) -> None:
    assert values(typed) == {sign: Decimal(value)}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("42", "42"),
        ("−42", "-42"),
        ("0", "0"),
        ("1355", "1355"),
        ("1 200", "1200"),
        ("1’200", "1200"),
        ("€ 42", "42"),
        ("１２", "12"),
        ("٣٬٥٠٠٫٢٥", "3500.25"),
        ("‎−42", "-42"),
    ],
)
def test_a_number_that_is_the_same_with_each_sign(typed: str, value: str) -> None:
    assert values(typed) == {POINT: Decimal(value), COMMA: Decimal(value)}


@pytest.mark.parametrize("typed", ["1.200", "€ 1.200", "EUR 1.200", "(1.200)"])
def test_a_number_that_may_be_two(typed: str) -> None:
    assert {sign: abs(value) for sign, value in values(typed).items()} == {
        POINT: Decimal("1.200"),
        COMMA: Decimal(1200),
    }


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1e5",
        "1E5",
        "nan",
        "inf",
        "Infinity",
        "1_000",
        "0x10",
        "--5",
        "(-5)",
        "-(5)",
        "$$5",
        "5 5",
        "12 34",
        "1.2.3",
        "1,2,3",
        "1.355,90,1",
        "n/a",
        "5.",
        "5,",
        ".",
        ",",
        "-",
        "%",
        "€",
        "12k",
        "5 M€",
        "5k$",
        "5 Tsd.",
        "3 visits",
        "½",
        "1/2",
        "12 ‰",
        "1'355’900.5 5",
        "1 355'900",
        "1,355 900",
        "= 5",
        "5 € $",
        "5 % %",
        "² ",
        "1..5",
        "1,,5",
        "1  200",
        "12:30",
        "1-2",
    ],
)
def test_what_is_no_number(typed: str) -> None:
    assert values(typed) == {}


def test_a_number_without_end_is_none() -> None:
    assert values("1" * 40)
    assert not values("1" * 41)


def column(*typed: str) -> NumberColumn:
    """A column with those numbers, from line 2 on."""
    found = NumberColumn("target")
    for line, one in enumerate(typed, start=2):
        number = written_number(one)
        if number is not None:
            found.note(line, number)
    return found


@pytest.mark.parametrize(
    ("typed", "sign", "is_open"),
    [
        (["1.355,90", "1.200"], COMMA, False),
        (["1.200", "1.355,90"], COMMA, False),
        (["1,355.90", "1,200"], POINT, False),
        (["1.200", "0.5"], POINT, False),
        (["1.200", "42"], None, True),
        (["1.200"], None, True),
        (["1,200", "1 200", "n/a"], None, True),
        (["1.355,90", "1,355.90"], None, True),
        (["42", "1 200", ""], None, False),
        (["1.200", "1e5,2"], None, True),
    ],
)
def test_a_column_decides_as_a_whole_or_is_asked_about(
    typed: list[str], sign: DecimalSign | None, is_open: bool
) -> None:
    found = column(*typed)
    assert (found.sign, found.is_open) == (sign, is_open)


@pytest.mark.parametrize(
    ("written", "code"),
    [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("$", None), ("visits", None)],
)
def test_a_currency_by_its_code(written: str, code: str | None) -> None:
    assert currency_code(written) == code


PLACES = [
    "en_US",
    "en_GB",
    "en_IN",
    "en_ZA",
    "en_CA",
    "en_AU",
    "de_DE",
    "de_AT",
    "de_CH",
    "fr_FR",
    "fr_CH",
    "fr_CA",
    "it_IT",
    "it_CH",
    "es_ES",
    "es_MX",
    "pt_BR",
    "pt_PT",
    "nl_NL",
    "nl_BE",
    "da_DK",
    "nb_NO",
    "sv_SE",
    "fi_FI",
    "pl_PL",
    "cs_CZ",
    "sk_SK",
    "hu_HU",
    "ro_RO",
    "bg_BG",
    "ru_RU",
    "uk_UA",
    "tr_TR",
    "el_GR",
    "he_IL",
    "ar_EG",
    "ar_SA",
    "fa_IR",
    "hi_IN",
    "bn_BD",
    "ta_IN",
    "th_TH",
    "ja_JP",
    "zh_CN",
    "ko_KR",
    "vi_VN",
    "id_ID",
    "et_EE",
    "lv_LV",
    "lt_LT",
    "is_IS",
    "sw_KE",
    "kk_KZ",
    "ka_GE",
    "sr_RS",
    "hr_HR",
    "sl_SI",
]
"""Sixty places where people write numbers, in every way that there is."""

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2) | st.decimals(
    min_value=-(10**6), max_value=10**6, places=3
)


def is_read_or_asked_about(text: str, value: Decimal) -> None:
    """With one sign it is what it was; what it is with the other is either the same, or asked."""
    found = values(text)
    assert value in found.values(), text
    if len(set(found.values())) > 1:
        assert column(text).is_open, text


@pytest.mark.slow
@reproducible
@given(st.sampled_from(PLACES), amounts, st.booleans())
@example("de_DE", Decimal(1200), False)
@example("ar_EG", Decimal("-1234.5"), True)
def test_what_any_place_writes_is_read_or_asked_about(
    place: str, amount: Decimal, own_digits: bool
) -> None:
    system = "default" if own_digits else "latn"
    is_read_or_asked_about(
        format_decimal(amount, locale=place, decimal_quantization=False, numbering_system=system),
        amount,
    )


@reproducible
@given(st.sampled_from(PLACES), st.integers(-(10**8), 10**8), st.booleans())
def test_what_any_place_writes_of_its_own_money(place: str, cents: int, accounting: bool) -> None:
    amount = Decimal(cents) / 100
    currency = get_territory_currencies(place[3:])[0]
    text = format_currency(
        amount,
        currency,
        locale=place,
        currency_digits=False,
        format_type="accounting" if accounting else "standard",
        decimal_quantization=False,
    )
    is_read_or_asked_about(text, amount)


@reproducible
@given(st.sampled_from(PLACES), st.integers(-(10**5), 10**5))
def test_what_any_place_writes_in_percent(place: str, basis_points: int) -> None:
    share = Decimal(basis_points) / 10_000
    text = format_percent(share, locale=place, decimal_quantization=False)
    is_read_or_asked_about(text, share * 100)
    number = written_number(text)
    assert number is not None
    assert number.percent


@reproducible
@given(st.text("0123456789.,'  -", min_size=1, max_size=14))
def test_what_is_read_is_what_babel_reads(text: str) -> None:
    """The shapes of numbers are remembered; the numbers are Babel's all the same."""
    number = written_number(text)
    if number is None or " " in number.digits or "'" in number.digits:
        return
    if number.digits[-1:] in ".," or number.digits[0] in ".,":
        return
    for sign in DecimalSign:
        read = []
        for locale in LOCALES[sign]:
            try:
                read.append(abs(parse_decimal(number.digits, locale=locale, strict=True)))
            except ValueError:
                continue
        found = number.value(sign)
        assert (None if found is None else abs(found)) == (read[0] if read else None), text


@pytest.mark.slow
@reproducible
@given(st.from_regex(r"[0-9]{1,17}([.,][0-9]{1,17}){0,2}", fullmatch=True))
def test_a_plain_number_is_what_the_rules_of_the_locales_say(typed: str) -> None:
    for sign in DecimalSign:
        plain = plain_number(typed, sign)
        if plain is not None:
            assert str(plain) == str(values(typed)[sign])


@pytest.mark.slow
@reproducible
@given(st.lists(st.from_regex(r"[01259]{1,4}([.,][0-9]{1,3}){0,2}", fullmatch=True), max_size=12))
def test_a_number_that_was_met_says_nothing_new(written: list[str]) -> None:
    every, some = NumberColumn("target"), NumberColumn("target")
    for line, typed in enumerate(written):
        number = written_number(typed)
        assert number is not None
        every.note(line, number)
        if not some.has_met(typed):
            some.note(line, number)
    assert (some.said, some.open) == (every.said, every.open)


def test_what_is_money_is_every_currency_that_is_legal_tender_somewhere() -> None:
    today = date(2026, 11, 30)
    places = get_global("territory_currencies")
    legal = {code for place in places for code in get_territory_currencies(place, today)}
    assert legal <= CURRENCIES
    assert all(currency_code(code) == code for code in CURRENCIES)
