"""The transition pack, of a rep and of a whole team: what whoever takes over begins with."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.dates import AccountDate
from bot.domain.binder.pack import (
    PackAccount,
    PackPlan,
    RepPack,
    RepPackRead,
    TeamPack,
    TeamPackRead,
    ToIntroduce,
)
from bot.domain.contacts.typed_text import cut, listed
from bot.domain.promises import WHAT_LIMIT, Owner, Promise
from bot.domain.workspaces.people import Person
from bot.views.binder.sections import back_button
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import Form, Metadata, PackAction
from bot.views.block_kit.kit import View
from bot.views.meetings.meeting import rhythm_words
from bot.views.promises.promise import not_so_words, raised
from bot.views.team.pack import TITLE

LINES_SHOWN = 25
REPS_SHOWN = 20
LINE = 500
"""Characters of a line: what is longer goes on in the next, so that a page of them is never more
than a modal takes, and nothing is cut."""

Line = tuple[bool, str]
"""A line, and whether it is a heading."""

Count = tuple[int, str, str]
"""How many, of what is called so where it is one, and so where it is more."""

OF_TEAM = "team"
"""The step of a rep's pack that was opened from the team's."""

NOTHING = "Nothing is written down for it yet."
LEFT_OUT = "What was never shared, and what was said between two, is not in it."


def build_rep_pack(found: RepPackRead, start: int, *, of_team: bool) -> View:
    """Introductions still to be made, accounts and who knows whom, dates to come, plans as far as
    the rep has read them, open promises; what is empty is left out. `of_team`: it was opened from
    the team's."""
    pack, name = found.pack, kit.bold(found.pack.rep.name)
    page = charts.page_of(list(_rep_lines(found)), start, LINES_SHOWN)
    here = Metadata(
        subject=found.handover, rep=pack.rep.slack_id, step=OF_TEAM if of_team else None
    )
    head = f"For whoever takes over from {name}"
    if not found.is_own and not of_team:
        head = f"What there is to know with {name}"
    if pack.left_on is not None:
        head += f", who left on {kit.date_words(pack.left_on, found.today)}"
    buttons = _turning(page, PackAction.REP_PAGE, here)
    if of_team:
        buttons.append(_to_team(found.handover))
    elif found.is_own:
        buttons.append(back_button(pack.rep.slack_id))
    blocks = [kit.section(head), *_drawn(page.items), kit.context(LEFT_OUT)]
    return _modal(blocks, buttons, here)


def build_team_pack(found: TeamPackRead, start: int) -> View:
    """A line for what is the team's and one a rep, each with the way to all of it."""
    pack, here = found.pack, Metadata(subject=found.handover)
    page = charts.page_of(pack.reps, start, REPS_SHOWN)
    blocks: list[Block] = [
        kit.section(f"For whoever takes over {kit.bold(pack.team.manager.name)}'s team")
    ]
    if not page.start:
        see = kit.button("See", PackAction.OF_TEAM, here, spoken="See what is of the whole team")
        blocks.append(kit.section(f"*The whole team* · {_counted(_of_team(pack))}", see))
    for one in page.items:
        of_rep = Metadata(subject=found.handover, rep=one.rep.slack_id, step=OF_TEAM)
        see = kit.button("See", PackAction.REP_PAGE, of_rep, spoken=f"See {one.rep.name}")
        left = " (left)" if one.left_on is not None else ""
        words = f"{kit.bold(one.rep.name)}{left} · {_counted(_of_rep(one))}"
        blocks.append(kit.section(words, see))
    blocks.append(kit.context(LEFT_OUT))
    return _modal(blocks, _turning(page, PackAction.TEAM_PAGE, here), here)


def build_of_team(found: TeamPackRead, start: int) -> View:
    """What is the team's own: promises made in meetings, issues of the day, when it meets, accounts
    that no rep has been to, and what is to come there."""
    here = Metadata(subject=found.handover)
    page = charts.page_of(list(_team_lines(found.pack)), start, LINES_SHOWN)
    blocks = [
        kit.section(f"Of {kit.bold(found.pack.team.manager.name)}'s team as a whole"),
        *_drawn(page.items),
    ]
    buttons = _turning(page, PackAction.OF_TEAM, here)
    return _modal(blocks, [*buttons, _to_team(found.handover)], here)


def _modal(blocks: list[Block], buttons: list[BlockElement], here: Metadata) -> View:
    if buttons:
        blocks.append(kit.actions(buttons))
    return kit.modal(TITLE, Form.READ_ONLY, blocks, here, close="Close")


def _to_team(handover: int | None) -> BlockElement:
    return kit.button("Back to the team", PackAction.TEAM_PAGE, Metadata(subject=handover))


def _turning(page: charts.Page[Any], action: PackAction, here: Metadata) -> list[BlockElement]:
    if page.after is not None:
        return [kit.button("Read on", action, replace(here, page=str(page.after)))]
    return [kit.button("From the top", action, here)] if page.start else []


def _of_rep(pack: RepPack) -> Iterator[Count]:
    yield len(pack.introductions), "introduction", "introductions"
    yield len(pack.promises), "open promise", "open promises"
    yield len(pack.plans), "plan", "plans"
    yield len(pack.accounts), "account", "accounts"
    yield len(pack.dates), "date", "dates"


def _of_team(pack: TeamPack) -> Iterator[Count]:
    yield int(pack.team.settings.series is not None), "team meeting", ""
    yield len(pack.promises), "team promise", "team promises"
    yield len(pack.issues), "issue of the day", "issues of the day"
    yield len(pack.accounts), "account", "accounts"
    yield len(pack.dates), "date", "dates"


def _counted(counts: Iterable[Count]) -> str:
    words = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(words) or "nothing yet"


def _rep_lines(found: RepPackRead) -> Iterator[Line]:
    pack, today = found.pack, found.today
    rep = kit.escape(pack.rep.name)
    introductions = [_introduction(one, pack.rep, today) for one in pack.introductions]
    yield from _headed("Introductions to make", introductions)
    yield from _headed("Open promises", [_promise(one, found) for one in pack.promises])
    yield from _headed("Plans", [_plan(one, rep) for one in pack.plans])
    accounts = [_account(one, "been there too") for one in pack.accounts]
    yield from _headed("Accounts and who knows whom", accounts)
    yield from _headed("Dates to come", [_date(one, today) for one in pack.dates])


def _team_lines(pack: TeamPack) -> Iterator[Line]:
    series, channel = pack.team.settings.series, pack.team.settings.channel
    if series is not None:
        where = f", <#{channel}>" if channel else ""
        yield from _headed("Team meeting", [f"{rhythm_words(series)}{where}"])
    promises = [
        f"{kit.escape(one.owner.name)}: “{kit.quote(one.what, WHAT_LIMIT)}”"
        f"{_by(one.due_on, pack.today)}"
        for one in pack.promises
    ]
    yield from _headed("Team promises", promises)
    issues = [
        f"{kit.escape(one.text)} · {kit.span_words(one.starts_on, one.ends_on, pack.today)}"
        for one in pack.issues
    ]
    yield from _headed("Issues of the day", issues)
    accounts = [_account(one, "been there") for one in pack.accounts]
    yield from _headed("Accounts that none of the reps has been to", accounts)
    yield from _headed("Dates to come there", [_date(one, pack.today) for one in pack.dates])


def _headed(title: str, texts: list[str]) -> Iterator[Line]:
    if texts:
        yield True, kit.bold(title)
        for text in texts:
            for line in text.splitlines():
                for part in textwrap.wrap(
                    line, LINE, break_long_words=False, break_on_hyphens=False
                ):
                    yield from ((False, one) for one in _parts(part))


def _drawn(lines: Iterable[Line]) -> list[Block]:
    """Each heading with what is below it apart from the next; a line that says that there is none,
    where there is none."""
    groups: list[list[str]] = []
    for heads, line in lines:
        if heads or not groups:
            groups.append([])
        groups[-1].append(line)
    return [block for group in groups or [[NOTHING]] for block in kit.lines(group)]


def _parts(word: str) -> Iterator[str]:
    """A line, in several where it is one word longer than that."""
    while len(word) > LINE:
        part = cut(word, LINE)
        begun = part.rfind("&")
        if begun > 0 and ";" not in part[begun:]:
            part = part[:begun]
        part = part or word[:LINE]
        yield part
        word = word[len(part) :]
    yield word


def _introduction(one: ToIntroduce, rep: Person, today: date) -> str:
    people = f" ({kit.escape(listed(one.people))})" if one.people else ""
    if one.to is None or one.day is None:
        return f"{kit.bold(one.account)}: nobody but {kit.escape(rep.name)} was there{people}"
    day = kit.date_words(one.day, today)
    return f"{kit.bold(one.account)} to {kit.escape(one.to.name)}, {day}{people}"


def _promise(promise: Promise, found: RepPackRead) -> str:
    what = f"“{kit.quote(promise.what, WHAT_LIMIT)}”{_by(promise.due_on, found.today)}"
    rep = kit.escape(found.pack.rep.name)
    manager = kit.escape(promise.noted_by or ("You" if found.is_own else found.manager.name))
    if promise.raised_on is not None:
        wish = f": “{kit.quote(promise.wish, WHAT_LIMIT)}”" if promise.wish else ""
        taken = f" · {manager} took it on" if promise.due_on else ""
        return f"{rep} {raised(promise)}{wish}{taken}{_by(promise.due_on, found.today)}"
    if promise.owner is Owner.MANAGER:
        return f"{manager}: {what}"
    if not promise.is_agreed:
        return f"{manager} noted for {rep}: {what}{not_so_words(promise)}"
    return f"{rep}: {what}"


def _by(day: date | None, today: date) -> str:
    return f", by {kit.date_words(day, today)}" if day else ""


def _plan(one: PackPlan, rep: str) -> str:
    beside = f"\n{rep} remembers it differently: “{kit.escape(one.otherwise)}”"
    return f"{kit.bold(one.title)}: {kit.escape(one.text)}{beside if one.otherwise else ''}"


def _account(one: PackAccount, been: str) -> str:
    name = kit.bold(one.name) + (" (key)" if one.is_key else "")
    people = kit.escape(listed(one.people))
    names = [person.name for person in one.others]
    others = f"{been}: {kit.escape(listed(names))}" if names else ""
    return " · ".join(filter(None, (name, people, others)))


def _date(one: AccountDate, today: date) -> str:
    day = kit.date_words(one.day, today)
    return f"{day} · {kit.bold(one.account)}: {kit.escape(one.what)}"
