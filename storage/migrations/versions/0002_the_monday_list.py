"""The Monday list: slots, issues of the day, deliveries."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("todo_list", "todo_turn", name="schedulekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("due_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "unknown",
                "sent",
                "failed",
                "expired",
                "not_needed",
                name="deliverystate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("try_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("tried_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.Float(precision=53), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("reader_id", BIG_ID, nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name="fk_delivery_reader_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_delivery_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_delivery_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("team_id", "kind", "due_at", name="uq_delivery_team_id_kind_due_at"),
    )
    op.create_index(
        "ix_delivery_open",
        "delivery",
        ["try_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('pending', 'sending', 'unknown')"),
        postgresql_where=sa.text("state IN ('pending', 'sending', 'unknown')"),
    )

    op.create_table(
        "issue_of_the_day",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_issue_of_the_day_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_issue_of_the_day_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issue_of_the_day"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_issue_of_the_day_form_workspace_id"),
    )
    op.create_index(
        "ix_issue_of_the_day_team_id", "issue_of_the_day", ["team_id", "ends_on"], unique=False
    )

    op.create_table(
        "todo_list",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("made_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_todo_list_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_todo_list_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_todo_list"),
        sa.UniqueConstraint("team_id", "monday", name="uq_todo_list_team_id_monday"),
    )
    op.create_table(
        "slot",
        sa.Column("todo_list_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "promise_owed",
                "raised",
                "rep_promise",
                "welcome_back",
                "new_on_team",
                "promise_kept",
                "issue_of_the_day",
                "first_line",
                "open_question",
                name="reasonkind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("not_this_week", sa.Text(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_slot_rep_id"),
        sa.ForeignKeyConstraint(["todo_list_id"], ["todo_list.id"], name="fk_slot_todo_list_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_slot_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        sa.UniqueConstraint("todo_list_id", "rep_id", name="uq_slot_todo_list_id_rep_id"),
    )
    for table, column in (("interaction", "form"), ("promise", "form"), ("note", "message")):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(f"uq_{table}_workspace_id_{column}", type_="unique")
            batch_op.create_unique_constraint(
                f"uq_{table}_{column}_workspace_id", [column, "workspace_id"]
            )
        op.drop_index(f"ix_{table}_deleted_at", table)
        op.create_index(
            f"ix_{table}_deleted_at",
            table,
            ["deleted_at"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NOT NULL"),
            postgresql_where=sa.text("deleted_at IS NOT NULL"),
        )
    op.create_index("ix_membership_team_id", "membership", ["team_id"], unique=False)
    op.create_index("ix_interaction_week", "interaction", ["team_id", "occurred_on"], unique=False)
    with op.batch_alter_table("posted_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reader_id", BIG_ID, nullable=True))
        batch_op.add_column(sa.Column("leased_until", sa.Float(precision=53), nullable=True))
        batch_op.create_index(
            "ix_posted_message_behind",
            ["workspace_id", "id"],
            unique=False,
            sqlite_where=sa.text("shown_version < wanted_version"),
            postgresql_where=sa.text("shown_version < wanted_version"),
        )
        batch_op.create_foreign_key("fk_posted_message_reader_id", "person", ["reader_id"], ["id"])

    op.create_index("ix_promise_kept_on", "promise", ["team_id", "kept_on"], unique=False)
    op.create_index(
        "ix_promise_open",
        "promise",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("kept_on IS NULL AND dropped_on IS NULL AND deleted_at IS NULL"),
        postgresql_where=sa.text("kept_on IS NULL AND dropped_on IS NULL AND deleted_at IS NULL"),
    )

    with op.batch_alter_table("time_off", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stand_in_id", BIG_ID, nullable=True))
        batch_op.create_foreign_key("fk_time_off_stand_in_id", "person", ["stand_in_id"], ["id"])
