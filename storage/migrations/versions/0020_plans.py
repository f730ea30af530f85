"""Plans with a row of their own, beside the session that each comes from."""

import sqlalchemy as sa
from alembic import op

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0020_plans"
down_revision = "0018_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan",
        sa.Column("team_id", BIG_ID, nullable=False),
        sa.Column("rep_id", BIG_ID, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("topic_id", BIG_ID, nullable=False),
        sa.Column("interaction_id", BIG_ID, nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), server_default="", nullable=False),
        sa.Column("a_week", sa.Integer(), server_default="0", nullable=False),
        sa.Column("progress", sa.Text(), nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("otherwise", sa.LargeBinary(), nullable=True),
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("workspace_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.id"], name="fk_plan_interaction_id"
        ),
        sa.ForeignKeyConstraint(["rep_id"], ["person.id"], name="fk_plan_rep_id"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name="fk_plan_team_id"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name="fk_plan_topic_id"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspace.id"], name="fk_plan_workspace_id"),
        sa.PrimaryKeyConstraint("id", name="pk_plan"),
        sa.UniqueConstraint(
            "team_id", "rep_id", "key", "kept", name="uq_plan_team_id_rep_id_key_kept"
        ),
    )
    op.create_index("ix_plan_interaction_id", "plan", ["interaction_id"])
    op.execute(
        "INSERT INTO plan (workspace_id, team_id, rep_id, key, kept, stands, topic_id,"
        " interaction_id, agreed_on, text, activity, a_week, progress)"
        " SELECT workspace_id, team_id, rep_id, key, false, true, topic_id, interaction_id,"
        " occurred_on, plan, activity, a_week, CASE WHEN progress THEN changed ELSE '' END FROM ("
        "SELECT interaction.workspace_id, interaction.team_id, interaction.rep_id, topic.key,"
        " topic.id AS topic_id, interaction.id AS interaction_id, interaction.occurred_on,"
        " session_topic.plan, session_topic.activity, session_topic.a_week,"
        " session_topic.changed, session_topic.progress,"
        " row_number() OVER (PARTITION BY interaction.team_id, interaction.rep_id, topic.key"
        " ORDER BY interaction.occurred_on DESC, interaction.id DESC) AS turn"
        " FROM interaction JOIN session_topic ON session_topic.interaction_id = interaction.id"
        " JOIN topic ON topic.id = session_topic.topic_id"
        " WHERE interaction.deleted_at IS NULL) AS said WHERE turn = 1"
    )
