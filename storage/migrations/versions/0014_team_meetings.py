"""Team meetings: when they are, what is on their agendas, and what the team promised."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
        sa.Column("published_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("out_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("closed_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
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
    direction = sa.Enum("rear_view", "forward", name="direction", native_enum=False, length=20)
    with op.batch_alter_table("agenda_item") as batch:
        batch.add_column(sa.Column("author_id", BIG_ID, nullable=True))
        batch.add_column(sa.Column("link", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("section", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("place", sa.Integer(), server_default="0", nullable=False))
        batch.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("direction", direction, nullable=True))
        batch.add_column(
            sa.Column("approved", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.add_column(sa.Column("done_in", BIG_ID, nullable=True))
        batch.add_column(sa.Column("outcome", sa.Text(), server_default="", nullable=False))
        batch.create_index("ix_agenda_item_done_in", ["done_in"])
        batch.create_foreign_key("fk_agenda_item_author_id", "person", ["author_id"], ["id"])
        batch.create_foreign_key("fk_agenda_item_done_in", "meeting", ["done_in"], ["id"])
    # All there are were heard by a manager on a field day.
    op.execute(
        "UPDATE agenda_item SET place = id, approved = true, section = 'field', author_id = "
        "(SELECT manager_id FROM team WHERE team.id = agenda_item.team_id) WHERE rep_id IS NULL"
    )
    holiday = sa.Enum("moved", "skipped", "held", name="onholiday", native_enum=False, length=20)
    with op.batch_alter_table("team") as batch:
        batch.add_column(sa.Column("meeting_days", sa.Text(), server_default="", nullable=False))
        batch.add_column(
            sa.Column("meeting_every", sa.Integer(), server_default="1", nullable=False)
        )
        batch.add_column(
            sa.Column("meeting_from", sa.Date(), server_default="2026-01-05", nullable=False)
        )
        batch.add_column(
            sa.Column("meeting_minutes", sa.Integer(), server_default="45", nullable=False)
        )
        batch.add_column(sa.Column("meeting_place", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("on_holiday", holiday, server_default="moved", nullable=False))
        batch.add_column(
            sa.Column("meeting_lead", sa.Integer(), server_default="60", nullable=False)
        )
        batch.add_column(sa.Column("sections", sa.Text(), nullable=True))
    op.execute(
        "UPDATE team SET meeting_days = CAST(meeting_day AS TEXT) WHERE meeting_day IS NOT NULL"
    )
    with op.batch_alter_table("team") as batch:
        batch.drop_column("meeting_day")
