"""Accounts with a row of their own, every spelling that leads to one, and who knows whom there."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations.names_as_they_were import VisitSeen, account_key, facts_of

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0018_accounts"
down_revision = "0017_message_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create()
    op.add_column("visit", sa.Column("account_id", BIG_ID, nullable=True))
    op.add_column("transition", sa.Column("account_id", BIG_ID, nullable=True))
    _fill()
    with op.batch_alter_table("visit") as visit:
        visit.drop_column("is_key")
        visit.alter_column("account_id", existing_type=BIG_ID, nullable=False)
        visit.create_foreign_key("fk_visit_account_id", "account", ["account_id"], ["id"])
        visit.create_index("ix_visit_account_id", ["account_id"])
    with op.batch_alter_table("transition") as transition:
        transition.drop_constraint("uq_transition_team_id_leaves_id_account", type_="unique")
        transition.drop_column("account")
        transition.alter_column("account_id", existing_type=BIG_ID, nullable=False)
        transition.create_foreign_key("fk_transition_account_id", "account", ["account_id"], ["id"])
        transition.create_unique_constraint(
            "uq_transition_team_id_leaves_id_account_id", ["team_id", "leaves_id", "account_id"]
        )


def _create() -> None:
    op.create_table(
        "account",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_key", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_account_team_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_account_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("ix_account_team_id", "account", ["team_id"])
    op.create_table(
        "account_spelling",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_account_spelling_account_id"
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_account_spelling_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_account_spelling_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account_spelling"),
        sa.UniqueConstraint("team_id", "key", name="uq_account_spelling_team_id_key"),
    )
    op.create_index("ix_account_spelling_account_id", "account_spelling", ["account_id"])
    op.create_table(
        "acquaintance",
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("person_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("as_rep", sa.Boolean(), nullable=False),
        sa.Column("kept_since", sa.Date(), nullable=True),
        sa.Column("kept_as_rep", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_acquaintance_account_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_acquaintance_person_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_acquaintance_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_acquaintance"),
        sa.UniqueConstraint(
            "account_id", "person_id", "key", name="uq_acquaintance_account_id_person_id_key"
        ),
    )


def _fill() -> None:
    """What was typed alike is one account of its team, under the name that was typed first."""
    connection = op.get_bind()
    schema = sa.MetaData()
    schema.reflect(connection, only=("account", "account_spelling", "acquaintance", "transition"))
    tables = schema.tables
    visits = connection.execute(
        sa.text(
            "SELECT visit.id, visit.workspace_id, interaction.team_id, interaction.rep_id,"
            " interaction.author_id, interaction.occurred_on,"
            " interaction.deleted_at IS NOT NULL AS deleted, visit.account, visit.people,"
            " visit.is_key FROM visit JOIN interaction ON interaction.id = visit.interaction_id"
            " ORDER BY interaction.occurred_on, interaction.id, visit.place"
        ).columns(occurred_on=sa.Date, deleted=sa.Boolean, is_key=sa.Boolean)
    ).all()
    passing = connection.execute(
        sa.text(
            "SELECT id, workspace_id, team_id, leaves_id, account FROM transition"
            " ORDER BY planned_on, id"
        )
    ).all()
    found: dict[tuple[int, str], int] = {}
    for row in (*visits, *passing):
        at = row.team_id, account_key(row.account)
        if at not in found:
            own = {"workspace_id": row.workspace_id, "team_id": row.team_id, "name": row.account}
            found[at] = _insert(connection, tables["account"], {**own, "is_key": False})
            spelling = {**own, "account_id": found[at], "key": at[1]}
            _insert(connection, tables["account_spelling"], spelling)
    led = [{"of": row.id, "to": found[row.team_id, account_key(row.account)]} for row in visits]
    _run(connection, "UPDATE visit SET account_id = :to WHERE id = :of", led)
    key_accounts = {
        found[row.team_id, account_key(row.account)]
        for row in visits
        if row.is_key  # of a deleted one too, which may be put back
    }
    _run(
        connection,
        "UPDATE account SET is_key = true WHERE id = :of",
        [{"of": one} for one in sorted(key_accounts)],
    )
    # Planned twice in two spellings, it passes on as was said last.
    last = {
        (row.leaves_id, found[row.team_id, account_key(row.account)]): row.id for row in passing
    }
    _run(
        connection,
        "DELETE FROM transition WHERE id = :of",
        [{"of": row.id} for row in passing if row.id not in last.values()],
    )
    _run(
        connection,
        "UPDATE transition SET account_id = :to WHERE id = :of",
        [{"of": one, "to": account} for (_, account), one in last.items()],
    )
    workspaces = {found[row.team_id, account_key(row.account)]: row.workspace_id for row in visits}
    facts = facts_of(
        VisitSeen(
            found[row.team_id, account_key(row.account)],
            row.occurred_on,
            row.rep_id,
            row.author_id,
            row.people,
        )
        for row in visits
        if not row.deleted
    )
    rows = [
        {
            "workspace_id": workspaces[account],
            "account_id": account,
            "person_id": person,
            "key": key,
            "name": fact.name,
            "since": fact.since,
            "as_rep": fact.as_rep,
            "kept_as_rep": False,
        }
        for (account, person, key), fact in facts.items()
    ]
    if rows:
        connection.execute(sa.insert(tables["acquaintance"]), rows)


def _insert(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    made = connection.execute(sa.insert(table).values(row)).inserted_primary_key
    assert made is not None
    return int(made[0])


def _run(connection: sa.Connection, statement: str, rows: list[dict[str, int]]) -> None:
    if rows:
        connection.execute(sa.text(statement), rows)
