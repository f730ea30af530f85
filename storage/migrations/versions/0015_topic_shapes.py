"""What a topic's plan consists of, an activity in numbers, and under which topic a step stands."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015_topic_shapes"
down_revision = "0013_drafts"
branch_labels = None
depends_on = None

SHAPES = (
    ("territory", "Territory management plan", "steps"),
    ("accounts", "Key-account plan", "accounts"),
    ("activity", "Activity plan", "number"),
)
"""Of the topics that a team begins with. One that was made a team's own stays free text, until its
manager says otherwise."""

STEPS_OF_SESSIONS = sa.text(
    "SELECT submission.id, submission.step, submission.made FROM submission "
    "WHERE submission.kind = 'promise' AND submission.step <> '' AND submission.id > :after "
    "ORDER BY submission.id LIMIT 1000"
)
NAME = sa.text(
    "UPDATE promise SET topic_key = :key WHERE id = :id AND interaction_id IN "
    "(SELECT id FROM interaction WHERE kind = 'session')"
)


def upgrade() -> None:
    shape = sa.Enum(
        "text", "steps", "number", "accounts", name="topicshape", native_enum=False, length=20
    )
    op.add_column("topic", sa.Column("shape", shape, server_default="text", nullable=False))
    op.add_column(
        "session_topic", sa.Column("activity", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "session_topic", sa.Column("a_week", sa.Integer(), server_default="0", nullable=False)
    )
    op.add_column("promise", sa.Column("topic_key", sa.Text(), server_default="", nullable=False))
    connection = op.get_bind()
    for key, title, shaped in SHAPES:
        connection.execute(
            sa.text("UPDATE topic SET shape = :shape WHERE key = :key AND title = :title"),
            {"shape": shaped, "key": key, "title": title},
        )
    after = 0
    while rows := connection.execute(STEPS_OF_SESSIONS, {"after": after}).all():
        after = rows[-1].id
        named = [
            {"key": row.step, "id": int(made)} for row in rows for made in json.loads(row.made)
        ]
        if named:
            connection.execute(NAME, named)
