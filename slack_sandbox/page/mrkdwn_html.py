"""Slack's mrkdwn as HTML. Whatever was typed is escaped; only what is written here is markup.

Source: https://docs.slack.dev/messaging/formatting-message-text.
"""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from slack_sandbox.emoji import SHORTCODE, draw, drawn
from slack_sandbox.mrkdwn import Reader, entities

_TOKEN = re.compile(
    r"```(?P<block>.+?)```|`(?P<code>[^`\n]+)`|<(?P<token>[^<>\n]+)>"
    r"|(?P<bare>https?://[^\s<>|`]*[^\s<>|`.,;:!?)'\"])"
    rf"|{SHORTCODE}",
    re.DOTALL,
)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_TAGS = {"*": "strong", "_": "em", "~": "s"}
_STYLED = re.compile(
    "|".join(
        rf"(?P<m{index}>(?<![\w{mark}])[{mark}](?=\S)(?P<t{index}>[^\n{mark}]*?\S)[{mark}]"
        rf"(?![\w{mark}]))"
        for index, mark in enumerate(("*", "_", "~"))
    )
)
_PRIVATE_USE = 0xF0000
_PLACEHOLDERS = re.compile("[\U000f0000-\U000fffff]")
_WEB = ("http", "https")


def mrkdwn_html(reader: Reader, text: str, *, verbatim: bool = False) -> Markup:
    """The text as its reader sees it; bare addresses become links unless `verbatim`."""
    kept: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        shown = _shown(reader, found, verbatim=verbatim)
        if shown is None:
            return found[0]
        kept.append(shown)
        return chr(_PRIVATE_USE + len(kept) - 1)

    marked = _TOKEN.sub(keep, _PLACEHOLDERS.sub("\N{REPLACEMENT CHARACTER}", text))
    html = _lines(marked.split("\n"))
    shown = _PLACEHOLDERS.sub(lambda found: kept[ord(found[0]) - _PRIVATE_USE], html)
    return Markup(shown.replace("</pre><br>", "</pre>"))


def plain_text_html(text: str) -> Markup:
    """Plain text: its entities read, its emoji drawn, nothing else."""
    return Markup("<br>").join(drawn(entities(text)).split("\n"))


def link(url: str, label: object) -> Markup:
    """A link to the web; an address of any other kind is only text."""
    if not is_web(url):
        return Markup("<span class=dead title='The page links to the web only'>{}</span>").format(
            label
        )
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(
        url, label
    )


def is_web(url: object) -> bool:
    """Whether an address is one of the web: http or https, with a host."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return False
    return parts.scheme in _WEB and bool(parts.netloc)


def _shown(reader: Reader, found: re.Match[str], *, verbatim: bool) -> Markup | None:
    """What a token becomes; None when it is only text."""
    if found["block"]:
        return Markup("<pre>{}</pre>").format(entities(found["block"]).strip("\n"))
    if found["code"]:
        return Markup("<code>{}</code>").format(entities(found["code"]))
    if found["emoji"]:
        # A name that nobody knows may be a workspace's own: no mark works within it.
        return escape(draw(found["emoji"], found["tone"]) or found[0])
    if found["bare"]:
        url = entities(found["bare"])
        return None if verbatim else link(url, url)
    token = found["token"]
    label = reader.mrkdwn(f"<{token}>")
    if token[0] in "@#!":
        if token.startswith("!date^"):
            return Markup("<time>{}</time>").format(label)
        own = token[1:].partition("|")[0] == reader.member.id
        kind = "mention own" if own else "mention"
        return Markup('<span class="{}">{}</span>').format(kind, label)
    return link(entities(token.partition("|")[0]), label)


def _lines(lines: list[str]) -> str:
    """Lines with their styles; those that begin with > are one quote."""
    html: list[str] = []
    quoted: list[str] = []
    everything = False
    for line in [*lines, None]:
        if line is not None:
            everything = everything or line.startswith(("&gt;&gt;&gt;", ">>>"))
            start = _QUOTE.match(line)
            if everything or start:
                quoted.append(re.sub(r"^(?:(?:&gt;|>){3}|(?:&gt;|>)) ?", "", line))
                continue
        if quoted:
            inner = "<br>".join(_styled(part) for part in quoted)
            html.append(f"<blockquote>{inner}</blockquote>")
            quoted = []
        if line is not None:
            html.append(_styled(line) + "<br>")
    joined = "".join(html)
    return joined.removesuffix("<br>")


def _styled(text: str) -> str:
    """One line, bold, italic and struck where it says so, each within the other."""
    parts: list[str] = []
    at = 0
    while found := _STYLED.search(text, at):
        index = next(number for number in range(len(_TAGS)) if found[f"m{number}"] is not None)
        tag = list(_TAGS.values())[index]
        parts.append(_escaped(text[at : found.start()]))
        parts.append(f"<{tag}>{_styled(found[f't{index}'])}</{tag}>")
        at = found.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return str(escape(entities(text)))
