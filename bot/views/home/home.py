"""App Home: a manager's, a rep's, both in one, or the first steps of someone new."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.home import HomeView
from bot.views.binder import handover, stayed
from bot.views.binder.calendar import address_button
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, HomeAction, Metadata, TeamAction, TodoAction
from bot.views.block_kit.kit import View
from bot.views.home import manager
from bot.views.home.rep import build_team
from bot.views.home.unfinished import unfinished_lines

MOST_BLOCKS = 100
"""https://docs.slack.dev/reference/views: blocks of a view."""

REPS_SHOWN = 25
PROMISES_SHOWN = 8
LEAST_REPS = 5

STEPS = (
    ("*1* · Who is on your team?", "Add your reps", TeamAction.REPS),
    ("*2* · When do you meet?", "Set your meeting", TeamAction.MEETING),
    ("*3* · When shall your week's list come?", "Pick your Monday time", TeamAction.MONDAY),
)


def build_home(
    facts: HomeView,
    start: int = 0,
    changed: int | None = None,
    missing_scopes: Sequence[str] = (),
    *,
    subscribes: bool = False,
) -> View:
    """What a person's App Home shows.

    `start` is where the page of reps begins; `changed` a promise closed just now, to come first;
    `missing_scopes` what Slack does not let the app do, which a manager is told. `subscribes`:
    calendars can reach us.
    """
    asked, offered = _handed_over(facts)
    passed = stayed.home_blocks(facts.stayed)
    if facts.manager is None and not facts.on_teams:
        return kit.home(_fitting([*asked, *offered, *passed, *_first_steps()]))
    most = PROMISES_SHOWN // 2 if facts.manager else PROMISES_SHOWN
    below = [block for home in facts.on_teams for block in build_team(home, most, changed)]
    below = [*unfinished_lines(facts.preparing), *below]
    if facts.manager is None:
        below = [*asked, *offered, *passed, *below]
    if facts.manager is None and any(not home.is_over for home in facts.on_teams):
        away = kit.button("I'm away", TodoAction.AWAY)
        below.append(kit.actions([away, address_button()] if subscribes else [away]))
    if facts.on_teams:
        below += _statement()
    if facts.manager is None:
        return kit.home(_fitting(below), Metadata(home=0))
    above = [*_not_allowed(missing_scopes), *manager.first_lines(facts.manager, changed, asked)]
    more = [address_button()] if subscribes else []
    below = [*offered, *manager.last_lines(facts.manager, changed, more), *passed, *below]
    room = max(LEAST_REPS, MOST_BLOCKS - len(above) - len(below) - len(("header", "pages")))
    reps = [member for member in facts.manager.facts.members if member.rep.active]
    start = start if 0 <= start < len(reps) else 0
    team = manager.team_lines(facts.manager, reps, start, min(REPS_SHOWN, room))
    return kit.home(_fitting([*above, *team, *below]), Metadata(home=start))


def _handed_over(facts: HomeView) -> tuple[list[Block], list[Block]]:
    """What waits for an answer, which comes first, and what was offered, which stands with the
    team that it is about."""
    if facts.person is None:
        return [], []
    return (
        handover.asked_blocks(facts.handovers, facts.person),
        handover.offered_blocks(facts.handovers, facts.person),
    )


def _statement() -> list[Block]:
    buttons: list[BlockElement] = [
        kit.button("Read it", HomeAction.STATEMENT, spoken="Read what is kept about you"),
        kit.button("My copy", BinderAction.MY_COPY, spoken="My copy of what is kept about me"),
    ]
    words = "_What is kept about you, who sees it, for how long_"
    return [kit.section(words), kit.actions(buttons)]


def _fitting(blocks: list[Block]) -> list[Block]:
    """As many blocks as Slack takes: a page that is too long would not be drawn at all."""
    if len(blocks) <= MOST_BLOCKS:
        return blocks
    return [*blocks[: MOST_BLOCKS - 1], kit.context("There is more than fits here.")]


def build_away() -> View:
    """In place of a Home that was never drawn, while the database does not answer."""
    return kit.home(
        [kit.section("I cannot look that up just now. Nothing is lost; open this page again soon.")]
    )


def _not_allowed(scopes: Sequence[str]) -> list[Block]:
    """Until the app is installed anew: who it is for can be none but whoever set it up."""
    if not scopes:
        return []
    named = ", ".join(f"`{kit.escape(scope)}`" for scope in scopes)
    return [
        kit.context(
            "Slack does not yet let Windshield do all that it is for. Whoever set it up mends that "
            f"by installing it again ({named}); nothing is lost meanwhile."
        )
    ]


def _first_steps() -> list[Block]:
    """What this is, and the three steps; the next one stands out."""
    steps = [
        kit.section(
            words, kit.button(label, action, style="primary" if action is STEPS[0][2] else None)
        )
        for words, label, action in STEPS
    ]
    first = "Windshield keeps your attention on each of your reps, and on what you promised them."
    return [kit.section(first), *steps]
