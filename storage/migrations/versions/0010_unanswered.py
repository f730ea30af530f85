"""Whom outcomes and team promises name, and whom they may; and when an agenda is wanted out."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision = "0010_unanswered"
down_revision = "0007_fair_to_the_rep"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, prefix in (("agenda_item", "outcome_"), ("team_promise", "")):
        fine_for = sa.Column(f"{prefix}fine_for", sa.Text(), server_default="", nullable=False)
        op.add_column(table, fine_for)
        op.add_column(table, sa.Column(f"{prefix}named", sa.Text(), nullable=True))
    # Who promised may be named in it.
    op.execute(
        "UPDATE team_promise SET fine_for = "
        "(SELECT slack_id FROM person WHERE person.id = team_promise.owner_id)"
    )
    # That all of it might go out says nothing of when.
    op.add_column("meeting", sa.Column("posts_at", UtcDateTime(), nullable=True))
    with op.batch_alter_table("meeting") as meeting:
        meeting.drop_column("published_at")
