"""Words that their author alone reads, of every kind that there is."""

from typing import Any

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from storage.contacts import notes
from storage.database.engine import Database
from storage.models import Interaction, Promise
from storage.team import teams
from tests.services.history import MONDAY, NOW
from tests.storage.world import add_people


def add_private_words(
    database: Database, workspace_id: int, author: str, words: str, team_of: str | None = None
) -> None:
    """With the first rep of that team, the author's where no other is named: a private note, two
    things that were said between the two of them, one kept and one let go, and a note of the
    author's to themselves."""
    with database.writing(workspace_id) as tx:
        own = add_people(tx, [author])[author]
        team = teams.of_manager(tx, team_of or author)
        assert team is not None
        rep = teams.members(tx, team.id)[0].rep.id
        about: dict[str, Any] = {"team_id": team.id, "rep_id": rep}
        tx.insert(
            Interaction,
            kind=InteractionKind.TOUCH,
            **about,
            author_id=own,
            channel=None,
            occurred_on=MONDAY,
            occurred_at=NOW,
            recorded_at=NOW,
            about="",
            private_note=words,
        )
        for closed in ({"kept_on": MONDAY}, {"dropped_on": MONDAY}):
            tx.insert(
                Promise,
                **about,
                owner=Owner.MANAGER,
                what="",
                made_on=MONDAY,
                due_on=MONDAY,
                raised_on=MONDAY,
                closing_words="",
                told_to_id=own,
                sealed_what=f"{words}, between us",
                sealed_closing_words=f"{words}, closed",
                **closed,
            )
        notes.add_once(tx, own, f"{words}, to myself", NOW, f"D{own}:1")
