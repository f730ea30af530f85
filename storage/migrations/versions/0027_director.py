"""With whom a manager shares whether sessions, field days and meetings are happening."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0027_director"
down_revision = "0025_early_warnings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "director",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("director_id", BIG_ID, nullable=False),
        sa.Column("shared_by_id", BIG_ID, nullable=False),
        sa.Column("shared_at", UtcDateTime(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_director_team_id"),
        sa.ForeignKeyConstraint(["director_id"], ["person.id"], name="fk_director_director_id"),
        sa.ForeignKeyConstraint(["shared_by_id"], ["person.id"], name="fk_director_shared_by_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_director_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_director"),
        sa.UniqueConstraint("team_id", name="uq_director_team_id"),
    )
    op.create_index("ix_director_director_id", "director", ["director_id"])
