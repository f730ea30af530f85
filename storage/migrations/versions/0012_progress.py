"""Progress named in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("session_topic") as batch:
        batch.add_column(
            sa.Column("progress", sa.Boolean(), nullable=False, server_default=sa.false())
        )
