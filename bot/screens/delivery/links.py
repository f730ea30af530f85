"""Where a message stands, as a link to it."""

import logging
from collections.abc import Sequence

from bot.context import AppContext
from bot.domain.delivery import Subject
from bot.messenger import SlackError
from bot.services.delivery import messages

log = logging.getLogger("windshield")


def links_to(
    app: AppContext, workspace_id: int, wanted: Sequence[tuple[Subject, int]]
) -> dict[tuple[Subject, int], str]:
    """The address of the message about each subject that was drawn for that person. Never fails:
    those that Slack does not give now are left out."""
    links: dict[tuple[Subject, int], str] = {}
    for pair, ref in messages.where_shown(app.database, workspace_id, wanted).items():
        try:
            links[pair] = app.messenger.permalink(ref)
        except SlackError as error:
            log.warning("a link to a message was not given: %s", type(error).__name__)
    return links
