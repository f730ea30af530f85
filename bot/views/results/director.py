"""`/mirror teams`: a line a manager, and with whom one's own is shared."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, UserSelectElement

from bot.domain.results.director import Happening, OwnLine, TeamLine, TeamsView
from bot.views.block_kit import charts, kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import View
from bot.views.results.pages import Page

TEAMS_SHOWN = 20

NOBODY = (
    "No team is shared with you. A manager can share with you whether sessions, field days and "
    "meetings are happening; then you find it here."
)
MEANING = (
    "As planned: as often as the manager set. Some: with some of the team. "
    "Not known: it was not noted, and may well have been held."
)
ALL = "Nothing else is shared: nobody on your team, no contacts, nothing that anybody wrote."

PARTS: Mapping[Happening, str] = {
    Happening.AS_PLANNED: "{} as planned",
    Happening.SOME: "some {}",
    Happening.NONE: "no {} lately",
    Happening.UNKNOWN: "{} not known",
}


def line_words(line: TeamLine) -> str:
    """All that is shown of a team, to its manager before it is shared and to whom it is shared
    with; what there is nothing to say of is left out."""
    parts = [
        PARTS[one].format(words)
        for one, words in (
            (line.sessions, "sessions"),
            (line.field_days, "field days"),
            (line.meetings, "team meetings"),
        )
        if one is not None
    ]
    return f"{kit.bold(line.manager.name)} · {' · '.join(parts) or 'nothing to say yet'}"


def build_teams(view: TeamsView, start: int) -> Page:
    """The teams shared with who asks from the place `start` on; under them their own."""
    page = charts.page_of(view.lines, start, TEAMS_SHOWN)
    shared = [line_words(one) for one in page.items]
    blocks: list[Block] = []
    if shared:
        blocks += [kit.header("Teams shared with you"), *kit.lines(shared), kit.context(MEANING)]
        blocks += _pages(page)
    words = list(shared)
    if view.own is not None:
        told, own = _own(view.own)
        blocks += own
        words += told
    if not blocks:
        return Page(NOBODY, (kit.section(NOBODY),))
    return Page("\n".join(words), tuple(blocks))


def build_form(own: OwnLine, here: Metadata) -> View:
    """Whom to share it with, beneath exactly what they will see. `here` has the answer that it was
    opened from, or says that it was Home."""
    chosen = own.director.slack_id if own.director else None
    return kit.modal(
        "Share with one person",
        Form.DIRECTOR,
        [
            kit.section("They will see this line, as it is on the day they look:"),
            *kit.lines([line_words(own.line)]),
            kit.context(f"{ALL}\n{MEANING}"),
            kit.field(
                "director",
                "With whom",
                UserSelectElement(initial_user=chosen),
                hint="Windshield does not write to them: they find it under /mirror teams.",
            ),
        ],
        here,
        submit="Share",
    )


def parse_form(state: Mapping[str, Any]) -> str | None:
    """Whom it is to be shared with, by Slack id."""
    return Fields(state).person("director")


def _own(own: OwnLine) -> tuple[list[str], list[Block]]:
    """One's own team, in words and as blocks: who sees its line, and the way to change that."""
    if own.director is None:
        told = ["Nobody sees how it goes with your team: you can share this line with one person."]
        buttons: list[BlockElement] = [kit.button("Share", MirrorAction.SHARE)]
    else:
        name = kit.bold(own.director.name)
        told = [f"{name} sees this line of your team, until you stop or somebody else leads it:"]
        buttons = [
            kit.button("Stop sharing", MirrorAction.STOP_SHARING),
            kit.button("Somebody else", MirrorAction.SHARE),
        ]
    buttons.append(kit.button("Mirror", MirrorAction.BACK, Metadata()))
    told.append(line_words(own.line))
    return told, [
        kit.header("Your team"),
        *kit.lines(told),
        kit.context(f"{ALL}\n{MEANING}"),
        kit.actions(buttons),
    ]


def _pages(page: charts.Page[TeamLine]) -> list[Block]:
    buttons: list[BlockElement] = []
    if page.before is not None:
        back = Metadata(page=str(page.before))
        buttons.append(kit.button("Earlier teams", MirrorAction.TEAMS_BACK, back))
    if page.after is not None:
        buttons.append(kit.button("More teams", MirrorAction.TEAMS, Metadata(page=str(page.after))))
    return [kit.actions(buttons)] if buttons else []
