"""Pages that stand in an answer, drawn anew in place, or in the place of App Home.

An answer is replaced five times at the most, and for half an hour
(https://docs.slack.dev/interactivity/handling-user-interaction#message_responses): then the page
comes as another one.
"""

import logging

from bot.messenger import SlackError, TooLateError
from bot.screens.results import put_on_home
from bot.views.block_kit.ids import Metadata
from bot.views.results.pages import Page, as_message
from handlers.request import SlackRequest

log = logging.getLogger("windshield")

ON_HOME = 0
"""`Metadata.home` of a form that was opened from a page in the place of Home."""


def draw(request: SlackRequest, page: Page) -> None:
    """Where it was asked for: on Home, in the answer that was pressed, or as an answer."""
    if request.in_home:
        request.accept()
        put_on_home(request.app, request.actor, page)
        return
    if request.response_url and "actions" in request.body and not request.is_too_old:
        try:
            request.redraw(as_message(page))
            return
        except TooLateError:
            pass  # replaced too often
    request.answer(as_message(page))


def page_metadata(request: SlackRequest) -> Metadata:
    """Where a page stands that a form is opened from, for `draw_behind`."""
    if request.in_home:
        return Metadata(home=ON_HOME)
    return Metadata(answer=request.response_url)


def draw_behind(request: SlackRequest, page: Page) -> None:
    """The form closes, and the page that it was opened from is drawn anew."""
    request.accept()
    if request.metadata.home is not None:
        put_on_home(request.app, request.actor, page)
    elif request.metadata.answer:
        _draw_again(request, request.metadata.answer, page)


def _draw_again(request: SlackRequest, url: str, page: Page) -> None:
    try:
        try:
            request.app.messenger.respond(url, as_message(page), replace=True)
        except TooLateError:
            request.app.messenger.respond(url, as_message(page))
    except SlackError as error:
        # It is saved, and stands there as soon as the page is opened again.
        log.warning("a page was not drawn anew: %s", type(error).__name__)
