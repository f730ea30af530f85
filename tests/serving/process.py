"""`windshield run`: a process of its own, whose words are all read."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from slack_sandbox import Sandbox
from tests import forked

PATIENCE = 20.0
"""Seconds for the process to start, or to stop, on a busy machine."""


class Bot:
    """The process, and all that it says on stderr."""

    def __init__(self, env: dict[str, str]) -> None:
        self.child = forked.command(env, "run")
        self.lines: list[str] = []
        self.process = psutil.Process(self.child.pid)
        self._said = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def log(self) -> str:
        with self._said:
            return "".join(self.lines)

    def says(self, words: str, after: int = 0) -> str:
        """The first line with these words, `after` so many lines; AssertionError when none
        comes."""
        with self._said:
            self._said.wait_for(lambda: any(words in line for line in self.lines[after:]), PATIENCE)
            found = [line for line in self.lines[after:] if words in line]
        assert found, f"no {words!r} in:\n{self.log}"
        return found[0]

    def port(self) -> int:
        """Where it listens, once it does."""
        return int(self.says("Listening on port").split("port ")[1].split(":")[0])

    def stop(self) -> float:
        """SIGTERM, which it must take well; how many seconds it took to end."""
        began = time.monotonic()
        self.child.send_signal(signal.SIGTERM)
        assert self.child.wait(PATIENCE) == 0
        took = time.monotonic() - began
        self._reader.join()
        assert "Stopping" in self.log
        assert "Traceback" not in self.log
        return took

    def kill(self) -> None:
        self.child.kill()
        self.child.wait()
        self._reader.join()
        assert self.child.stderr is not None
        self.child.stderr.close()

    def cpu_seconds(self) -> float:
        used = self.process.cpu_times()
        return float(used.user + used.system)

    def sockets(self) -> int:
        """What it has open of sockets, pipes and the like. Files are left out: the pool opens as
        many of the database's as there were threads at one time."""
        return self.process.num_fds() - len(self.process.open_files())

    def _read(self) -> None:
        assert self.child.stderr is not None
        for line in self.child.stderr:
            with self._said:
                self.lines.append(line)
                self._said.notify_all()


@contextmanager
def running(slack: Sandbox, database_url: str, **settings: str) -> Iterator[Bot]:
    """The process; ended by SIGTERM unless the test did that itself."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "WINDSHIELD_SECRET_KEY": "",
        **settings,
    }
    bot = Bot(env)
    try:
        yield bot
        if bot.child.poll() is None:
            bot.stop()
    finally:
        bot.kill()


def by_socket(slack: Sandbox) -> dict[str, str]:
    return {"SLACK_APP_TOKEN": slack.app_token}


def by_http(slack: Sandbox) -> dict[str, str]:
    return {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "0"}
