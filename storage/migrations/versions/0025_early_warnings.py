"""Whether a team is warned early by results too, and not by what people do alone."""

import sqlalchemy as sa
from alembic import op

revision = "0025_early_warnings"
down_revision = "0024_results"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "team",
        sa.Column("warned_by_results", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
