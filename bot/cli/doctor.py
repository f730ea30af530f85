"""`windshield doctor`: is everything in place? Each line is ok, or what to do."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import click

from bot.cli.edge import plain_errors, sentence_of, sqlite_file
from bot.manifest import missing_scopes

if TYPE_CHECKING:
    from bot.config import Settings

SKEW = 60
"""Seconds a clock may be off; Slack refuses signatures older than five minutes
(https://docs.slack.dev/authentication/verifying-requests-from-slack)."""

EMAIL_SCOPE = "users:read.email"
BY_ADDRESS = "files may name people by e-mail address"
BY_ID_ALONE = f"files name people by Slack id; by e-mail address too with the scope {EMAIL_SCOPE}"
MADE_LATER = "is made by the first run"

Finding = tuple[str, str | None]
"""What was looked at, and what to do about it; None where it is well."""


@click.command()
def doctor() -> None:
    """Check tokens, scopes, database, clock and time zones."""
    with plain_errors():
        from bot.config import read_settings

        settings = read_settings()
        findings = [
            *_looked("bot token", _slack, settings),
            *_looked("app token", _app_token, settings),
            *_looked("database", _database, settings),
            *_zones(),
        ]
    for what, advice in findings:
        click.echo(f"ok    {what}" if advice is None else f"TO DO {what}: {advice}")
    if any(advice for _, advice in findings):
        raise SystemExit(1)


def _looked(
    what: str, look: Callable[["Settings"], Iterator[Finding]], settings: "Settings"
) -> Iterator[Finding]:
    """What was found; where one thing cannot even be looked at, the others still are."""
    try:
        yield from look(settings)
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        yield what, sentence


def _slack(settings: "Settings") -> Iterator[Finding]:
    from bot.messenger import Messenger, SlackError

    if not settings.bot_token:
        yield "bot token", "set SLACK_BOT_TOKEN (xoxb-…), from OAuth & Permissions"
        return
    try:
        me = Messenger(settings.bot_token, settings.slack_api_url).who_am_i()
    except SlackError as error:
        yield "bot token", f"Slack said {error.code}; check SLACK_BOT_TOKEN and SLACK_API_URL"
        return
    yield f"bot token, for {me.get('team')}", None
    scopes = str(me["scopes"])
    missing = missing_scopes(scopes)
    if not scopes:
        yield "scopes: Slack does not say which there are, so that none could be looked at", None
    else:
        advice = f"install the app again with manifest.yml; missing: {', '.join(missing)}"
        yield "scopes", advice if missing else None
        addresses = BY_ADDRESS if EMAIL_SCOPE in scopes.split(",") else BY_ID_ALONE
        yield addresses, None
    yield from _clock(str(me["date"]))


def _clock(date: str) -> Iterator[Finding]:
    if not date:
        return
    skew = abs((datetime.now(UTC) - parsedate_to_datetime(date)).total_seconds())
    advice = f"this machine's clock is {skew:.0f} s off; let NTP set it"
    yield "clock", advice if skew > SKEW else None


def _app_token(settings: "Settings") -> Iterator[Finding]:
    from http.client import HTTPException

    from slack_sdk import WebClient
    from slack_sdk.errors import SlackApiError, SlackClientError

    if not settings.app_token:
        advice = "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP"
        yield "signing secret, for HTTP", None if settings.signing_secret else advice
        return
    client = WebClient(token=settings.app_token, base_url=settings.slack_api_url)
    try:
        client.apps_connections_open(app_token=settings.app_token)
    except (SlackClientError, OSError, HTTPException, ValueError) as error:
        code = error.response["error"] if isinstance(error, SlackApiError) else "nothing"
        yield "app token", f"Slack said {code}; SLACK_APP_TOKEN needs connections:write"
    else:
        yield "app token, for Socket Mode", None


def _database(settings: "Settings") -> Iterator[Finding]:
    from bot.services.workspaces.health import (
        database_problem,
        is_empty,
        key_problem,
        waiting_lists,
        write_problem,
    )
    from storage.database.engine import Database

    file = sqlite_file(settings)
    if file is not None and not file.exists():
        can_be = os.access(file.parent, os.W_OK | os.X_OK)
        advice = f"none can be made in {file.parent.resolve()}; see DATABASE_URL"
        yield ("database", advice) if not can_be else (f"database: {MADE_LATER}", None)
        return
    # To look at a database must neither change it nor make a key beside it.
    database = Database(settings.database_url, settings.secret_keys, read_only=True)
    try:
        problem = database_problem(database)
        what = f"database ({database.engine.dialect.name})"
        if problem is not None and is_empty(database):
            yield f"{what}: {MADE_LATER}", None
            yield "database can be written to", write_problem(database)
            return
        yield what, problem
        if problem is None:
            yield "database can be written to", write_problem(database)
            yield "key of what is private", key_problem(database)
            waiting = waiting_lists(database, datetime.now(UTC))
            advice = (
                f"of {', '.join(waiting)}, who left Slack: put the reps on another manager's team "
                "with windshield import roster"
            )
            yield "lists that nobody has", advice if waiting else None
    finally:
        database.close()


def _zones() -> Iterator[Finding]:
    from bot.domain.workspaces.people import is_zone

    known = is_zone("Europe/Berlin") and is_zone("America/New_York")
    yield "time zones", None if known else "install the tzdata package"
