"""Field days that are half written down have a draft too, without topics."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draft") as batch:
        batch.alter_column("topic_set_id", existing_type=sa.BigInteger(), nullable=True)
