"""A copy of what is kept about a person, for an operator to hand over: as **My copy**, and besides
what the person does not see, but for what no operator reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.binder.own_copy import IN_A_COPY, Entry
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.who_sees import WHO_SEES, Reader, Sight, Thing

CLOSED = frozenset(
    row.thing
    for row in WHO_SEES
    if row.sight(Reader.OPERATOR) in (Sight.ENCRYPTED, Sight.NO) and row.thing not in IN_A_COPY
)
"""What lies in the database, cannot be read there, and is not the person's own: counted."""


@dataclass(frozen=True)
class PersonTeam:
    """What is kept on one team; `counted` says how many there are of what is not shown."""

    manager: str
    shown: Mapping[Thing, Sequence[Entry]]
    counted: Mapping[Thing, int]

    def __post_init__(self) -> None:
        if self.shown.keys() & CLOSED:
            raise ValueError("what no operator reads does not go into a copy")


@dataclass(frozen=True)
class PersonCopy:
    """The person, the teams they are, were or are to be on, and how much of theirs there is that
    hangs on no team. `leads`: the team that they manage has a record of its own, the export."""

    person: Person
    teams: tuple[PersonTeam, ...]
    own: Mapping[str, int]
    leads: bool
    kept_months: int | None
