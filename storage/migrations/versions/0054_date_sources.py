"""Of where an account date was said: whose words those were, where the contact is gone and its rep
never read them.

Of those that are gone already nobody knows: they are for whoever manages the team now, and for
nobody else.
"""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0054_date_sources"
down_revision = "0053_tags"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("account_date_source") as table:
        table.add_column(sa.Column("author_id", BIG_ID, nullable=True))
        table.add_column(
            sa.Column("shared", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        table.create_foreign_key(
            "fk_account_date_source_author_id", "person", ["author_id"], ["id"]
        )
    source = sa.table(
        "account_date_source",
        *map(sa.column, ("date_id", "contact_id", "written", "author_id", "shared")),
    )
    on_day = sa.table("account_date", *map(sa.column, ("id", "team_id")))
    team = sa.table("team", *map(sa.column, ("id", "manager_id")))
    manager = (
        sa.select(team.c.manager_id)
        .join_from(on_day, team, team.c.id == on_day.c.team_id)
        .where(on_day.c.id == source.c.date_id)
        .scalar_subquery()
    )
    op.execute(
        source.update()
        .where(source.c.contact_id.is_(None), source.c.written != "")
        .values(author_id=manager, shared=sa.false())
    )
