"""What the page draws: every kind of block, and hostile words as nothing but words."""

from typing import Any

import pytest

from slack_sandbox.clock import SandboxClock
from slack_sandbox.journal import Journal
from slack_sandbox.manifest import read_manifest
from slack_sandbox.page.block_renderer import BlockRenderer, SurfaceContext, environment
from slack_sandbox.workspace import Workspace
from tests.sandbox.blocks import (
    Json,
    actions,
    button,
    field,
    option,
    overflow,
    plain,
    section,
    select,
    text_input,
)
from tests.sandbox.browsing import HOSTILE, Elements
from tests.sandbox.conftest import MANIFEST, NOW


@pytest.fixture
def renderer() -> BlockRenderer:
    """The eyes of Dana, in Berlin."""
    clock = SandboxClock(NOW)
    workspace = Workspace(read_manifest(MANIFEST), clock, Journal(clock.now))
    member = workspace.add_member("Dana Moss", "dana.moss", tz="Europe/Berlin")
    workspace.add_channel("emea-sales", {member.id}, private=False, bot_is_member=True)
    return BlockRenderer(workspace, member)


def drawn(renderer: BlockRenderer, *blocks: Json, kind: str = "message") -> str:
    """Blocks as a browser gets them."""
    macros = environment().get_template("blocks.html").module
    completed = renderer.workspace.complete(list(blocks))
    return str(macros.all(completed, SurfaceContext(renderer, "post:C1:1.0", kind)))  # type: ignore[attr-defined]


def chart(kind: str, **more: Any) -> Json:
    points = [{"label": "Jan", "value": 3}, {"label": "Feb", "value": -1.5}]
    series = [{"name": "Actual", "data": points}]
    given = {"type": kind, "series": series, "axis_config": {"categories": ["Jan", "Feb"]}, **more}
    return {"type": "data_visualization", "title": "Pace", "chart": given}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~struck~", "<strong>bold</strong> <em>it</em> <s>struck</s>"),
        ("*bold _both_* 2*3*4", "<strong>bold <em>both</em></strong> 2*3*4"),
        ("`a <b> *c*`", "<code>a &lt;b&gt; *c*</code>"),
        ("```x\n&lt;y&gt;```", "<pre>x\n&lt;y&gt;</pre>"),
        ("&gt; one\n&gt; two\nthree", "<blockquote>one<br>two</blockquote>three"),
        ("<https://e.example/?a=1&amp;b=2|*x*>", 'href="https://e.example/?a=1&amp;b=2"'),
        ("see https://e.example/x.", '<a href="https://e.example/x" target="_blank"'),
        ("<@U0000000002> in <#C0000000001>", '<span class="mention own">@Dana Moss</span>'),
        ("<#C0000000001|x>", '<span class="mention">#emea-sales</span>'),
        ("<!date^1795510800^{date_short_pretty} {time}|x>", "<time>tomorrow 10:00</time>"),
        (":tada: :no_such_one: 10:30:00", "🎉 :no_such_one: 10:30:00"),
        ("a\nb", "a<br>b"),
        ("\U000f0000 `kept`", "\N{REPLACEMENT CHARACTER} <code>kept</code>"),
    ],
)
def test_mrkdwn(renderer: BlockRenderer, text: str, html: str) -> None:
    assert html in drawn(renderer, section(text))


BLOCKS: dict[str, tuple[Json, str]] = {
    "header": ({"type": "header", "text": plain("A header")}, "A header</h3>"),
    "fields": ({"type": "section", "fields": [plain("one"), plain("two")]}, 'class="fields"'),
    "button": (section("x", accessory=button("Go", "go", style="primary")), "button primary"),
    "overflow": (actions(overflow("more", "Move", "Drop")), 'role="menuitem"'),
    "confirm": (
        actions(
            button(
                "Go",
                "go",
                confirm={
                    "title": plain("Sure?"),
                    "text": plain("Gone for good."),
                    "confirm": plain("Yes"),
                    "deny": plain("No"),
                },
            )
        ),
        "Gone for good.",
    ),
    "select": (actions(select("s", "Call", placeholder=plain("Choose one"))), "Choose one"),
    "groups": (
        actions(
            {
                "type": "static_select",
                "action_id": "s",
                "option_groups": [{"label": plain("A group"), "options": [option("Call", "c")]}],
            }
        ),
        "A group",
    ),
    "datepicker": (section("x", accessory={"type": "datepicker", "action_id": "d"}), 'type="date"'),
    "timepicker": (actions({"type": "timepicker", "action_id": "t"}), 'type="time"'),
    "checkboxes": (
        actions({"type": "checkboxes", "action_id": "c", "options": [option("One", "1")]}),
        'type="checkbox"',
    ),
    "radio_buttons": (
        actions({"type": "radio_buttons", "action_id": "c", "options": [option("One", "1")]}),
        'type="radio"',
    ),
    "context": ({"type": "context", "elements": [plain("small words")]}, "small words"),
    "divider": ({"type": "divider"}, "<hr>"),
    "image": (
        {"type": "image", "image_url": "https://e.example/a.png", "alt_text": "A map"},
        'alt="A map"',
    ),
    "number_input": (
        field("N", "n", {"type": "number_input", "is_decimal_allowed": False, "action_id": "n"}),
        'inputmode="decimal"',
    ),
    "multiline": (text_input("About", "a", multiline=True), "<textarea"),
    "rich_text": (
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "offset": 2,
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "b", "style": {"bold": True}},
                                {"type": "user", "user_id": "U0000000002"},
                                {"type": "date", "timestamp": 1795510800, "format": "{time}"},
                                {"type": "emoji", "name": "tada"},
                            ],
                        }
                    ],
                }
            ],
        },
        '<ol class="rich-list indent-0" start="3"><li><strong>b</strong><span class="mention own">'
        "@Dana Moss</span><time>10:00</time>🎉</li></ol>",
    ),
    "markdown": (
        {"type": "markdown", "text": "# Big\n- [x] *done* `c`\n\n|a|b|\n|-|-|\n|1|2|"},
        "<li>☑ <em>done</em> <code>c</code></li>",
    ),
    "table": (
        {
            "type": "table",
            "column_settings": [{"align": "right"}],
            "rows": [[{"type": "raw_text", "text": "Rep"}], [{"type": "raw_number", "value": 3}]],
        },
        '<td class="right">3</td>',
    ),
    "alert": ({"type": "alert", "text": plain("Mind this"), "level": "warning"}, "warning"),
    "line": (chart("line"), '<path class="stroke stroke-0"'),
    "area": (chart("area"), '<path class="area fill-0"'),
    "bar": (chart("bar"), "<title>Actual, Feb: -1.5</title>"),
    "pie": (
        {
            "type": "data_visualization",
            "title": "Shares",
            "chart": {"type": "pie", "segments": [{"label": "All", "value": 2}]},
        },
        "<td>100%</td>",
    ),
    "card": ({"type": "card", "title": plain("A card"), "actions": [button("Go", "g")]}, "A card"),
    "carousel": (
        {"type": "carousel", "elements": [{"type": "card", "body": plain("In it")}]},
        "In it",
    ),
    "container": (
        {"type": "container", "title": plain("Room"), "child_blocks": [section("inside")]},
        "inside",
    ),
    "context_actions": (
        {
            "type": "context_actions",
            "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Delete")}],
        },
        "Delete</button>",
    ),
    "video": ({"type": "video", "title": plain("A film"), "alt_text": "x"}, "A film"),
    "file": ({"type": "file", "external_id": "F-1"}, "F-1"),
}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# Big", "<h3>Big</h3>"),
        ("###### Small", "<h6>Small</h6>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("<b>no</b> &lt; ~~so~~", "<p>&lt;b&gt;no&lt;/b&gt; &lt; <s>so</s></p>"),
        ("1. a\n   - b", "<ol>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ol>"),
        (
            "[Acme](https://a.example/?b=1&c=2)",
            '<a href="https://a.example/?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">'
            "Acme</a>",
        ),
        (
            "![A map](https://a.example/map.png)",
            '<a href="https://a.example/map.png" target="_blank" rel="noopener noreferrer">'
            "A map</a>",
        ),
        ("[no](javascript:alert(1))", "<p>[no](javascript:alert(1))</p>"),
        ("[no](/as/U1/app/home)", "<p>[no](/as/U1/app/home)</p>"),
        ("|a|\n|-|\n|1|", "<div class=wide><table><thead>"),
    ],
)
def test_markdown(renderer: BlockRenderer, text: str, html: str) -> None:
    shown = drawn(renderer, {"type": "markdown", "text": text})
    assert html.replace("\n", "") in shown.replace("\n", "").replace("<br />", "<br>")


@pytest.mark.parametrize("name", BLOCKS)
def test_every_kind_of_block_is_drawn(renderer: BlockRenderer, name: str) -> None:
    block, expected = BLOCKS[name]
    shown = drawn(renderer, block, kind="modal")
    assert expected in shown
    assert "is not drawn here" not in shown


@pytest.mark.parametrize(
    "block",
    [
        {"type": "plan"},
        actions({"type": "no_such_element", "action_id": "x"}),
        field("F", "f", {"type": "file_input", "action_id": "f"}),
        field("F", "f", {"type": "email_text_input", "action_id": "f"}),
        {"type": "data_visualization", "title": "Odd", "chart": {"type": "radar"}},
        chart("line", series=[{"name": "x", "data": [{"label": "a", "value": "much"}]}]),
    ],
)
def test_what_cannot_be_drawn_is_named(renderer: BlockRenderer, block: Json) -> None:
    shown = drawn(renderer, block)
    name = block.get("element", (block.get("elements") or [block])[0])["type"]
    assert f"<strong>{name}</strong>" in shown


MENU = overflow("m", "Open", "Plan")


@pytest.mark.parametrize(
    ("block", "name"),
    [
        (section("*Ada Ek* · a session is next", accessory=MENU), "More for Ada Ek"),
        (section("*Next* · Wed 9 Dec with *Zoë &amp; Sons*", accessory=MENU), "Zoë &amp; Sons"),
        (actions(button("Done", "d", accessibility_label="Done: Raj Rao"), MENU), "for Raj Rao"),
        (actions(button("Save", "s"), MENU), "More actions"),
        (section("nobody stands out", accessory=MENU), "More actions"),
    ],
)
def test_a_menu_is_called_by_whom_it_is_for(
    renderer: BlockRenderer, block: Json, name: str
) -> None:
    assert f'{name}"' in drawn(renderer, block)


def everywhere(words: str) -> list[Json]:
    """The same words in every place that shows words."""
    ask = {key: plain(words) for key in ("title", "text", "confirm", "deny")}
    choice = option(words, words)
    rich = [
        {"type": "text", "text": words, "style": {"code": True}},
        {"type": "link", "url": words, "text": words},
        {"type": "emoji", "name": words},
        {"type": "user", "user_id": words},
        {"type": "date", "timestamp": 1, "format": words, "fallback": words, "url": words},
    ]
    parts = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")
    series = [{"name": words, "data": [{"label": words, "value": 1}]}]
    picture = {"type": "image", "image_url": words, "alt_text": words}
    return [
        {"type": "header", "text": plain(words)},
        section(words, accessory=button(words, words, value=words, url=words, confirm=ask)),
        {"type": "section", "fields": [plain(words)], "block_id": words},
        {"type": "context", "elements": [plain(words), picture]},
        actions(
            {"type": "overflow", "action_id": words, "options": [{**choice, "url": words}]},
            {
                "type": "static_select",
                "action_id": "s",
                "placeholder": plain(words),
                "options": [choice],
                "initial_option": choice,
            },
            {"type": "checkboxes", "action_id": "c", "options": [choice]},
            {"type": words, "action_id": "z"},
        ),
        text_input(words, "t1", initial_value=words, placeholder=plain(words)),
        text_input(words, "t2", initial_value=words, multiline=True),
        {**picture, "title": plain(words)},
        {"type": "rich_text", "elements": [{"type": part, "elements": rich} for part in parts]},
        {"type": "markdown", "text": f"{words}\n# {words}\n- **{words}** [{words}]({words})"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": words}]]},
        {"type": "alert", "text": plain(words), "level": words},
        chart("line", series=series, axis_config={"categories": [words], "x_label": words}),
        {"type": "card", "title": plain(words), "hero_image": picture},
        {"type": "video", "title": plain(words), "thumbnail_url": words, "alt_text": words},
        {"type": "file", "external_id": words},
        {"type": words},
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words_wherever_they_stand(renderer: BlockRenderer, words: str) -> None:
    blocks = renderer.workspace.complete(everywhere(words))
    state = {
        "t1": {"text": {"type": "plain_text_input", "value": words}},
        "t2": {"text": {"type": "plain_text_input", "value": words}},
    }
    macros = environment().get_template("blocks.html").module
    surface = SurfaceContext(renderer, words, "modal", state, {"t1": words})
    shown = str(macros.all(blocks, surface))  # type: ignore[attr-defined]
    found = Elements()
    found.feed(shown)
    assert found.tags.isdisjoint({"script", "img", "iframe", "object", "b", "style"})
    assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
    assert all(each.startswith(("https://", "http://x")) for each in found.addresses)
