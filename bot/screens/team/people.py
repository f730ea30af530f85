"""Getting to know people: their Slack profiles before they are needed, their names in words."""

from collections.abc import Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import suppress

from bot.context import AppContext
from bot.domain.contacts.typed_text import as_typed, mentioned_people
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import SlackSilent
from bot.messenger import SlackError
from bot.services.team import people

PATIENCE = 1.2
"""Seconds for all look-ups of a form together: its answer is due in three."""

AT_ONCE = 8


def ensure_profiles(app: AppContext, workspace_id: int, slack_ids: Iterable[str]) -> None:
    """Look up and keep those nobody here has met.

    Raises SlackSilent when Slack did not tell of all of them in time; those it did tell of are
    kept, so that trying again asks for the others alone. Someone Slack does not know stays
    unknown: whoever needs the person says so.
    """
    strangers = people.unknown(app.database, workspace_id, slack_ids)
    if not strangers:
        return
    pool = ThreadPoolExecutor(min(AT_ONCE, len(strangers)))
    asked = [pool.submit(app.messenger.profile, slack_id) for slack_id in strangers]
    in_time, late = wait(asked, timeout=PATIENCE, return_when=FIRST_EXCEPTION)
    pool.shutdown(wait=False, cancel_futures=True)
    answered = [look_up for look_up in in_time if not _failed(look_up)]
    found = [look_up.result() for look_up in answered]
    known = [profile for profile in found if profile is not None]
    people.save(app.database, workspace_id, known, app.clock.now())
    if late or len(answered) < len(in_time):
        raise SlackSilent


def typed_words(app: AppContext, workspace_id: int, raw: str) -> str:
    """Words as they were typed, with everyone whom they mention by their name here. Whom Slack does
    not tell of in time stands there by the id: the words count more than a name in them. Asks Slack
    and writes only where they mention somebody whom nobody here has met."""
    mentioned = mentioned_people(raw)
    if not mentioned:
        return as_typed(raw)
    with suppress(SlackSilent):
        ensure_profiles(app, workspace_id, mentioned)
    return as_typed(raw, people.names(app.database, workspace_id, mentioned))


def _failed(look_up: "Future[Profile | None]") -> bool:
    """Whether Slack did not tell; any other fault is raised when the result is taken."""
    return isinstance(look_up.exception(), SlackError)
