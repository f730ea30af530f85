"""The notes before a session."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Subject, Unsent
from bot.domain.sessions.preparing import SessionNote
from bot.screens.delivery.direct import Outgoing
from bot.screens.delivery.links import links_to
from bot.services.delivery.messages import list_subject
from bot.services.sessions import preparing
from bot.services.workspaces import calendars
from bot.views.sessions import preparing as views


def manager_notes(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To managers, in the order of `dues`, each with the way to the list of the week."""
    notes = preparing.notes_due(app.database, workspace_id, dues, now)
    going = [_list_of(note) for note in notes if not isinstance(note, Unsent)]
    links = links_to(app, workspace_id, going)
    return [
        note
        if isinstance(note, Unsent)
        else Outgoing(
            note.team.manager,
            views.build_note(note, links.get(_list_of(note))),
            Subject(MessageKind.SESSION_NOTE, note.appointment.id),
        )
        for note in notes
    ]


def _list_of(note: SessionNote) -> tuple[Subject, int]:
    """The list of the manager's week, as a message stands about it."""
    monday = calendars.of_team(note.team.settings, note.today).week_of(note.today)
    return list_subject(note.team.id, monday), note.team.manager.id


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
