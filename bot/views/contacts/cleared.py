"""**You said, we did**: the lines, what whoever raised it is asked, and the post."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, CheckboxesElement

from bot.domain.contacts.cleared import (
    BOX,
    LINE_LIMIT,
    ClearedAnswer,
    ClearedItem,
    ClearedLine,
    ClearedMonth,
    ClearedPost,
    ClearedQuestion,
    ClearedWords,
    box_of,
)
from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep
from bot.domain.contacts.typed_text import cut
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields, fill_in
from bot.views.block_kit.ids import Form, Metadata, RaisedAction
from bot.views.block_kit.kit import Message, View

TITLE = "You said, we did"
LABEL_QUOTE = 80
FINE = "fine"


def home_line(month: ClearedMonth | None) -> list[Block]:
    """One quiet line on the manager's Home, unless it is put aside."""
    return [] if month is None or month.aside else _way(month)


def mirror_line(month: ClearedMonth | None) -> list[Block]:
    """The same among what lies behind, also where it is put aside."""
    return [] if month is None else _way(month)


def _way(month: ClearedMonth) -> list[Block]:
    begun = month.aside or month.is_half_written
    how = " · put aside" if month.aside else " · half written" if begun else ""
    return [kit.section(f"{way_words(month)}{how}", way_button(month))]


def way_words(month: ClearedMonth) -> str:
    """How much there is to tell of."""
    count = len(month.items)
    done = "1 thing that was raised is" if count == 1 else f"{count} things that were raised are"
    return f"{TITLE}: {done} done"


def way_button(month: ClearedMonth) -> BlockElement:
    """**Write it**, or **Resume**: the form."""
    label = "Resume" if month.aside or month.is_half_written else "Write it"
    return kit.button(label, RaisedAction.CLEARED_WRITE, spoken=f"{label}: {TITLE}")


def build_form(month: ClearedMonth, form: str) -> View:
    """What was raised and is done, each with a box for what the team reads of it; what was typed
    before stands in it. `form` names it where none is half written."""
    blocks: list[Block] = [
        kit.context(
            "What was raised is read by you alone. Write anew what the team may read of it, "
            "without names; what you leave empty is not in the post. Whoever raised it is asked "
            "first."
        )
    ]
    for item in month.items:
        raised = item.promise
        said = f"{kit.bold(raised.rep.name)} raised: “{kit.quote(raised.what)}”"
        if item.line is not None:
            said += f" · {_state(item.line, month)}"
        said_so_far = item.line.text if item.line else ""
        box = kit.text_input(initial=said_so_far, multiline=True, limit=LINE_LIMIT)
        label = f"In your words: {cut(' '.join(raised.what.split()), LABEL_QUOTE)}"
        within = RaisedAction.CLEARED_WITHIN
        blocks += [
            kit.context(said),
            kit.field(box_of(raised.id), label, box, optional=True, action=within),
            *_about_one(month, item),
        ]
    here = Metadata(day=month.month.isoformat(), form=month.draft.form if month.draft else form)
    if not month.aside:
        blocks.append(kit.actions([kit.button("Put it aside", RaisedAction.CLEARED_ASIDE, here)]))
    view = kit.modal(TITLE, Form.CLEARED, blocks, here, submit="Preview")
    return fill_in(view, month.typed)


def _about_one(month: ClearedMonth, item: ClearedItem) -> list[Block]:
    """Beneath the words: whom they seem to name, and that they do not."""
    named = month.about.get(item.promise.id)
    if named is None:
        return []
    fine = month.typed.checked(f"{FINE}{item.promise.id}")
    name = named.person.name or "somebody"
    reads = "names" if named.sure else "may mean"
    asked = (
        f"*About one person?* “{kit.quote(month.typed.text(box_of(item.promise.id)))}” {reads} "
        f"{kit.bold(name)}, and no name stands in the post. Write it otherwise, or say that it is "
        "nobody's."
    )
    fine = month.typed.checked(f"{FINE}{item.promise.id}")
    box = kit.field(f"{FINE}{item.promise.id}", f"{name}?", _fine(named, fine), optional=True)
    return [kit.section(asked), box]


def _fine(named: Named, before: Iterable[str]) -> CheckboxesElement:
    """The box carries of whom that was said before, too."""
    fine = {named.person.slack_id, *(one for some in before for one in some.split())}
    return kit.tick("It names no one", " ".join(sorted(fine)))


def parse_form(state: Mapping[str, Any]) -> dict[int, ClearedWords]:
    """What is to be read of each, by what was promised."""
    fields = Fields(state)
    named = (one.removeprefix(BOX) for one in fields.names() if one.startswith(BOX))
    return {
        int(one): ClearedWords(fields.text(f"{BOX}{one}"), _fine_for(fields, one))
        for one in named
        if one.isdecimal()
    }


def _fine_for(fields: Fields, promise_id: str) -> frozenset[str]:
    ticked = fields.checked(f"{FINE}{promise_id}")
    return frozenset(one for some in ticked for one in some.split())


def parse_draft(
    state: Mapping[str, Any], here: Metadata, view: str, typed_at: int = 0
) -> DraftStep:
    """What stands in the form, in the modal of that id. Raises Gone."""
    return DraftStep(
        kind=DraftKind.CLEARED,
        form=here.form or view,
        step=ONE_STEP,
        typed=Fields(state).typed(),
        typed_at=typed_at,
        view=view,
        day=parse_month(here),
    )


def parse_month(here: Metadata) -> date:
    """The month by its first day. Raises Gone for what was not made here."""
    try:
        return date.fromisoformat(here.day or "")
    except ValueError as error:
        raise Gone from error


def parse_seen(here: Metadata) -> set[int]:
    """The lines that were previewed, by id."""
    return {int(one) for one in (here.text or "").split() if one.isdecimal()}


def build_page(month: ClearedMonth) -> View:
    """What the team will read, and what whoever raised it says to it."""
    here = Metadata(day=month.month.isoformat())
    if not month.lines:
        words = "Nothing is written yet, so there is nothing to post."
        return kit.modal(TITLE, Form.CLEARED_POST, [kit.section(words)], here, close="Close")
    channel, agreed = month.channel, month.agreed
    where = f"<#{channel}>" if channel else "the team's channel"
    head = f"*What {where} reads*" if agreed else f"*What {where} reads, once each is a yes*"
    blocks: list[Block] = [
        kit.section(head),
        kit.section(_post_words(agreed or month.lines)),
        kit.section("*What whoever raised it says*"),
    ]
    blocks += [
        kit.context(f"“{kit.escape(one.text)}” · {kit.escape(one.rep.name)}: {_state(one, month)}")
        for one in month.lines
    ]
    if month.to_ask:
        manager = kit.bold(month.manager.name)
        asks = f"They read: {_asks(manager, '…')} They can say until {_until(month)}."
        ask = kit.button("Ask them", RaisedAction.CLEARED_ASK, here, style="primary")
        blocks += [kit.context(asks), kit.actions([ask])]
    if not channel:
        blocks.append(kit.context("No channel is set for the team; *Settings* on Home sets it."))
    elif not agreed:
        blocks.append(kit.context("It can be posted once there is a yes."))
    may_post = bool(channel and agreed)
    seen = Metadata(day=here.day, text=" ".join(str(one.id) for one in agreed))
    return kit.modal(
        TITLE,
        Form.CLEARED_POST,
        blocks,
        seen,
        submit="Post it" if may_post else None,
        close="Close",
    )


def build_question(asked: ClearedQuestion | None) -> Message:
    """To who raised it: whether the team may be told; and how it stands since."""
    if asked is None:
        return kit.message("That is not asked any more: it is written anew, or put aside.")
    line, manager = asked.line, kit.bold(asked.manager.name)
    here = Metadata(subject=line.id)
    yes = kit.button("Yes, share it", RaisedAction.CLEARED_YES, here)
    no = kit.button("Not this one", RaisedAction.CLEARED_NO, here)
    quoted = f"“{kit.escape(line.text)}”"
    if line.posted_on is not None:
        return _settled(f"The team was told: {quoted}. Thank you.")
    if not asked.open:
        return _settled(f"{quoted} is not posted; that month is settled.")
    if line.answer is ClearedAnswer.YES:
        return _settled(f"You said yes: {quoted} may be shared. Thank you.", no)
    if line.answer is ClearedAnswer.NO:
        return _settled(f"You said: not this one. {quoted} is not posted.", yes)
    until = kit.date_words(asked.until, asked.today)
    blocks = [
        # A preview shows the first block, on a screen that others see.
        kit.section("Something that you raised is done."),
        kit.section(_asks(manager, kit.escape(line.text))),
        kit.actions([yes, no]),
        kit.context(
            f"{_no_name(asked)} You can say until {until}; without your yes it is not posted."
        ),
    ]
    return kit.message(f"{asked.manager.name} would like to tell the team something", blocks)


def _settled(words: str, *change: BlockElement) -> Message:
    """How it stands. A notice on a screen that others see has none of the words."""
    changes = [kit.actions(list(change))] if change else []
    return kit.message("What the team may be told", [kit.section(words), *changes])


def build_post(post: ClearedPost) -> Message:
    """What everyone in the channel reads."""
    return kit.message(TITLE, [kit.section(_post_words(post.lines))])


def build_not_posted(post: ClearedPost) -> Message:
    """Slack did not take it: it is there to be posted again."""
    text = f"“{TITLE}” was not posted."
    why = (
        f"Slack did not take it for <#{post.channel}>: it may be archived, or I am not in it "
        "(`/invite @Windshield`). Nothing is lost."
    )
    again = kit.button("Open again", RaisedAction.CLEARED_WRITE)
    return kit.message(text, [kit.section(text), kit.section(why), kit.actions([again])])


def build_in_doubt(post: ClearedPost) -> Message:
    """Nobody knows whether it stands there, but who looks."""
    text = f"Did “{TITLE}” appear?"
    why = f"Slack's answer to me got lost. Have a look in <#{post.channel}>."
    here = Metadata(day=post.month.isoformat())
    buttons = [
        kit.button("Yes", RaisedAction.CLEARED_THERE, here),
        kit.button("No, open it again", RaisedAction.CLEARED_LOST, here),
    ]
    return kit.message(text, [kit.section(text), kit.section(why), kit.actions(buttons)])


def build_there() -> Message:
    """The manager looked."""
    return kit.message("Good, it is there.")


def build_opened_again() -> Message:
    """The manager looked, and it was not there."""
    again = kit.button("Open again", RaisedAction.CLEARED_WRITE)
    text = f"“{TITLE}” did not appear. It can be posted again."
    return kit.message(text, [kit.section(text), kit.actions([again])])


def build_aside(month: ClearedMonth) -> Message:
    """That month is not told of; and the way back."""
    return kit.message(
        "Put aside: nothing is posted of that month. What you wrote is kept; `/mirror` leads to it "
        f"until {_until(month)}."
    )


def _no_name(asked: ClearedQuestion) -> str:
    if asked.line.fine_for:
        return f"{kit.escape(asked.manager.first_name)} says that it names no one."
    return "No name stands in it."


def _asks(manager: str, text: str) -> str:
    return f"{manager} would like to tell the team: “{text}”. It is about what you raised."


def _until(month: ClearedMonth) -> str:
    return kit.date_words(month.until, month.today)


def _post_words(lines: Iterable[ClearedLine]) -> str:
    return "\n".join([kit.bold(TITLE), *(f"• {kit.escape(one.text)}" for one in lines)])


def _state(line: ClearedLine, month: ClearedMonth) -> str:
    if line.answer is not None:
        return "yes" if line.answer is ClearedAnswer.YES else "not this one"
    if line.rep.id in month.unheard:
        return "can be asked once you have sent the introduction"
    return "not answered yet" if line.asked else "not asked yet"
