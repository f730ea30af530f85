"""What whoever manages a team now may read of what was said in its sessions and field days: their
own words, and what was shared with the rep. What an earlier manager wrote and never shared stays
with that manager; that the contact happened, where it went and what was heard there is the team's.
"""

from typing import Any

from sqlalchemy import ColumnElement, Label, and_, case, or_, select

from bot.domain.contacts.interactions import InteractionKind
from storage.database.statements import WORKSPACE
from storage.models import Interaction as Contact
from storage.models import Sharing as SharingRow
from storage.models import Team as TeamRow


def is_managed_by(team: Any, person: Any, *rows: Any) -> ColumnElement[bool]:
    """The team of that column goes on, and is managed now by who is in the other: columns of those
    tables or aliases."""
    return (
        select(TeamRow.id)
        .where(
            TeamRow.workspace_id == WORKSPACE,
            TeamRow.id == team,
            TeamRow.manager_id == person,
            TeamRow.joined_to_id.is_(None),
        )
        .correlate(*rows)
        .exists()
    )


def by_its_manager(row: Any) -> ColumnElement[bool]:
    """Who wrote what that table or alias holds manages its team now, which goes on."""
    return is_managed_by(row.team_id, row.author_id, row)


def is_shared(contact: Any, row: Any) -> ColumnElement[bool]:
    """The rep whom `row`, a table or alias, is about has read the contact of that column."""
    return (
        select(SharingRow.id)
        .where(
            SharingRow.workspace_id == WORKSPACE,
            SharingRow.interaction_id == contact,
            SharingRow.rep_id == row.rep_id,
            SharingRow.ended_at.is_(None),
        )
        .correlate(row)
        .exists()
    )


def is_date_shared(contact: Any) -> ColumnElement[bool]:
    """What that contact, a table or alias, says of a date at an account is for whoever manages the
    team later: what was heard in a visit is the team's, and a plan the rep's who has read it."""
    return or_(contact.kind != InteractionKind.SESSION, is_shared(contact.id, contact))


def kept_is_readable(row: Any) -> ColumnElement[bool]:
    """The same rule for what outlived its session or field day: `row` says who wrote it, and
    whether it was shared."""
    return or_(row.shared, by_its_manager(row))


BY_ITS_MANAGER = by_its_manager(Contact)
IS_SHARED = is_shared(Contact.id, Contact)
IS_READABLE: ColumnElement[bool] = or_(BY_ITS_MANAGER, IS_SHARED)
"""Of every statement that reads such words for the manager of the team; `Contact` is among what it
selects from."""
IS_DATE_SHARED = is_date_shared(Contact)
IS_DATE_READABLE: ColumnElement[bool] = or_(IS_DATE_SHARED, BY_ITS_MANAGER)
"""The same of every statement that reads account dates for the manager of the team."""
IS_WITHHELD = and_(Contact.kind != InteractionKind.TOUCH, ~IS_READABLE).label("is_withheld")
"""There are words of an earlier manager's in it that are not for whoever manages the team now."""


def where_readable(column: Any, otherwise: Any = "") -> Label[Any]:
    """That column, under its own name, for who may read it; for anyone else `otherwise`."""
    return case((IS_READABLE, column), else_=otherwise).label(column.key)
