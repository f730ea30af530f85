"""What a rep says to a step that was noted for them, and how far a dispute goes."""

import sqlalchemy as sa
from alembic import op

revision = "0007_fair_to_the_rep"
down_revision = "0006_between_us"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "promise",
        sa.Column("with_sharing", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("promise", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.add_column("promise", sa.Column("disputed_on", sa.Date(), nullable=True))
    op.add_column(
        "sharing",
        sa.Column("objection_beside", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.execute(
        "UPDATE promise SET with_sharing = true WHERE raised_on IS NULL AND interaction_id IN "
        "(SELECT id FROM interaction WHERE kind <> 'touch')"
    )
