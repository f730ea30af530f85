"""The first weeks of a rep who is new: a team's steps, and the promises that they became."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0021_ramp"
down_revision = "0020_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "membership",
        sa.Column("new_on_team", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("promise", sa.Column("ramp_day", sa.Integer(), nullable=True))
    op.create_table(
        "ramp_step",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column(
            "owner",
            sa.Enum("manager", "rep", name="owner", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("usual", sa.Integer(), nullable=True),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_ramp_step_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_ramp_step_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ramp_step"),
        sa.UniqueConstraint("team_id", "usual", name="uq_ramp_step_team_id_usual"),
    )
    op.create_table(
        "laid_step",
        sa.Column("membership_id", BIG_ID, nullable=False),
        sa.Column("step_id", BIG_ID, nullable=False),
        sa.Column("promise_id", BIG_ID, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name="fk_laid_step_membership_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["step_id"], ["ramp_step.id"], name="fk_laid_step_step_id"),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["promise.id"], name="fk_laid_step_promise_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_laid_step_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_laid_step"),
        sa.UniqueConstraint(
            "membership_id",
            "step_id",
            "workspace_id",
            name="uq_laid_step_membership_id_step_id_workspace_id",
        ),
    )
    op.create_index("ix_laid_step_promise_id", "laid_step", ["promise_id"], unique=False)
