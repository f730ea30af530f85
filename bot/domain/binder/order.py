"""What is said between the bot and the process of its own that writes a binder into a file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.binder.export import ExportRequest, Format, Paper, What
from bot.domain.workspaces.people import Actor

FOLDER = "WINDSHIELD_EXPORT_FOLDER"
"""Names, in the surroundings of that process, the folder that is gone with it."""

PROGRESS = "progress"
"""Begins a line of that process: then how many parts are written, and of how many."""

FAULT = "fault"
"""Begins another: then why there is no file, an `ExportFault`."""

NOTE = "note"
"""Begins another: then a sentence for whoever has the file, as JSON."""


@dataclass(frozen=True)
class Order:
    """What to make, of which team, for whom, as of when; and where the database is, with the keys
    for what only its author reads."""

    database_url: str
    secret_keys: tuple[str, ...]
    actor: Actor
    team_id: int
    request: ExportRequest
    now: datetime

    def pack(self) -> bytes:
        """As one line, which never is on a command line: those can be read by everybody."""
        request = self.request
        packed = {
            "database_url": self.database_url,
            "secret_keys": self.secret_keys,
            "workspace_id": self.actor.workspace_id,
            "slack_id": self.actor.slack_id,
            "team_id": self.team_id,
            "format": request.format.value,
            "reps": sorted(request.reps),
            "since": request.since.isoformat() if request.since else None,
            "until": request.until.isoformat() if request.until else None,
            "with_private_notes": request.with_private_notes,
            "what": request.what.value,
            "paper": request.paper.value,
            "now": self.now.isoformat(),
        }
        return json.dumps(packed).encode() + b"\n"

    @classmethod
    def unpack(cls, line: bytes) -> "Order":
        """As it was packed."""
        packed: Mapping[str, Any] = json.loads(line)
        request = ExportRequest(
            format=Format(packed["format"]),
            reps=frozenset(packed["reps"]),
            since=_day(packed["since"]),
            until=_day(packed["until"]),
            with_private_notes=packed["with_private_notes"],
            what=What(packed["what"]),
            paper=Paper(packed["paper"]),
        )
        return cls(
            packed["database_url"],
            tuple(packed["secret_keys"]),
            Actor(packed["workspace_id"], packed["slack_id"]),
            packed["team_id"],
            request,
            datetime.fromisoformat(packed["now"]),
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
