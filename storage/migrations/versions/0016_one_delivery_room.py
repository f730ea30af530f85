"""What is due can be put off; subjects begin with the kind of message, and what nobody draws is
kept no more."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

RENAMED = {"todo": "todo_list", "meeting": "meeting_agenda"}


def upgrade() -> None:
    for table, column in (("schedule", "due_at"), ("posted_message", "try_at")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(
                sa.Column(column, storage.database.types.UtcDateTime(timezone=True), nullable=True)
            )
            batch.add_column(
                sa.Column("attempts", sa.Integer(), server_default="0", nullable=False)
            )
    for table in ("posted_message", "delivery"):
        for before, after in RENAMED.items():
            op.execute(
                f"UPDATE {table} SET subject = '{after}' || substr(subject, {len(before) + 1}) "
                f"WHERE subject LIKE '{before}:%'"
            )
    op.execute("DELETE FROM posted_message WHERE subject LIKE 'touch:%'")
