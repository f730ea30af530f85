"""The app was removed from a workspace: what would leave the database by itself does so no more."""

from datetime import datetime

from storage.binder import calendars, exports
from storage.database.engine import Database


def end(database: Database, workspace_id: int, now: datetime) -> int:
    """No address of a calendar leads there any more, in whichever process it is asked for, and no
    export that is under way comes; how many addresses there were. What is kept stays, for when the
    app is installed again. Writes."""
    with database.writing(workspace_id) as tx:
        exports.stop_all(tx, now)
        return calendars.remove_all(tx)
