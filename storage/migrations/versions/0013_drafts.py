"""Drafts are saved as they are typed: a row a form and step, and what is left of a form that was
logged or discarded."""

import sqlalchemy as sa
from alembic import op

from storage.database.types import UtcDateTime

revision = "0013_drafts"
down_revision = "0012_rows"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIND = sa.Enum(
    "session", "field_day", "preparation", name="draftkind", native_enum=False, length=20
)
WHOLE = "~"
"""Before the step of a draft that holds all steps, as they were kept until now."""


def upgrade() -> None:
    with op.batch_alter_table("draft") as draft:
        draft.add_column(sa.Column("kind", KIND, nullable=True))
        draft.add_column(sa.Column("interaction_id", BIG_ID, nullable=True))
        draft.add_column(sa.Column("appointment_id", BIG_ID, nullable=True))
        draft.add_column(
            sa.Column("typed_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False)
        )
        draft.add_column(sa.Column("typed_in", sa.Text(), server_default="", nullable=False))
        draft.add_column(sa.Column("closed_at", UtcDateTime(), nullable=True))
        draft.alter_column("rep_id", existing_type=BIG_ID, nullable=True)
        draft.create_foreign_key(
            "fk_draft_interaction_id", "interaction", ["interaction_id"], ["id"]
        )
        draft.create_foreign_key(
            "fk_draft_appointment_id", "appointment", ["appointment_id"], ["id"]
        )
        draft.drop_constraint("uq_draft_form_author_id_workspace_id", type_="unique")
        draft.create_unique_constraint(
            "uq_draft_form_step_author_id_workspace_id",
            ["form", "step", "author_id", "workspace_id"],
        )
    # A session has topics, a field day has none.
    kept = sa.table("draft", *[sa.column(name) for name in ("kind", "step", "topic_set_id")])
    is_session = kept.c.topic_set_id.is_not(None)
    op.execute(
        kept.update().values(
            kind=sa.case((is_session, "session"), else_="field_day"),
            step=sa.literal(WHOLE, sa.Text()).op("||")(kept.c.step),
        )
    )
    with op.batch_alter_table("draft") as draft:
        draft.alter_column("kind", existing_type=KIND, nullable=False)
    op.create_index("ix_draft_interaction_id", "draft", ["interaction_id"], unique=False)
    op.create_index("ix_draft_saved_at", "draft", ["saved_at"], unique=False)
