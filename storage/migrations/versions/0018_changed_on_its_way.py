"""That what a message shows has changed while it was on its way."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(
            sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
