"""Which tag is meant by what was typed: the same written another way, one that is much alike, or
none that there is."""

from collections.abc import Callable, Iterable, Sequence

from bot.domain.accounts.market import TAG_LIMIT, MarketTag, Question, tag_key
from bot.domain.workspaces.names import spellings

SHORTEST_SLIP = 4
"""Letters of a tag that may be one letter off another: of fewer all are alike."""

MOST_WORDS = 6
"""Words in a row that may be one tag."""


def is_name(typed: str) -> bool:
    """Whether a tag may be called so: there is a letter or a number in it."""
    return any(one.isalnum() for one in tag_key(typed))


def same_tag(typed: str, tags: Iterable[MarketTag]) -> MarketTag | None:
    """The tag that this is but another way to write: case, accents, ue for ü, a hyphen."""
    ways = spellings(typed)
    return next((tag for tag in tags for one in tag.spellings if one.key in ways), None)


def close_tag(typed: str, tags: Iterable[MarketTag]) -> MarketTag | None:
    """The tag that may be meant by what was typed, and is to be asked for: the same in the singular
    or the plural, or one letter off; of several, the first. None for one that is new."""
    ways = spellings(typed)
    known = [(one.key, tag) for tag in tags for one in tag.spellings]
    fits: tuple[Callable[[str], bool], ...] = (
        lambda key: _one(key) in map(_one, ways),
        lambda key: any(_is_slip(way, key) for way in ways),
    )
    for is_close in fits:
        found = next((tag for key, tag in known if is_close(key)), None)
        if found is not None:
            return found
    return None


def questions(tags: Sequence[MarketTag]) -> tuple[Question, ...]:
    """Of those tags what is still to be asked: each that was typed much like an earlier one that is
    in use, the latest first."""
    used = [tag for tag in tags if tag.used]
    found = []
    for tag in used:
        if tag.in_question:
            earlier = (one for one in used if one.id < tag.id)
            meant = close_tag(tag.name, sorted(earlier, key=lambda one: one.in_question))
            if meant is not None:
                found.append(Question(tag, meant))
    return tuple(sorted(found, key=lambda one: one.tag.id, reverse=True))


def of_several_words(tags: Iterable[MarketTag]) -> Callable[[str], bool]:
    """Whether words in a row are one of those tags, or much like one: what `#payment terms` says
    where that is a tag. For `read_lines`."""
    long = [tag for tag in tags if any(" " in one.key for one in tag.spellings)]
    keys = {one.key for tag in long for one in tag.spellings}

    def is_one(words: str) -> bool:
        if not long or len(words) > TAG_LIMIT:
            return False
        if tag_key(words) in keys or same_tag(words, long) is not None:
            return True
        meant = close_tag(words, long)
        # Much like it, word by word: "price war at" is not "price wars".
        many = len(tag_key(words).split())
        return meant is not None and any(len(one.key.split()) == many for one in meant.spellings)

    return is_one


def _one(key: str) -> str:
    """Without the ending that a plural has."""
    for many, one in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("xes", "x")):
        if key.endswith(many):
            return key.removesuffix(many) + one
    is_plural = key.endswith("s") and not key.endswith(("ss", "us", "is"))
    return key[:-1] if is_plural and len(key) > SHORTEST_SLIP - 1 else key


def _is_slip(one: str, other: str) -> bool:
    """Whether one is the other with a letter more, less or else, or two changed about. Digits are
    no slip: Q3 is not Q4."""
    if one == other or min(len(one), len(other)) < SHORTEST_SLIP:
        return False
    at = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    left, right = one[at:], other[at:]
    if left[:1].isdecimal() or right[:1].isdecimal():
        return False
    changed_about = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or changed_about
