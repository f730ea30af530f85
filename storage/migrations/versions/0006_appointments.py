"""Appointments: planned sessions and field days, and messages about one thing of a team."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointment",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "touch",
                "session",
                "field_day",
                name="interactionkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("after_contact", BIG_ID, nullable=False),
        sa.Column("dropped_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_appointment_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_appointment_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_appointment_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_team_id", "appointment", ["team_id", "day"], unique=False)
    op.create_index("ix_appointment_rep_id", "appointment", ["rep_id", "team_id"], unique=False)
    op.create_table(
        "preparation",
        sa.Column("appointment_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["appointment_id"], ["appointment.id"], name="fk_preparation_appointment_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_preparation_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_preparation"),
        sa.UniqueConstraint("appointment_id", "key", name="uq_preparation_appointment_id_key"),
    )
    with op.batch_alter_table("schedule") as batch:
        batch.add_column(sa.Column("item", BIG_ID, nullable=False, server_default="0"))
        batch.drop_constraint("uq_schedule_team_id_kind", type_="unique")
        batch.create_unique_constraint("uq_schedule_team_id_kind_item", ["team_id", "kind", "item"])
    # A table that is rebuilt loses what makes an index partial.
    op.drop_index("ix_delivery_open", table_name="delivery")
    with op.batch_alter_table("delivery") as batch:
        batch.add_column(sa.Column("item", BIG_ID, nullable=False, server_default="0"))
        batch.drop_constraint("uq_delivery_team_id_kind_due_at", type_="unique")
        batch.create_unique_constraint(
            "uq_delivery_team_id_kind_item_due_at", ["team_id", "kind", "item", "due_at"]
        )
    is_open = sa.text("state IN ('pending', 'sending', 'unknown')")
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["try_at"],
        unique=False,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
