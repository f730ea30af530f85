"""Accounts that pass from one rep to another."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transition",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("leaves_id", BIG_ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("takes_over_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_transition"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_transition_workspace_id"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_transition_team_id"),
        sa.ForeignKeyConstraint(["leaves_id"], ["person.id"], name="fk_transition_leaves_id"),
        sa.ForeignKeyConstraint(
            ["takes_over_id"], ["person.id"], name="fk_transition_takes_over_id"
        ),
        sa.UniqueConstraint(
            "team_id", "leaves_id", "account", name="uq_transition_team_id_leaves_id_account"
        ),
    )
