"""Details of a visit, written down afterwards."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    led = sa.Enum("rep", "joint", "manager", name="led", native_enum=False, length=20)
    with op.batch_alter_table("visit") as batch:
        batch.add_column(sa.Column("role", sa.Text(), nullable=False, server_default=""))
        batch.add_column(
            sa.Column("is_key", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("led_by", led, nullable=True))
        batch.add_column(sa.Column("next_step", sa.Text(), nullable=False, server_default=""))
