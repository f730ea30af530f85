"""In a process of its own: sends what is due at instants and prints its own CPU seconds; or, given
a file of calls, only makes these, which is the floor."""

import json
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from slack_sdk import WebClient

from bot.app import make_context
from bot.cli.edge import tune_gc
from bot.clock import SystemClock
from bot.config import read_settings
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from storage.database.engine import Database


def send(instants: list[datetime]) -> float:
    settings = read_settings()
    database = Database(settings.database_url)
    parts, _ = make_context(settings, database, SystemClock())
    heart = Heartbeat(parts, all_kinds())
    tune_gc()
    began = time.process_time()
    for now in instants:
        print(heart.beat(now), file=sys.stderr)
    used = time.process_time() - began
    database.close()
    return used


def call(file: Path) -> float:
    calls = json.loads(file.read_text(encoding="utf-8"))
    token, url = os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"]
    client = WebClient(token=token, base_url=url, retry_handlers=[])
    client.auth_test()
    began = time.process_time()
    methods = {"chat.postMessage": client.chat_postMessage, "chat.update": client.chat_update}
    for method, arguments in calls:
        methods[method](**arguments)
    return time.process_time() - began


if __name__ == "__main__":
    if sys.argv[1] == "send":
        print(send([datetime.fromisoformat(one) for one in sys.argv[2:]]))
    else:
        print(call(Path(sys.argv[2])))
