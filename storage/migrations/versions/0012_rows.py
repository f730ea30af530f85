"""What a manager says in the rows of a list, and the line each morning."""

import sqlalchemy as sa
from alembic import op

revision = "0012_rows"
down_revision = "0011_by_hand"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "slot",
        sa.Column(
            "answer",
            sa.Enum("kept", "still_open", name="slotanswer", native_enum=False, length=20),
            nullable=True,
        ),
    )
    op.add_column("slot", sa.Column("next_time", sa.Text(), server_default="", nullable=False))
    op.add_column(
        "team", sa.Column("morning_line", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
