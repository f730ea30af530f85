"""markdown blocks as HTML: the part of Markdown that Slack reads.

Source: https://docs.slack.dev/reference/block-kit/blocks/markdown-block.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from slack_sandbox.page.marks import link

_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\*\*(?P<bold>(?=\S).+?\S?)\*\*|__(?P<bold2>(?=\S).+?\S?)__"
    r"|~~(?P<struck>(?=\S).+?\S?)~~"
    r"|(?<![\w*])\*(?P<italic>(?=\S)[^*\n]+?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic2>(?=\S)[^_\n]+?)_(?![\w_])"
    r"|!?\[(?P<label>[^\]\n]+)\]\((?P<url>[^)\s]+)\)"
    r"|\\(?P<escaped>[\\`*_{}\[\]()#+.!~>-])"
)
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_BULLET = re.compile(r"\s*[-*+]\s+(?:\[(?P<task>[ xX])\]\s+)?(?P<text>.*)")
_NUMBERED = re.compile(r"\s*\d+[.)]\s+(?P<text>.*)")
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,})\s*")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")


def markdown(text: str) -> Markup:
    """The text of one block."""
    lines = text.split("\n")
    html: list[Markup] = []
    while lines:
        html.append(_piece(lines))
    return Markup("").join(html)


def _piece(lines: list[str]) -> Markup:
    """Take the next piece off `lines`: a fence, heading, list, quote, table or paragraph."""
    line = lines[0]
    if line.lstrip().startswith("```"):
        return _fence(lines)
    if _RULE.fullmatch(line):
        lines.pop(0)
        return Markup("<hr>")
    if heading := _HEADING.fullmatch(line):
        lines.pop(0)
        level = Markup(f"h{min(len(heading[1]) + 2, 6)}")
        return Markup("<{}>{}</{}>").format(level, _inline(heading[2]), level)
    if not line.strip():
        lines.pop(0)
        return Markup("")
    if line.startswith(">"):
        quoted = _take(lines, lambda each: each.startswith(">"))
        inner = Markup("<br>").join(_inline(each.lstrip("> ")) for each in quoted)
        return Markup("<blockquote>{}</blockquote>").format(inner)
    if _BULLET.fullmatch(line):
        return _list(_take(lines, lambda each: bool(_BULLET.fullmatch(each))), _BULLET, "ul")
    if _NUMBERED.fullmatch(line):
        return _list(_take(lines, lambda each: bool(_NUMBERED.fullmatch(each))), _NUMBERED, "ol")
    if "|" in line and len(lines) > 1 and _TABLE_RULE.fullmatch(lines[1]):
        return _table(_take(lines, lambda each: "|" in each))
    paragraph = [lines.pop(0), *_take(lines, _goes_on)]
    return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(each) for each in paragraph))


def _take(lines: list[str], fits: Callable[[str], bool]) -> list[str]:
    taken: list[str] = []
    while lines and fits(lines[0]):
        taken.append(lines.pop(0))
    return taken


def _goes_on(line: str) -> bool:
    starts = (_RULE, _HEADING, _BULLET, _NUMBERED)
    return bool(line.strip()) and not (
        line.startswith((">", "```")) or any(start.fullmatch(line) for start in starts)
    )


def _fence(lines: list[str]) -> Markup:
    lines.pop(0)
    code = _take(lines, lambda each: not each.lstrip().startswith("```"))
    if lines:
        lines.pop(0)
    return Markup("<pre>{}</pre>").format("\n".join(code))


def _list(lines: list[str], item: re.Pattern[str], tag: str) -> Markup:
    items: list[Markup] = []
    for line in lines:
        found = item.fullmatch(line)
        assert found is not None
        task = found.groupdict().get("task")
        box = "" if task is None else ("☑ " if task.strip() else "☐ ")
        items.append(Markup("<li>{}{}</li>").format(box, _inline(found["text"])))
    return Markup("<{}>{}</{}>").format(Markup(tag), Markup("").join(items), Markup(tag))


def _table(lines: list[str]) -> Markup:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = rows[0], rows[2:]
    return Markup("<div class=wide><table><tr>{}</tr>{}</table></div>").format(
        Markup("").join(Markup("<th>{}</th>").format(_inline(cell)) for cell in head),
        Markup("").join(
            Markup("<tr>{}</tr>").format(
                Markup("").join(Markup("<td>{}</td>").format(_inline(cell)) for cell in row)
            )
            for row in body
        ),
    )


def _inline(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for found in _INLINE.finditer(text):
        parts += [escape(text[at : found.start()]), _styled(found)]
        at = found.end()
    return Markup("").join([*parts, escape(text[at:])])


def _styled(found: re.Match[str]) -> Markup:
    if found["code"]:
        return Markup("<code>{}</code>").format(found["code"])
    if found["url"]:
        return link(found["url"], _inline(found["label"]))
    if found["escaped"]:
        return escape(found["escaped"])
    for tag, name in (("strong", "bold"), ("strong", "bold2"), ("s", "struck"), ("em", "italic")):
        if found[name]:
            return Markup("<{}>{}</{}>").format(Markup(tag), _inline(found[name]), Markup(tag))
    return Markup("<em>{}</em>").format(_inline(found["italic2"]))
