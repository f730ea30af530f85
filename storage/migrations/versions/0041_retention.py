"""For how long a workspace keeps things, when a form was first seen to have been sent, and the
focus with a rep that outlives its field day."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0041_retention"
down_revision = "0040_account_dates"
branch_labels = None
depends_on = None

PRACTICE = sa.Enum("shown", "together", "alone", name="practice", native_enum=False, length=20)


def upgrade() -> None:
    op.add_column("workspace", sa.Column("kept_months", sa.Integer(), nullable=True))
    op.add_column("submission", sa.Column("met_on", sa.Date(), nullable=True))
    op.create_index("ix_submission_met_on", "submission", ["met_on"])
    # Nobody knows when they were sent: what is there counts from now on.
    op.execute("UPDATE submission SET met_on = CURRENT_DATE")
    op.create_table(
        "standing_focus",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("practice", PRACTICE, nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("otherwise", sa.LargeBinary(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_standing_focus_team_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_standing_focus_rep_id"),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_standing_focus_author_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_standing_focus_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_standing_focus"),
        sa.UniqueConstraint("team_id", "rep_id", name="uq_standing_focus_team_id_rep_id"),
    )
