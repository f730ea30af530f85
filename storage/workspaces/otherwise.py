"""What a rep remembers otherwise, beside every text of the contact that it is about."""

from sqlalchemy import case, select

from storage.database.statements import WORKSPACE
from storage.models import Interaction as Contact
from storage.models import Sharing as Row

BESIDE = case((Row.objection_beside, Row.objection))
"""Whoever reads the text reads what its rep wants to stand beside it; nobody has to ask for it."""

OTHERWISE = (
    select(BESIDE)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.interaction_id == Contact.id,
        Row.rep_id == Contact.rep_id,
        Row.ended_at.is_(None),
    )
    .correlate(Contact)
    .scalar_subquery()
    .label("otherwise")
)
"""A column of every statement that reads a text of a session or field day to quote it by itself;
None where nothing is beside it. What reads a contact whole reads its `sharing` too."""
