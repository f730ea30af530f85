"""Numbers as people write them: a column of them is read in one way, or asked about."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from enum import StrEnum
from functools import lru_cache

from babel.core import get_global
from babel.numbers import NumberFormatError, parse_decimal

LONGEST = 40
"""Characters of the longest number there may be."""


class DecimalSign(StrEnum):
    """What stands before the fraction; the other of the two then parts thousands."""

    POINT = "."
    COMMA = ","


LOCALES = {DecimalSign.POINT: ("en", "en_IN"), DecimalSign.COMMA: ("de",)}
"""Whose rules a number must fit once its blanks and apostrophes are those of the locale: CLDR's
other locales that write Western digits differ from one of these in just that. In India thousands
are parted by two digits from the second part on (https://cldr.unicode.org, number patterns)."""

_GROUP = {DecimalSign.POINT: ",", DecimalSign.COMMA: "."}

MINUS = "-−‐‑‒–﹣－"
PERCENT_SIGNS = "%٪﹪％"
_PLUS = "+＋"
_APOSTROPHES = "'’‘ʼ′´`＇"
_SPACE = " "
_APOSTROPHE = "'"
_ARABIC_GROUP, _ARABIC_DECIMAL = "٬", "٫"

_CURRENCY_WORDS = frozenset(
    [
        "kr",
        "zł",
        "kč",
        "ft",
        "lei",
        "leu",
        "лв",
        "ден",
        "дин",
        "din",
        "руб",
        "грн",
        "сом",
        "сўм",
        "դր",
        "rs",
        "rp",
        "rm",
        "tl",
        "kn",
        "r",
        "s/",
        "sfr",
        "fr",
        "km",
        "bs",
        "ksh",
        "tsh",
        "ush",
        "nkf",
        "so'm",
        "lekë",
        "lek",
        "birr",
        "fcfa",
        "cfa",
        "cfpf",
        "nafl",
        "afl",
        "ر.س",
        "د.إ",
        "د.ا",
        "د.ب",
        "د.ت",
        "د.ج",
        "د.ع",
        "د.ك",
        "د.ل",
        "د.م",
        "ر.ع",
        "ر.ق",
        "ر.ي",
        "ج.م",
        "ل.س",
        "ل.ل",
        "ریال",
    ]
)
"""What currencies are called beside numbers where that is neither a sign nor an ISO code. None of
it may mean thousands or millions anywhere."""

_BESIDE_SIGNS = frozenset(
    [
        "us",
        "ca",
        "c",
        "a",
        "au",
        "nz",
        "hk",
        "nt",
        "r",
        "mx",
        "s",
        "sg",
        "rd",
        "j",
        "tt",
        "bz",
        "ec",
        "fj",
        "e",
        "l",
    ]
)
"""Letters beside a dollar's or a pound's sign that say whose it is: US$, $CA, R$."""


_ALIKE = str.maketrans("023456789", "111111111")
_ALIKE_BUT_ZERO = str.maketrans("23456789", "11111111")

_BARE = re.compile(rf"[0-9.,]{{0,{LONGEST - 1}}}[0-9]")
"""Most numbers, which have nothing to be taken off."""


@dataclass(frozen=True)
class WrittenNumber:
    """A number without what stands around it. `digits` holds ASCII digits and separators alone:
    point and comma as written, one blank for every kind of blank, one apostrophe for every kind;
    `sign` is what the number itself says of its decimal sign, None where it says nothing."""

    typed: str
    digits: str
    negative: bool = False
    percent: bool = False
    currency: str = ""

    def value(self, sign: DecimalSign) -> Decimal | None:
        """What it is with that decimal sign; None where it is no number then."""
        text = _of_locale(self.digits, sign)
        if text is None or not _fits(_shape(text), sign):
            return None
        found = Decimal(text.replace(_GROUP[sign], "").replace(sign, "."))
        return -found if self.negative else found

    @property
    def values(self) -> dict[DecimalSign, Decimal]:
        """All that it may be, by decimal sign."""
        found = ((sign, self.value(sign)) for sign in DecimalSign)
        return {sign: value for sign, value in found if value is not None}


def written_number(typed: str) -> WrittenNumber | None:
    """Take signs, a currency and a percent sign off; None where more is left than digits and
    what parts them. Parentheses are a minus, as accountants write it."""
    if _BARE.fullmatch(typed):
        return WrittenNumber(typed, typed)
    text = _plain(typed)
    if len(text) > LONGEST:
        return None
    negative = signed = percent = False
    currency = ""
    while text:
        if not signed and text[0] in MINUS + _PLUS:
            negative, signed, text = text[0] in MINUS, True, text[1:]
        elif not signed and text[-1] in MINUS and text[:-1].strip():
            negative, signed, text = True, True, text[:-1]
        elif not signed and text[0] == "(" and text[-1] == ")":
            negative, signed, text = True, True, text[1:-1]
        elif not percent and (text[0] in PERCENT_SIGNS or text[-1] in PERCENT_SIGNS):
            percent = True
            text = text[1:] if text[0] in PERCENT_SIGNS else text[:-1]
        elif not currency and (found := _currency(text)):
            currency, text = found
        else:
            break
        text = text.strip()
    if not re.fullmatch(r"[\d.,' ٫٬]*\d[\d.,' ٫٬]*", text, re.ASCII):
        return None
    return WrittenNumber(typed.strip(), text, negative, percent, currency)


def currency_code(written: str) -> str | None:
    """The ISO code that a currency's code or the sign of the euro says; None for other words: a
    dollar sign is that of many."""
    code = "EUR" if written == "€" else written.upper()
    return code if code in _codes() else None


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(get_global("all_currencies"))


def _currency(text: str) -> tuple[str, str] | None:
    """The currency before or behind a number, and the rest."""
    first = next((at for at, one in enumerate(text) if one.isdigit()), None)
    if first is None:
        return None
    last = len(text) - next(at for at, one in enumerate(reversed(text)) if one.isdigit())
    for begin, end in ((0, first), (last, len(text))):
        # A sign or a parenthesis may stand between the currency and the number.
        word = text[begin:end].strip().strip(MINUS + _PLUS + "()" + PERCENT_SIGNS).strip()
        if word and _is_currency(word):
            at = text.index(word, begin)
            return word, text[:at] + text[at + len(word) :]
    return None


def _is_currency(word: str) -> bool:
    called = word.casefold().rstrip(".")
    if called.upper() in _codes() or called in _CURRENCY_WORDS:
        return True
    beside = "".join(one for one in called if unicodedata.category(one) != "Sc")
    return len(called) - len(beside) == 1 and (not beside or beside in _BESIDE_SIGNS)


def _plain(typed: str) -> str:
    """With ASCII digits, one kind of blank and of apostrophe, and no marks of direction."""
    if typed.isascii():
        return re.sub(r"\s", _SPACE, typed).replace("`", _APOSTROPHE).strip()
    return "".join(_plain_characters(typed)).strip()


def _plain_characters(typed: str) -> Iterator[str]:
    for one in typed:
        if one.isspace():
            yield _SPACE
        elif one in _APOSTROPHES:
            yield _APOSTROPHE
        elif unicodedata.category(one) == "Cf":
            continue
        elif one.isdecimal():
            yield str(unicodedata.decimal(one))
        else:
            yield one


def _of_locale(digits: str, sign: DecimalSign) -> str | None:
    """With the locale's own separators; None where blanks, apostrophes or Arabic separators say
    that it is another's."""
    group = _GROUP[sign]
    if _ARABIC_DECIMAL in digits or _ARABIC_GROUP in digits:
        if "." in digits or "," in digits:
            return None
        # These say themselves which they are, whatever the column does.
        return digits.replace(_ARABIC_GROUP, group).replace(_ARABIC_DECIMAL, sign)
    parts_by = [one for one in (_SPACE, _APOSTROPHE, group) if one in digits]
    if len(parts_by) > 1:
        return None
    return digits.replace(_SPACE, group).replace(_APOSTROPHE, group)


def _shape(text: str) -> str:
    """The same for all numbers that the same locales take: what their digits are makes no
    difference, but for a zero in front."""
    shape = text.translate(_ALIKE)
    return f"0{shape[1:]}" if text[0] == "0" else shape


@lru_cache(maxsize=4_096)
def _fits(shape: str, sign: DecimalSign) -> bool:
    if shape.startswith(_GROUP[sign]) or not shape[-1:].isdigit():
        return False
    return any(_is_of(shape, locale) for locale in LOCALES[sign])


@lru_cache(maxsize=4_096)
def _signs_of(shape: str) -> tuple[DecimalSign, ...]:
    """The decimal signs with which digits and separators of that shape are a number."""
    number = WrittenNumber(shape, shape)
    return tuple(sign for sign in DecimalSign if number.value(sign) is not None)


def _is_of(text: str, locale: str) -> bool:
    try:
        # The usual 28 digits are fewer than some exports write.
        with localcontext(prec=2 * LONGEST):
            parse_decimal(text, locale=locale, strict=True)
    except NumberFormatError:
        return False
    return True


_PLAIN = {
    DecimalSign.POINT: re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?"),
    DecimalSign.COMMA: re.compile(r"(?:0|[1-9][0-9]{0,14})(?:,[0-9]{1,15})?"),
}
"""Numbers that no rule of any locale is asked about: nearly all there are."""


def plain_number(typed: str, sign: DecimalSign) -> Decimal | None:
    """The value of a number with nothing around it and no thousands parted; None for any other."""
    if _PLAIN[sign].fullmatch(typed) is None:
        return None
    return Decimal(typed.replace(",", "."))


MOST_SHAPES = 4_096


@dataclass
class NumberColumn:
    """What the numbers of a column say of their decimal sign, as they go by."""

    name: str
    said: dict[DecimalSign, tuple[int, str]] = field(default_factory=dict)
    """By sign the first number that is one with this alone: its line, as typed."""
    open: tuple[int, str] | None = None
    """The first that is another number with the other sign."""
    _met: set[str] = field(default_factory=set)
    """Shapes of numbers with nothing around them; zeros tell apart what may be two numbers."""

    def has_met(self, typed: str) -> bool:
        """Whether a number that says the same was noted before."""
        return typed.translate(_ALIKE_BUT_ZERO) in self._met

    def note(self, line: int, number: WrittenNumber) -> None:
        """Take a number in."""
        if number.digits == number.typed and len(self._met) < MOST_SHAPES:
            self._met.add(number.typed.translate(_ALIKE_BUT_ZERO))
        if not ("." in number.digits or "," in number.digits):
            return
        signs = _signs_of(_shape(number.digits))
        if len(signs) == 1:
            self.said.setdefault(signs[0], (line, number.typed))
        elif signs and self.open is None and len(set(number.values.values())) > 1:
            self.open = (line, number.typed)

    @property
    def sign(self) -> DecimalSign | None:
        """The one that its numbers have; None where they have both, or do not say."""
        return next(iter(self.said)) if len(self.said) == 1 else None

    @property
    def is_open(self) -> bool:
        """Whether somebody must say which it is."""
        return len(self.said) > 1 or (not self.said and self.open is not None)

    def example(self, sign: DecimalSign) -> str | None:
        """A number of the column that is read by it, as typed, or None."""
        found = self.said.get(sign) or self.open
        return found[1] if found else None
