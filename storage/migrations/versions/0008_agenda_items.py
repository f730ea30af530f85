"""Items for the next team meeting, or for the next session with a rep."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("interaction_id", BIG_ID, nullable=True),
        sa.Column("taken_up_in", BIG_ID, nullable=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("dropped_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_agenda_item_interaction_id"
        ),
        sa.ForeignKeyConstraint(
            ["taken_up_in"], ["interaction.id"], name="fk_agenda_item_taken_up_in"
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_agenda_item_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_agenda_item_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_agenda_item_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agenda_item"),
        sa.UniqueConstraint("form", "workspace_id", name="uq_agenda_item_form_workspace_id"),
    )
    op.create_index("ix_agenda_item_team_id", "agenda_item", ["team_id"], unique=False)
    op.create_index(
        "ix_agenda_item_interaction_id", "agenda_item", ["interaction_id"], unique=False
    )
