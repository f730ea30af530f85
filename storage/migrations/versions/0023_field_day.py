"""A field day keeps who did what its focus is about: shown, together or alone."""

import sqlalchemy as sa
from alembic import op

revision = "0023_field_day"
down_revision = "0022_reps_side"
branch_labels = None
depends_on = None

PRACTICE = sa.Enum("shown", "together", "alone", name="practice", native_enum=False, length=20)


def upgrade() -> None:
    op.add_column("field_day", sa.Column("practice", PRACTICE, nullable=True))
