"""Next steps of a session: what became of them, as each of the two reads it, and what is understood
of those that are typed."""

from collections.abc import Iterable, Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.accounts.accounts import KnownAccount
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.sessions.sessions import SessionForm
from bot.domain.sessions.steps import Step
from bot.views.block_kit import kit
from bot.views.promises.promise import by_words, not_so_words

STEP_SHOWN = 200
STEPS_ROOM = 1800
"""Characters of a step, and of what became of the steps of a topic."""

ACCOUNTS_SHOWN = 5
PEOPLE_SHOWN = 3
"""Accounts of a topic, and whom we know at one: the page of the account has them all."""


def became_lines(
    steps: Iterable[Promise], today: date, *, manager: str | None = None, room: int = STEPS_ROOM
) -> list[str]:
    """What became of steps, a line each: for the manager, or for the rep where the `manager`'s name
    is said. A step that is noted for the rep reads so until it is agreed."""
    lines = [_became(one, today, manager) for one in steps]
    return kit.fitting(lines, room, "And more, in the binder.")


def _became(step: Promise, today: date, manager: str | None) -> str:
    what = f"{_whose(step, manager)}: “{kit.quote(step.what, STEP_SHOWN)}”"
    if step.is_open:
        not_so = not_so_words(step) if manager is None else ""
        if manager is not None and step.answer is Answer.NOT_SO:
            not_so = " · you said: not so"
        return f"→ {what}{by_words(step, today)} · open{not_so}"
    day = f" {kit.day_words(step.closed_on, today)}" if step.closed_on else ""
    if step.handed_to is not None:
        return f"– {what} · handed over to {kit.escape(step.handed_to)}{day}"
    if step.kept_on is not None:
        return f"✓ {what} · kept{day}"
    # What the manager wrote to themselves about it is not for the rep.
    words = step.closing_words if manager is None else ""
    why = f" (“{kit.quote(words, STEP_SHOWN)}”)" if words else ""
    return f"– {what} · dropped{day}{why}"


def _whose(step: Promise, manager: str | None) -> str:
    """Whose step it is, as the manager or the rep reads it."""
    rep = kit.escape(step.rep.name)
    if step.owner is Owner.MANAGER:
        return "You" if manager is None else kit.escape(manager)
    own = step.is_agreed or step.kept_on is not None
    if manager is None:
        return rep if own else f"noted for {rep}"
    return "You" if own else f"{kit.escape(step.noted_by or manager)} noted for you"


def understood_blocks(form: SessionForm) -> list[Block]:
    """On the last step: each step that was typed, with who takes it and by when."""
    draft = form.draft
    lines = []
    for topic in draft.topics:
        steps = form.understood.get(topic.key, ())
        if steps:
            said = [_understood(step, draft.rep.name, form) for step in steps]
            lines.append("\n".join([kit.bold(topic.title), *said]))
    if not lines:
        return []
    hint = "Not as you meant it? *Back* leads to the topic."
    return [*kit.lines(lines), kit.context(hint)]


def _understood(step: Step, rep: str, form: SessionForm) -> str:
    who = "You" if step.owner is Owner.MANAGER else kit.escape(rep)
    due = step.due_on or form.usual_due
    by = f", by {kit.date_words(due, form.today)}" if due else ""
    return f"→ {who}: {kit.quote(step.what, STEP_SHOWN)}{by}"


def account_blocks(accounts: Sequence[KnownAccount], manager: str) -> list[Block]:
    """A rep's accounts, and who of us knows whom there, for the manager of that name: the first of
    them, and how many more there are."""
    if not accounts:
        return []
    lines = [_account(one, manager) for one in accounts[:ACCOUNTS_SHOWN]]
    more = len(accounts) - ACCOUNTS_SHOWN
    if more > 0:
        lines.append(f"And {more} more: `/binder account`")
    return kit.lines(["*Accounts, and who knows whom*", *lines])


def _account(one: KnownAccount, manager: str) -> str:
    key = " · key account" if one.is_key else ""
    known = [
        f"{kit.escape(known.name)} ({', '.join(_called(name, manager) for name, _ in known.by)})"
        for known in one.known[:PEOPLE_SHOWN]
    ]
    more = len(one.known) - PEOPLE_SHOWN
    rest = [f"{more} more"] if more > 0 else []
    return " · ".join([f"{kit.bold(one.name)}{key}", *known, *rest])


def _called(name: str, manager: str) -> str:
    """Somebody of ours, in few letters: the page of the account says them whole."""
    return "you" if name == manager else kit.escape(name.partition(" ")[0])
