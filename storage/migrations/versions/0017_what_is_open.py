"""What is to come and what is still open is found without reading all there ever was."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DONE = sa.text("done_in IS NOT NULL")
OPEN = sa.text("done_in IS NULL AND dropped_at IS NULL")
TO_COME = sa.text("closed_at IS NULL AND dropped IS NULL")


def upgrade() -> None:
    op.drop_index("ix_agenda_item_done_in", "agenda_item")
    op.create_index(
        "ix_agenda_item_done_in",
        "agenda_item",
        ["done_in"],
        sqlite_where=DONE,
        postgresql_where=DONE,
    )
    op.create_index(
        "ix_agenda_item_open", "agenda_item", ["team_id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index(
        "ix_meeting_to_come", "meeting", ["team_id"], sqlite_where=TO_COME, postgresql_where=TO_COME
    )
    op.create_index("ix_meeting_leader_id", "meeting", ["team_id", "leader_id", "day"])
