"""The notes before a session."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.domain.sessions.preparing import SessionNote
from bot.screens.delivery.direct import Outgoing
from bot.screens.delivery.links import links_to
from bot.services.delivery.messages import list_subject
from bot.services.sessions import preparing
from bot.services.workspaces import calendars
from bot.views.block_kit.kit import Message
from bot.views.sessions import preparing as views


def manager_notes(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To managers, in the order of `dues`, each with the way to the list of the week."""
    notes = preparing.notes_due(app.database, workspace_id, dues, now)
    build = _builder(app, workspace_id, [note for note in notes if not isinstance(note, Unsent)])
    return [
        note
        if isinstance(note, Unsent)
        else Outgoing(note.team.manager, build(note), preparing.note_subject(note.appointment.id))
        for note in notes
    ]


def manager_notes_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the notes to managers are to show now: what the rep prepared since is in them."""
    notes = preparing.posted_notes(app.database, workspace_id, posted, now)
    build = _builder(app, workspace_id, [note for note in notes if note is not None])
    return [build(note) if note is not None else None for note in notes]


def _builder(
    app: AppContext, workspace_id: int, notes: Sequence[SessionNote]
) -> Callable[[SessionNote], Message]:
    links = links_to(app, workspace_id, [_list_of(note) for note in notes])
    return lambda note: views.build_note(note, links.get(_list_of(note)))


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
