"""What opens the binder of a rep: what to know before talking, on one screen of a phone."""

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.appointments import Appointment
from bot.domain.binder.pages import BinderFront, BinderView, ThisWeek
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.todo.kinds import origin_of
from bot.domain.todo.lists import SlotState
from bot.domain.todo.reasons import fitted
from bot.domain.workspaces.people import Person
from bot.views.appointments import file_menu, when_words
from bot.views.binder.entries import short_title
from bot.views.binder.sections import section_menu
from bot.views.block_kit import kit
from bot.views.block_kit.ids import (
    BinderAction,
    FieldDayAction,
    Metadata,
    SessionAction,
    TodoAction,
)
from bot.views.contacts.contact import NAMES
from bot.views.results.figures import reached_words
from bot.views.results.ways import way_blocks, way_button

REASON_SHOWN = 140
BESIDE_SHOWN = 90
PLANS_SHOWN = 5
PLAN_SHOWN = 60
FOCUS_SHOWN = 90
ACCOUNTS_SHOWN = 2
IN_QUESTION_SHOWN = 20
"""All there are, as far as anybody counts so much: the mirror leads here for the rest."""
ACCOUNT_SHOWN = 25
RESULTS_SHOWN = 2
METRIC_SHOWN = 30
"""So much of each, that all of it stands on one screen of a phone."""

COMING = {InteractionKind.SESSION: "next session", InteractionKind.FIELD_DAY: "field day"}
LAST = {InteractionKind.SESSION: "session", InteractionKind.FIELD_DAY: "field day"}

MENU = (
    ("Strategy session", SessionAction.START),
    ("Log a field day", FieldDayAction.LOG),
    ("Plan a session", BinderAction.PLAN_SESSION),
    ("Plan a field day", BinderAction.PLAN_FIELD_DAY),
)
MENU_BEFORE = MENU[2:]
"""Of a rep who is still to come."""
WHY = ("Why this reason?", TodoAction.WHY)


def front_blocks(facts: BinderView, front: BinderFront) -> list[Block]:
    """The lines, and below them what to do."""
    coming = tuple(_soonest(front).values())
    blocks = [kit.section(_head(facts, front), file_menu(coming) if coming else None)]
    if not facts.is_there:
        blocks.append(kit.context(_not_here(facts)))
    elif front.received is not None:
        since = kit.date_words(front.received.since, facts.today)
        before = kit.escape(front.received.before)
        blocks.append(kit.context(f"With you since {since}, before with {before}."))
    blocks += _week(facts, front)
    blocks += way_blocks(front.in_question_else, facts.today, IN_QUESTION_SHOWN)
    plans = _plans(facts.rep, front)
    if plans:
        blocks.append(kit.section("\n".join(plans)))
    blocks += _open(facts.rep, front)
    last = _last(facts, front)
    if last:
        blocks.append(kit.section(f"Last: {last}"))
    blocks += _results(facts, front)
    if not (
        plans
        or last
        or front.results
        or front.coming
        or front.promises
        or facts.entries
        or facts.has_left
    ):
        blocks.append(kit.section(_nothing_yet(facts.rep)))
    blocks.append(kit.actions(_to_do(facts, front)))
    return blocks


def _head(facts: BinderView, front: BinderFront) -> str:
    parts = [kit.bold(facts.rep.name)]
    if front.away is not None:
        until = front.away.ends_on
        parts.append(f"away until {kit.date_words(until, facts.today)}" if until else "away")
    parts += [
        f"{COMING[one.kind]} {when_words(one, facts.today, facts.team)}"
        for one in _soonest(front).values()
    ]
    return " · ".join(parts)


def _soonest(front: BinderFront) -> dict[InteractionKind, Appointment]:
    """What is next, of each kind."""
    found: dict[InteractionKind, Appointment] = {}
    for one in front.coming:
        found.setdefault(one.kind, one)
    return found


def _not_here(facts: BinderView) -> str:
    membership, today = facts.membership, facts.today
    if membership.left_on is not None and membership.left_on <= today:
        day = kit.date_words(membership.left_on, today)
        return f"Left your team on {day}. All of it stays here."
    if not facts.rep.active:
        return "Not in Slack any more. All of it stays here."
    return f"On your team from {kit.date_words(membership.joined_on, today)}."


def _week(facts: BinderView, front: BinderFront) -> list[Block]:
    """This week's reason, or what became of it."""
    week = front.week
    if week is None:
        return []
    match week.state:
        case SlotState.OPEN:
            another = kit.button(
                "Another reason", BinderAction.ANOTHER_REASON, Metadata(rep=facts.rep.slack_id)
            )
            if front.way is not None:
                buttons = [*([] if week.over else [another]), way_button(front.way)]
                return [kit.section(_reason_words(week)), kit.actions(buttons)]
            return [kit.section(_reason_words(week), None if week.over else another)]
        case SlotState.DONE if week.contact is not None:
            how = week.contact.channel or NAMES[week.contact.kind]
            day = kit.day_words(week.contact.occurred_on, facts.today)
            return [kit.section(f"✓ This week: {how}, {day}")]
        case SlotState.NOT_THIS_WEEK:
            why = f" · “{kit.quote(week.why_not)}”" if week.why_not else ""
            return [kit.section(f"Not this week{why}")]
    return []


def _reason_words(week: ThisWeek) -> str:
    reason = week.reason
    lines = [f"This week: {kit.escape(fitted(reason.text, REASON_SHOWN))}"]
    if reason.beside:
        lines.append(kit.escape(kit.shorten(reason.beside, BESIDE_SHOWN)))
    if origin_of(reason) is not None:
        lines.append(kit.italic(kit.shorten(reason.source, BESIDE_SHOWN)))
    return "\n".join(lines)


def _plans(rep: Person, front: BinderFront) -> list[str]:
    """A line a topic, and what the rep works on."""
    lines = []
    shown = front.plans[:PLANS_SHOWN]
    for place, (title, past) in enumerate(shown):
        plan = _begun(past.notes.whole_plan, PLAN_SHOWN)
        said_below = any(past.otherwise == later.otherwise for _, later in shown[place + 1 :])
        beside = "" if said_below else _beside(rep, past.otherwise)
        lines.append(f"{kit.bold(short_title(title))} · {plan}{beside}")
    more = len(front.plans) - PLANS_SHOWN
    if more > 0:
        lines.append(f"And {more} more, under Plans.")
    if front.focus is not None:
        focus = _begun(front.focus.text, FOCUS_SHOWN)
        lines.append(f"*Working on* · {focus}{_beside(rep, front.focus.otherwise)}")
    return lines


def _begun(words: str, limit: int) -> str:
    """As many whole words as fit in a line, escaped: half a word in a list looks broken, and so do
    lines that run into each other."""
    flat = "; ".join(
        " ".join(line.split()).rstrip(";,") for line in words.splitlines() if line.strip()
    )
    shown = kit.shorten(flat, limit)
    if shown != flat and " " in shown:
        shown = shown.rpartition(" ")[0].rstrip(",;:.–-") + "…"
    return kit.escape(shown)


def _beside(rep: Person, otherwise: str | None) -> str:
    if not otherwise:
        return ""
    return f"\n{kit.escape(rep.first_name)} remembers: “{kit.quote(otherwise, BESIDE_SHOWN)}”"


def _open(rep: Person, front: BinderFront) -> list[Block]:
    """How many promises are open on each side, and the way to them."""
    if not front.promises:
        return []
    name = kit.escape(rep.first_name)
    own = sum(promise.owner is Owner.MANAGER for promise in front.promises)
    theirs = sum(promise.owner is Owner.REP and promise.is_agreed for promise in front.promises)
    # Nobody promised what was only noted for them.
    noted = len(front.promises) - own - theirs
    sides = ((own, "you"), (theirs, name), (noted, f"noted for {name}"))
    words = ", ".join(f"{whose} {count}" for count, whose in sides if count)
    see = kit.button(
        "See",
        BinderAction.PROMISES,
        Metadata(rep=rep.slack_id),
        spoken=f"See the promises with {rep.name}",
    )
    return [kit.section(f"Open: {words}", see)]


def _last(facts: BinderView, front: BinderFront) -> str:
    parts = []
    for kind, called in LAST.items():
        if kind in front.last:
            parts.append(f"{called} {kit.day_words(front.last[kind], facts.today)}")
    if front.accounts and InteractionKind.FIELD_DAY in front.last:
        shown = [kit.quote(one, ACCOUNT_SHOWN) for one in front.accounts[:ACCOUNTS_SHOWN]]
        more = len(front.accounts) - len(shown)
        parts[-1] += f", {', '.join(shown)}" + (f" and {more} more" if more else "")
    return " · ".join(parts)


def _results(facts: BinderView, front: BinderFront) -> list[Block]:
    """Those of the periods that run, as they are, in a line; and the way to all of them."""
    if not front.results:
        return []
    shown = front.results[:RESULTS_SHOWN]
    parts = [
        f"{kit.quote(one.metric.name, METRIC_SHOWN)} {kit.escape(reached_words(one))}"
        for one in shown
    ]
    more = len(front.results) - len(shown)
    days = [one.latest.as_of for one in shown]
    said = " · ".join([*parts, *([f"{more} more"] if more else [])])
    see = kit.button(
        "See",
        BinderAction.RESULTS,
        Metadata(rep=facts.rep.slack_id),
        spoken=f"See the results of {facts.rep.name}",
    )
    as_of = kit.span_words(min(days), max(days), facts.today)
    return [kit.section(f"Results: {said}, as of {as_of}", see)]


def _nothing_yet(rep: Person) -> str:
    name = kit.escape(rep.first_name)
    return (
        f"A fresh page. What you and {name} plan, promise and talk about comes together here; a "
        "first session is a good way to begin."
    )


def _to_do(facts: BinderView, front: BinderFront) -> list[BlockElement]:
    """**Log a touch**, **Section**, and ⋯."""
    here = Metadata(rep=facts.rep.slack_id)
    section = section_menu(facts.rep.slack_id)
    if facts.is_there:
        log = kit.button("Log a touch", BinderAction.LOG, here, style="primary")
        menu = (*MENU, WHY) if front.week is not None else MENU
        return [log, section, kit.step_menu(BinderAction.MENU, menu, here)]
    if facts.has_left:
        return [section]
    return [section, kit.step_menu(BinderAction.MENU, MENU_BEFORE, here)]
