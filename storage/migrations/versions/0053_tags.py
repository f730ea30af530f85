"""Of a note of the market that came along with a rep: whether it was given other tags there."""

import sqlalchemy as sa
from alembic import op

revision = "0053_tags"
down_revision = "0051_period_page"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "market_note",
        sa.Column("own_tags", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
