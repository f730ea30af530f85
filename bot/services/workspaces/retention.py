"""What is old goes: what was deleted can be put back for thirty days, and then goes for good; so
does what was half written down and left for long, and what is older than a workspace keeps things
(`RULES` in `bot/domain/workspaces/retention.py`).

Everything is done in transactions of at most `AT_ONCE` rows of one kind and `TEAMS_AT_ONCE` teams,
so that neither clicks nor the heartbeat wait for years of history.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.domain.contacts.interactions import PUT_BACK_WITHIN
from bot.domain.delivery import SETTLED_KEPT, MessageKind, Subject
from bot.domain.workspaces.retention import RULES, Kind, is_months, kept_at
from storage import promises, retention
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.sessions import drafts
from storage.team import memberships, teams
from storage.workspaces import audits, installs, submissions

AT_ONCE = 100
"""Rows of a kind that go in one transaction, with all that hangs on them."""

MET_AT_ONCE = 2_000

TEAMS_AT_ONCE = 25
"""Teams that are looked through in one transaction: of each most rows of a kind are read to find
those that are old, where no index leads to them."""

OPERATOR = "operator"

OF_TEAMS = tuple(kind for kind in Kind if RULES[kind].of_team)
OF_WORKSPACE = tuple(kind for kind in Kind if not RULES[kind].of_team)


@dataclass(frozen=True)
class Portion:
    """What is still to be looked through: those kinds, in order, of those teams; of none for what
    belongs to no team."""

    kinds: tuple[Kind, ...]
    teams: tuple[int, ...] = ()

    @property
    def halves(self) -> tuple["Portion", ...]:
        """The same in two, each with half of the teams; nothing where there is but one: it is left
        for tomorrow."""
        if len(self.teams) < 2:
            return ()
        half = len(self.teams) // 2
        return replace(self, teams=self.teams[:half]), replace(self, teams=self.teams[half:])


def purge(database: Database, workspace_id: int, now: datetime) -> None:
    """Remove for good what was deleted too long ago to be put back, and what was asked about
    memberships and answered so long ago that everyone was told; forms that nobody has touched for
    `KEPT_FOR`. Write down what was sent since yesterday."""
    before = now - PUT_BACK_WITHIN
    steps: tuple[Callable[[Transaction], object], ...] = (
        lambda tx: promises.purge(tx, before),
        lambda tx: notes.purge(tx, before),
        lambda tx: memberships.purge(tx, now - SETTLED_KEPT),
        lambda tx: drafts.purge(tx, now),
    )
    for step in steps:
        with database.writing(workspace_id) as tx:
            step(tx)
    while _purge_contacts(database, workspace_id, before) == AT_ONCE:
        pass
    today = now.astimezone(UTC).date()
    met = MET_AT_ONCE
    while met == MET_AT_ONCE:
        with database.writing(workspace_id) as tx:
            met = submissions.meet(tx, today, MET_AT_ONCE)


def _purge_contacts(database: Database, workspace_id: int, before: datetime) -> int:
    with database.writing(workspace_id) as tx:
        gone = interactions.deleted_before(tx, before, AT_ONCE)
        interactions.remove(tx, gone)
        messages.forget_about(tx, [Subject(MessageKind.SHARED, one) for one in gone])
    return len(gone)


def kept_months(database: Database, workspace_id: int) -> int | None:
    """For how many months the workspace keeps things; None: until somebody deletes them."""
    with database.reading(workspace_id) as tx:
        return installs.kept_months(tx)


def keep_for(database: Database, workspace_id: int, months: int | None, now: datetime) -> None:
    """Let the workspace keep things for so many months from now on, None for ever, and write down
    that it was said. What is older goes within a day. Writes. Raises ValueError for what is no
    number of months (`is_months`)."""
    if months is not None and not is_months(months):
        raise ValueError(f"nothing is kept for {months} months")
    with database.writing(workspace_id) as tx:
        if installs.kept_months(tx) != months:
            installs.keep_for(tx, months)
            audits.record(tx, OPERATOR, "keeps things for", _said(months), now)


def portions(database: Database, workspace_id: int) -> list[Portion]:
    """What is to be looked through for what is old; nothing where all is kept."""
    with database.reading(workspace_id) as tx:
        if installs.kept_months(tx) is None:
            return []
        return _portions(tx)


def expire(
    database: Database, workspace_id: int, portion: Portion, now: datetime
) -> Portion | None:
    """Remove some of what is older than the workspace keeps things, of the first kind of that
    portion; what of the portion is still to be looked through, None for nothing. Writes."""
    kind, *others = portion.kinds
    with database.writing(workspace_id) as tx:
        months = installs.kept_months(tx)
        if months is None:
            return None
        old = retention.old(tx, kind, portion.teams, kept_at(now, months), AT_ONCE)
        if old:
            retention.remove(tx, kind, old)
    if len(old) == AT_ONCE:
        return portion
    return replace(portion, kinds=tuple(others)) if others else None


def old(database: Database, workspace_id: int, months: int, now: datetime) -> dict[Kind, int]:
    """How much there is of each kind that is older than so many months: what would go within a day
    if things were kept for so long. Kinds without any are left out."""
    kept = kept_at(now, months)
    found = dict.fromkeys(Kind, 0)
    with database.reading(workspace_id) as tx:
        whole = _portions(tx)
    for portion in whole:
        for kind in portion.kinds:
            with database.reading(workspace_id) as tx:
                found[kind] += retention.count(tx, kind, portion.teams, kept)
    return {kind: count for kind, count in found.items() if count}


def _portions(tx: Transaction) -> list[Portion]:
    ids = sorted(team.id for team in teams.all_ever(tx))
    parts: Sequence[tuple[int, ...]] = [
        tuple(ids[start : start + TEAMS_AT_ONCE]) for start in range(0, len(ids), TEAMS_AT_ONCE)
    ]
    return [*(Portion(OF_TEAMS, part) for part in parts), Portion(OF_WORKSPACE)]


def _said(months: int | None) -> str:
    return "ever" if months is None else f"{months} months"
