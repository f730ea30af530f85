"""What reps said to an issue of the day, and that its round-up was opened."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0035_issue_answer"
down_revision = "0034_account_date"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "issue_of_the_day",
        sa.Column("seen", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "issue_answer",
        sa.Column("issue_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("not_so_on", sa.Date(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["issue_id"],
            ["issue_of_the_day.id"],
            name="fk_issue_answer_issue_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_issue_answer_rep_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_issue_answer_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issue_answer"),
        sa.UniqueConstraint("issue_id", "rep_id", name="uq_issue_answer_issue_id_rep_id"),
    )
    op.create_index("ix_issue_answer_rep_id", "issue_answer", ["rep_id"])
