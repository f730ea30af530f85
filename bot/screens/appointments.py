"""What is planned: its form."""

from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.services import appointments
from bot.views import appointments as views
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import View


def form(app: AppContext, actor: Actor, appointment_id: int, now: datetime) -> View:
    """The form that says when it is to be. Raises NoTeam, Gone, NotYours and NotOnTeam."""
    one = appointments.get(app.database, actor, appointment_id, now).appointment
    form = appointments.open_form(app.database, actor, one.rep.slack_id, one.kind, now)
    return views.build_appointment_form(form, Metadata())
