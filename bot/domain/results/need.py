"""What is needed a day, rounded and in words."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, Decimal

from bot.domain.results.results import PERCENT, Metric, Result

HALF = Decimal("0.5")

_IN_HALVES_TO = 10

_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
    BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
    FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD
    JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG
    QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT
    TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR
    ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
"""The codes of ISO 4217 in which anybody is paid, or was lately. MQL, PCS and NPS are words."""


@dataclass(frozen=True)
class Need:
    """What is needed, or, where less is better, what is left: `amount` every so many working days
    that the rep is there."""

    amount: Decimal
    every: int = 1


def need_of(left: Decimal, days: int, *, counted: bool, at_most: bool) -> Need:
    """What is `left`, over so many days: rounded up, so that it is enough, and down where it is
    `at_most` so much. What is `counted` is halves up to ten, and under one a day one every so many
    days; amounts have two digits that count, since nobody makes 1,234 a day on purpose."""
    rate = left / days
    rounding = ROUND_FLOOR if at_most else ROUND_CEILING
    if not counted:
        return Need(_two_digits(rate, rounding))
    if 0 < rate < 1:
        apart = ROUND_CEILING if at_most else ROUND_FLOOR
        return Need(Decimal(1), int((days / left).to_integral_value(apart)))
    step = HALF if rate < _IN_HALVES_TO else Decimal(1)
    return Need((rate / step).to_integral_value(rounding) * step)


def _two_digits(amount: Decimal, rounding: str) -> Decimal:
    if not amount:
        return amount
    return amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), rounding)


def is_counted(result: Result) -> bool:
    """Whether it is a number of things, and no amount."""
    figures = (figure for one in result.readings for figure in (one.target, one.actual))
    return (
        not is_money(result.metric)
        and result.metric.unit != PERCENT
        and all(one == one.to_integral_value() for one in figures)
    )


def is_money(metric: Metric) -> bool:
    """Whether its unit is a currency's code."""
    return metric.unit in CURRENCIES


_NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)


def need_words(need: Need, metric: Metric) -> str:
    """What is needed as it is said: `two a day`, `one every three days`, `EUR 1,300 a day`, and
    `none`, where less is better and no more may come."""
    if not need.amount:
        return "none"
    if need.every > 1:
        return f"one every {number_words(Decimal(need.every))} days"
    if is_money(metric):
        return f"{metric.unit} {need.amount:,f} a day"
    whole = need.amount.to_integral_value(ROUND_DOWN)
    if need.amount - whole == HALF and need.amount < _IN_HALVES_TO:
        return f"{number_words(whole)} and a half a day" if whole else "half a day"
    return f"{number_words(need.amount)} a day"


def number_words(amount: Decimal) -> str:
    """A number as it is said: words up to twelve."""
    if amount == amount.to_integral_value() and 0 <= amount < len(_NUMBERS):
        return _NUMBERS[int(amount)]
    return f"{amount:,f}"
