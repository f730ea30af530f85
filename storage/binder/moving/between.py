"""From which team to which, and which contact and account of the one is which of the other."""

from dataclasses import dataclass

from storage.database.carried import paired
from storage.database.pairs import pairs_of
from storage.models import Interaction as Contact

ACCOUNTS = pairs_of("source_account", "target_account")
"""Which account of the one team is which of the other."""

CONTACTS = paired(Contact, "contacts", "id")


@dataclass(frozen=True)
class Between:
    """Of whom, from which team, to which: ids. `only`: it is about that contact of the first team
    alone."""

    rep: int
    source: int
    target: int
    only: int | None = None

    @property
    def named(self) -> dict[str, int]:
        return {name: value for name, value in vars(self).items() if value is not None}
