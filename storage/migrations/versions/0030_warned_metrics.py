"""Which lagging metrics warn early: chosen one by one, where a team said yes to all at once."""

import sqlalchemy as sa
from alembic import op

revision = "0030_warned_metrics"
down_revision = "0029_activity_number"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "metric",
        sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    metric = sa.table(
        "metric", sa.column("team_id"), sa.column("kind"), sa.column("chosen", sa.Boolean())
    )
    team = sa.table("team", sa.column("id"), sa.column("warned_by_results", sa.Boolean()))
    said_yes = sa.select(team.c.id).where(team.c.warned_by_results)
    op.execute(
        sa.update(metric)
        .where(metric.c.kind == "lagging", metric.c.team_id.in_(said_yes))
        .values(chosen=sa.true())
    )
    op.drop_column("team", "warned_by_results")
