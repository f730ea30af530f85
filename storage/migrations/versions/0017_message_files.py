"""Files that come with a message, and when it was edited."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import EncryptedText, UtcDateTime

revision = "0017_message_files"
down_revision = "0016_seen_and_ramp"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("note", sa.Column("files", EncryptedText(), nullable=True))
    op.add_column("note", sa.Column("edited_at", UtcDateTime(), nullable=True))
    op.add_column("interaction", sa.Column("files", EncryptedText(), nullable=True))
