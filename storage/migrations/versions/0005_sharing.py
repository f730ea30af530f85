"""Sharing: what a manager shared with a rep, and what the rep said to it."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sharing",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("shared_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("rep_words", sa.Text(), nullable=False),
        sa.Column("rep_words_at", storage.database.types.UtcDateTime(timezone=True), nullable=True),
        sa.Column("objection", storage.database.types.EncryptedText(), nullable=True),
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
