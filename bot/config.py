"""Settings from the environment, read once and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE_URL = "sqlite:///windshield.db"
DEFAULT_SLACK_API_URL = "https://slack.com/api/"
DEFAULT_PORT = 3000
DEFAULT_TICK_SECONDS = 30.0
LONGEST_TICK = 3600.0
"""Seconds. Longer between two heartbeats, and what is due at eight comes at nine."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingsError(ValueError):
    """A setting is missing or makes no sense; the text says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What the operator decides. Empty strings mean: not set."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    slack_api_url: str = DEFAULT_SLACK_API_URL
    database_url: str = DEFAULT_DATABASE_URL
    secret_keys: tuple[str, ...] = ()
    port: int = DEFAULT_PORT
    log_level: str = "INFO"
    tick_seconds: float = DEFAULT_TICK_SECONDS


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, or from the process and a `.env` file in the working folder.

    Raises SettingsError for a port that is no port, a level that is no level, and seconds that
    are none.
    """
    if environ is None:
        from dotenv import dotenv_values

        from_file = {k: v for k, v in dotenv_values(Path.cwd() / ".env").items() if v}
        environ = {**from_file, **os.environ}
    port = environ.get("PORT", "") or str(DEFAULT_PORT)
    if not port.isdigit() or not 0 <= int(port) <= 65535:
        raise SettingsError(f"PORT is “{port}”; it must be a number from 0 to 65535.")
    level = (environ.get("LOG_LEVEL", "") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL is “{level}”; it must be one of {', '.join(LOG_LEVELS)}.")
    api_url = environ.get("SLACK_API_URL", "") or DEFAULT_SLACK_API_URL
    keys = environ.get("WINDSHIELD_SECRET_KEY", "").split(",")
    return Settings(
        bot_token=environ.get("SLACK_BOT_TOKEN", ""),
        app_token=environ.get("SLACK_APP_TOKEN", ""),
        signing_secret=environ.get("SLACK_SIGNING_SECRET", ""),
        slack_api_url=api_url if api_url.endswith("/") else api_url + "/",
        database_url=environ.get("DATABASE_URL", "") or DEFAULT_DATABASE_URL,
        secret_keys=tuple(key.strip() for key in keys if key.strip()),
        port=int(port),
        log_level=level,
        tick_seconds=_seconds(environ.get("TICK_SECONDS", "")),
    )


def _seconds(given: str) -> float:
    try:
        seconds = float(given or DEFAULT_TICK_SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= LONGEST_TICK:
        raise SettingsError(
            f"TICK_SECONDS is “{given}”; it must be a number above 0, at most {LONGEST_TICK:.0f}."
        )
    return seconds
