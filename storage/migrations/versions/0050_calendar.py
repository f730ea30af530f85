"""How often what stands in calendars was moved, and the address by which a person's calendar is
subscribed to, as a hash alone."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0050_calendar"
down_revision = "0049_export"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("appointment", "meeting", "account_date", "team"):
        name = "meeting_sequence" if table == "team" else "sequence"
        op.add_column(
            table, sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
    op.create_table(
        "calendar_address",
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_calendar_address_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_calendar_address_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_address"),
        sa.UniqueConstraint("person_id", name="uq_calendar_address_person_id"),
        sa.UniqueConstraint("digest", name="uq_calendar_address_digest"),
    )
