"""Settings from the environment, read once and passed down."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

DEFAULT_DATABASE_URL = "sqlite:///windshield.db"
DEFAULT_SLACK_API_URL = "https://slack.com/api/"
DEFAULT_PORT = 3000
DEFAULT_TICK_SECONDS = 30.0
SHORTEST_TICK = 0.1
"""Seconds. Sooner, and a process that has nothing to do is busy with it."""
LONGEST_TICK = 3600.0
"""Seconds. Longer between two heartbeats, and what is due at eight comes at nine."""
MOST_PORT = 65535
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")

NUMBER = re.compile(r"[0-9]{1,5}")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
_PATH = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?")
"""Nothing that one reader takes for a path and another for something else."""


class SettingsError(ValueError):
    """A setting is missing or makes no sense; the text says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What the operator decides. Empty strings mean: not set. In Socket Mode `public_url` never is:
    nothing listens there."""

    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    slack_api_url: str = DEFAULT_SLACK_API_URL
    database_url: str = DEFAULT_DATABASE_URL
    secret_keys: tuple[str, ...] = ()
    port: int = DEFAULT_PORT
    log_level: str = "INFO"
    tick_seconds: float = DEFAULT_TICK_SECONDS
    public_url: str = ""


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ`, or from the process and a `.env` file in the working folder.

    Raises SettingsError for a port that is no port, a level that is no level, seconds that are
    none, an address that is none, and a `.env` that is no text.
    """
    if environ is None:
        from dotenv import dotenv_values

        try:
            from_file = {k: v for k, v in dotenv_values(Path.cwd() / ".env").items() if v}
        except UnicodeDecodeError as error:
            raise SettingsError("The .env file is not text in UTF-8; save it as that.") from error
        environ = {**from_file, **os.environ}
    port = environ.get("PORT", "") or str(DEFAULT_PORT)
    if not NUMBER.fullmatch(port) or int(port) > MOST_PORT:
        raise SettingsError(f"PORT is “{port}”; it must be a number from 0 to 65535.")
    level = (environ.get("LOG_LEVEL", "") or "INFO").upper()
    if level not in LOG_LEVELS:
        raise SettingsError(f"LOG_LEVEL is “{level}”; it must be one of {', '.join(LOG_LEVELS)}.")
    api_url = environ.get("SLACK_API_URL", "") or DEFAULT_SLACK_API_URL
    flaw = address_flaw(api_url)
    if flaw:
        raise SettingsError(f"SLACK_API_URL is no address: {flaw}.")
    public_url = environ.get("PUBLIC_URL", "").rstrip("/")
    flaw = address_flaw(public_url, public=True) if public_url else None
    if flaw:
        raise SettingsError(f"PUBLIC_URL is no address: {flaw}.")
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
        public_url="" if environ.get("SLACK_APP_TOKEN", "") else public_url,
    )


def _seconds(given: str) -> float:
    try:
        seconds = float(given or DEFAULT_TICK_SECONDS)
    except ValueError:
        seconds = 0.0
    if not SHORTEST_TICK <= seconds <= LONGEST_TICK:
        raise SettingsError(
            f"TICK_SECONDS is “{given}”; it must be a number from {SHORTEST_TICK} to "
            f"{LONGEST_TICK:.0f}."
        )
    return seconds


def address_flaw(given: str, *, public: bool = False) -> str | None:
    """What keeps that from being the address of a server and nothing else, in a few words; None
    where it is one. `public`: it is where others reach us, by https unless it is this machine."""
    if _BLANK.search(given):
        return "it holds a blank, or what cannot be printed"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        return "its host or port cannot be read"
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return "it begins with https://, then comes a host"
    if parts.username is not None or parts.password is not None:
        return "it holds a user or a password"
    if "?" in given or "#" in given:
        return "it goes on after ? or #"
    if port == 0 or not _is_host(parts):
        return "its host or port cannot be read"
    if not _PATH.fullmatch(parts.path):
        return "its path holds more than plain names"
    if public and parts.scheme == "http" and not is_loopback(str(parts.hostname)):
        return "it begins with https:// wherever it leaves this machine"
    return None


def is_loopback(host: str) -> bool:
    """Whether that host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_host(parts: SplitResult) -> bool:
    """Whether what is written there is a host, and a port where there is a colon."""
    host = str(parts.hostname or "")
    if ":" in host:
        return _is_ip(host)
    written, colon, port = parts.netloc.partition(":")
    if colon and not NUMBER.fullmatch(port):
        return False
    # What looks like numbers alone is an address or nothing.
    numeric = host.replace(".", "").isdigit()
    return written.lower() == host and bool(_HOST.fullmatch(host)) and (not numeric or _is_ip(host))


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
