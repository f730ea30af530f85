"""Sessions and field days by day: what is due with a rep, however many touches there are."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_component = sa.text("kind != 'touch' AND deleted_at IS NULL")
    op.create_index(
        "ix_interaction_component",
        "interaction",
        ["team_id", "occurred_on"],
        unique=False,
        sqlite_where=is_component,
        postgresql_where=is_component,
    )
