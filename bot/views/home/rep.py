"""A rep's side of a team on App Home: promises of both sides, and what they raised."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.contacts.interactions import Interaction
from bot.domain.home import RepHome
from bot.domain.promises import Owner, Promise, RaisedByRep
from bot.domain.team.teams import Thanks
from bot.views.appointments import on_own_clock, rep_lines, session_beside
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, HomeAction, Metadata, RaisedAction, SharingAction
from bot.views.block_kit.kit import View
from bot.views.contacts.account_dates import own_lines as date_lines
from bot.views.contacts.contact import NAMES
from bot.views.contacts.raised import raised_words
from bot.views.contacts.raising import buttons, take_back
from bot.views.meetings.home import meeting_lines
from bot.views.promises.promise import bare_words, closed_rows, noted_words, promise_row
from bot.views.results.figures import own_lines
from bot.views.results.saving import plan_blocks
from bot.views.todo.round_up import noted_blocks

THANKS_MENU = (("Welcome", Thanks.WELCOME), ("Rather just between us", Thanks.BETWEEN_US))
THANKS = {
    Thanks.WELCOME: "welcome",
    Thanks.BETWEEN_US: "rather just between us",
    None: "you have not said, so none are posted",
}


def build_team(home: RepHome, most: int, changed: int | None) -> list[Block]:
    """One team as its rep sees it, at most so many of each kind; `changed` was closed just now."""
    manager = home.team.manager.name
    steps = [promise for promise in home.promises if promise.owner is Owner.REP]
    own = [promise for promise in steps if promise.is_agreed]
    noted = [promise for promise in steps if not promise.is_agreed]
    theirs = [promise for promise in home.promises if promise.owner is Owner.MANAGER]
    blocks: list[Block] = [kit.header(f"On {manager}'s team"), *_not_there(home)]
    if home.is_there:
        asked = buttons([home.team], manager=home.team.manager.slack_id)
        blocks.append(kit.actions(asked))
    heading = len(blocks)
    if own:
        blocks.append(kit.section("*You promised*"))
        for promise in own[:most]:
            words = bare_words(promise, home.today)
            blocks += promise_row(promise, home.today, Owner.REP, words)
        blocks += _more(len(own), most)
    for promise in noted[:most]:
        words = noted_words(promise, manager, home.today)
        blocks += promise_row(promise, home.today, Owner.REP, words)
    blocks += _more(len(noted), most)
    blocks += _later(home)
    blocks += closed_rows(home.closed, home.today, Owner.REP, changed)
    blocks += _dropped(home, most)
    lines = [_theirs(promise, home.today) for promise in theirs]
    blocks += _listed(f"*{kit.escape(manager)} promised*", lines, most)
    blocks += _raised(home, most)
    blocks += noted_blocks(home.noted[:most], manager)
    blocks += rep_lines(home.coming, home.team, home.today)
    if home.ahead is not None:
        blocks += meeting_lines(home.ahead)
    blocks += _listed("*Coming up at your accounts*", date_lines(home.dates, home.today), most)
    blocks += _results(home, most)
    if home.shared:
        earlier = any(one.earlier for one in home.shared)
        who = "Shared" if earlier else f"{kit.escape(manager)} shared"
        blocks.append(kit.section(f"*{who} with you*"))
        blocks += [_shared(contact, home) for contact in home.shared]
    said_nothing = len(blocks) == heading
    if said_nothing and home.is_there:
        name = kit.escape(manager)
        blocks.append(
            kit.section(f"Nothing is open between you and {name}. What you raise shows here.")
        )
    return [*blocks, *_thanks(home)]


def _dropped(home: RepHome, most: int) -> list[Block]:
    """What their manager let go of late. The word why was not written to them."""
    lines = [
        f"“{kit.quote(one.what)}”, {kit.day_words(one.dropped_on or home.today, home.today)}"
        for one in home.dropped
    ]
    return _listed(f"*Dropped by {kit.escape(home.team.manager.name)}*", lines, most)


def _results(home: RepHome, most: int) -> list[Block]:
    """Their own results as they are, and the plans to save one."""
    lines = [kit.escape(line) for line in own_lines(home.results, home.today)]
    return [
        *_listed("*Your results*", lines, most),
        *plan_blocks(home.plans[:most], home.activities, home.today),
        *_more(len(home.plans), most),
    ]


def _later(home: RepHome) -> list[Block]:
    """The way to the steps of the first weeks that are still far off."""
    if not home.later:
        return []
    here = Metadata(subject=home.team.id)
    see = kit.button("See", HomeAction.FIRST_WEEKS, here, spoken="See the later steps")
    return [kit.section("*Your first weeks* · later steps", see)]


def build_first_weeks(home: RepHome) -> View:
    """The steps of a rep's first weeks that are still far off, by their day."""
    manager = home.team.manager.name
    noted = [noted_words(one, manager, home.today) for one in home.later if one.owner is Owner.REP]
    theirs = [bare_words(one, home.today) for one in home.later if one.owner is Owner.MANAGER]
    blocks = [*kit.lines(noted), *_listed(f"*{kit.escape(manager)} promised*", theirs, len(theirs))]
    if not blocks:
        blocks = [kit.section("All of it is on your Home by now.")]
    elif noted:
        words = "Each is on your Home from two weeks before its day, with *Agreed* and *Not so*."
        blocks.append(kit.context(words))
    return kit.modal("Your first weeks", Form.READ_ONLY, blocks, close="Close")


def _thanks(home: RepHome) -> list[Block]:
    """Whether they may be thanked in the channel, as they said, and the way to say it: a quiet
    line."""
    channel = home.team.settings.channel
    if channel is None or not home.is_there:
        return []
    words = f"_Thanks in_ <#{channel}>: {THANKS[home.thanks]}"
    here = Metadata(subject=home.team.id)
    return [kit.section(words, kit.step_menu(RaisedAction.THANKS, THANKS_MENU, here))]


def _raised(home: RepHome, most: int) -> list[Block]:
    """What they raised and what became of it; what waits for an answer can be taken back."""
    if not home.raised:
        return []
    manager, today = home.team.manager.name, home.today
    shown = home.raised[:most]
    waiting = [one for one in shown if one.waits and home.is_there]
    rest = [raised_words(one, manager, today) for one in shown if one not in waiting]
    blocks: list[Block] = [] if waiting else kit.lines(["*You raised*", *rest])
    for number, one in enumerate(waiting):
        heading = "" if number else "*You raised*\n"
        beside = session_beside(one, home.coming, lambda it: on_own_clock(it, home.team, today))
        words = f"{heading}{raised_words(one, manager, today)}{beside}"
        # The words stand nowhere else.
        asked = kit.confirm("Take it back?", f"{manager} does not see it any more.", "Take it back")
        raised = RaisedByRep(one, home.team.manager)
        blocks.append(kit.section(words, take_back(raised, asked)))
    if waiting and rest:
        blocks += kit.lines(rest)
    return [*blocks, *_more(len(home.raised), most)]


def _not_there(home: RepHome) -> list[Block]:
    """For who left the team, or is not there yet."""
    name = kit.escape(home.team.manager.name)
    if home.is_still_to_come:
        day = kit.date_words(home.began_on, home.today)
        return [kit.section(f"You join {name}'s team on {day}. This page begins then.")]
    if home.is_over and home.ended_on is not None:
        day = kit.date_words(home.ended_on, home.today)
        words = (
            f"Your time on {name}'s team ended on {day}, and nothing new is kept there about you. "
        )
        left = "What was shared with you and what is still open stays here."
        if home.moved_to is not None:
            words += f"What was shared with you went along to {kit.escape(home.moved_to)}. "
            left = "What you have with each other alone stays here."
        return [kit.section(words + (left if home.says_something else "Nothing is left open."))]
    return []


def _theirs(promise: Promise, today: date) -> str:
    """What the manager promised; of an earlier one's word whose it was."""
    said = f" · as {kit.escape(promise.noted_by)} told you" if promise.noted_by else ""
    return f"{bare_words(promise, today)}{said}"


def _shared(contact: Interaction, home: RepHome) -> Block:
    day = kit.date_words(contact.occurred_on, home.today)
    name = NAMES[contact.kind].capitalize()
    here = Metadata(subject=contact.id)
    spoken = f"Open the {NAMES[contact.kind]} of {day}"
    held = f"{name} with {kit.escape(contact.earlier)}" if contact.earlier else name
    return kit.section(
        f"{held}, {day}", kit.button("Open", SharingAction.OPEN, here, spoken=spoken)
    )


def _listed(heading: str, lines: Sequence[str], most: int) -> list[Block]:
    """A heading and what is only shown, in as few blocks as hold it."""
    if not lines:
        return []
    return [*kit.lines([heading, *lines[:most]]), *_more(len(lines), most)]


def _more(count: int, most: int) -> list[Block]:
    return [kit.context(f"And {count - most} more.")] if count > most else []
