"""Days off belong to the team whose manager entered them."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003_roles"
down_revision = "0001_initial"
branch_labels = None
depends_on = None

OF_ONE_TEAM = """
    UPDATE time_off SET team_id = (
        SELECT min(membership.team_id) FROM membership WHERE membership.rep_id = time_off.person_id
    )
    WHERE time_off.person_id NOT IN (SELECT manager_id FROM team) AND (
        SELECT count(DISTINCT membership.team_id) FROM membership
        WHERE membership.rep_id = time_off.person_id
    ) = 1
"""
"""Who entered days was not kept. Of someone who was ever on one team alone, its manager did; of a
manager and of a rep of two teams it is not known, and their days count everywhere, as before."""


def upgrade() -> None:
    with op.batch_alter_table("time_off") as table:
        table.add_column(sa.Column("team_id", BIG_ID, nullable=True))
        table.create_foreign_key("fk_time_off_team_id", "team", ["team_id"], ["id"])
    op.execute(OF_ONE_TEAM)
