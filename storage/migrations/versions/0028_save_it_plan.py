"""Save-it plans: what a manager and a rep will do to save a period that is in question."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0028_save_it_plan"
down_revision = "0027_director"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "save_it_plan",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("metric_id", BIG_ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("a_week", sa.Integer(), nullable=False),
        sa.Column("leading", sa.Text(), nullable=False),
        sa.Column("helper", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("check_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("helped", sa.Text(), server_default="", nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_save_it_plan_team_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_save_it_plan_rep_id"),
        sa.ForeignKeyConstraint(["metric_id"], ["metric.id"], name="fk_save_it_plan_metric_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_save_it_plan_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_save_it_plan"),
        sa.UniqueConstraint(
            "metric_id", "rep_id", "starts_on", name="uq_save_it_plan_metric_id_rep_id_starts_on"
        ),
    )
    op.create_index("ix_save_it_plan_team_id", "save_it_plan", ["team_id"])
    op.create_index("ix_save_it_plan_rep_id", "save_it_plan", ["rep_id"])
    op.create_table(
        "save_it_step",
        sa.Column("plan_id", BIG_ID, nullable=False),
        sa.Column("promise_id", BIG_ID, nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["save_it_plan.id"], name="fk_save_it_step_plan_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name="fk_save_it_step_promise_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_save_it_step_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_save_it_step"),
        sa.UniqueConstraint("promise_id", name="uq_save_it_step_promise_id"),
    )
    op.create_index("ix_save_it_step_plan_id", "save_it_step", ["plan_id"])
