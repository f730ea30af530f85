"""What is planned: its form, and the notes before a session."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.delivery import MessageKind, Subject, Unsent
from bot.domain.workspaces.people import Actor
from bot.parts import Parts
from bot.screens.delivery.direct import Outgoing
from bot.services import appointments
from bot.views import appointments as views
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import View


def form(parts: Parts, actor: Actor, appointment_id: int, now: datetime) -> View:
    """The form that says when it is to be. Raises NoTeam, Gone, NotYours and NotOnTeam."""
    one = appointments.one(parts.database, actor, appointment_id, now).appointment
    desk = appointments.desk(parts.database, actor, one.rep.slack_id, one.kind, now)
    return views.build_appointment_form(desk, Metadata())


def manager_notes(
    parts: Parts, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
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
        for note in appointments.notes_due(parts.database, workspace_id, dues, now)
    ]


def rep_notes(
    parts: Parts, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
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
        for note in appointments.notes_due(parts.database, workspace_id, dues, now)
    ]
