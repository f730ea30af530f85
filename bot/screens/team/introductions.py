"""Introductions: one message to each rep who has not met Windshield, and how it went."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Subject, Unsent
from bot.domain.team.teams import Membership, TeamView
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.messenger import AnswerLostError, RateLimitedError, SlackError
from bot.screens.delivery.direct import Outgoing
from bot.services.team import introductions
from bot.views.team.introduction import Sent, build_introduction, build_paused, build_sent

log = logging.getLogger("windshield")


def send(app: AppContext, actor: Actor, facts: TeamView, view_id: str, now: datetime) -> None:
    """Send what waits in `facts`, each once whoever else sends, and say to the manager who acts
    how it went. Never fails.

    It is said in a message rather than in the modal `view_id`: Slack may draw the answer to a
    form after what was drawn later. While Slack takes no messages there is only the modal.
    """
    sent = _send_all(app, actor, facts, now)
    if sent == Sent():
        return  # another press was faster, and says so
    try:
        if sent.later and not sent.away:
            app.messenger.update_view(view_id, build_paused(sent))
        else:
            channel = facts.team.manager.dm_channel or actor.slack_id
            app.messenger.post(channel, build_sent(sent))
    except SlackError as error:
        log.warning("a manager was not told who was introduced: %s", error.code)


def _send_all(app: AppContext, actor: Actor, facts: TeamView, now: datetime) -> Sent:
    told: list[str] = []
    asleep: list[tuple[str, datetime]] = []
    refused: list[str] = []
    unsure: list[str] = []
    waiting = list(facts.to_introduce)
    while waiting:
        member = waiting[0]
        try:
            # Claimed one by one, right before each: if this process ends midway, who was not
            # reached yet still waits.
            at = introductions.put_off(app.database, actor, member.id, now)
            if at is not None:
                asleep.append((member.rep.name, at))
            elif introductions.claim(app.database, actor, member.id, now):
                _send(app, actor, facts, member)
                told.append(member.rep.name)
        except AnswerLostError:
            unsure.append(member.rep.name)
        except RateLimitedError:
            break
        except DatabaseUnavailableError as error:
            log.warning("membership %s was not introduced: %s", member.id, log_words(error))
            names = tuple(membership.rep.name for membership in waiting)
            return Sent(tuple(told), tuple(refused), tuple(unsure), names, tuple(asleep), away=True)
        except SlackError:
            refused.append(member.rep.name)
        del waiting[0]
    names = tuple(membership.rep.name for membership in waiting)
    return Sent(tuple(told), tuple(refused), tuple(unsure), names, tuple(asleep))


def due(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To reps who rested when their manager sent the introductions, in the order of `dues`."""
    found = introductions.due(app.database, workspace_id, [one for one, _ in dues], now)
    return [
        Outgoing(
            found[one][1],
            build_introduction(found[one][0]),
            Subject(MessageKind.INTRODUCTION, one),
        )
        if one in found
        else Unsent.NOT_NEEDED
        for one, _ in dues
    ]


def _send(app: AppContext, actor: Actor, facts: TeamView, member: Membership) -> None:
    """Send one, and give the claim back when Slack took nothing. Raises SlackError."""
    # Posted to the person: opening sixty conversations first is more than Slack allows a minute
    # (conversations.open, Tier 3), and nothing of an introduction is ever drawn again.
    channel = member.rep.dm_channel or member.rep.slack_id
    try:
        app.messenger.post(channel, build_introduction(facts.team))
    except AnswerLostError:
        log.warning("whether membership %s was introduced is unknown", member.id)
        raise
    except SlackError as error:
        log.warning("membership %s was not introduced: %s", member.id, error.code)
        _give_back(app, actor, member.id)
        raise


def _give_back(app: AppContext, actor: Actor, membership_id: int) -> None:
    try:
        introductions.give_back(app.database, actor.workspace_id, membership_id)
    except DatabaseUnavailableError as error:
        log.warning(
            "the claim to introduce membership %s was not given back: %s",
            membership_id,
            log_words(error),
        )
