"""What the rep said to issues of the day."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Date,
    Text,
    and_,
    bindparam,
    case,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import aliased

from storage.binder.moving.between import Between
from storage.database.carried import REP, SOURCE, TARGET
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import IssueAnswer as AnswerRow
from storage.models import IssueOfTheDay as Row

LAST_DAY = bindparam("last_day", type_=Date)
ISSUE: BindParameter[int | None] = bindparam("issue", None, type_=BigInteger)
"""The one issue that it is about, where it is not about all."""
BEFORE, THERE, SAID, SAID_THERE = aliased(Row), aliased(Row), aliased(AnswerRow), aliased(AnswerRow)
WAS_SAID_TO = and_(
    BEFORE.workspace_id == WORKSPACE,
    BEFORE.team_id == SOURCE,
    BEFORE.starts_on <= LAST_DAY,
    or_(ISSUE.is_(None), BEFORE.id == ISSUE),
)
IS_SAME = and_(
    THERE.workspace_id == WORKSPACE,
    THERE.team_id == TARGET,
    THERE.text == BEFORE.text,
    THERE.starts_on == BEFORE.starts_on,
)
# It is over there: it was no theme of that team's.
COPY_ISSUES = insert(Row).from_select(
    ["workspace_id", "team_id", "text", "starts_on", "ends_on", "seen"],
    select(
        BEFORE.workspace_id,
        TARGET,
        BEFORE.text,
        BEFORE.starts_on,
        case((BEFORE.ends_on > LAST_DAY, LAST_DAY), else_=BEFORE.ends_on),
        literal(True),
    )
    .where(
        WAS_SAID_TO,
        select(SAID.id).where(SAID.issue_id == BEFORE.id, SAID.rep_id == REP).exists(),
        ~select(THERE.id).where(IS_SAME).exists(),
    )
    .order_by(BEFORE.id),
)
COPY_ANSWERS = insert(AnswerRow).from_select(
    ["workspace_id", "issue_id", "rep_id", "text", "noted_on", "not_so_on"],
    select(SAID.workspace_id, THERE.id, SAID.rep_id, SAID.text, SAID.noted_on, SAID.not_so_on)
    .join_from(SAID, BEFORE, BEFORE.id == SAID.issue_id)
    .join(THERE, IS_SAME)
    .where(
        WAS_SAID_TO,
        SAID.rep_id == REP,
        ~select(SAID_THERE.id)
        .where(SAID_THERE.issue_id == THERE.id, SAID_THERE.rep_id == REP)
        .exists(),
    )
    .order_by(SAID.id),
)

# A copy is the later of the two; and what was put otherwise there stays.
SAYS_THE_SAME = and_(
    AnswerRow.workspace_id == WORKSPACE,
    AnswerRow.rep_id == REP,
    AnswerRow.text == bindparam("was", type_=Text),
    AnswerRow.issue_id.in_(
        select(THERE.id)
        .join(BEFORE, and_(BEFORE.text == THERE.text, BEFORE.starts_on == THERE.starts_on))
        .where(
            BEFORE.workspace_id == WORKSPACE,
            BEFORE.id == ISSUE,
            THERE.workspace_id == WORKSPACE,
            THERE.id > BEFORE.id,
            THERE.team_id.in_(AMONG),
        )
    ),
)
REWORD = update(AnswerRow).where(SAYS_THE_SAME)
FORGET = delete(AnswerRow).where(SAYS_THE_SAME)


def carry(tx: Transaction, move: Between, day: date) -> None:
    """What the rep said to themes of the earlier team that began before `day`, with the theme as
    one that is over. Writes."""
    last_day = day - timedelta(days=1)
    tx.run(COPY_ISSUES, **move.named, last_day=last_day)
    tx.run(COPY_ANSWERS, **move.named, last_day=last_day)


def bring(tx: Transaction, move: Between, issue_id: int, day: date) -> None:
    """The same of what they said to that one, which was noted only since. Writes."""
    named = {**move.named, "last_day": day - timedelta(days=1), "issue": issue_id}
    tx.run(COPY_ISSUES, **named)
    tx.run(COPY_ANSWERS, **named)


def reword(
    tx: Transaction,
    issue_id: int,
    rep_id: int,
    was: str,
    text: str,
    on: date,
    team_ids: Collection[int],
) -> None:
    """What came along to those teams of what the rep said to that issue is put otherwise where it
    was noted: it is so there too, where it still says what it said; without words it is gone.
    Writes."""
    named = {"issue": issue_id, "rep": rep_id, "was": was}
    if text:
        values = {"text": text, "noted_on": on, "not_so_on": None}
        tx.change_among(REWORD, values, team_ids, **named)
    else:
        tx.run_among(FORGET, team_ids, **named)
