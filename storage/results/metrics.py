"""What teams count."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import BigInteger, Text, bindparam, select, update

from bot.domain.results.results import Metric, MetricKind, metric_key
from bot.domain.workspaces.names import in_order
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Metric as Row

COLUMNS = (Row.name, Row.kind, Row.better, Row.unit, Row.chosen)

OF_TEAMS = select(Row.id, Row.team_id, Row.key, *COLUMNS).where(
    Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG)
)

CHOOSE = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team", type_=BigInteger),
        Row.kind == MetricKind.LAGGING,
    )
    .values(chosen=Row.key.in_(bindparam("keys", type_=Text, expanding=True)))
)

_metric = reader(Metric, "name", "kind", "better", "unit", "chosen")


def of_teams(tx: Transaction, team_ids: Sequence[int]) -> dict[int, list[Metric]]:
    """What those teams count, by name; a team that counts nothing is left out."""
    found: dict[int, list[Metric]] = {}
    for row in tx.all_among(OF_TEAMS, team_ids):
        found.setdefault(row.team_id, []).append(_metric(row))
    return {
        team: sorted(own, key=lambda metric: in_order(metric.name)) for team, own in found.items()
    }


def ids_of(tx: Transaction, team_ids: Sequence[int]) -> dict[tuple[int, str], int]:
    """The ids of those teams' metrics, by team and `metric_key`."""
    return {(row.team_id, row.key): row.id for row in tx.all_among(OF_TEAMS, team_ids)}


def save(tx: Transaction, metrics: Mapping[int, Sequence[Metric]]) -> None:
    """Let those teams count these metrics: what is there under the same name is as it is said now,
    its readings stay. Writes."""
    rows = [
        {
            "team_id": team_id,
            "key": metric_key(metric.name),
            "name": metric.name,
            "kind": metric.kind,
            "better": metric.better,
            "unit": metric.unit,
        }
        for team_id, own in metrics.items()
        for metric in own
    ]
    tx.upsert(Row, rows, key=("team_id", "key"))


def choose(tx: Transaction, team_id: int, keys: Collection[str]) -> None:
    """Of a team's lagging metrics let those (`metric_key`) warn early, and no other; of a key that
    is none of them nothing comes. Writes."""
    tx.run(CHOOSE, team=team_id, keys=list(keys))
