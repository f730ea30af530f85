"""In a process of its own: sends what is due and prints its own CPU seconds; or, given a file of
payloads, only posts these, which is the floor."""

import json
import os
import sys
import time
from pathlib import Path

from slack_sdk import WebClient

from bot.app import parts_for
from bot.cli.edge import spare_the_collector
from bot.clock import SystemClock
from bot.config import read_settings
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from storage.engine import Database
from tests.bench.company import DUE


def send_lists() -> float:
    settings = read_settings()
    database = Database(settings.database_url)
    parts, _ = parts_for(settings, database, SystemClock())
    heart = Heartbeat(parts, all_kinds())
    spare_the_collector()
    began = time.process_time()
    counts = heart.beat(DUE)
    used = time.process_time() - began
    database.close()
    print(counts, file=sys.stderr)
    return used


def post_payloads(file: Path) -> float:
    payloads = json.loads(file.read_text(encoding="utf-8"))
    token, url = os.environ["SLACK_BOT_TOKEN"], os.environ["SLACK_API_URL"]
    client = WebClient(token=token, base_url=url, retry_handlers=[])
    client.auth_test()
    began = time.process_time()
    for payload in payloads:
        client.chat_postMessage(**payload)
    return time.process_time() - began


if __name__ == "__main__":
    print(post_payloads(Path(sys.argv[1])) if len(sys.argv) > 1 else send_lists())
