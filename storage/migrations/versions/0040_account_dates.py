"""Where an account date was said, each time: one date, however often it was heard; and at which
turn an account was named for a field day."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0040_account_dates"
down_revision = "0039_market"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_date_source",
        sa.Column("date_id", BIG_ID, nullable=False),
        sa.Column("contact_id", BIG_ID, nullable=True),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["date_id"],
            ["account_date.id"],
            name="fk_account_date_source_date_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["interaction.id"], name="fk_account_date_source_contact_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_account_date_source_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_date_source"),
    )
    op.execute(
        "INSERT INTO account_date_source (date_id, contact_id, written, noted_on, workspace_id)"
        " SELECT id, contact_id, written, noted_on, workspace_id FROM account_date ORDER BY id"
    )
    op.create_index("ix_account_date_source_date_id", "account_date_source", ["date_id"])
    op.create_index("ix_account_date_source_contact_id", "account_date_source", ["contact_id"])
    op.drop_index("ix_account_date_contact_id", "account_date")
    with op.batch_alter_table("account_date") as batch:
        batch.drop_constraint("fk_account_date_contact_id", type_="foreignkey")
        batch.drop_column("contact_id")
        batch.drop_column("written")
        batch.drop_column("noted_on")
    with op.batch_alter_table("acquaintance") as batch:
        batch.add_column(sa.Column("named", sa.Integer(), server_default="0", nullable=False))
