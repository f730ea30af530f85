"""What each form made, in one table for all of them, by who sent it to which team."""

import json

import sqlalchemy as sa
from alembic import op

from storage.database.types import EncryptedText

revision = "0004_submission"
down_revision = "0002_hands"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

TEAM = sa.table("team", sa.column("id"), sa.column("manager_id"))
BY_AUTHOR = {"interaction": "contact", "agenda_item": "item"}
BY_MANAGER = {"promise": "promise", "issue_of_the_day": "issue"}
"""What each of these is a kind of, where the form that made it stood until now. Of a promise to a
team it is not known who wrote it down."""

AT_ONCE = 5_000


def upgrade() -> None:
    submission = op.create_table(
        "submission",
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("said", EncryptedText(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name="fk_submission_author_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_submission_team_id"),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name="fk_submission_workspace_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint(
            "form",
            "step",
            "kind",
            "author_id",
            "team_id",
            name="uq_submission_form_step_kind_author_id_team_id",
        ),
    )
    op.create_index("ix_submission_made", "submission", ["made", "kind"], unique=False)
    for table, kind in {**BY_AUTHOR, **BY_MANAGER}.items():
        _copy(submission, table, kind)
    for table in (*BY_AUTHOR, *BY_MANAGER, "team_promise"):
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(f"uq_{table}_form_workspace_id", type_="unique")
            changed.drop_column("form")
    with op.batch_alter_table("draft") as changed:
        changed.drop_constraint("uq_draft_form_workspace_id", type_="unique")
        changed.create_unique_constraint(
            "uq_draft_form_author_id_workspace_id", ["form", "author_id", "workspace_id"]
        )


def _copy(submission: sa.Table, table: str, kind: str) -> None:
    """A next step of a session was made by `form:topic`."""
    names = ("id", "form", "team_id", "author_id", "workspace_id")
    made = sa.table(table, *[sa.column(name) for name in names])
    author = made.c.author_id
    asked = sa.select(made.c.id, made.c.form, made.c.team_id, made.c.workspace_id)
    if table in BY_MANAGER:
        author = TEAM.c.manager_id
        asked = asked.join_from(made, TEAM, TEAM.c.id == made.c.team_id)
    asked = asked.add_columns(author.label("author_id"))
    asked = asked.where(made.c.form.is_not(None), author.is_not(None))
    rows = []
    for row in op.get_bind().execute(asked):
        form, _, step = row.form.partition(":") if kind == "promise" else (row.form, "", "")
        rows.append(
            {
                "form": form,
                "step": step,
                "kind": kind,
                "author_id": row.author_id,
                "team_id": row.team_id,
                "made": json.dumps([str(row.id)]),
                "workspace_id": row.workspace_id,
            }
        )
    for start in range(0, len(rows), AT_ONCE):
        op.bulk_insert(submission, rows[start : start + AT_ONCE])
