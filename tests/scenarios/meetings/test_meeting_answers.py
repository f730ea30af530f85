"""What nobody said of a meeting is said to nobody: a team that never takes notes, one that always
does, and one that does now and then; and what its manager makes of a draft."""

import json
import re
from datetime import time

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.team.settings import DEFAULT_SECTIONS, WINS, MeetingSettings
from bot.exchange.json_export import to_json
from bot.services.binder import export
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world

CLAIMS = re.compile(
    r"\b(0|no|none|nothing) (was )?(done|ticked|held)|carried|goes on to|not held|didn.t meet|"
    r"did not take place|as planned|Same time|has been on|\bRecap\b|Notes from",
    re.IGNORECASE,
)
"""What only somebody who was there could say."""

MONDAYS = ((30, 11), (7, 12), (14, 12), (21, 12))
QUESTION = "What got done on Monday?"


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return meeting_world(world)


def meets(team: MeetingWorld, day: int, month: int, *ticked: str) -> None:
    """Draft, agenda, meeting, and the evening after."""
    team.at(day, 7, 0, month)
    team.at(day, 8, 0, month)
    for words in ticked:
        team.ticks(words)
    team.at(day, 8, 45, month)
    team.at(day, 17, 0, month)


def questions(person: Person) -> list[str]:
    return [one.text for one in person.dm if one.text.startswith(QUESTION)]


def exported(team: MeetingWorld) -> list[dict[str, object]]:
    world, now = team.world, team.world.slack.clock.now()
    record = export.export_team(
        world.database, world.workspace_id, team.dana.id, ExportRequest(), now
    )
    meetings = json.loads("".join(to_json(record, now)))["meetings"]
    return [one for one in meetings if one["day"] <= now.date().isoformat()]


def everything_drawn(team: MeetingWorld) -> dict[str, str]:
    """Whatever shows how a meeting stands, to anybody."""
    shown = {"channel": "\n".join(team.posted)}
    for person in (team.dana, team.raj):
        person.opens_home()
        shown[f"home of {person.name}"] = person.screen()
        person.slash("/agenda", team.channel)
        shown[f"agenda of {person.name}"] = modal(person).text
        modal(person).close()
        shown[f"messages to {person.name}"] = "\n".join(one.text for one in person.dm)
    team.dana.slash("/binder @Raj Rao")
    shown["binder"] = modal(team.dana).text
    modal(team.dana).close()
    return shown


@pytest.mark.slow
def test_a_team_that_never_takes_notes_reads_nothing_that_nobody_said(team: MeetingWorld) -> None:
    team.dana.slash("/agenda trade fair in May")
    for day, month in MONDAYS:
        meets(team, day, month)
    assert len(team.posted) == len(MONDAYS), "one agenda each, and not a line beneath"
    assert all("trade fair in May" in text for text in team.posted), "it is on the next again"
    assert len(questions(team.dana)) == len(MONDAYS), "once for each"
    assert questions(team.raj) == []
    for where, words in everything_drawn(team).items():
        # What a button would say is said by who presses it.
        said = re.sub(r"\[[^\]]*\]", "", words)
        assert not CLAIMS.search(said), f"{where}: {said}"
    assert exported(team)
    for meeting in exported(team):
        assert (meeting["held"], meeting["as_planned"]) == (None, None)
        assert [item["done"] for item in meeting["items"]] == [None]  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_team_that_always_does_has_a_recap_each_week_and_is_asked_nothing(
    team: MeetingWorld,
) -> None:
    for number, (day, month) in enumerate(MONDAYS):
        team.dana.slash(f"/agenda topic {number}")
        meets(team, day, month, f"topic {number}")
    recaps = [text for text in team.posted if text.startswith("Recap of the team meeting")]
    lines = [text for text in team.posted if text == "Notes from today are above."]
    assert (len(recaps), len(lines), len(team.posted)) == (4, 4, 8)
    assert questions(team.dana) == []
    team.dana.slash("/agenda")
    assert "Same time, same channel: 4 of the last 4." in modal(team.dana).text
    assert [meeting["held"] for meeting in exported(team)] == [True] * 4


@pytest.mark.slow
def test_a_team_that_does_now_and_then_shows_what_its_manager_says_and_only_that(
    team: MeetingWorld,
) -> None:
    dana = team.dana
    for words in ("quotes", "prices", "trade fair"):
        dana.slash(f"/agenda {words}")
    meets(team, 30, 11)
    (agenda,) = team.posted
    assert "• quotes" in agenda
    assert "• quotes" in questions(dana)[0]
    dana.clicks("Pick")
    modal(dana).clicks("Done", beside="quotes")
    modal(dana).close()
    team.at(30, 17, 5)
    assert "✓ quotes" in team.posted[0]
    assert len(team.posted) == 1, "who picks one may pick another"
    team.at(30, 17, 11)
    assert team.posted[1:] == ["Notes from today are above."]
    assert dana.dm[-1].text.startswith("Monday: the notes are in #emea-sales.")
    meets(team, 7, 12)
    assert "quotes" not in team.posted[-1]
    dana.clicks("All of it")
    team.beat()
    assert "✓ prices" in team.posted[2]
    assert "✓ trade fair" in team.posted[2]
    dana.slash("/agenda next year")
    meets(team, 14, 12)
    dana.clicks("We didn't meet")
    team.beat()
    assert "did not take place. What was on its agenda is on the next." in team.posted[-1]
    dana.clicks("We did meet")
    team.beat()
    assert "• next year" in team.posted[-1]
    dana.clicks("We didn't meet")
    meets(team, 21, 12)
    assert "• next year" in team.posted[-1]
    dana.slash("/agenda")
    assert "Same time, same channel: 2 of the last 3." in modal(dana).text
    modal(dana).close()
    held = [meeting["held"] for meeting in exported(team)]
    assert held == [True, True, False, None]


def test_notes_that_come_late_settle_the_question(team: MeetingWorld) -> None:
    team.dana.slash("/agenda quotes")
    meets(team, 30, 11)
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Done", beside="quotes")
    modal(team.raj).clicks("Open again", beside="quotes")
    modal(team.raj).close()
    team.at(30, 17, 30)
    assert len(team.posted) == 1
    assert "All of it" in team.dana.screen(), "ticked and opened again: nothing is known"
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Done", beside="quotes")
    modal(team.raj).close()
    team.at(1, 7, 0, 12)
    assert team.posted[1:] == ["Notes from Monday are above."]
    assert "All of it" not in team.dana.screen()


def test_the_question_waits_for_the_morning_and_for_nobody_else(world: World) -> None:
    team = meeting_world(world, meeting_time=time(18, 30))
    team.dana.slash("/agenda quotes")
    team.at(30, 16, 30)
    team.at(30, 18, 15)
    assert questions(team.dana) == []
    team.at(1, 5, 59, 12)
    assert questions(team.dana) == []
    team.at(1, 6, 0, 12)
    assert len(questions(team.dana)) == 1


@pytest.mark.slow
def test_post_now_as_it_is_and_not_this_week(team: MeetingWorld) -> None:
    dana, raj = team.dana, team.raj
    dana.slash("/agenda quotes")
    raj.slash("/agenda a question of Raj's own")
    team.at(27, 7)
    assert "→ #emea-sales at 08:00" in team.draft()
    assert "What your reps added waits for you" in team.draft()
    dana.clicks("As it is")
    assert "As it is]" not in team.draft()
    team.at(27, 12)
    assert team.posted == []
    dana.clicks("Post now")
    assert "→ #emea-sales now" in team.draft()
    team.beat()
    (agenda,) = team.posted
    assert "• quotes" in agenda
    assert "question" not in agenda
    assert "It is in #emea-sales. What your reps added waits for you." in team.draft()
    dana.clicks("Let in")
    team.beat()
    assert "question of Raj's own" in team.posted[0]
    team.at(30, 7)
    assert len(team.posted) == 1, "not once more at its lead time"
    team.at(30, 8, 45)
    team.at(4, 7, 0, 12)
    dana.clicks("Not this week")
    assert "left out this time" in team.draft()
    team.at(7, 12, 0, 12)
    assert len(team.posted) == 1
    assert len(questions(dana)) == 1, "and of one that was not to be nothing is asked"
    team.at(14, 7, 0, 12)
    assert "• quotes" in team.posted[1]


def test_an_agenda_with_nothing_in_it_is_not_posted_and_nothing_is_asked(world: World) -> None:
    bare = tuple(one for one in DEFAULT_SECTIONS if one.key in (WINS, "numbers"))
    team = meeting_world(world, meeting=MeetingSettings(sections=bare))
    team.raj.slash("/agenda win: a renewal")
    team.at(27, 7)
    assert "Nothing is on it yet. If it stays so, nothing is posted." in team.draft()
    team.at(30, 7)
    assert team.posted == []
    team.at(30, 7, 30)
    team.dana.clicks("Let in")
    team.beat()
    assert "Wins and recognition (5)" in team.posted[0]
    assert "Numbers in brief" not in team.posted[0]
    team.ticks("a renewal")
    team.at(30, 8, 0)
    team.at(30, 8, 45)
    meets(team, 7, 12)
    assert len(team.posted) == 2, "the recap and its line, and no agenda of the next"
    assert questions(team.dana) == []


def test_before_the_introductions_a_draft_promises_no_post(world: World) -> None:
    team = meeting_world(world, introduced=False)
    team.dana.slash("/agenda quotes")
    team.dana.slash("/agenda")
    assert "Your reps have not been told of me yet, so nothing is posted" in modal(team.dana).text
    assert "Post now" not in modal(team.dana).text
    modal(team.dana).close()
    team.at(30, 7)
    team.at(30, 7, 2)
    assert "Your reps have not been told of me yet" in team.draft()
    assert "→ #emea-sales" not in team.draft()
    assert team.posted == []
    team.dana.opens_home()
    team.dana.clicks("See and send")
    modal(team.dana).submit()
    team.at(30, 7, 4)
    assert "• quotes" in team.posted[0]
    assert "It is in #emea-sales." in team.draft()
