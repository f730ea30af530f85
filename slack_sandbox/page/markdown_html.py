"""markdown blocks as HTML: CommonMark with tables, struck-through words and tasks. HTML in it stays
words, links go to the web only, and a picture is a link to it, as in Slack.

Source: https://docs.slack.dev/reference/block-kit/blocks/markdown-block.
"""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from slack_sandbox.page.mrkdwn_html import is_web, link

TOP_LEVEL = 3
"""Of the page's own headings the last is an h2."""
LAST_LEVEL = 6
TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


def markdown_html(text: str) -> Markup:
    """The text of one block."""
    return Markup(_parser().render(text))


class _Renderer(RendererHTML):
    """What the page draws otherwise than the library does."""

    def link_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        tokens[at].attrs |= {"target": "_blank", "rel": "noopener noreferrer"}
        return self.renderToken(tokens, at, options, env)

    def image(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        label = self.renderInlineAsText(tokens[at].children, options, env)
        return link(str(tokens[at].attrs["src"]), label)

    def table_open(self, *_: object) -> str:
        return "<div class=wide><table>"

    def table_close(self, *_: object) -> str:
        return "</table></div>"


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=_Renderer)
    made.enable(["table", "strikethrough"])
    made.validateLink = is_web  # type: ignore[method-assign]
    made.core.ruler.push("headings", _lower_headings)
    made.core.ruler.push("tasks", _tick_tasks)
    return made


def _lower_headings(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1]) + TOP_LEVEL - 1
            token.tag = f"h{min(level, LAST_LEVEL)}"


def _tick_tasks(state: StateCore) -> None:
    """`[ ]` and `[x]` at the beginning of an item are boxes."""
    for item, _, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if item.type != "list_item_open" or not inline.children:
            continue
        first = inline.children[0]
        for mark, box in TASKS.items():
            if first.type == "text" and first.content.startswith(mark):
                first.content = box + first.content.removeprefix(mark)
                break
