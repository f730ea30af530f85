"""A rep moves to another team, and what a later manager reads goes along."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0043_moves"
down_revision = "0042_handover"
branch_labels = None
depends_on = None

HAS_ORIGIN = sa.text("origin_id IS NOT NULL")


def upgrade() -> None:
    # No keys: SQLite would have to make this table anew, and half of all rows hang on it.
    op.add_column("interaction", sa.Column("origin_id", BIG_ID, nullable=True))
    op.add_column("interaction", sa.Column("moved_to_id", BIG_ID, nullable=True))
    with op.batch_alter_table("promise") as batch:
        batch.add_column(sa.Column("origin_id", BIG_ID, nullable=True))
        batch.add_column(sa.Column("moved_to_id", BIG_ID, nullable=True))
        batch.add_column(sa.Column("noted_by_id", BIG_ID, nullable=True))
        batch.create_foreign_key("fk_promise_noted_by_id", "person", ["noted_by_id"], ["id"])
    op.create_index(
        "ix_interaction_origin_id",
        "interaction",
        ["origin_id"],
        sqlite_where=HAS_ORIGIN,
        postgresql_where=HAS_ORIGIN,
    )
    op.add_column("market_note", sa.Column("origin_id", BIG_ID, nullable=True))
    op.create_table(
        "move",
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("from_id", BIG_ID, nullable=False),
        sa.Column("to_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_move_rep_id"),
        sa.ForeignKeyConstraint(["from_id"], ["team.id"], name="fk_move_from_id"),
        sa.ForeignKeyConstraint(["to_id"], ["team.id"], name="fk_move_to_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_move_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_move"),
        sa.UniqueConstraint(
            "rep_id", "from_id", "to_id", "day", name="uq_move_rep_id_from_id_to_id_day"
        ),
    )
    op.create_index("ix_move_to_id", "move", ["to_id"])
