"""A binder that its manager asks for from Slack: what of it, how far it has come, and Slack's id of
the file, by which it is looked up where no answer came."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import LinesText, UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0049_export"
down_revision = "0045_emptied"
branch_labels = None
depends_on = None

STATE = sa.Enum(
    *("waiting", "making", "handed", "done", "failed", "stopped"),
    name="exportstate",
    native_enum=False,
    length=20,
)
FAULT = sa.Enum(
    *(
        "not_made",
        "took_long",
        "not_installed",
        "no_room",
        "too_large",
        "not_allowed",
        "storage_full",
    ),
    *("not_taken", "in_doubt", "not_yours", "nobody"),
    name="exportfault",
    native_enum=False,
    length=20,
)
OPEN = sa.text("state IN ('waiting', 'making', 'handed')")


def upgrade() -> None:
    op.create_table(
        "export",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("reps", LinesText(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("with_private_notes", sa.Boolean(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("fault", FAULT, nullable=True),
        sa.Column("written", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("of", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("try_at", UtcDateTime(), nullable=False),
        sa.Column("handed_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("leased_until", sa.Float(53), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_export_team_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_export_author_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_export_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_export"),
    )
    op.create_index("ix_export_team_id", "export", ["team_id"])
    for name, column, unique in (
        ("uq_export_open", "author_id", True),
        ("ix_export_open", "try_at", False),
    ):
        op.create_index(
            name, "export", [column], unique=unique, sqlite_where=OPEN, postgresql_where=OPEN
        )
