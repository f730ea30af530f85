"""What a manager says of a period, kept for the page of it, and what an export is of."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0051_period_page"
down_revision = "0050_calendar"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "export",
        sa.Column("what", sa.Text(), server_default=sa.text("'binder'"), nullable=False),
    )
    op.create_table(
        "period_words",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_period_words_team_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_period_words_author_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_period_words_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_period_words"),
        sa.UniqueConstraint(
            *("team_id", "author_id", "starts_on", "ends_on"),
            name="uq_period_words_team_id_author_id_starts_on_ends_on",
        ),
    )
