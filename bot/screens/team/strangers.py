"""Someone who is no rep of the team yet: why nothing was logged, and the way to add them."""

from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import NotOnTeam, Oneself
from bot.screens.team.people import ensure_profiles
from bot.services.team import setup
from bot.views.block_kit import refusals
from bot.views.block_kit.kit import Message
from bot.views.contacts.touch import build_not_on_team


def offer_to_add(
    app: AppContext, actor: Actor, rep: str, typed: str, now: datetime, before: str = ""
) -> Message:
    """**Add to my team**, with what was `typed` to be logged then; `before` is said first.

    Raises Oneself, and CannotBeRep for someone who can be nobody's rep.
    """
    if rep == actor.slack_id:
        raise Oneself
    ensure_profiles(app, actor.workspace_id, [rep])
    setup.check_can_be_rep(app.database, actor, rep, now)
    reason = f"{before} {refusals.sentence(NotOnTeam(rep))}".lstrip()
    return build_not_on_team(rep, typed, reason)
