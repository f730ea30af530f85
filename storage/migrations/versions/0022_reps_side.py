"""What reps raise and ask for themselves, the line about it, and thanks in the channel."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0022_reps_side"
down_revision = "0021_ramp"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("promise", sa.Column("raised_at", UtcDateTime(), nullable=True))
    op.add_column("promise", sa.Column("time_after", BIG_ID, nullable=True))
    op.add_column(
        "team", sa.Column("raised_line", sa.Boolean(), server_default=sa.true(), nullable=False)
    )
    op.add_column(
        "membership",
        sa.Column(
            "thanks",
            sa.Enum("welcome", "between_us", name="thanks", native_enum=False, length=20),
            nullable=True,
        ),
    )
    op.add_column("slot", sa.Column("thanked_on", sa.Date(), nullable=True))
