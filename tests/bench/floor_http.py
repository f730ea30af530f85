"""The floor of many at once: a bare Bolt listener behind the product's own HTTP server that acks
and commits one row."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from sqlalchemy import create_engine, insert
from waitress.server import create_server

from bot.listeners import AT_ONCE
from tests.bench.floor import metadata, touches


def main() -> None:
    engine = create_engine(os.environ["DATABASE_URL"])
    metadata.create_all(engine)
    token = os.environ["SLACK_BOT_TOKEN"]
    client = WebClient(token=token, base_url=os.environ["SLACK_API_URL"])
    me = AuthorizeResult.from_auth_test_response(
        auth_test_response=client.auth_test(), bot_token=token
    )
    app = App(
        client=client,
        authorize=lambda: me,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        listener_executor=ThreadPoolExecutor(AT_ONCE),
    )

    @app.command("/touch")
    def touch(ack: Ack, command: dict[str, str]) -> None:
        with engine.begin() as connection:
            connection.execute(insert(touches).values(about=command["text"]))
        ack("Logged")

    server = create_server(SlackRequestHandler(app), host="127.0.0.1", port=0, threads=AT_ONCE)
    port = server.effective_port  # type: ignore[union-attr]
    print(f"Listening on port {port}:", file=sys.stderr, flush=True)
    server.run()


if __name__ == "__main__":
    main()
