"""Emoji as Slack writes them, `:fox_face:`, and as people see them, 🦊.

What is typed as a character reaches the app as a shortcode, in commands and in messages
(https://docs.slack.dev/messaging/formatting-message-text#emoji); skin tones follow as
`:wave::skin-tone-3:`. The names come from the emoji package, those that Slack calls otherwise from
the table below: of rare emoji (families, some professions) the name may differ from Slack's. An
emoji of two skin tones stays as it was typed.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

import emoji

SHORTCODE = r":(?P<emoji>[a-z0-9_+-]+)(?:::skin-tone-(?P<tone>[2-6]))?:"
"""A shortcode, with the tone of its skin if it has one."""

_SHORTCODE = re.compile(SHORTCODE)
_TONES = {chr(0x1F3FB + number): number + 2 for number in range(5)}
_MODIFIERS = {str(tone): modifier for modifier, tone in _TONES.items()}
_FIRST_LETTER = 0x1F1E6
_BARE_FLAGS = frozenset({"cn", "de", "es", "fr", "gb", "it", "jp", "kr", "ru", "us"})
_STRANGE = re.compile(r"[^a-z0-9_+-]+")
_AS_EMOJI = "\N{VARIATION SELECTOR-16}"

_OWN = {
    "👍": "+1",
    "👎": "-1",
    "🥇": "first_place_medal",
    "🥈": "second_place_medal",
    "🥉": "third_place_medal",
    "🟢": "large_green_circle",
    "🟡": "large_yellow_circle",
    "🟠": "large_orange_circle",
    "🟣": "large_purple_circle",
    "🟤": "large_brown_circle",
    "🟩": "large_green_square",
    "🟨": "large_yellow_square",
    "🟧": "large_orange_square",
    "🟥": "large_red_square",
    "🟦": "large_blue_square",
    "✉️": "email",
    "📧": "e-mail",
    "📝": "memo",
    "😆": "laughing",
    "🛑": "octagonal_sign",
    "🤦": "face_palm",
    "🐞": "ladybug",
    "🥝": "kiwifruit",
    "🙄": "face_with_rolling_eyes",
}
"""Slack's names where the package has others: https://github.com/iamcal/emoji-data, its source."""


def shortcodes(text: str) -> str:
    """The text with every emoji as its shortcode; one without a name stays."""
    return emoji.replace_emoji(text, _shortcode)


def drawn(text: str) -> str:
    """The text with every shortcode as its emoji; one that nobody knows stays."""
    return _SHORTCODE.sub(lambda found: draw(found["emoji"], found["tone"]) or found[0], text)


def draw(name: str, tone: str | None = None) -> str | None:
    """The emoji of a name, in the tone of a skin (`2` to `6`); None for a name nobody knows."""
    found = _by_name().get(name)
    if found is None or tone is None:
        return found
    toned = found[0] + _MODIFIERS[tone] + found[1:].removeprefix(_AS_EMOJI)
    return toned if emoji.is_emoji(toned) else found


def _shortcode(chars: str, _: Mapping[str, Any] | None) -> str:
    tones = [char for char in chars if char in _TONES]
    bare = "".join(char for char in chars if char not in _TONES)
    if len(tones) > 1 or bare not in emoji.EMOJI_DATA:
        return chars
    tone = f":skin-tone-{_TONES[tones[0]]}:" if tones else ""
    return f":{_name(bare)}:{tone}"


def _name(chars: str) -> str:
    known = _OWN.get(chars) or _OWN.get(chars.removesuffix(_AS_EMOJI))
    letters = [ord(char) - _FIRST_LETTER for char in chars]
    if known is None and len(letters) == 2 and all(0 <= letter < 26 for letter in letters):
        country = "".join(chr(ord("a") + letter) for letter in letters)
        return country if country in _BARE_FLAGS else f"flag-{country}"
    return known or _plain(_names(chars)[0])


def _names(chars: str) -> list[str]:
    data = emoji.EMOJI_DATA[chars]
    return [*data.get("alias", []), data["en"]]


def _plain(name: str) -> str:
    """A name of the package in the letters that a shortcode may have."""
    plain = unicodedata.normalize("NFKD", name.strip(":").lower()).encode("ascii", "ignore")
    return _STRANGE.sub("_", plain.decode())


@cache
def _by_name() -> Mapping[str, str]:
    """Every name with its emoji; Slack's own before the package's."""
    whole = [
        chars
        for chars, data in emoji.EMOJI_DATA.items()
        if data["status"] == emoji.STATUS["fully_qualified"]
    ]
    named = {_plain(name): chars for chars in whole for name in reversed(_names(chars))}
    named |= {_name(chars): chars for chars in whole if not set(chars) & set(_TONES)}
    return named
