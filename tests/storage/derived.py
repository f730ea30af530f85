"""What stands now, worked out by hand from all the rows of sessions and visits that are there."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, bindparam, select

from bot.domain.accounts.accounts import people_named
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.workspaces.names import fold
from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import (
    Acquaintance,
    Director,
    FieldDay,
    Interaction,
    MarketNote,
    Plan,
    SessionTopic,
    Sharing,
    Team,
    Topic,
    Visit,
)

# Each is asked at the end of every scenario.
SAID_IN_SESSIONS = (
    select(Interaction, SessionTopic.plan, SessionTopic.changed, SessionTopic.progress)
    .add_columns(Topic.key, Team.manager_id, Sharing.id.label("sharing_id"))
    .join(Team, Team.id == Interaction.team_id)
    .outerjoin(
        Sharing,
        and_(
            Sharing.interaction_id == Interaction.id,
            Sharing.rep_id == Interaction.rep_id,
            Sharing.ended_at.is_(None),
        ),
    )
    .join(SessionTopic, SessionTopic.interaction_id == Interaction.id)
    .join(Topic, Topic.id == SessionTopic.topic_id)
    .where(
        Interaction.workspace_id == WORKSPACE,
        Interaction.deleted_at.is_(None),
        Interaction.id != bindparam("but"),
    )
)
PLANS = select(Plan).where(Plan.workspace_id == WORKSPACE, Plan.stands)
VISITS = (
    select(Interaction, Visit.account_id, Visit.people)
    .join(Visit, Visit.interaction_id == Interaction.id)
    .where(Interaction.workspace_id == WORKSPACE, Interaction.deleted_at.is_(None))
)
ACQUAINTANCES = select(Acquaintance).where(Acquaintance.workspace_id == WORKSPACE)

PlanKey = tuple[int, int, str]
Said = tuple[date, int | None, str, str]
KnownKey = tuple[int, int, str]
Since = tuple[date, bool]


def plans_said(tx: Transaction, *contacts: int, but: int = 0) -> dict[PlanKey, Said]:
    """By team, rep and topic what the last session says of it that whoever manages the team may
    read; of those contacts alone where any are named, and without `but`."""
    found: dict[PlanKey, Said] = {}
    for row in tx.execute(SAID_IN_SESSIONS, {"but": but}):
        at = row.team_id, row.rep_id, row.key
        if row.author_id != row.manager_id and row.sharing_id is None:
            continue
        said = (row.occurred_on, row.id, row.plan, row.changed if row.progress else "")
        if (not contacts or row.id in contacts) and (at not in found or said > found[at]):
            found[at] = said
    return found


def plans_kept(tx: Transaction) -> dict[PlanKey, Said]:
    """What the rows say that stand."""
    return {
        (row.team_id, row.rep_id, row.key): (
            row.agreed_on,
            row.interaction_id,
            row.text,
            row.progress,
        )
        for row in tx.execute(PLANS)
    }


def known_said(tx: Transaction, *contacts: int) -> dict[KnownKey, Since]:
    """By account, person of ours and whom they know ("": they were there), since when, and whether
    as a rep."""
    found: dict[KnownKey, Since] = {}
    for row in tx.execute(VISITS):
        if contacts and row.id not in contacts:
            continue
        for whom in ("", *map(fold, people_named(row.people))):
            for ours, as_rep in ((row.rep_id, True), (row.author_id, False)):
                together(found, (row.account_id, ours, whom), (row.occurred_on, as_rep))
    return found


def together(found: dict[KnownKey, Since], at: KnownKey, since: Since) -> None:
    """Both are known: since the earlier."""
    day, as_rep = found.get(at, since)
    found[at] = min(day, since[0]), as_rep or since[1]


def known_kept(tx: Transaction) -> dict[KnownKey, Since]:
    """What the rows say."""
    return {
        (row.account_id, row.person_id, row.key): (row.since, row.as_rep)
        for row in tx.execute(ACQUAINTANCES)
    }


def lines_said(tx: Transaction) -> dict[int, int]:
    """How many lines of the market each field day's box says, by contact."""
    return {
        row.interaction_id: len([line for line in row.market.splitlines() if line.strip()])
        for row in tx.connection.execute(
            select(FieldDay.interaction_id, FieldDay.market).where(
                FieldDay.workspace_id == tx.workspace_id, FieldDay.market != ""
            )
        )
    }


def lines_kept(tx: Transaction) -> dict[int, int]:
    """How many notes there are of each field day, each on its day and with its rep."""
    found: dict[int, int] = {}
    for row in tx.connection.execute(
        select(MarketNote.interaction_id, MarketNote.heard_on, MarketNote.rep_id)
        .add_columns(Interaction.occurred_on, Interaction.rep_id.label("with_id"), Interaction.kind)
        .join(Interaction, Interaction.id == MarketNote.interaction_id)
        .where(MarketNote.workspace_id == tx.workspace_id)
    ):
        assert (row.heard_on, row.rep_id) == (row.occurred_on, row.with_id)
        if row.kind is InteractionKind.FIELD_DAY:
            found[row.interaction_id] = found.get(row.interaction_id, 0) + 1
    return found


def check_standing(database: Database, workspace_id: int) -> None:
    """That the rows of what stands now are what all sessions and visits say, and the notes of the
    market what was heard; where nothing but what was deleted is gone for good."""
    with database.reading(workspace_id) as tx:
        assert plans_kept(tx) == plans_said(tx)
        assert known_kept(tx) == known_said(tx)
        assert lines_kept(tx) == lines_said(tx)


def check_sharing(database: Database, workspace_id: int) -> None:
    """That nothing is left of what somebody shared who does not manage the team any more: it would
    go on where the team came back to them."""
    with database.reading(workspace_id) as tx:
        left = select(Director.team_id).join(Team, Team.id == Director.team_id)
        left = left.where(
            Director.workspace_id == tx.workspace_id, Director.shared_by_id != Team.manager_id
        )
        assert tx.connection.execute(left).all() == []


def later(*found: dict[PlanKey, Said]) -> dict[PlanKey, Said]:
    """Of each topic what was said last; of one day, what was named first here."""
    whole: dict[PlanKey, Said] = {}
    for at, said in _items(found):
        if at not in whole or said[0] > whole[at][0]:
            whole[at] = said
    return whole


def _items(found: Iterable[dict[PlanKey, Said]]) -> Iterable[tuple[PlanKey, Said]]:
    return (item for one in found for item in one.items())
