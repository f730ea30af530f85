"""What stayed with an earlier manager when a team passed on: theirs alone to read, and to take."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.contacts.interactions import InteractionKind, Note
from bot.domain.promises import Promise
from bot.domain.workspaces.private import Unreadable


@dataclass(frozen=True)
class StayedContact:
    """A contact with a rep, by name, whose `private_note` or whose words (`is_withheld`) stayed
    with its author. `words` are those, each with what it is: a topic, the focus."""

    id: int
    kind: InteractionKind
    rep: str
    day: date
    about: str
    private_note: str | Unreadable | None
    is_withheld: bool
    words: tuple[tuple[str, str], ...] = ()

    def with_words(self, words: list[tuple[str, str]]) -> "StayedContact":
        return replace(self, words=tuple(one for one in words if one[1]))


@dataclass(frozen=True)
class Stayed:
    """`between_us` is what reps said between the two of them; `notes` are plain messages that were
    kept, `own_notes` how many; `half_written` counts forms that were begun and not logged. Of who
    leads a team these are none: their Home has them."""

    contacts: tuple[StayedContact, ...]
    between_us: tuple[Promise, ...]
    today: date
    half_written: int = 0
    own_notes: int = 0
    notes: tuple[Note, ...] = ()

    @property
    def private_notes(self) -> int:
        return self.own_notes + sum(one.private_note is not None for one in self.contacts)

    @property
    def unshared(self) -> int:
        return sum(one.is_withheld for one in self.contacts)

    @property
    def is_empty(self) -> bool:
        return not (self.contacts or self.between_us or self.half_written)
