"""Whether a tag may be another one, and the issue of the day that was made of it."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0039_market"
down_revision = "0038_cleared_draft"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is there was taken for another at once where it was close: of none it is asked.
    with op.batch_alter_table("market_tag") as tag:
        tag.add_column(
            sa.Column("in_question", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        tag.add_column(sa.Column("issue_id", BIG_ID, nullable=True))
        tag.create_foreign_key("fk_market_tag_issue_id", "issue_of_the_day", ["issue_id"], ["id"])
