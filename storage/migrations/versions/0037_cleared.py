"""What the team is told of what was raised and is done, and what whoever raised it says to that."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0037_cleared"
down_revision = "0036_pairing"
branch_labels = None
depends_on = None

ANSWER = sa.Enum("yes", "no", name="clearedanswer", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "cleared",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("promise_id", BIG_ID, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked", sa.Boolean(), nullable=False),
        sa.Column("answer", ANSWER, nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_cleared_team_id"),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name="fk_cleared_promise_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_cleared_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cleared"),
    )
    op.create_index("ix_cleared_team_id", "cleared", ["team_id", "month"])
    op.create_index("ix_cleared_promise_id", "cleared", ["promise_id"])
