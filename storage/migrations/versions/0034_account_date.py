"""Account dates: what is on which day at an account."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0034_account_date"
down_revision = "0033_market_note"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_date",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("contact_id", BIG_ID, nullable=True),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("written_day", sa.Date(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("gone_on", sa.Date(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_account_date_team_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_date_account_id"),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["interaction.id"], name="fk_account_date_contact_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_account_date_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_date"),
    )
    op.create_index("ix_account_date_team_id_day", "account_date", ["team_id", "day"])
    op.create_index("ix_account_date_account_id", "account_date", ["account_id"])
    op.create_index("ix_account_date_contact_id", "account_date", ["contact_id"])
