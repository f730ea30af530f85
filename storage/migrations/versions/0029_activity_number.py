"""The number a week of a save-it plan: what its rep says of each week, and that they are not asked
any more."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0029_activity_number"
down_revision = "0028_save_it_plan"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "save_it_plan",
        sa.Column("asks_ended", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "save_it_answer",
        sa.Column("plan_id", BIG_ID, nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["save_it_plan.id"], name="fk_save_it_answer_plan_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_save_it_answer_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_save_it_answer"),
        sa.UniqueConstraint("plan_id", "monday", name="uq_save_it_answer_plan_id_monday"),
    )
