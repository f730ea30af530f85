"""The product in a process of its own, so that its CPU and memory are counted alone."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from slack_sandbox import Sandbox
from tests.places import ROOT


def environment(slack: Sandbox, database_url: str) -> dict[str, str]:
    """What `windshield run` needs to meet that sandbox."""
    return {
        **os.environ,
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DATABASE_URL": database_url,
        "LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def running(arguments: list[str], env: dict[str, str]) -> Iterator[psutil.Process]:
    """A Python process with those arguments, stopped at the end."""
    child = subprocess.Popen(
        [sys.executable, *arguments], env=env, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        yield psutil.Process(child.pid)
    finally:
        child.terminate()
        child.wait(30)


def cpu_seconds(process: psutil.Process) -> float:
    """CPU the process has used so far, its own and the system's for it."""
    used = process.cpu_times()
    return float(used.user + used.system)


def resident_megabytes(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1e6
