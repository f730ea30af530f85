"""A team that was joined with another is over: whoever gave it away leads it no more; and of an
erasure that was broken off it is known still what others' words are looked through for."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import LinesText

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0045_emptied"
down_revision = "0044_erased"
branch_labels = None
depends_on = None

IS_LED = sa.text("joined_to_id IS NULL")


def upgrade() -> None:
    op.add_column("erased", sa.Column("names", LinesText(), nullable=False, server_default=""))
    with op.batch_alter_table("team") as batch:
        batch.add_column(sa.Column("joined_to_id", BIG_ID, nullable=True))
        batch.create_foreign_key("fk_team_joined_to_id", "team", ["joined_to_id"], ["id"])
        batch.drop_constraint("uq_team_manager_id", type_="unique")
    op.create_index(
        "uq_team_led",
        "team",
        ["manager_id"],
        unique=True,
        sqlite_where=IS_LED,
        postgresql_where=IS_LED,
    )
