"""What shows something that was changed is to be drawn anew: said in the same transaction."""

from datetime import date, timedelta

from bot.domain.calendar import monday_of
from storage import messages
from storage.engine import Transaction

WEEK = timedelta(days=7)


def list_subject(team_id: int, monday: date) -> str:
    """What the messages are about that show the list of that week."""
    return f"todo:{team_id}:{monday.isoformat()}"


def read_list_subject(subject: str) -> tuple[int, date]:
    """The team and the Monday that `list_subject` named."""
    _, team, monday = subject.split(":")
    return int(team), date.fromisoformat(monday)


def lists_changed(tx: Transaction, team_id: int, *days: date) -> None:
    """The lists of the weeks that those days are in are to be drawn anew, and those of the weeks
    after: they may have come already, and go by what was."""
    mondays = {monday_of(day) for day in days}
    mondays |= {monday + WEEK for monday in mondays}
    messages.want(tx, {list_subject(team_id, monday) for monday in mondays})
