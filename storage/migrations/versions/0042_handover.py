"""A team or a rep passes to another manager: what is offered, and since when a team is whose."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0042_handover"
down_revision = "0041_retention"
branch_labels = None
depends_on = None

STATE = sa.Enum(
    *("offered", "waits", "taken", "declined", "withdrawn"),
    name="handoverstate",
    native_enum=False,
    length=20,
)
WHOLE_TEAM = sa.text("rep_id IS NULL AND state IN ('offered', 'waits')")
ONE_REP = sa.text("rep_id IS NOT NULL AND state IN ('offered', 'waits')")


def upgrade() -> None:
    with op.batch_alter_table("team") as batch:
        batch.add_column(sa.Column("led_since", UtcDateTime(), nullable=True))
    with op.batch_alter_table("plan") as batch:
        batch.add_column(sa.Column("author_id", BIG_ID, nullable=True))
        batch.create_foreign_key("fk_plan_author_id", "person", ["author_id"], ["id"])
    # No team has passed on yet: what is kept of a session was written by whoever manages it.
    op.execute(
        "UPDATE plan SET author_id = (SELECT manager_id FROM team WHERE team.id = plan.team_id) "
        "WHERE kept"
    )
    op.create_table(
        "handover",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=True),
        sa.Column("from_id", BIG_ID, nullable=False),
        sa.Column("to_id", BIG_ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("offered_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_handover_team_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_handover_rep_id"),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name="fk_handover_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name="fk_handover_to_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_handover_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_handover"),
    )
    op.create_index("ix_handover_team_id", "handover", ["team_id"])
    op.create_index("ix_handover_to_id", "handover", ["to_id"])
    for name, columns, where in (
        ("uq_handover_team", ["team_id"], WHOLE_TEAM),
        ("uq_handover_rep", ["team_id", "rep_id"], ONE_REP),
    ):
        op.create_index(
            name, "handover", columns, unique=True, sqlite_where=where, postgresql_where=where
        )
