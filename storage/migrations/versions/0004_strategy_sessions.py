"""Strategy sessions: topics in versions, what was said of them, forms half filled in."""

import sqlalchemy as sa
from alembic import op

import storage.database.types

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _table(
        "topic_set",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        points_to={"team_id": "team"},
        unique=("team_id", "version"),
    )
    _table(
        "topic",
        sa.Column("topic_set_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum("rear_view", "forward", name="direction", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        points_to={"topic_set_id": "topic_set"},
        unique=("topic_set_id", "key"),
    )
    _table(
        "session",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("topic_set_id", BIG_ID, nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("shared_note", sa.Text(), nullable=False),
        points_to={"interaction_id": "interaction", "topic_set_id": "topic_set"},
        unique=("interaction_id",),
    )
    _table(
        "session_topic",
        sa.Column("interaction_id", BIG_ID, nullable=False),
        sa.Column("topic_id", BIG_ID, nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        points_to={"interaction_id": "interaction", "topic_id": "topic"},
        unique=("interaction_id", "topic_id"),
    )
    _table(
        "draft",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("topic_set_id", BIG_ID, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("state", storage.database.types.EncryptedText(), nullable=False),
        sa.Column("saved_at", storage.database.types.UtcDateTime(timezone=True), nullable=False),
        points_to={"author_id": "person", "rep_id": "person", "topic_set_id": "topic_set"},
        unique=("form", "workspace_id"),
    )
    op.create_index("ix_draft_author_id", "draft", ["author_id"], unique=False)


def _table(
    name: str, *columns: sa.Column[object], points_to: dict[str, str], unique: tuple[str, ...]
) -> None:
    """A table of a workspace, with its keys named as everywhere."""
    points_to = {**points_to, "workspace_id": "workspace"}
    op.create_table(
        name,
        *columns,
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=f"fk_{name}_{column}")
            for column, table in points_to.items()
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint(*unique, name=f"uq_{name}_{'_'.join(unique)}"),
    )
