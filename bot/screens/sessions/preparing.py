"""The notes before a session."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Subject, Unsent
from bot.screens.delivery.direct import Outgoing
from bot.services.sessions import preparing
from bot.views.sessions import preparing as views


def manager_notes(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To managers, in the order of `dues`."""
    return [
        note
        if isinstance(note, Unsent)
        else Outgoing(
            note.team.manager,
            views.build_note(note),
            Subject(MessageKind.SESSION_NOTE, note.appointment.id),
        )
        for note in preparing.notes_due(app.database, workspace_id, dues, now)
    ]


def rep_notes(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To reps, in the order of `dues`."""
    return [
        note
        if isinstance(note, Unsent)
        else Outgoing(
            note.appointment.rep,
            views.build_rep_note(note),
            Subject(MessageKind.SESSION_PREPARE, note.appointment.id),
        )
        for note in preparing.notes_due(app.database, workspace_id, dues, now)
    ]
