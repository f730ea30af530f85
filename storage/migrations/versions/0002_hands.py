"""What was shared is kept by whom it was shared with, and each message knows who reads it"""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002_hands"
down_revision = "0001_initial"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sharing") as table:
        table.add_column(sa.Column("rep_id", BIG_ID, nullable=True))
        table.add_column(sa.Column("ended_at", storage.database.types.UtcDateTime(), nullable=True))
        table.create_foreign_key("fk_sharing_rep_id", "person", ["rep_id"], ["id"])
        table.drop_constraint("uq_sharing_interaction_id_workspace_id", type_="unique")
        table.create_unique_constraint(
            "uq_sharing_interaction_id_rep_id_workspace_id",
            ["interaction_id", "rep_id", "workspace_id"],
        )
    op.execute(
        "UPDATE sharing SET rep_id = "
        "(SELECT rep_id FROM interaction WHERE interaction.id = sharing.interaction_id)"
    )
    with op.batch_alter_table("sharing") as table:
        table.alter_column("rep_id", existing_type=BIG_ID, nullable=False)
    op.execute(
        "UPDATE posted_message SET reader_id = "
        "(SELECT rep_id FROM interaction "
        "WHERE posted_message.subject = 'shared:' || CAST(interaction.id AS TEXT)) "
        "WHERE subject LIKE 'shared:%' AND reader_id IS NULL"
    )
