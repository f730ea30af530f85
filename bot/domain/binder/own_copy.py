"""**My copy**: what a rep may have of what is kept about them, and how much there is besides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.workspaces.people import Person
from bot.domain.workspaces.who_sees import WHO_SEES, Reader, Sight, Thing

IN_A_COPY = frozenset(row.thing for row in WHO_SEES if row.sight(Reader.REP) is not Sight.NO)
"""What the rep's column of the table allows; all else is counted and not shown."""

Entry = Mapping[str, str | date | bool | None]
"""One thing, as names and values."""


@dataclass(frozen=True)
class OwnTeam:
    """What is kept on one team. `shown` has nothing but what is `IN_A_COPY`; `counted` says how
    many there are of what is not shown, those of a kind that is partly shown included."""

    manager: str
    shown: Mapping[Thing, Sequence[Entry]]
    counted: Mapping[Thing, int]

    def __post_init__(self) -> None:
        if not self.shown.keys() <= IN_A_COPY:
            raise ValueError("what a rep may not see does not go into their copy")

    def but(self, there: "OwnTeam") -> "OwnTeam":
        """Without what went along to another team, and stands there in the same words: results,
        days off, accounts."""
        left = {
            thing: [one for one in entries if one not in there.shown.get(thing, ())]
            for thing, entries in self.shown.items()
        }
        # Their name, and when they were on each team, are said of each.
        for thing in (Thing.PROFILE, Thing.FIRST_LINE):
            left[thing] = list(self.shown.get(thing, ()))
        return replace(self, shown={one: own for one, own in left.items() if own})


@dataclass(frozen=True)
class OwnCopy:
    """The rep, and the teams they are, were or are to be on. `kept_months`: for how long it is
    kept; None: until somebody deletes it."""

    person: Person
    teams: tuple[OwnTeam, ...]
    kept_months: int | None
