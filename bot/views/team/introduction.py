"""What a rep is told once, what the manager sees of it first, and who was told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain.team.calendar import DAYS
from bot.domain.team.teams import Team, TeamView
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, TeamAction
from bot.views.block_kit.kit import Message, View
from bot.views.team.setup import names_in_words
from bot.views.team.statement import statement_blocks

TITLE = "Introductions"
NOT_MY_MANAGER = "Not my manager"


@dataclass(frozen=True)
class Sent:
    """How sending went, by the reps' names.

    `refused`: Slack took nothing. `unsure`: Slack did not say, and it is not sent again. `later`:
    not tried, because Slack asked for a pause or, with `away`, the database did not answer.
    `asleep`: who rests now, each with when they get it, on their own wall.
    """

    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    asleep: tuple[tuple[str, datetime], ...] = ()
    away: bool = False


def build_introduction(team: Team) -> Message:
    """The message to a rep of that team."""
    text = f"{kit.escape(team.manager.name)} uses Windshield with the team"
    here = Metadata(subject=team.id)
    not_so = kit.button(NOT_MY_MANAGER, TeamAction.NOT_MY_MANAGER, here)
    return kit.message(text, [*_introduction(team), kit.actions([not_so])])


def build_preview(facts: TeamView) -> View:
    """The message as each rep will get it, and who they are."""
    blocks = [
        kit.section(f"*Goes to* {_waiting(facts)}: one message to each, just once."),
        kit.divider(),
        *_introduction(facts.team),
        kit.divider(),
        kit.context(
            f"Beneath it is a button, *{NOT_MY_MANAGER}*, in case you chose somebody else's."
        ),
    ]
    return kit.modal(
        TITLE, Form.TEAM_INTRODUCTION, blocks, submit="Send introductions", close="Not now"
    )


def build_sending(facts: TeamView) -> View:
    """While the messages go out; how it went is said in a message, and Home shows it."""
    words = (
        f"On its way to {_waiting(facts)}. I'll write to you who has it; "
        "Home shows who is still to be told."
    )
    then = "`/touch @rep` logs a contact. `/team` changes your team any time."
    return _shown([kit.section(words), kit.context(then)])


def build_nobody_waits() -> View:
    """Everyone has been told before."""
    return _shown([kit.section("Everyone on your team has been told already.")])


def build_sent(sent: Sent) -> Message:
    """Who was told, and who could not be, for the manager who sent it."""
    return kit.message("How the introductions went", _sent(sent))


def build_paused(sent: Sent) -> View:
    """The same, for when Slack wants no message for a while."""
    return _shown(_sent(sent))


def _sent(sent: Sent) -> list[Block]:
    lines: list[str] = []
    if sent.told:
        lines.append(f"Told: {names_in_words(sent.told)}.")
    for name, at in sent.asleep:
        lines.append(
            f"{kit.escape(name)} gets it at {kit.time_words(at.time())} on their own clock, "
            f"{DAYS[at.weekday()]}: it is night there."
        )
    if sent.unsure:
        lines.append(
            f"Slack did not confirm the message to {names_in_words(sent.unsure)}. It may have "
            "arrived, so I won't send it again; ask when you talk next."
        )
    if sent.refused:
        names = names_in_words(sent.refused)
        lines.append(f"Slack took no message to {names}. Nothing was sent there.")
    if sent.later:
        why = "The database did not answer." if sent.away else "Slack asked for a short pause."
        lines.append(f"{why} Still to come: {names_in_words(sent.later)}.")
    blocks: list[Block] = [kit.section("\n".join(lines))]
    if sent.refused or sent.later:
        blocks.append(kit.actions([kit.button("Try again", TeamAction.INTRODUCE)]))
    return blocks


def _introduction(team: Team) -> list[Block]:
    manager = team.manager.name
    name = kit.escape(manager)
    hello = (
        f"Hello from Windshield. {kit.bold(manager)} uses it to make time for everyone on the "
        "team, and to keep what was promised. Here is what that means for you."
    )
    page = (
        "Your own page is the *Home* tab, right here: both sides' promises, and what you raised. "
        "There is nothing you need to do."
    )
    why = f"Sent once, because {name} added you to the team. {name} can answer any question."
    return [
        kit.section(hello),
        *statement_blocks(team.kept_months),
        kit.section(page),
        kit.context(why),
    ]


def _waiting(facts: TeamView) -> str:
    return names_in_words([member.rep.name for member in facts.to_introduce])


def _shown(blocks: Sequence[Block]) -> View:
    return kit.modal(TITLE, Form.TEAM_INTRODUCTION, blocks, close="Close")
