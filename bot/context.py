"""What the product is put together from, handed to whoever draws and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.bell import Bell
from bot.clock import Clock
from bot.messenger import Messenger
from bot.services.results.balance import QuietMonths
from bot.services.sessions.autosave import Autosave
from storage.database.engine import Database


@dataclass(frozen=True)
class AppContext:
    """The database, the way out to Slack, the clock, the workspaces it serves (our id by Slack
    id) and where each is found (by our id), as the composition root chose them.

    `missing_scopes` are those of the manifest that the token had not at the start. `autosave` saves
    forms as they are typed; `quiet_months` is what this process knows of whose balance there is
    nothing to say of. `public_url` is where people's calendars reach us, "" where they cannot.
    `since` is when it was put together: Slack knew the token then.
    """

    database: Database
    messenger: Messenger
    clock: Clock
    workspaces: dict[str, int]
    missing_scopes: tuple[str, ...] = ()
    addresses: Mapping[int, str] = field(default_factory=dict)
    autosave: Autosave = field(init=False)
    quiet_months: QuietMonths = field(default_factory=QuietMonths)
    bell: Bell = field(default_factory=Bell)
    public_url: str = ""
    since: datetime = field(init=False)

    def leave(self, workspace_id: int) -> None:
        """Serve that workspace no more: whoever asks which are served from now on."""
        for slack_id, ours in list(self.workspaces.items()):
            if ours == workspace_id:
                self.workspaces.pop(slack_id, None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "autosave", Autosave(self.database))
        object.__setattr__(self, "since", self.clock.now())
