"""The lines of a binder: whole words in a line a topic, and what each kind of entry offers."""

from datetime import UTC, date, datetime

import pytest

from bot.domain.binder.pages import BinderFront, BinderView
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.sessions.sessions import PastTopic, TopicNotes
from bot.domain.team.teams import Membership
from bot.views.binder.entries import entry_row
from bot.views.binder.pages import build_binder
from tests.views.weeks import MONDAY, TEAM, person, read

SAM = person("Sam Stone", 2)
THEN = datetime(2026, 11, 23, 9, tzinfo=UTC)
LONG = "the plant manager at Umbrella & everybody <who> decides there, " * 40


def entry(kind: InteractionKind, *, noted: bool = False, deleted: bool = False) -> Interaction:
    return Interaction(
        id=1,
        kind=kind,
        team_id=1,
        rep=SAM,
        author_id=TEAM.manager.id,
        channel=None,
        occurred_on=THEN.date(),
        occurred_at=THEN,
        recorded_at=THEN,
        about=LONG,
        has_private_note=noted,
        deleted_at=THEN if deleted else None,
    )


def opened(*plans: tuple[str, str], entries: tuple[Interaction, ...] = ()) -> list[str]:
    """The lines of a first page with those plans, by title."""
    past = tuple((title, PastTopic(MONDAY, TopicNotes(plan))) for title, plan in plans)
    front = BinderFront(None, None, (), past, None, (), {}, ())
    place = Membership(1, 1, SAM, date(2026, 9, 7), None, "", introduced=True, cadences={})
    return read(build_binder(BinderView(TEAM, SAM, place, entries, {}, None, None, MONDAY, front)))


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        ("north first", "Territory · north first"),
        ("3 visits a week\n\ntwo new names", "Territory · 3 visits a week; two new names"),
        ("first,\n second", "Territory · first; second"),
        (LONG, "Territory · the plant manager at Umbrella & everybody <who> decides…"),
        ("ä" * 90, f"Territory · {'ä' * 59}…"),
    ],
)
def test_a_plan_is_a_line_of_whole_words(plan: str, line: str) -> None:
    assert opened(("Territory management plan", plan))[1] == line


def test_of_many_plans_the_first_stand_there_and_the_rest_is_counted() -> None:
    lines = opened(*((f"Topic {number}", LONG) for number in range(9)))
    shown = [line.partition(" · ")[0] for line in lines if line.startswith("Topic")]
    assert shown == [f"Topic {number}" for number in range(5)]
    assert "And 4 more, under Plans." in lines


@pytest.mark.parametrize("kind", InteractionKind)
@pytest.mark.parametrize("noted", [False, True])
@pytest.mark.parametrize("own", [False, True])
def test_a_row_opens_changes_and_deletes_in_a_menu_of_five_at_most(
    kind: InteractionKind, noted: bool, own: bool
) -> None:
    def offered(*, deleted: bool) -> list[str]:
        drawn = entry_row(entry(kind, noted=noted, deleted=deleted), MONDAY, own=own).to_dict()
        return [option["text"]["text"] for option in drawn["accessory"]["options"]]

    labels = offered(deleted=False)
    assert (labels[0], labels[1], labels[-1]) == ("Open", "Edit", "Delete")
    assert len(labels) <= 5
    assert own or "Add a note" not in labels
    assert offered(deleted=True) == ["Open", "Put it back"]


def test_a_full_page_of_long_words_is_one_that_slack_takes() -> None:
    rows = tuple(entry(kind, noted=True) for kind in InteractionKind) * 4
    lines = opened(*((f"Topic {number}", LONG) for number in range(9)), entries=rows)
    assert sum(line.startswith("Mon 23 Nov") for line in lines) == len(rows)
