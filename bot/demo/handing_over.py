"""What passes from one to another in the demo: an account from one rep to another, and a rep who is
offered to another manager.

Nothing here is drawn by lot, so that all else in the demo stays as it is."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.accounts.transitions import TransitionEntry
from bot.domain.workspaces.people import Actor
from bot.services.accounts import transitions
from bot.services.binder import handover
from slack_sandbox import Person
from storage.database.engine import Database

LEAVES, TAKES_OVER = 4, 5
"""The places of the rep who hands an account on, and of who takes it over."""

SPAN = timedelta(days=21)
OFFERED = -1
"""The place of the rep who is offered to another manager."""

SHARED = (LEAVES, OFFERED)
"""Reps with whom sessions are shared, so that their plans are in the transition pack."""

WORDS = "Your customers are moving to Mumbai, and so is your next step."


def hand_account_on(
    database: Database, actor: Actor, reps: Sequence[Person], now: datetime, form: str
) -> None:
    """An account that one rep alone knows passes to another, and the introduction is still to be
    made. Writes."""
    leaves, to = reps[LEAVES], reps[TAKES_OVER]
    page = transitions.page(database, actor, leaves.id, now)
    entry = TransitionEntry(leaves.id, (page.accounts[0][0],), to.id, page.today + SPAN)
    transitions.pass_on(database, actor, entry, form, now)


def offer_rep(
    database: Database, actor: Actor, reps: Sequence[Person], to: str, now: datetime, form: str
) -> None:
    """A rep is offered to another manager (a Slack id), who has not answered yet. Writes."""
    handover.offer(database, actor, reps[OFFERED].id, to, WORDS, form, now)
