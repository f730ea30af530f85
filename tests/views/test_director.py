"""`/mirror teams` of many managers: paged, none dropped, and within what Slack takes."""

from typing import Any

import pytest

from bot.domain.results.director import Happening, TeamLine, TeamsView
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.results import director as views
from bot.views.results.pages import as_message

MANY = 60


def line(number: int, name: str = "Manager {:02}") -> TeamLine:
    person = Person(
        number, f"U{number:02}", name.format(number), "Europe/Berlin", True, False, None
    )
    return TeamLine(person, Happening.AS_PLANNED, Happening.SOME, Happening.UNKNOWN)


def of_type(message: Any, kind: str) -> list[Any]:
    return [block for block in message["blocks"] if block["type"] == kind]


def labels(message: Any) -> list[str]:
    return [
        one["text"]["text"] for block in of_type(message, "actions") for one in block["elements"]
    ]


def test_sixty_managers_are_paged_and_none_is_dropped() -> None:
    view = TeamsView(None, tuple(map(line, range(MANY))))
    shown: list[str] = []
    for start in range(0, MANY, views.TEAMS_SHOWN):
        message = as_message(views.build_teams(view, start))
        for block in of_type(message, "section"):
            shown += block["text"]["text"].splitlines()
        assert ("Earlier teams" in labels(message)) is (start > 0)
        assert ("More teams" in labels(message)) is (start + views.TEAMS_SHOWN < MANY)
    said = "sessions as planned · some field days · team meetings not known"
    assert shown == [f"*Manager {number:02}* · {said}" for number in range(MANY)]


def test_a_page_of_the_longest_names_is_taken() -> None:
    longest = TeamsView(None, tuple(line(number, "<&>" * 26) for number in range(MANY)))
    assert kit.weight(views.build_teams(longest, 0).blocks) <= kit.MESSAGE_ROOM


@pytest.mark.parametrize(
    ("goes", "said"),
    [
        ((None, None, None), "nothing to say yet"),
        ((None, Happening.SOME, None), "some field days"),
        (
            (Happening.UNKNOWN, None, Happening.NONE),
            "sessions not known · no team meetings lately",
        ),
    ],
)
def test_what_there_is_nothing_to_say_of_is_left_out(goes: Any, said: str) -> None:
    person = line(1).manager
    assert views.line_words(TeamLine(person, *goes)) == f"*Manager 01* · {said}"
