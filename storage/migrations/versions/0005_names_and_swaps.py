"""Names as an agenda looks for them, and a turn that somebody else is asked to take"""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime
from storage.migrations.names_as_they_were import key_of

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0005_names_and_swaps"
down_revision = "0004_submission"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("aliases", sa.Text(), server_default="", nullable=False))
    op.add_column("person", sa.Column("name_key", sa.Text(), server_default="", nullable=False))
    op.create_index("ix_person_name_key", "person", ["name_key"])
    _find_by_name()
    op.add_column(
        "agenda_item", sa.Column("fine_for", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("agenda_item", sa.Column("named", sa.Text(), nullable=True))
    # Who wrote an item may name themselves.
    op.execute(
        "UPDATE agenda_item SET fine_for = "
        "(SELECT slack_id FROM person WHERE person.id = agenda_item.author_id) "
        "WHERE author_id IS NOT NULL"
    )
    op.create_table(
        "swap",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("meeting_id", BIG_ID, nullable=False),
        sa.Column("holder_id", BIG_ID, nullable=True),
        sa.Column("asked_id", BIG_ID, nullable=False),
        sa.Column("asked_by_id", BIG_ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *("asked", "taken", "declined", "ended"),
                name="swapstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name="fk_swap_asked_by_id"),
        sa.ForeignKeyConstraint(["asked_id"], ["person.id"], name="fk_swap_asked_id"),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name="fk_swap_holder_id"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_swap_meeting_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_swap_team_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_swap_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_swap"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_swap_form_workspace_id"),
    )
    op.create_index("ix_swap_meeting_id", "swap", ["meeting_id"])


def _find_by_name() -> None:
    person = sa.table(
        "person",
        sa.column("id", BIG_ID),
        sa.column("name", sa.Text),
        sa.column("name_key", sa.Text),
    )
    connection = op.get_bind()
    rows = [
        {"person_id": row.id, "key": key_of(row.name)}
        for row in connection.execute(sa.select(person.c.id, person.c.name))
    ]
    if rows:
        changed = sa.update(person).where(person.c.id == sa.bindparam("person_id"))
        connection.execute(changed.values(name_key=sa.bindparam("key")), rows)
