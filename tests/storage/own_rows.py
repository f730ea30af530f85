"""What tests look up or put in place behind the product's back, in the workspace that asks."""

from typing import Any

from sqlalchemy import Select, delete, select, update

from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models.base import OfWorkspace


def select_own(model: type[OfWorkspace], *columns: Any) -> Select[*tuple[Any, ...]]:
    """A select of `columns` (all, when none are named) of that table."""
    chosen = columns or tuple(model.__table__.c)  # type: ignore[attr-defined]
    return select(*chosen).where(model.workspace_id == WORKSPACE)


def update_own(tx: Transaction, model: type[OfWorkspace], *conditions: Any, **values: Any) -> None:
    """Set those columns, by their names, where the conditions are met."""
    tx.run(update(model).where(model.workspace_id == WORKSPACE, *conditions).values(**values))


def delete_own(tx: Transaction, model: type[OfWorkspace]) -> None:
    """Empty that table."""
    tx.run(delete(model).where(model.workspace_id == WORKSPACE))
