"""What a rep brings up themselves: the forms, and what is answered to a rep who writes or asks."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, ConfirmObject

from bot.domain.contacts.typed_text import cut
from bot.domain.promises import WHAT_LIMIT, RaisedByRep, RaisedEntry
from bot.domain.team.teams import Seats, Team
from bot.domain.workspaces.words import bare
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, RaisedAction
from bot.views.block_kit.kit import Message, View
from bot.views.promises.promise import between_us_field, parse_between_us, what_field

WHEN_LIMIT = 120
ABOUT_LIMIT = WHAT_LIMIT - WHEN_LIMIT - len(" · ")

RAISE, ASK_FOR_TIME = "Raise something", "Ask for time"
LABELS = (bare(RAISE), bare(ASK_FOR_TIME))

HELP = (
    "*What you can do here*\n"
    "*Raise something*: {name} has it on the list at once, and you see on your *Home* tab what "
    "becomes of it. *Between us* keeps it to the two of you.\n"
    "*Ask for time*: {name} sees that you would like to talk.\n"
    "`/agenda which customers first?` adds to the next team meeting. Your *Home* tab has promises "
    "both ways, your next session with *Prepare*, and all that is kept about you."
)
HELP_TOO = "*As a rep yourself*: raise something with {name} or ask for time, here or on *Home*."
NOT_KEPT = (
    "What you write here is not kept, and {name} reads none of it until you press. What is it to "
    "be?"
)
NO_WORDS = "What is it to be?"
ONLY_MANAGERS = (
    "That is for a rep's manager alone. What you can do is here, and on your *Home* tab:"
)


def buttons(
    teams: Sequence[Team], words: str = "", agenda: bool = False, manager: str | None = None
) -> list[BlockElement]:
    """**Raise something** and **Ask for time**, filled with `words`, and for an `agenda` too;
    `manager` is whom it is for, by Slack id, where that is clear."""
    carried = Metadata(text=carried_words(words) or None, step=manager)
    # On two teams the page has them twice, and a screen reader has to tell which.
    names = " or ".join(team.manager.name for team in teams)
    shown = [
        kit.button(
            RAISE, RaisedAction.RAISE, carried, style="primary", spoken=f"{RAISE} with {names}"
        ),
        kit.button(
            ASK_FOR_TIME,
            RaisedAction.ASK_FOR_TIME,
            carried,
            spoken=f"{ASK_FOR_TIME} with {names}",
        ),
    ]
    # With words there is something to add; of two teams each has an agenda of its own.
    for team in teams if agenda else ():
        own = "Add to the agenda"
        label = own if len(teams) == 1 else f"{own} of {team.manager.name}"
        value = Metadata(subject=team.id, text=carried.text)
        shown.append(kit.button(label, _TO_AGENDA[len(shown) - 2], value))
    return shown


_TO_AGENDA = (RaisedAction.TO_AGENDA, RaisedAction.TO_OTHER_AGENDA)
"""Within a block each button has an id of its own."""


def carried_words(words: str) -> str:
    """As many of the words as a form takes, which a button carries however they are packed."""
    return cut(words.strip(), WHAT_LIMIT)


def build_words(teams: Sequence[Team], words: str) -> Message:
    """The answer to a rep's plain message: what can be made of it, with the words filled in."""
    said = "" if bare(words) in LABELS else words
    text = NOT_KEPT.format(name=_names(teams)) if said else NO_WORDS
    return kit.message(text, [kit.section(text), kit.actions(buttons(teams, said, bool(said)))])


def build_help(seats: Seats, usage: str) -> Message:
    """What a rep can do here; for who leads a team the `usage`, and for who does both a line more.
    Who does neither reads it too."""
    if not seats.on:
        return kit.message(usage)
    own = (HELP_TOO if seats.leads else HELP).format(name=_names(seats.on))
    said = [usage, own] if seats.leads else [own]
    blocks = [kit.section(one) for one in said]
    return kit.message(said[0], [*blocks, kit.actions(buttons(seats.on))])


def build_for_managers(teams: Sequence[Team], words: str, line: str) -> Message:
    """To a rep who used what is for managers: what they can do themselves, with the `words` of the
    command filled in, and the `line` as it was typed."""
    can_do = kit.actions(buttons(teams, words))
    blocks: list[Block] = [kit.section(ONLY_MANAGERS), can_do, *kit.typed(line)]
    return kit.message(ONLY_MANAGERS, blocks)


def build_form(
    teams: Sequence[Team], words: str, manager: str | None, metadata: Metadata, *, for_time: bool
) -> View:
    """**Raise something** or **Ask for time**, filled with `words`, and with that manager."""
    names = [(team.manager.name, team.manager.slack_id) for team in teams]
    whom: list[Block] = []
    if len(teams) > 1:
        whom = [kit.field("manager", "With", kit.choice(names, manager, "Which manager?"))]
    if for_time:
        about = kit.text_input(initial=words[:ABOUT_LIMIT], multiline=True, limit=ABOUT_LIMIT)
        suits = kit.text_input(limit=WHEN_LIMIT, placeholder="Thursday after three")
        asked: list[Block] = [
            kit.field("what", "What about", about, optional=True, hint=_cut(words, ABOUT_LIMIT)),
            kit.field("when", "When it suits you", suits, optional=True),
        ]
        title, form = ASK_FOR_TIME, Form.ASK_FOR_TIME
    else:
        asked = [what_field("What", words, _cut(words, WHAT_LIMIT))]
        title, form = RAISE, Form.RAISE
    shown = [*whom, *asked, between_us_field()]
    return kit.modal(title, form, shown, metadata, submit="Send it")


def parse_form(state: Mapping[str, Any], *, for_time: bool) -> RaisedEntry:
    """What the form says."""
    fields = Fields(state)
    said = (fields.text("what").strip(), fields.text("when").strip())
    return RaisedEntry(
        manager=fields.chosen("manager") or "",
        what=" · ".join(one for one in said if one),
        between_us=parse_between_us(fields),
        for_time=for_time,
    )


def build_raised(raised: RaisedByRep) -> Message:
    """It is with the manager: in place of what it was made from."""
    promise, name = raised.promise, kit.escape(raised.manager.name)
    between = ", between the two of you" if promise.between_us else ""
    # A preview shows the first block, on a screen that others see.
    text = f"{name} has it{between}."
    said = f"You {'asked for time' if promise.for_time else 'raised'}"
    what = f"{said}: “{kit.quote(promise.wish)}”" if promise.wish else f"{said}."
    blocks = [
        kit.section(text),
        kit.section(what, take_back(raised)),
        kit.context("Your *Home* tab shows what becomes of it."),
    ]
    return kit.message(text, blocks)


def take_back(raised: RaisedByRep, asked: ConfirmObject | None = None) -> BlockElement:
    """**Take it back**, while nobody has taken it on; `asked` first."""
    promise = raised.promise
    return kit.button(
        "Take it back",
        RaisedAction.TAKE_BACK,
        Metadata(subject=promise.id),
        confirm=asked,
        spoken=f"Take it back: {promise.what}",
    )


def build_taken_back(raised: RaisedByRep) -> Message:
    """In place of what was raised; the words stay at hand."""
    wish = raised.promise.wish
    said = [kit.context("You wrote:"), *kit.literal(wish)] if wish else []
    return kit.message("Taken back.", [kit.section("Taken back."), *said])


def _names(teams: Sequence[Team]) -> str:
    return " or ".join(kit.escape(team.manager.name) for team in teams)


def _cut(words: str, limit: int) -> str | None:
    """That a form holds no more than the beginning of a message."""
    if len(words) < limit:
        return None
    return f"The first {limit} characters; the rest stands in what you wrote."
