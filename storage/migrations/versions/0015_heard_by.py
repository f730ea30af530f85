"""Who heard what is on an agenda, where the manager chose to say so."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agenda_item") as batch:
        batch.add_column(sa.Column("heard_by_id", BIG_ID, nullable=True))
        batch.create_foreign_key("fk_agenda_item_heard_by_id", "person", ["heard_by_id"], ["id"])
