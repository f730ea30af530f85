"""What a manager says of a period on the page for somebody above."""

from sqlalchemy import BigInteger, Date, bindparam, delete, select

from bot.domain.results.results import Period
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import PeriodWords as Row

OWN = (
    Row.workspace_id == WORKSPACE,
    Row.team_id == bindparam("team", type_=BigInteger),
    Row.author_id == bindparam("author", type_=BigInteger),
)
OF_AUTHOR = select(Row.starts_on, Row.ends_on, Row.words).where(*OWN)
REMOVE = delete(Row).where(
    *OWN,
    Row.starts_on == bindparam("first", type_=Date),
    Row.ends_on == bindparam("last", type_=Date),
)


def of_author(tx: Transaction, team_id: int, author_id: int) -> dict[Period, str]:
    """What that manager said of periods of a team; of nobody else."""
    rows = tx.all(OF_AUTHOR, team=team_id, author=author_id)
    return {Period(row.starts_on, row.ends_on): row.words for row in rows}


def save(tx: Transaction, team_id: int, author_id: int, period: Period, words: str) -> None:
    """That is what they say of it; "" for nothing. Writes."""
    whose = {"team_id": team_id, "author_id": author_id}
    when = {"starts_on": period.start, "ends_on": period.end}
    if words:
        key = (*whose, *when)
        tx.upsert(Row, [{**whose, **when, "words": words}], key=key)
    else:
        tx.run(REMOVE, team=team_id, author=author_id, first=period.start, last=period.end)
