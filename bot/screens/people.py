"""Getting to know people: their Slack profiles, before they are needed."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow

from bot.domain.people import Profile
from bot.domain.refusals import SlackSilent
from bot.messenger import SlackError
from bot.parts import Parts
from bot.services import people

PATIENCE = 1.2
"""Seconds for all look-ups of a form together: its answer is due in three."""

AT_ONCE = 8


def get_to_know(parts: Parts, workspace_id: int, slack_ids: Iterable[str]) -> None:
    """Look up and keep those nobody here has met. Raises SlackSilent; people stay unmet then.

    Someone Slack does not know stays unknown: whoever needs the person says so.
    """
    strangers = people.unknown(parts.database, workspace_id, slack_ids)
    if not strangers:
        return
    pool = ThreadPoolExecutor(min(AT_ONCE, len(strangers)))
    try:
        found = list(pool.map(parts.messenger.profile, strangers, timeout=PATIENCE))
    except (SlackError, TooSlow) as error:
        raise SlackSilent from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    known: list[Profile] = [profile for profile in found if profile is not None]
    people.save(parts.database, workspace_id, known, parts.clock.now())
