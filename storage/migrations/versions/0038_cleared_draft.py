"""Of whom its manager said that a line for the team does not mean them."""

import sqlalchemy as sa
from alembic import op

revision = "0038_cleared_draft"
down_revision = "0037_cleared"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cleared", sa.Column("fine_for", sa.Text(), server_default="", nullable=False))
