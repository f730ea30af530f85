"""**Market note** of a touch."""

from functools import partial

from bot.context import AppContext
from bot.screens.binder import redraw_entry
from bot.screens.delivery.answers import answer
from bot.services.accounts import market
from bot.views.accounts import market_forms as forms
from bot.views.accounts.market_said import with_kept
from bot.views.block_kit.ids import Form, Metadata
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.view(Form.MARKET_NOTE.value)(on(keep))


def open_form(request: SlackRequest) -> None:
    """**Market note**: as it is kept."""
    subject = request.pressed.subject or 0
    found = market.touch_note(request.app.database, request.actor, subject)
    here = Metadata(subject=subject, answer=request.response_url, under=request.under)
    request.show(forms.build_note_form(found.contact, found.note, found.tags, here))


def keep(request: SlackRequest) -> None:
    """Saved before the form closes."""
    entry, metadata = forms.parse_note_form(request.state), request.metadata
    subject = metadata.subject or 0
    contact, kept, today = market.save_touch_note(
        request.app.database, request.actor, subject, entry, request.now
    )
    request.accept()
    if metadata.under:
        redraw_entry(request.app, request.actor, subject, metadata.under, request.now)
    if not metadata.under or kept.says_something:
        message = with_kept(forms.build_note_kept(contact, entry), kept, today)
        answer(request.app, request.actor, message, metadata.answer, f"touch:{subject}")
