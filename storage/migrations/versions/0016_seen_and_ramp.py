"""That a rep has seen what was shared with them. The ramp, which the id names too, came as 0021."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision = "0016_seen_and_ramp"
down_revision = "0015_topic_shapes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sharing", sa.Column("seen_at", UtcDateTime(), nullable=True))
