"""What a manager chose in a slot by hand: the reason, the day."""

import sqlalchemy as sa
from alembic import op

revision = "0011_by_hand"
down_revision = "0010_unanswered"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("picked", "moved"):
        op.add_column(
            "slot", sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
