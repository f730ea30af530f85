"""Days off belong to the team whose manager entered them; memberships are asked about."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0003_roles"
down_revision = "0002_hands"
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
    op.create_table(
        "membership_question",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("first_team_id", BIG_ID, nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "fine",
                "not_so",
                "left",
                "disputed",
                "kept",
                "taken_off",
                name="questionstate",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_membership_question_team_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_membership_question_rep_id"),
        sa.ForeignKeyConstraint(
            ["first_team_id"], ["team.id"], name="fk_membership_question_first_team_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_membership_question_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_membership_question"),
        sa.UniqueConstraint("team_id", "rep_id", name="uq_membership_question_team_id_rep_id"),
    )
    op.create_index(
        "ix_membership_question_first_team_id", "membership_question", ["first_team_id"]
    )
