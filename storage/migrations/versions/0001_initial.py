"""Every table, as the first release has it."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import EncryptedText, UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001_initial"
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
        sa.Column("at", UtcDateTime(), nullable=False),
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
        sa.Column("updated", BIG_ID, nullable=True),
        sa.Column("refreshed_at", UtcDateTime(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_person_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("workspace_id", "slack_id", name="uq_person_workspace_id_slack_id"),
    )

    op.create_table(
        "note",
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("text", EncryptedText(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_note_author_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_note_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.UniqueConstraint("message", "workspace_id", name="uq_note_message_workspace_id"),
    )
    op.create_index("ix_note_author_id", "note", ["author_id", "written_at"], unique=False)
    op.create_index(
        "ix_note_deleted_at",
        "note",
        ["deleted_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )

    op.create_table(
        "posted_message",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("wanted_version", sa.Integer(), nullable=False),
        sa.Column("shown_version", sa.Integer(), nullable=False),
        sa.Column("reader_id", BIG_ID, nullable=True),
        sa.Column("leased_until", sa.Float(precision=53), nullable=True),
        sa.Column("try_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name="fk_posted_message_reader_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_posted_message_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_posted_message"),
        sa.UniqueConstraint(
            "workspace_id", "channel", "ts", name="uq_posted_message_workspace_id_channel_ts"
        ),
    )
    op.create_index(
        "ix_posted_message_behind",
        "posted_message",
        ["workspace_id", "id"],
        unique=False,
        sqlite_where=sa.text("shown_version < wanted_version"),
        postgresql_where=sa.text("shown_version < wanted_version"),
    )
    op.create_index(
        "ix_posted_message_subject", "posted_message", ["workspace_id", "subject"], unique=False
    )

    op.create_table(
        "team",
        sa.Column("manager_id", BIG_ID, nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("todo_day", sa.Integer(), nullable=False),
        sa.Column("todo_time", sa.Time(), nullable=False),
        sa.Column("meeting_days", sa.Text(), server_default="", nullable=False),
        sa.Column("meeting_time", sa.Time(), nullable=True),
        sa.Column("meeting_every", sa.Integer(), server_default="1", nullable=False),
        sa.Column("meeting_from", sa.Date(), server_default="2026-01-05", nullable=False),
        sa.Column("meeting_minutes", sa.Integer(), server_default="45", nullable=False),
        sa.Column("meeting_place", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "on_holiday",
            sa.Enum("moved", "skipped", "held", name="onholiday", native_enum=False, length=20),
            server_default="moved",
            nullable=False,
        ),
        sa.Column("meeting_lead", sa.Integer(), server_default="60", nullable=False),
        sa.Column("sections", sa.Text(), nullable=True),
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
        sa.Column("created_at", UtcDateTime(), nullable=False),
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
        sa.Column("stand_in_id", BIG_ID, nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_time_off_person_id"),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name="fk_time_off_stand_in_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_time_off_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_time_off"),
    )
    op.create_index("ix_time_off_person_id", "time_off", ["person_id", "starts_on"], unique=False)

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
        sa.Column("notes", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("after_contact", BIG_ID, nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_appointment_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_appointment_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_appointment_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_rep_id", "appointment", ["rep_id", "team_id"], unique=False)
    op.create_index("ix_appointment_team_id", "appointment", ["team_id", "day"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "todo_list",
                "todo_turn",
                "session_note",
                "session_prepare",
                "shared",
                "note",
                "meeting_draft",
                "meeting_agenda",
                "meeting_turn",
                "meeting_recap",
                "meeting_ask",
                "meeting_skill",
                name="messagekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("item", BIG_ID, server_default=sa.text("0"), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "sending",
                "unknown",
                "sent",
                "asked",
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
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("tried_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", sa.Float(precision=53), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("reader_id", BIG_ID, nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.Column("is_stale", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["reader_id"], ["person.id"], name="fk_delivery_reader_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_delivery_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_delivery_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint(
            "team_id", "kind", "item", "due_at", name="uq_delivery_team_id_kind_item_due_at"
        ),
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
        sa.Column("occurred_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("private_note", EncryptedText(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_interaction_author_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_interaction_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_interaction_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_interaction_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_interaction_form_workspace_id"),
    )
    op.create_index(
        "ix_interaction_clock", "interaction", ["team_id", "rep_id", "occurred_on"], unique=False
    )
    op.create_index(
        "ix_interaction_component",
        "interaction",
        ["team_id", "occurred_on"],
        unique=False,
        sqlite_where=sa.text("kind != 'touch' AND deleted_at IS NULL"),
        postgresql_where=sa.text("kind != 'touch' AND deleted_at IS NULL"),
    )
    op.create_index(
        "ix_interaction_deleted_at",
        "interaction",
        ["deleted_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index("ix_interaction_week", "interaction", ["team_id", "occurred_on"], unique=False)

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
        "meeting",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("planned_for", sa.Date(), nullable=False),
        sa.Column("planned_day", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.Time(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("leader_id", BIG_ID, nullable=True),
        sa.Column(
            "dropped",
            sa.Enum("skipped", "cancelled", name="dropped", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("out_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column(
            "said",
            sa.Enum("held", "moved", "not_held", name="said", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name="fk_meeting_leader_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_meeting_team_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_meeting_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.UniqueConstraint("team_id", "planned_for", name="uq_meeting_team_id_planned_for"),
    )
    op.create_index(
        "ix_meeting_leader_id", "meeting", ["team_id", "leader_id", "day"], unique=False
    )
    op.create_index(
        "ix_meeting_to_come",
        "meeting",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL AND dropped IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL AND dropped IS NULL"),
    )

    op.create_table(
        "membership",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("first_line", sa.Text(), nullable=False),
        sa.Column("introduced_at", UtcDateTime(), nullable=True),
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
    op.create_index("ix_membership_team_id", "membership", ["team_id"], unique=False)
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
            sa.Enum(
                "todo_list",
                "todo_turn",
                "session_note",
                "session_prepare",
                "shared",
                "note",
                "meeting_draft",
                "meeting_agenda",
                "meeting_turn",
                "meeting_recap",
                "meeting_ask",
                "meeting_skill",
                name="messagekind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("item", BIG_ID, server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_schedule_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_schedule_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedule"),
        sa.UniqueConstraint("team_id", "kind", "item", name="uq_schedule_team_id_kind_item"),
    )
    op.create_index("ix_schedule_next_at", "schedule", ["next_at"], unique=False)

    op.create_table(
        "todo_list",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
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
        "topic_set",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_topic_set_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_topic_set_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_topic_set"),
        sa.UniqueConstraint("team_id", "version", name="uq_topic_set_team_id_version"),
    )

    op.create_table(
        "transition",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("leaves_id", BIG_ID, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("takes_over_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("introduced_on", sa.Date(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["leaves_id"], ["person.id"], name="fk_transition_leaves_id"),
        sa.ForeignKeyConstraint(
            ["takes_over_id"], ["person.id"], name="fk_transition_takes_over_id"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_transition_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_transition_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transition"),
        sa.UniqueConstraint(
            "team_id", "leaves_id", "account", name="uq_transition_team_id_leaves_id_account"
        ),
    )

    op.create_table(
        "agenda_item",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=True),
        sa.Column("author_id", BIG_ID, nullable=True),
        sa.Column("heard_by_id", BIG_ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), server_default="", nullable=False),
        sa.Column("section", sa.Text(), server_default="", nullable=False),
        sa.Column("place", sa.Integer(), server_default="0", nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("rear_view", "forward", name="direction", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("approved", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("interaction_id", BIG_ID, nullable=True),
        sa.Column("taken_up_in", BIG_ID, nullable=True),
        sa.Column("done_in", BIG_ID, nullable=True),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("dropped_at", UtcDateTime(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_agenda_item_author_id"),
        sa.ForeignKeyConstraint(["done_in"], ["meeting.id"], name="fk_agenda_item_done_in"),
        sa.ForeignKeyConstraint(["heard_by_id"], ["person.id"], name="fk_agenda_item_heard_by_id"),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_agenda_item_interaction_id"
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_agenda_item_rep_id"),
        sa.ForeignKeyConstraint(
            ["taken_up_in"], ["interaction.id"], name="fk_agenda_item_taken_up_in"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_agenda_item_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_agenda_item_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_agenda_item_form_workspace_id"),
    )
    op.create_index(
        "ix_agenda_item_done_in",
        "agenda_item",
        ["done_in"],
        unique=False,
        sqlite_where=sa.text("done_in IS NOT NULL"),
        postgresql_where=sa.text("done_in IS NOT NULL"),
    )
    op.create_index(
        "ix_agenda_item_interaction_id", "agenda_item", ["interaction_id"], unique=False
    )
    op.create_index(
        "ix_agenda_item_open",
        "agenda_item",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("done_in IS NULL AND dropped_at IS NULL"),
        postgresql_where=sa.text("done_in IS NULL AND dropped_at IS NULL"),
    )
    op.create_index("ix_agenda_item_team_id", "agenda_item", ["team_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("topic_set_id", BIG_ID, nullable=True),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("state", EncryptedText(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_draft_author_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_draft_rep_id"),
        sa.ForeignKeyConstraint(["topic_set_id"], ["topic_set.id"], name="fk_draft_topic_set_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_draft_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_draft_form_workspace_id"),
    )
    op.create_index("ix_draft_author_id", "draft", ["author_id"], unique=False)

    op.create_table(
        "field_day",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("rep_view", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("market", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_field_day_interaction_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_field_day_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_field_day"),
        sa.UniqueConstraint("interaction_id", name="uq_field_day_interaction_id"),
    )

    op.create_table(
        "preparation",
        sa.Column("appointment_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
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
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
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
        sa.UniqueConstraint("form", "workspace_id", name="uq_promise_form_workspace_id"),
    )
    op.create_index(
        "ix_promise_deleted_at",
        "promise",
        ["deleted_at"],
        unique=False,
        sqlite_where=sa.text("deleted_at IS NOT NULL"),
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.create_index("ix_promise_interaction_id", "promise", ["interaction_id"], unique=False)
    op.create_index("ix_promise_kept_on", "promise", ["team_id", "kept_on"], unique=False)
    op.create_index(
        "ix_promise_open",
        "promise",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("kept_on IS NULL AND dropped_on IS NULL AND deleted_at IS NULL"),
        postgresql_where=sa.text("kept_on IS NULL AND dropped_on IS NULL AND deleted_at IS NULL"),
    )
    op.create_index("ix_promise_rep_id", "promise", ["rep_id", "team_id"], unique=False)
    op.create_index("ix_promise_team_id", "promise", ["team_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("topic_set_id", BIG_ID, nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("shared_note", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_session_interaction_id"
        ),
        sa.ForeignKeyConstraint(["topic_set_id"], ["topic_set.id"], name="fk_session_topic_set_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_session_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("interaction_id", name="uq_session_interaction_id"),
    )

    op.create_table(
        "sharing",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("shared_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=True),
        sa.Column("rep_words", sa.Text(), nullable=False),
        sa.Column("rep_words_at", UtcDateTime(), nullable=True),
        sa.Column("objection", EncryptedText(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_sharing_interaction_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_sharing_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sharing"),
        sa.UniqueConstraint(
            "interaction_id", "workspace_id", name="uq_sharing_interaction_id_workspace_id"
        ),
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
                "progress",
                "introduction",
                "issue_of_the_day",
                "plan",
                "focus",
                "first_line",
                "planned",
                "due",
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

    op.create_table(
        "topic",
        sa.Column("topic_set_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("rear_view", "forward", name="direction", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["topic_set_id"], ["topic_set.id"], name="fk_topic_topic_set_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_topic_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_topic"),
        sa.UniqueConstraint("topic_set_id", "key", name="uq_topic_topic_set_id_key"),
    )

    op.create_table(
        "visit",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("people", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("is_key", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column(
            "led_by",
            sa.Enum("rep", "joint", "manager", name="led", native_enum=False, length=20),
            nullable=True,
        ),
        sa.Column("next_step", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_visit_interaction_id"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_visit_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.UniqueConstraint("interaction_id", "place", name="uq_visit_interaction_id_place"),
    )

    op.create_table(
        "carried",
        sa.Column("meeting_id", BIG_ID, nullable=False),
        sa.Column("item_id", BIG_ID, nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_carried_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_carried_meeting_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_carried_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_carried"),
        sa.UniqueConstraint("meeting_id", "item_id", name="uq_carried_meeting_id_item_id"),
    )
    op.create_index("ix_carried_item_id", "carried", ["item_id"], unique=False)

    op.create_table(
        "session_topic",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("topic_id", BIG_ID, nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("progress", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_session_topic_interaction_id"
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_session_topic_topic_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_session_topic_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session_topic"),
        sa.UniqueConstraint(
            "interaction_id", "topic_id", name="uq_session_topic_interaction_id_topic_id"
        ),
    )

    op.create_table(
        "team_promise",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("meeting_id", BIG_ID, nullable=True),
        sa.Column("item_id", BIG_ID, nullable=True),
        sa.Column("owner_id", BIG_ID, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("kept_on", sa.Date(), nullable=True),
        sa.Column("dropped_on", sa.Date(), nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name="fk_team_promise_item_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_team_promise_meeting_id"),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name="fk_team_promise_owner_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_team_promise_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_team_promise_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_team_promise"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_team_promise_form_workspace_id"),
    )
    op.create_index("ix_team_promise_meeting_id", "team_promise", ["meeting_id"], unique=False)
    op.create_index(
        "ix_team_promise_open",
        "team_promise",
        ["team_id"],
        unique=False,
        sqlite_where=sa.text("kept_on IS NULL AND dropped_on IS NULL"),
        postgresql_where=sa.text("kept_on IS NULL AND dropped_on IS NULL"),
    )
