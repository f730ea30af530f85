"""Of a note of the market that came along with a rep: whether it was given other tags there, and by
what it was first it is found."""

import sqlalchemy as sa
from alembic import op

revision = "0053_tags"
down_revision = "0051_period_page"
branch_labels = None
depends_on = None

HAS_ORIGIN = sa.text("origin_id IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "market_note",
        sa.Column("own_tags", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_market_note_origin_id",
        "market_note",
        ["origin_id"],
        sqlite_where=HAS_ORIGIN,
        postgresql_where=HAS_ORIGIN,
    )
