"""A team meets: the agenda is gathered, goes out, is worked through, and becomes the recap."""

import pytest

from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.promises.promising import theirs


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return meeting_world(world)


@pytest.mark.slow
def test_an_agenda_from_the_first_item_to_the_recap(team: MeetingWorld) -> None:
    dana, raj = team.dana, team.raj
    dana.slash("/agenda price change on 1 Jan: which customers first?")
    dana.sees("On the agenda of the next team meeting, under Looking ahead")
    raj.slash("/agenda win: two renewals early", team.channel)
    raj.sees("under Wins and recognition")
    raj.sees("Dana Moss sees it first.")
    team.at(27, 6, 59)
    assert team.posted == []
    team.at(27, 7, 0)
    assert "Your team meeting" in team.draft()
    assert "→ #emea-sales at 08:00" in team.draft()
    assert "two renewals early (from Raj Rao)" in team.draft()
    dana.clicks("Let in")
    assert "Let in" not in team.draft()
    team.at(30, 6, 59)
    assert team.posted == []
    team.at(30, 7, 0)
    (agenda,) = team.posted
    for words in ("Team meeting", "45 min", "two renewals early", "which customers first?"):
        assert words in agenda
    assert "Take notes" not in agenda
    team.at(30, 8, 0)
    (running,) = team.posted
    assert "now" in running
    raj.clicks("Take notes")
    modal(raj).clicks("Done", beside="two renewals early")
    assert "✓ two renewals early" in modal(raj).text
    modal(raj).clicks("Outcome or promise")
    modal(raj).fill("Item", "price change on 1 Jan: which customers first?")
    modal(raj).fill("Outcome", "the five largest this week")
    modal(raj).fill("Team promise", "list of the five")
    modal(raj).fill("Who takes it", team.lena)
    modal(raj).fill("By", "2026-12-02")
    modal(raj).submit()
    assert "→ the five largest this week" in modal(raj).text
    modal(raj).clicks("Add an item")
    modal(raj).fill("Words", "one more thing")
    modal(raj).submit()
    assert "one more thing" in modal(raj).text
    modal(raj).close()
    team.beat()
    (running,) = team.posted
    assert "✓ two renewals early" in running
    assert "Lena Fox: list of the five, by Wed 2 Dec" in running
    team.at(30, 8, 45)
    recap, line = team.posted
    assert "Recap of the team meeting" in recap
    assert "✓ price change on 1 Jan: which customers first? → the five largest" in recap
    assert "one more thing" in recap.partition("Also on the agenda")[2]
    assert line == (
        "Notes from today are above. Lena Fox: list of the five, by Wednesday. "
        "price change on 1 Jan: which customers first: the five largest this week."
    )
    team.lena.opens_home()
    team.lena.sees("You promised the team")
    team.lena.clicks("Kept")
    team.lena.sees_not("You promised the team")
    dana.slash("/agenda")
    assert "one more thing" in modal(dana).text
    assert "two renewals" not in modal(dana).text
    assert "Same time, same channel: the last one." in modal(dana).text


def test_untouched_it_goes_out_with_the_managers_items_alone(team: MeetingWorld) -> None:
    team.dana.slash("/agenda price change")
    team.raj.slash("/agenda a question of Raj's own")
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    (agenda,) = team.posted
    assert "price change" in agenda
    assert "question" not in agenda
    assert "One skill (10)" in agenda
    assert "Numbers in brief" not in agenda, "nothing is in it"
    assert "It is in #emea-sales. What your reps added waits for you." in team.draft()
    team.dana.clicks("Let in")
    team.beat()
    (agenda,) = team.posted
    assert "a question of Raj's own" in agenda


def test_an_item_about_one_person_is_never_shown_in_the_channel(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda why is Lena so slow with quotes")
    dana.sees("Kept, and not shown to the team, since it names Lena Fox")
    dana.sees("About one person?")
    team.at(30, 7, 0)
    assert "quotes" not in team.posted[0]
    assert "names Lena Fox" in team.draft()
    dana.clicks("Move to their session")
    assert "names Lena Fox" not in team.draft()
    dana.slash("/session @Lena Fox")
    assert "why is Lena so slow with quotes" in modal(dana).text
    modal(dana).close()
    dana.slash("/agenda Lena closed Hooli")
    dana.clicks("It's a win")
    dana.sees("under Wins and recognition")
    team.beat()
    assert "Lena closed Hooli" in team.posted[0]
    team.raj.slash("/agenda Tom never answers")
    team.raj.sees("About one person?")
    team.raj.clicks("Change")
    modal(team.raj).fill("Words", "how fast do we answer each other?")
    modal(team.raj).submit()
    dana.slash("/agenda")
    assert "how fast do we answer" in modal(dana).text


@pytest.mark.slow
def test_what_is_not_done_goes_on_and_is_asked_about_the_third_time(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda trade fair in May")
    for day, month in ((30, 11), (7, 12), (14, 12)):
        dana.slash(f"/agenda topic {day}")
        team.at(day, 7, 0, month)
        team.ticks(f"topic {day}")
        team.at(day, 8, 45, month)
    recaps = [text for text in team.posted if text.startswith("Recap")]
    assert len(recaps) == 3
    assert all("trade fair in May" in text.partition("Also on the agenda")[2] for text in recaps)
    team.at(18, 7, 0, 12)
    assert "has been on 3 agendas. Do it, drop it, or give it an owner?" in team.draft()
    dana.picks("Give it an owner", beside="has been on 3 agendas")
    assert modal(dana).value("Team promise") == "trade fair in May"
    modal(dana).fill("Who takes it", team.tom)
    modal(dana).fill("By", "2027-01-29")
    modal(dana).submit()
    modal(dana).close()
    team.at(21, 7, 0, 12)
    assert "Tom Ash: trade fair in May, by Fri 29 Jan 2027" in team.posted[-1]
    assert "• trade fair in May" not in team.posted[-1]


@pytest.mark.slow
def test_moved_skipped_and_cancelled_meetings_keep_their_items(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda price change")
    team.at(27, 7, 0)
    dana.picks("Move the meeting")
    modal(dana).fill("Day", "2026-12-01")
    modal(dana).fill("Time", "10:30")
    modal(dana).submit()
    assert "Moved: the team meets Tue 1 Dec, 10:30." in modal(dana).text
    modal(dana).close()
    team.at(30, 12, 0)
    assert team.posted == []
    team.at(1, 8, 30, 12)
    assert "price change" in team.posted[0]
    dana.picks("Cancel it")
    team.beat()
    assert "is called off" in team.posted[0]
    team.at(4, 7, 0, 12)
    assert "price change" in team.draft()
    dana.clicks("Not this week")
    assert "left out this time" in team.draft()
    dana.clicks("Hold it after all")
    dana.clicks("Not this week")
    team.at(7, 12, 0, 12)
    assert len(team.posted) == 1
    team.at(14, 7, 0, 12)
    assert "price change" in team.posted[1]


def test_a_thin_agenda_has_suggestions_from_the_binder(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("They will", "lead the demo")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    modal(dana).close()
    # A step is the rep's own promise, and a win, once it was shared and agreed to.
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close_all()
    team.raj.opens_home()
    team.raj.clicks("Agreed")
    team.raj.clicks("Kept")
    dana.slash("/todo issue price change until friday")
    dana.slash("/todo issue Hooli renewals until friday")
    dana.slash("/agenda hooli renewals: who calls whom?")
    team.at(27, 7, 0)
    assert "“Hooli renewals” · The issue of the day" not in team.draft()
    for words in (
        "“Raj Rao kept it: lead the demo” · A promise Raj Rao kept",
        "“60-day terms at Acme” · Heard on your field day with Raj Rao",
        "“price change” · The issue of the day",
    ):
        assert words in team.draft()
    dana.clicks("Add", beside="kept it")
    assert "• Raj Rao kept it: lead the demo" in team.draft()
    dana.clicks("Add", beside="60-day terms")
    assert "From your binder" not in team.draft()
    team.raj.slash("/agenda", team.channel)
    assert "From your binder" not in modal(team.raj).text


def test_items_come_from_sessions_and_promises_in_words_seen_first(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/session @Raj Rao")
    modal(dana).fill("What changed", "Hooli moves purchasing to Paris")
    modal(dana).fill("Next step", "map who decides there")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Open", beside="strategy session")
    modal(dana).clicks("To the team agenda")
    assert modal(dana).value("Words") == "Hooli moves purchasing to Paris"
    modal(dana).submit()
    modal(dana).close_all()
    theirs(dana)
    dana.picks("To the team agenda", beside="map who decides there")
    assert modal(dana).value("Words") == "map who decides there"
    modal(dana).fill("Words", "who decides at customers these days?")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "Hooli moves purchasing to Paris" in modal(dana).text
    assert "who decides at customers these days?" in modal(dana).text


def test_a_section_is_added_and_changed_from_the_settings(team: MeetingWorld) -> None:
    dana = team.dana
    team.open_series()
    modal(dana).fill("Place", "room 4")
    modal(dana).clicks("Sections")
    modal(dana).clicks("Add a section")
    modal(dana).fill("Title", "Wins and recognition")
    modal(dana).submit()
    assert modal(dana).errors, "there is one of that title"
    modal(dana).fill("Title", "Learning")
    modal(dana).submit()
    assert modal(dana).title == "Sections"
    assert "Learning · 5 min" in modal(dana).text
    modal(dana).picks("Change", beside="Learning")
    modal(dana).fill("Minutes", "7")
    modal(dana).submit()
    assert "Learning · 7 min" in modal(dana).text
    modal(dana).close()
    assert modal(dana).value("Place") == "room 4", "what was typed beneath is there still"
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/agenda")
    modal(dana).picks("Meeting settings")
    modal(dana).clicks("Sections")
    modal(dana).picks("Change", beside="Learning")
    modal(dana).close()
    assert modal(dana).title == "Team meeting"


def test_from_a_step_of_the_set_up_all_settings_lead_as_deep(world: World) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, world.person("Raj Rao"), introduced=False)
    dana.slash("/team")
    modal(dana).clicks("All settings")
    modal(dana).clicks("Team meeting")
    modal(dana).clicks("Sections")
    modal(dana).clicks("Add a section")
    modal(dana).fill("Title", "Learning")
    modal(dana).submit()
    assert "Learning · 5 min" in modal(dana).text


def test_items_are_put_in_order_from_a_phone(team: MeetingWorld) -> None:
    dana = team.dana
    for words in ("first", "second", "third"):
        dana.slash(f"/agenda {words}")
    dana.slash("/agenda")

    def order() -> list[str]:
        found = [line[2:].split(" [")[0] for line in modal(dana).text.splitlines()]
        return [one for one in found if one in ("first", "second", "third")]

    modal(dana).picks("Earlier", beside="third")
    assert order() == ["first", "third", "second"]
    modal(dana).picks("Later", beside="first")
    assert order() == ["third", "first", "second"]
    modal(dana).picks("Change", beside="second")
    modal(dana).fill("Where", "Numbers in brief")
    modal(dana).fill("Minutes", "30")
    modal(dana).submit()
    shown = modal(dana).text
    assert "Looking back: 30 of 70 minutes. The meeting has 45. More than a third" in shown
    modal(dana).picks("Drop", beside="first")
    assert order() == ["third"]
    assert "second (30)" in modal(dana).text


def test_sections_are_added_and_changed_from_home_four_steps_deep(team: MeetingWorld) -> None:
    dana = team.dana
    team.open_series()
    modal(dana).clicks("Sections")
    for title in ("Learning", "Customers"):
        modal(dana).clicks("Add a section")
        modal(dana).fill("Title", title)
        modal(dana).fill("Minutes", "7")
        modal(dana).submit()
        assert f"{title} · 7 min" in modal(dana).text
    modal(dana).picks("Change", beside="Learning")
    modal(dana).fill("Title", "One lesson")
    modal(dana).submit()
    assert "One lesson · 7 min" in modal(dana).text
    assert "Learning" not in modal(dana).text
    assert "Customers · 7 min" in modal(dana).text
    modal(dana).close()
    assert "Meeting days" in modal(dana).text, "the form beneath, as it was"
