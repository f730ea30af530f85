"""What is planned: its form."""

from datetime import datetime

from bot.domain.workspaces.people import Actor
from bot.parts import Parts
from bot.services import appointments
from bot.views import appointments as views
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import View


def form(parts: Parts, actor: Actor, appointment_id: int, now: datetime) -> View:
    """The form that says when it is to be. Raises NoTeam, Gone, NotYours and NotOnTeam."""
    one = appointments.one(parts.database, actor, appointment_id, now).appointment
    desk = appointments.desk(parts.database, actor, one.rep.slack_id, one.kind, now)
    return views.build_appointment_form(desk, Metadata())
