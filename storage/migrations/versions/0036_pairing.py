"""One rep shows another what they are good at: who is asked, and what it was found in."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0036_pairing"
down_revision = "0035_issue_answer"
branch_labels = None
depends_on = None

KIND = sa.Enum("take", "learn", "show", name="swapkind", native_enum=False, length=20)
IS_PAIR = sa.text("other_id IS NOT NULL")


def upgrade() -> None:
    with op.batch_alter_table("swap") as batch:
        batch.add_column(sa.Column("kind", KIND, server_default="take", nullable=False))
        batch.add_column(sa.Column("other_id", BIG_ID, nullable=True))
        batch.add_column(sa.Column("skill", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("strength_id", BIG_ID, nullable=True))
        batch.add_column(sa.Column("focus_id", BIG_ID, nullable=True))
        batch.create_foreign_key("fk_swap_other_id", "person", ["other_id"], ["id"])
        for name in ("strength_id", "focus_id"):
            batch.create_foreign_key(
                f"fk_swap_{name}", "interaction", [name], ["id"], ondelete="SET NULL"
            )
    op.create_index(
        "ix_swap_pairs", "swap", ["team_id"], sqlite_where=IS_PAIR, postgresql_where=IS_PAIR
    )
    op.create_index("ix_swap_strength_id", "swap", ["strength_id"])
    op.create_index("ix_swap_focus_id", "swap", ["focus_id"])
