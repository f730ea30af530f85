"""What a stand-in may read of promises, and what a rep raised between the two of them."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import EncryptedText

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0006_between_us"
down_revision = "0005_names_and_swaps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("promise") as table:
        table.add_column(sa.Column("told_to_id", BIG_ID, nullable=True))
        table.add_column(sa.Column("sealed_what", EncryptedText(), nullable=True))
        table.add_column(sa.Column("sealed_closing_words", EncryptedText(), nullable=True))
        table.create_foreign_key("fk_promise_told_to_id", "person", ["told_to_id"], ["id"])

    op.create_table(
        "ticked_promise",
        sa.Column("time_off_id", BIG_ID, nullable=False),
        sa.Column("promise_id", BIG_ID, nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"],
            ["promise.id"],
            name="fk_ticked_promise_promise_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["time_off_id"],
            ["time_off.id"],
            name="fk_ticked_promise_time_off_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_ticked_promise_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ticked_promise"),
        sa.UniqueConstraint(
            "time_off_id",
            "promise_id",
            "workspace_id",
            name="uq_ticked_promise_time_off_id_promise_id_workspace_id",
        ),
    )
    op.create_index("ix_ticked_promise_promise_id", "ticked_promise", ["promise_id"], unique=False)
