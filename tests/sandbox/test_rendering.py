"""What a person reads of what the app wrote, and what the app reads of what a person typed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import emoji
import pytest

from slack_sandbox import SandboxClock
from slack_sandbox.emoji import drawn, shortcodes
from tests.sandbox.blocks import (
    Json,
    actions,
    button,
    field,
    home,
    modal,
    option,
    overflow,
    plain,
    section,
    text_input,
)
from tests.sandbox.conftest import Probe

EIGHT_UTC = int(datetime(2026, 11, 24, 8, 0, tzinfo=UTC).timestamp())
LATE_UTC = int(datetime(2026, 11, 23, 23, 30, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*Sam Stone* _yesterday_ ~gone~", "Sam Stone yesterday gone"),
        ("2 * 3 * 4, snake_case_name, *a", "2 * 3 * 4, snake_case_name, *a"),
        ("type `/touch *help*`", "type /touch *help*"),
        ("a &lt;b&gt; &amp;amp;", "a <b> &amp;"),
        ("<https://a.b/x_y_z|the _page_> <https://a.b/x_y>", "the _page_ https://a.b/x_y"),
        ("<mailto:a@b.c|a@b.c>", "a@b.c"),
        ("*<https://a.b|Open>*", "Open"),
        (f"<!date^{EIGHT_UTC}^{{date_num}} {{time}}|x>", "2026-11-24 09:00"),
        (f"<!date^{LATE_UTC}^{{date_pretty}}|x>", "tomorrow"),
        (
            f"<!date^{LATE_UTC}^{{date_short}} {{date_long}}|x>",
            "Nov 24, 2026 Tuesday, November 24th, 2026",
        ),
        ("<!date^soon^{date}|next week>", "next week"),
        ("<!subteam^S1|@sales> <#C404|gone> <@U404>", "@sales #gone @U404"),
    ],
)
def test_mrkdwn(unconnected: Probe, written: str, read: str) -> None:
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text=written)
    assert unconnected.dana.dm[0].text == read


def test_names_of_people_and_channels(unconnected: Probe) -> None:
    team = unconnected.sandbox.add_channel("team", [unconnected.dana])
    text = f"<@{unconnected.sam.id}> in <#{team}|old-name>"
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text=text)
    assert unconnected.dana.dm[0].text == "@Sam Stone in #team"


def test_screen_of_a_conversation(unconnected: Probe) -> None:
    blocks = [
        {"type": "header", "text": plain("Your week")},
        section("*Raj Rao* · in person", accessory=overflow("menu", "Move", "Open binder")),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_From your field day_"}]},
        actions(button("Done", "done"), button("Another reason", "other")),
        {"type": "divider"},
        section("Later", fields=[plain("Wed"), plain("Thu")]),
    ]
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text="Week", blocks=blocks)
    assert unconnected.dana.screen().splitlines() == [
        "Probe",
        "─" * 40,
        "Probe  10:00",
        "Your week",
        "═" * 9,
        "Raj Rao · in person [⋯ Move | Open binder]",
        "  From your field day",
        "[Done] [Another reason]",
        "─" * 40,
        "Later",
        "Wed",
        "Thu",
    ]


def test_screen_of_a_modal_with_errors(probe: Probe) -> None:
    flags = {"type": "checkboxes", "action_id": "flags", "options": [option("Private", "p")]}
    view = modal(
        "Contact",
        text_input("About", "about", placeholder=plain("optional")),
        field("Flags", "flags", flags, optional=True, hint=plain("Only you see it")),
        close=plain("Close"),
    )

    @probe.app.command("/form")
    def opened(ack, client, command):  # type: ignore[no-untyped-def]
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=view)

    probe.dana.slash("/form")
    probe.dana.sees("Contact")
    probe.dana.clicks("Save")
    assert probe.dana.screen().splitlines() == [
        "── Contact ──",
        "About: ( optional )",
        "  ! Please complete this required field.",
        "Flags (optional): [ ] Private",
        "  Only you see it",
        "[Save] [Close]",
    ]


def test_rich_text_table_and_pictures(unconnected: Probe) -> None:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]}
    rich = [{"type": "rich_text_list", "style": "bullet", "elements": [item]}]
    cells = [[{"type": "raw_text", "text": "Sam"}, {"type": "raw_text", "text": "7"}]]
    picture = {"type": "image", "image_url": "https://a.b/c.png", "alt_text": "a chart"}
    view = home({"type": "rich_text", "elements": rich}, {"type": "table", "rows": cells}, picture)
    unconnected.client.views_publish(user_id=unconnected.dana.id, view=view)
    assert unconnected.dana.home is not None
    assert unconnected.dana.home.text == "• one\nSam | 7\n(picture: a chart)"


def test_data_table_and_charts(unconnected: Probe) -> None:
    rows = [[{"type": "raw_text", "text": "Rep"}], [{"type": "raw_text", "text": "Sam"}]]
    table = {"type": "data_table", "caption": "Results", "rows": rows}
    points = [{"label": "Jan", "value": 3}, {"label": "Feb", "value": 4.5}]
    line: Json = {"type": "line", "series": [{"name": "Won", "data": points}]}
    line["axis_config"] = {"categories": ["Jan", "Feb"]}
    charts = [
        {"type": "data_visualization", "title": "Pace", "chart": line},
        {"type": "data_visualization", "title": "Shares", "chart": {"type": "pie"}},
    ]
    charts[1]["chart"]["segments"] = points  # type: ignore[index]
    unconnected.client.views_publish(user_id=unconnected.dana.id, view=home(table, *charts))
    assert unconnected.dana.home is not None
    assert unconnected.dana.home.text.splitlines() == [
        "Results",
        "Rep",
        "Sam",
        "Pace",
        "Won: Jan 3, Feb 4.5",
        "Shares",
        "Jan 3, Feb 4.5",
    ]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@Sam Stone call", "<@SAM|sam.stone> call"),
        ("@sam.stone, @SAM", "<@SAM|sam.stone>, <@SAM|sam.stone>"),
        ("@Samuel @nobody a@b.co", "@Samuel @nobody <mailto:a@b.co|a@b.co>"),
        ("see #team & <b>", "see <#TEAM|team> &amp; &lt;b&gt;"),
        ("https://a.b/?x=1&y=2.", "<https://a.b/?x=1&amp;y=2>."),
        ("acme.com @here", "<http://acme.com|acme.com> <!here>"),
    ],
)
def test_typed_with_and_without_escaping(probe: Probe, typed: str, sent: str) -> None:
    texts: list[str] = []

    def given(ack, command):  # type: ignore[no-untyped-def]
        texts.append(command["text"])
        ack()

    probe.app.command("/probe")(given)
    probe.app.command("/plain")(given)
    team = probe.sandbox.add_channel("team", [probe.dana])
    typed = typed.replace("SAM", probe.sam.id)
    probe.dana.slash(f"/probe {typed}")
    probe.dana.slash(f"/plain {typed}")
    assert texts[0] == sent.replace("SAM", probe.sam.id).replace("TEAM", team)
    assert texts[1] == typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("🦊 & 👋🏼", ":fox_face: &amp; :wave::skin-tone-3:"),
        ("👍 🟢 🇩🇪 🇦🇹 🎉", ":+1: :large_green_circle: :de: :flag-at: :tada:"),
        ("👩🏽‍💻 ❤️ 🥇", ":woman_technologist::skin-tone-4: :heart: :first_place_medal:"),
        ("✓ → 10:30 :tada: <b>", "✓ → 10:30 :tada: &lt;b&gt;"),
        ("🫱🏻‍🫲🏿", "🫱🏻‍🫲🏿"),
    ],
)
def test_emoji_are_typed_as_characters_and_sent_as_shortcodes(
    probe: Probe, typed: str, sent: str
) -> None:
    given: list[str] = []

    @probe.app.event("message")
    def said(event: Json) -> None:
        given.append(event["text"])

    @probe.app.command("/probe")
    @probe.app.command("/plain")
    def commanded(ack: Any, command: Json) -> None:
        given.append(command["text"])
        ack()

    message = probe.dana.says(typed)
    assert message.raw["text"] == sent
    probe.dana.slash(f"/probe {typed}")
    probe.dana.slash(f"/plain {typed}")
    assert given == [sent] * 3


def test_people_are_mentioned_by_names_that_hold_emoji(probe: Probe) -> None:
    given: list[str] = []

    @probe.app.command("/probe")
    def commanded(ack: Any, command: Json) -> None:
        given.append(command["text"])
        ack()

    lena = probe.sandbox.add_person("🦊 Lena")
    probe.dana.slash("/probe @🦊 Lena 🎉")
    assert given == [f"<@{lena.id}|🦊.lena> :tada:"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*:fox_face: Sam* _:white_check_mark: :no_such_one:_", "🦊 Sam ✅ :no_such_one:"),
        (":wave::skin-tone-3: :tada::skin-tone-2: 10:30:00", "👋🏼 🎉 10:30:00"),
        ("`:tada:` <https://a.b|:tada: here>", ":tada: 🎉 here"),
        ("&lt;:de:&gt; :flag-at: :+1: :thumbsup:", "<🇩🇪> 🇦🇹 👍 👍"),
        ("_a:fox_face:b_ :fox_face", "a🦊b :fox_face"),
    ],
)
def test_emoji_are_shown_as_characters(unconnected: Probe, written: str, read: str) -> None:
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text=written)
    assert unconnected.dana.dm[0].text == read


def test_plain_text_shows_emoji_unless_told_not_to(unconnected: Probe) -> None:
    texts = [plain(":tada: one"), {**plain(":tada: two"), "emoji": False}]
    blocks = [{"type": "section", "text": text} for text in texts]
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text="Hi", blocks=blocks)
    assert unconnected.dana.dm[0].text == "🎉 one\n:tada: two"


def test_inputs_keep_emoji_as_they_are_typed(probe: Probe) -> None:
    values: list[str] = []

    @probe.app.command("/form")
    def opened(ack: Any, client: Any, command: Json) -> None:
        ack()
        view = modal("Contact", text_input("About", "about"))
        client.views_open(trigger_id=command["trigger_id"], view=view)

    @probe.app.view("form")
    def submitted(ack: Any, view: Json) -> None:
        values.append(view["state"]["values"]["about"]["text"]["value"])
        ack()

    probe.dana.slash("/form")
    probe.dana.sees("Contact")
    assert probe.dana.modal is not None
    probe.dana.modal.fill("About", "🦊 :tada:")
    assert "About: ( 🦊 :tada: )" in probe.dana.modal.text
    probe.dana.modal.submit()
    assert values == ["🦊 :tada:"]


def test_every_emoji_of_one_skin_or_none_comes_back() -> None:
    whole = emoji.STATUS["fully_qualified"]
    for typed, data in emoji.EMOJI_DATA.items():
        code = shortcodes(typed)
        if data["status"] == whole and code != typed:
            assert drawn(code) == typed


def test_clock() -> None:
    clock = SandboxClock(datetime(2026, 3, 29, 1, 0, tzinfo=ZoneInfo("Europe/Berlin")))
    assert clock.now() == datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(hours=1))
    assert clock.now().hour == 1
    with pytest.raises(ValueError, match="zone"):
        clock.move_to(datetime(2026, 3, 29))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        SandboxClock(datetime(2026, 3, 29))  # noqa: DTZ001
    running = SandboxClock(clock.now(), ticking=True)
    assert running.now() >= clock.now()
