"""Meetings on days when something is in the way: the channel, the manager, a lost answer."""

import json
from datetime import timedelta

import pytest

from bot.domain.binder.export import ExportRequest
from bot.exchange.json_export import to_json
from bot.services.binder import export
from bot.services.meetings import agenda
from bot.services.team import setup
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world

pytestmark = pytest.mark.slow


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return meeting_world(world)


def move_to_channel(team: MeetingWorld, channel: str | None) -> None:
    world = team.world
    now = world.slack.clock.now()
    setup.change_settings(world.database, world.actor(team.dana), {"channel": channel}, now)


def test_the_bot_is_not_in_the_channel(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    elsewhere = world.slack.add_channel("north", members=[dana, team.raj], bot_is_member=False)
    move_to_channel(team, elsewhere)
    dana.slash("/agenda price change")
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    team.beat()
    dana.sees("is not in the channel yet. I am not in #north yet.")
    assert dana.channel_messages(elsewhere) == []
    world.slack.clock.advance(timedelta(minutes=1))
    move_to_channel(team, team.channel)
    dana.clicks("Post it")
    dana.sees("goes out again in a moment")
    team.beat()
    assert "price change" in team.posted[0]
    assert "It is in #emea-sales." in team.draft()


def test_the_channel_is_archived_and_the_meeting_goes_on_elsewhere(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    world.slack.archive_channel(team.channel)
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    team.beat()
    dana.sees("is archived. Pick another channel")
    other = world.slack.add_channel("emea-2", members=[dana, team.raj])
    dana.clicks("Team meeting")
    modal(dana).fill("Team channel", other)
    modal(dana).submit()
    world.slack.clock.advance(timedelta(minutes=1))
    dana.clicks("Post it")
    team.beat()
    (agenda,) = dana.channel_messages(other)
    assert "Team meeting" in agenda.text


def test_without_a_channel_the_draft_says_so(world: World) -> None:
    team = meeting_world(world, channel=None)
    team.at(27, 7, 0)
    assert "It goes nowhere yet: pick the team's channel under Meeting settings." in team.draft()
    team.at(30, 8, 45)
    assert "It is over." in team.draft()


@pytest.mark.parametrize("appeared", [True, False])
def test_the_answer_was_lost(team: MeetingWorld, appeared: bool) -> None:
    dana, slack = team.dana, team.world.slack
    dana.slash("/agenda price change")
    team.at(27, 7, 0)
    team.lose_answer(before=not appeared)
    team.at(30, 7, 0)
    assert len(team.posted) == (1 if appeared else 0)
    slack.clock.advance(timedelta(minutes=1))
    team.beat()
    team.beat()
    dana.sees("Did the agenda of your meeting, Mon 30 Nov, 09:00, appear in #emea-sales?")
    dana.clicks("Yes" if appeared else "No, post it")
    team.beat()
    assert len(team.posted) == 1
    team.at(30, 8, 0)
    if appeared:
        dana.sees("Press any button on it once")
        assert "now" not in team.posted[0].split("\n")[0]
        team.raj.clicks("Add an item")
        modal(team.raj).close()
        team.beat()
    assert "now" in team.posted[0].split("\n")[0]


def test_one_skill_is_told_a_week_ahead(team: MeetingWorld) -> None:
    team.beat()
    team.lena.sees("It is your turn to lead One skill")
    team.at(27, 7, 0)
    assert [one.text for one in team.raj.dm if "One skill" in one.text] == []
    team.at(30, 7, 0)
    assert "One skill (10) · Lena Fox" in team.posted[0]
    team.at(30, 12, 0)
    team.raj.sees("It is your turn to lead One skill")


def test_a_series_edited_while_an_agenda_is_out_leaves_it(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda price change")
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    team.open_series()
    modal(dana).fill("Meeting days", ["Thursday"])
    modal(dana).fill("Meeting time", "14:00")
    modal(dana).fill("Minutes", "30")
    modal(dana).submit()
    if dana.modal:
        modal(dana).close_all()
    team.beat()
    assert "45 min" in team.posted[0]
    team.at(30, 8, 0)
    assert "now" in team.posted[0]
    team.at(30, 8, 45)
    team.at(3, 12, 0, 12)
    assert len(team.posted) == 2
    assert "30 min" in team.posted[1]


def test_bad_input_keeps_the_form(team: MeetingWorld) -> None:
    dana = team.dana
    team.open_series()
    modal(dana).fill("Minutes", "0")
    modal(dana).submit()
    assert modal(dana).errors == {"Minutes": "Minutes from 1 to 240, please."}
    modal(dana).fill("Minutes", "45")
    modal(dana).fill("Every so many weeks", "0")
    modal(dana).submit()
    assert "Every week is 1" in str(modal(dana).errors)
    modal(dana).fill("Every so many weeks", "2")
    modal(dana).fill("Meeting days", None)
    modal(dana).submit()
    assert "A meeting needs both a day and a time" in str(modal(dana).errors)
    modal(dana).close_all()
    team.at(27, 7, 0)
    dana.picks("Move the meeting")
    modal(dana).fill("Day", "2026-11-20")
    modal(dana).submit()
    assert "That day is over" in str(modal(dana).errors)


def test_a_team_of_sixty_with_eighty_items_stays_within_slacks_limits(world: World) -> None:
    people = [world.person(f"Rep Number{number:02}") for number in range(60)]
    team = meeting_world(world, more=people)
    for number in range(80):
        section = ("win: ", "field: ", "ahead: ", "close: ")[number % 4]
        words = f"{section}item {number:02} of a long list <with & all> that goes on " + "x" * 300
        meetings_add(team, words)
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    (agenda,) = team.posted
    assert "item 00" in agenda
    assert "…and more: /agenda shows all." in agenda
    team.dana.slash("/agenda")
    seen = set()
    for _ in range(7):
        seen |= set(modal(team.dana).text.split("item ")[1:])
        if not modal(team.dana).press("More"):
            break
    assert len({one[:2] for one in seen if one[:2].isdecimal()}) == 80
    modal(team.dana).close()
    team.at(30, 8, 0)
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Done", beside="item 00")
    modal(team.raj).clicks("Outcome or promise")
    modal(team.raj).close_all()
    team.at(30, 8, 45)
    assert "Recap" in team.posted[0]


def meetings_add(team: MeetingWorld, words: str) -> None:
    now = team.world.slack.clock.now()
    actor = team.world.actor(team.dana)
    agenda.add_line(team.world.database, actor, words, None, f"form {words[:20]}{hash(words)}", now)


def test_the_export_has_the_meetings(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    dana.slash("/agenda price change")
    dana.slash("/agenda trade fair")
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    team.at(30, 8, 0)
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Done", beside="price change")
    modal(team.raj).close()
    team.at(30, 8, 45)
    now = world.slack.clock.now()
    record = export.export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    first = json.loads("".join(to_json(record, now)))["meetings"][0]
    assert (first["day"], first["at"], first["held"]) == ("2026-11-30", "09:00:00", True)
    assert [(item["text"], item["done"]) for item in first["items"]] == [
        ("price change", True),
        ("trade fair", False),
    ]


def test_a_manager_who_travels_takes_the_meeting_along_unless_the_team_has_a_zone(
    team: MeetingWorld,
) -> None:
    team.dana.slash("/agenda price change")
    team.dana.changes(tz="America/New_York")
    team.at(30, 12, 59)
    assert team.posted == []
    team.at(30, 13, 0)
    assert "price change" in team.posted[0]
    assert "Mon 30 Nov, 09:00 (" in team.posted[0], "the reps are in Berlin"


def test_skipping_what_is_made_does_not_end_the_series(world: World) -> None:
    team = meeting_world(world)
    team.open_series()
    modal(team.dana).fill("Every so many weeks", "2")
    modal(team.dana).submit()
    modal(team.dana).close_all()
    team.dana.slash("/agenda")
    assert "Mon 30 Nov" in modal(team.dana).text, "the rhythm begins with the next there can be"
    modal(team.dana).clicks("Not this week")
    assert "Mon 14 Dec" in modal(team.dana).text
    modal(team.dana).clicks("Not this week")
    assert "Mon 28 Dec" in modal(team.dana).text


def test_a_meeting_that_was_moved_does_not_stand_for_the_next(team: MeetingWorld) -> None:
    team.at(27, 7, 0)
    team.dana.picks("Move the meeting")
    modal(team.dana).fill("Day", "2026-12-22")
    modal(team.dana).submit()
    modal(team.dana).close()
    team.at(7, 7, 0, 12)
    assert len(team.posted) == 1
    team.at(22, 7, 0, 12)
    assert [text for text in team.posted if text.startswith("Team meeting · Tue 22 Dec, 09:00")]


def test_two_take_notes_at_once(team: MeetingWorld) -> None:
    team.dana.slash("/agenda quotes")
    team.at(30, 7, 0)
    team.at(30, 8, 0)
    team.raj.clicks("Take notes")
    team.tom.clicks("Take notes")
    modal(team.raj).clicks("Done", beside="quotes")
    modal(team.tom).clicks("Done", beside="quotes")
    assert "✓ quotes" in modal(team.tom).text
    for person, words in ((team.raj, "two days"), (team.tom, "from January")):
        modal(person).clicks("Outcome or promise")
        modal(person).fill("Item", "quotes")
        modal(person).fill("Outcome", words)
        modal(person).submit()
    assert "→ two days / from January" in modal(team.tom).text
    modal(team.raj).clicks("Add an item")
    modal(team.raj).fill("Words", "one more thing")
    modal(team.raj).submit()
    assert "one more thing" in modal(team.raj).text, "everyone is in the room"


def test_post_it_while_the_meeting_is_on(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    world.slack.archive_channel(team.channel)
    dana.slash("/agenda quotes")
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    team.beat()
    other = world.slack.add_channel("emea-2", members=[dana, team.raj])
    team.at(30, 8, 5)
    move_to_channel(team, other)
    team.beat()
    assert dana.channel_messages(other) == []
    dana.clicks("Post it")
    team.beat()
    assert "now" in dana.channel_messages(other)[0].text
    team.at(30, 8, 45)
    assert "quotes" in dana.channel_messages(other)[0].text


def test_words_without_end_are_refused_and_shown_again(team: MeetingWorld) -> None:
    team.dana.slash(f"/agenda {'x' * 1500}")
    team.dana.sees("That is too long.")
    team.dana.sees("You typed:")
