"""What is kept encrypted, and cannot be read with the key there is."""

from bot.domain.workspaces.refusals import Sealed

WHY = (
    "This was kept under another key than Windshield has now, so it cannot be read. Nothing is "
    "lost: whoever runs Windshield can put that key back."
)


class Unreadable(str):
    """Stands where private words would: shown, it says why they are not there. What would go on
    from the words themselves asks `readable` first, and nothing is ever kept in their place."""

    __slots__ = ()

    def __new__(cls) -> "Unreadable":
        return super().__new__(cls, WHY)


def readable(words: str | None) -> str | None:
    """Those words, to be added to, changed or filled in. Raises Sealed where they cannot be read:
    what is kept stays as it is, and whoever asked reads why."""
    if isinstance(words, Unreadable):
        raise Sealed
    return words
