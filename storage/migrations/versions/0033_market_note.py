"""What was heard of the market, a note each, and tags."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.names_as_they_were import account_key

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0033_market_note"
down_revision = "0030_warned_metrics"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "market_tag",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_market_tag_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_market_tag_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_market_tag"),
    )
    op.create_index("ix_market_tag_team_id", "market_tag", ["team_id"])
    op.create_table(
        "market_tag_spelling",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("tag_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_market_tag_spelling_team_id"),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["market_tag.id"], name="fk_market_tag_spelling_tag_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_market_tag_spelling_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_market_tag_spelling"),
        sa.UniqueConstraint("team_id", "key", name="uq_market_tag_spelling_team_id_key"),
    )
    op.create_index("ix_market_tag_spelling_tag_id", "market_tag_spelling", ["tag_id"])
    op.create_table(
        "market_note",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("interaction_id", BIG_ID, nullable=True),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=True),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_market_note_team_id"),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_market_note_interaction_id"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_market_note_author_id"),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_market_note_rep_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_market_note_account_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_market_note_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_market_note"),
    )
    op.create_index("ix_market_note_team_id", "market_note", ["team_id", "heard_on"])
    op.create_index("ix_market_note_interaction_id", "market_note", ["interaction_id"])
    op.create_index("ix_market_note_account_id", "market_note", ["account_id"])
    op.create_table(
        "market_note_tag",
        sa.Column("note_id", BIG_ID, nullable=False),
        sa.Column("spelling_id", BIG_ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["market_note.id"], name="fk_market_note_tag_note_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["spelling_id"], ["market_tag_spelling.id"], name="fk_market_note_tag_spelling_id"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_market_note_tag_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_market_note_tag"),
        sa.UniqueConstraint(
            "note_id", "spelling_id", name="uq_market_note_tag_note_id_spelling_id"
        ),
    )
    op.create_index("ix_market_note_tag_spelling_id", "market_note_tag", ["spelling_id"])
    _fill()


def _fill() -> None:
    """Each line that was written of the market is a note: of the customer before its colon, else of
    the one that was visited that day."""
    connection = op.get_bind()
    spelled = {
        (row.team_id, row.key): row.account_id
        for row in connection.execute(
            sa.text("SELECT team_id, key, account_id FROM account_spelling")
        )
    }
    visits: dict[int, list[sa.Row[tuple[int, int, str]]]] = {}
    for visit in connection.execute(
        sa.text("SELECT interaction_id, account_id, account FROM visit ORDER BY id")
    ):
        visits.setdefault(visit.interaction_id, []).append(visit)
    rows = []
    for day in connection.execute(
        sa.text(
            "SELECT interaction.id, interaction.workspace_id, team_id, rep_id, author_id,"
            " occurred_on, market FROM field_day"
            " JOIN interaction ON interaction.id = field_day.interaction_id"
            " WHERE market <> '' ORDER BY interaction.id"
        ).columns(occurred_on=sa.Date)
    ):
        lines = [line.strip() for line in day.market.splitlines() if line.strip()]
        for place, line in enumerate(lines):
            head, colon, said = line.partition(":")
            account = spelled.get((day.team_id, account_key(head))) if colon else None
            typed, text = (head.strip(), said.strip()) if account and said.strip() else ("", line)
            there = visits.get(day.id, [])
            if not typed:
                account = None
            if account is None and len(there) == 1:
                account, typed = there[0].account_id, there[0].account
            rows.append(
                {
                    "workspace_id": day.workspace_id,
                    "team_id": day.team_id,
                    "interaction_id": day.id,
                    "author_id": day.author_id,
                    "rep_id": day.rep_id,
                    "account_id": account,
                    "account": typed,
                    "text": text,
                    "heard_on": day.occurred_on,
                    "place": place,
                }
            )
    if rows:
        schema = sa.MetaData()
        schema.reflect(connection, only=("market_note",))
        connection.execute(sa.insert(schema.tables["market_note"]), rows)
