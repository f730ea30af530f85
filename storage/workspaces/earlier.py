"""Whose session or field day it was, where that is not who manages the team now."""

from sqlalchemy import select

from bot.domain.contacts.interactions import InteractionKind
from storage.database.statements import WORKSPACE
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Team as TeamRow

EARLIER = (
    select(PersonRow.name)
    .join_from(PersonRow, TeamRow, TeamRow.manager_id != PersonRow.id)
    .where(
        TeamRow.workspace_id == WORKSPACE,
        TeamRow.id == Contact.team_id,
        PersonRow.id == Contact.author_id,
        Contact.kind != InteractionKind.TOUCH,
    )
    .correlate(Contact)
    .scalar_subquery()
    .label("earlier")
)
"""The name of the earlier manager who held it: it came along with the rep, or the team passed on.
None for what is of the team's manager, and for touches, which who stands in has too."""
