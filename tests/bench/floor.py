"""The floor of `/touch`: a bare Bolt listener that acks and commits one row."""

import os
import threading

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert

metadata = MetaData()
touches = Table("touch", metadata, Column("id", Integer, primary_key=True), Column("about", Text))


def main() -> None:
    engine = create_engine(os.environ["DATABASE_URL"])
    metadata.create_all(engine)
    url, token = os.environ["SLACK_API_URL"], os.environ["SLACK_BOT_TOKEN"]
    app = App(client=WebClient(token=token, base_url=url), signing_secret="none")

    @app.command("/touch")
    def touch(ack: Ack, command: dict[str, str]) -> None:
        with engine.begin() as connection:
            connection.execute(insert(touches).values(about=command["text"]))
        ack("Logged")

    app_token = os.environ["SLACK_APP_TOKEN"]
    client = WebClient(token=app_token, base_url=url)
    SocketModeHandler(app, app_token, web_client=client).connect()  # type: ignore[no-untyped-call]
    threading.Event().wait()


if __name__ == "__main__":
    main()
