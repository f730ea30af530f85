"""Results: what teams count, and what their reps reached of it by which day."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import ExactNumber

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0024_results"
down_revision = "0023_field_day"
branch_labels = None
depends_on = None

KIND = sa.Enum("leading", "lagging", name="metrickind", native_enum=False, length=20)
BETTER = sa.Enum("more", "less", name="better", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "metric",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("better", BETTER, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_metric_team_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_metric_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_metric"),
        sa.UniqueConstraint("team_id", "key", name="uq_metric_team_id_key"),
    )
    op.create_table(
        "result",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("metric_id", BIG_ID, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_result_team_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_result_rep_id"),
        sa.ForeignKeyConstraint(["metric_id"], ["metric.id"], name="fk_result_metric_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_result_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_result"),
        sa.UniqueConstraint(
            "metric_id", "rep_id", "starts_on", name="uq_result_metric_id_rep_id_starts_on"
        ),
    )
    op.create_index("ix_result_team_id", "result", ["team_id", "ends_on"])
    op.create_index("ix_result_rep_id", "result", ["rep_id"])
    op.create_table(
        "reading",
        sa.Column("result_id", BIG_ID, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("target", ExactNumber(), nullable=False),
        sa.Column("actual", ExactNumber(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["result_id"], ["result.id"], name="fk_reading_result_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_reading_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reading"),
        sa.UniqueConstraint("result_id", "as_of", name="uq_reading_result_id_as_of"),
    )
