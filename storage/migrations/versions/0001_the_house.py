"""The house: workspaces, people, teams, touches, notes and promises."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_workspace"),
        sa.UniqueConstraint("slack_id", name="uq_workspace_slack_id"),
    )
    op.create_table(
        "audit",
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_audit_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["workspace_id", "at"], unique=False)

    op.create_table(
        "person",
        sa.Column("slack_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("bot", sa.Boolean(), nullable=False),
        sa.Column("dm_channel", sa.Text(), nullable=True),
        sa.Column(
            "refreshed_at", storage.database.types.UtcDateTime(timezone=True), nullable=False
        ),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_person_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("workspace_id", "slack_id", name="uq_person_workspace_id_slack_id"),
    )
    op.create_table(
        "posted_message",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_posted_message_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_posted_message"),
        sa.UniqueConstraint(
            "workspace_id", "channel", "ts", name="uq_posted_message_workspace_id_channel_ts"
        ),
    )
    op.create_index(
        "ix_posted_message_subject", "posted_message", ["workspace_id", "subject"], unique=False
    )

    op.create_table(
        "note",
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("text", storage.database.types.EncryptedText(), nullable=False),
        sa.Column("written_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("deleted_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_note_author_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_note_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.UniqueConstraint("workspace_id", "message", name="uq_note_workspace_id_message"),
    )
    op.create_index("ix_note_author_id", "note", ["author_id", "written_at"], unique=False)
    op.create_index("ix_note_deleted_at", "note", ["deleted_at"], unique=False)

    op.create_table(
        "team",
        sa.Column("manager_id", BIG_ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("todo_day", sa.Integer(), nullable=False),
        sa.Column("todo_time", sa.Time(), nullable=False),
        sa.Column("meeting_day", sa.Integer(), nullable=True),
        sa.Column("meeting_time", sa.Time(), nullable=True),
        sa.Column(
            "period",
            sa.Enum("month", "quarter", "trimester", name="period", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("session_ideal", sa.Integer(), nullable=False),
        sa.Column("session_latest", sa.Integer(), nullable=False),
        sa.Column("field_day_ideal", sa.Integer(), nullable=False),
        sa.Column("field_day_latest", sa.Integer(), nullable=False),
        sa.Column("contact_ideal", sa.Integer(), nullable=False),
        sa.Column("contact_latest", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["person.id"], name="fk_team_manager_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_team_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("manager_id", name="uq_team_manager_id"),
    )
    op.create_table(
        "time_off",
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_time_off_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_time_off_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_time_off"),
    )
    op.create_index("ix_time_off_person_id", "time_off", ["person_id", "starts_on"], unique=False)

    op.create_table(
        "interaction",
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
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "call",
                "email",
                "voicemail",
                "chat",
                "video",
                "in person",
                name="channel",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("private_note", storage.database.types.EncryptedText(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("deleted_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_interaction_author_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_interaction_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_interaction_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_interaction_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
        sa.UniqueConstraint("workspace_id", "form", name="uq_interaction_workspace_id_form"),
    )
    op.create_index(
        "ix_interaction_clock", "interaction", ["team_id", "rep_id", "occurred_on"], unique=False
    )
    op.create_index("ix_interaction_deleted_at", "interaction", ["deleted_at"], unique=False)

    op.create_table(
        "membership",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("first_line", sa.Text(), nullable=False),
        sa.Column(
            "introduced_at", storage.database.types.UtcDateTime(timezone=True), nullable=True
        ),
        sa.Column("session_ideal", sa.Integer(), nullable=True),
        sa.Column("session_latest", sa.Integer(), nullable=True),
        sa.Column("field_day_ideal", sa.Integer(), nullable=True),
        sa.Column("field_day_latest", sa.Integer(), nullable=True),
        sa.Column("contact_ideal", sa.Integer(), nullable=True),
        sa.Column("contact_latest", sa.Integer(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_membership_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_membership_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_membership_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    op.create_index("ix_membership_rep_id", "membership", ["rep_id"], unique=False)
    op.create_index(
        "uq_membership_open",
        "membership",
        ["team_id", "rep_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )

    op.create_table(
        "schedule",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum("todo_list", name="schedulekind", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("next_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_schedule_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_schedule_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        sa.UniqueConstraint("team_id", "kind", name="uq_schedule_team_id_kind"),
    )
    op.create_index("ix_schedule_next_at", "schedule", ["next_at"], unique=False)

    op.create_table(
        "promise",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column(
            "owner",
            sa.Enum("manager", "rep", name="owner", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("closing_words", sa.Text(), nullable=False),
        sa.Column("handed_to_id", BIG_ID, nullable=True),
        sa.Column("interaction_id", BIG_ID, nullable=True),
        sa.Column("told_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("deleted_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["handed_to_id"], ["person.id"], name="fk_promise_handed_to_id"),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_promise_interaction_id"
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_promise_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_promise_team_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_promise_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sa.UniqueConstraint("workspace_id", "form", name="uq_promise_workspace_id_form"),
    )
    op.create_index("ix_promise_deleted_at", "promise", ["deleted_at"], unique=False)
    op.create_index("ix_promise_interaction_id", "promise", ["interaction_id"], unique=False)
    op.create_index("ix_promise_rep_id", "promise", ["rep_id", "team_id"], unique=False)
    op.create_index("ix_promise_team_id", "promise", ["team_id"], unique=False)
