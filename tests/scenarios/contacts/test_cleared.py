"""**You said, we did**: a month's obstacles cleared, told to the team by whoever raised them."""

import json
from datetime import UTC, datetime

import pytest

from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.workspaces.refusals import NotYours
from bot.services.contacts import cleared
from slack_sandbox import FaultKind
from tests.scenarios.conftest import World
from tests.scenarios.contacts.clearing import (
    DEMO,
    LINE,
    QUOTES,
    SECRET,
    UNIT,
    asks,
    box,
    home,
    is_saved,
    kept,
    leaves,
    lines_of,
    november,
    opens,
    raised,
    told,
    writes,
)
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return november(world)


def test_the_month_is_written_agreed_to_and_posted_once(team: MeetingWorld) -> None:
    dana = team.dana
    dana.opens_home()
    dana.sees("You said, we did: 3 things that were raised are done")
    writes(team, quotes=LINE, demo=UNIT, car="a car is ordered")
    assert "Raj Rao: not asked yet" in modal(dana).text
    assert QUOTES not in modal(dana).text
    asks(team)
    assert "Raj Rao: not answered yet" in modal(dana).text
    team.raj.sees(f"Dana Moss would like to tell the team: “{LINE}”. It is about what you raised.")
    team.raj.sees("You can say until Thu 31 Dec; without your yes it is not posted.")
    team.raj.clicks("Yes, share it")
    team.raj.sees("You said yes")
    team.lena.clicks("Not this one")
    opens(team)
    modal(dana).submit()
    shown = modal(dana).text
    assert "Raj Rao: yes" in shown
    assert "Lena Fox: not this one" in shown
    assert "Tom Ash: not answered yet" in shown
    modal(dana).submit_twice()
    assert told(team) == [f"You said, we did\n• {LINE}"]
    assert "You said, we did" not in home(dana)
    team.beat()
    team.raj.sees(f"The team was told: “{LINE}”.")
    with pytest.raises(AssertionError):
        team.tom.clicks("Yes, share it")


def test_what_is_between_us_is_nowhere(team: MeetingWorld) -> None:
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    opens(team)
    assert SECRET not in modal(team.dana).text
    modal(team.dana).submit()
    modal(team.dana).submit()
    assert len(told(team)) == 1
    assert SECRET not in json.dumps(team.posted)
    for reader in (team.raj, team.lena, team.tom):
        assert SECRET not in "".join(one.text for one in reader.dm)


def test_other_words_are_asked_anew_and_nothing_is_asked_twice(team: MeetingWorld) -> None:
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    writes(team, quotes="quotes are out the next day")
    assert "Raj Rao: not asked yet" in modal(team.dana).text
    assert "Post it" not in modal(team.dana).text
    asks(team)
    team.beat()
    team.raj.sees("That is not asked any more")
    asked = [one for one in team.raj.dm if "would like to tell the team" in one.text]
    assert len(asked) == 1
    assert "quotes are out the next day" in asked[0].text


def test_words_that_nobody_was_asked_about_are_not_kept_once_they_are_others(
    team: MeetingWorld,
) -> None:
    writes(team, quotes="quotes go out faster", demo=UNIT)
    writes(team, quotes=LINE, demo="")
    assert kept(team) == [LINE]
    asks(team)
    writes(team, quotes="quotes are out the next day")
    assert kept(team) == [LINE, "quotes are out the next day"], "Raj may look up what he was asked"
    opens(team)
    modal(team.dana).clicks("Put it aside")
    assert kept(team) == [LINE]


def test_a_name_is_asked_about_and_no_line_before_that_is_answered(team: MeetingWorld) -> None:
    dana, words = team.dana, "the Fox account has its own price sheet"
    writes(team, quotes=words)
    form = modal(dana)
    assert "About one person?" in form.text
    assert f"“{words}” may mean Lena Fox" in form.text
    assert form.value(box(QUOTES)) == words
    form.submit()
    assert "About one person?" in modal(dana).text, "nobody said that it names no one"
    assert lines_of(team) == []
    modal(dana).fill("Lena Fox?", ["It names no one"])
    modal(dana).submit()
    assert "Raj Rao: not asked yet" in modal(dana).text
    asks(team)
    team.raj.sees(f"would like to tell the team: “{words}”")
    team.raj.sees("Dana says that it names no one.")
    team.raj.sees_not("No name stands in it.")
    team.raj.clicks("Yes, share it")
    opens(team)
    assert "About one person?" not in modal(dana).text
    modal(dana).submit()
    modal(dana).submit()
    assert told(team) == [f"You said, we did\n• {words}"]


def test_each_name_is_asked_about_and_a_mention_stays_out(team: MeetingWorld) -> None:
    dana = team.dana
    writes(team, quotes="the Fox and the Ash accounts")
    modal(dana).fill("Lena Fox?", ["It names no one"])
    modal(dana).submit()
    assert "may mean Tom Ash" in modal(dana).text
    modal(dana).fill("Tom Ash?", ["It names no one"])
    modal(dana).submit()
    assert "Raj Rao: not asked yet" in modal(dana).text
    modal(dana).close_all()
    opens(team)
    modal(dana).fill(box(QUOTES), "Lena has a quicker way")
    modal(dana).submit()
    assert "“Lena has a quicker way” names Lena Fox" in modal(dana).text
    modal(dana).close_all()
    opens(team)
    modal(dana).fill(box(QUOTES), f"<@{team.lena.id}> has a quicker way")
    modal(dana).submit()
    assert "That reads as if it named somebody" in modal(dana).text
    assert modal(dana).value(box(QUOTES)) == f"<@{team.lena.id}> has a quicker way"


def test_what_is_typed_is_kept_however_the_form_is_closed(team: MeetingWorld) -> None:
    dana = team.dana
    opens(team)
    modal(dana).types(box(QUOTES), LINE)
    modal(dana).close()
    is_saved(team)
    dana.opens_home()
    dana.sees("3 things that were raised are done · half written")
    dana.clicks("Resume")
    assert modal(dana).value(box(QUOTES)) == LINE
    modal(dana).types(box(DEMO), UNIT)
    is_saved(team)
    dana.reloads()
    dana.opens_home()
    dana.clicks("Resume")
    assert modal(dana).value(box(DEMO)) == UNIT
    modal(dana).submit()
    assert "Raj Rao: not asked yet" in modal(dana).text
    assert "Lena Fox: not asked yet" in modal(dana).text
    modal(dana).close()
    dana.opens_home()
    dana.sees_not("half written")
    dana.clicks("Write it")
    modal(dana).fill(box(DEMO), "")
    modal(dana).close()
    is_saved(team)
    dana.opens_home()
    dana.clicks("Resume")
    assert not modal(dana).value(box(DEMO))
    assert modal(dana).value(box(QUOTES)) == LINE
    for other in (team.raj, team.lena):
        assert LINE not in home(other)


def test_it_is_put_aside_and_taken_up_again_with_all_that_was_written(team: MeetingWorld) -> None:
    dana = team.dana
    writes(team, quotes=LINE, demo=UNIT)
    asks(team)
    team.lena.clicks("Not this one")
    opens(team)
    modal(dana).types(box("no car"), "a car is ordered")
    modal(dana).clicks("Put it aside")
    dana.sees("What you wrote is kept; /mirror leads to it until Thu 31 Dec.")
    modal(dana).close_all()
    assert "You said, we did" not in home(dana)
    team.beat()
    team.raj.sees("That is not asked any more")
    dana.slash("/mirror")
    dana.sees("You said, we did: 3 things that were raised are done · put aside")
    dana.clicks("Resume")
    form = modal(dana)
    assert (form.value(box(QUOTES)), form.value(box(DEMO))) == (LINE, UNIT)
    assert form.value(box("no car")) == "a car is ordered"
    assert "Put it aside" not in form.text
    form.submit()
    shown = modal(dana).text
    assert "Raj Rao: not asked yet" in shown
    assert "Lena Fox: not this one" in shown, "who said no is not asked again"
    assert "Tom Ash: not asked yet" in shown
    asks(team)
    assert "You said, we did" in home(dana)
    asked = [one for one in team.lena.dm if "would like to tell the team" in one.text]
    assert asked == []


def test_the_mirror_and_the_periods_counts_lead_to_it(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/mirror")
    dana.sees("You said, we did: 3 things that were raised are done")
    dana.clicks("Write it")
    assert box(QUOTES) in modal(dana).text
    modal(dana).close()
    dana.slash("/mirror period")
    modal(dana).submit()
    if "obstacles cleared" not in modal(dana).text:
        modal(dana).clicks("Change the words")
        modal(dana).fill("Period", "November 2026")
        modal(dana).submit()
    assert "obstacles cleared" in modal(dana).text
    modal(dana).clicks("You said, we did")
    modal(dana).fill(box(QUOTES), LINE)
    modal(dana).submit()
    assert "Raj Rao: not asked yet" in modal(dana).text
    asks(team)
    modal(dana).close_all()
    team.raj.clicks("Yes, share it")
    opens(team)
    modal(dana).submit()
    modal(dana).submit()
    dana.slash("/mirror")
    assert "You said, we did" not in dana.ephemerals[-1].text


def test_a_rep_who_rests_reads_it_in_the_morning(team: MeetingWorld) -> None:
    team.at(1, 22, month=12)
    writes(team, quotes=LINE)
    asks(team)
    assert not any("would like to tell" in one.text for one in team.raj.dm)
    team.at(2, 8, month=12)
    team.raj.sees("would like to tell the team")


def test_without_a_channel_it_says_so(world: World) -> None:
    team = meeting_world(world, channel=None)
    raised(world, team.dana, team.raj, QUOTES)
    team.at(1, 10, month=12)
    writes(team, quotes=LINE)
    assert "No channel is set for the team" in modal(team.dana).text


def test_a_channel_that_is_gone_keeps_what_was_written(team: MeetingWorld) -> None:
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    opens(team)
    modal(team.dana).submit()
    team.world.slack.faults.add("chat.postMessage", FaultKind.CUT_AFTER)
    modal(team.dana).submit()
    team.dana.sees("Did “You said, we did” appear?")
    team.dana.clicks("No, open it again")
    assert modal(team.dana).value(box(QUOTES)) == LINE


def test_nobody_else_answers_it_or_writes_it(team: MeetingWorld) -> None:
    writes(team, quotes=LINE)
    asks(team)
    question = next(one for one in team.raj.dm if LINE in one.text)
    assert all(LINE not in one.text for one in (*team.lena.dm, *team.tom.dm))
    assert "You said, we did" not in home(team.lena)
    (line,) = lines_of(team)
    for other in (team.tom, team.lena, team.dana):
        actor, now = team.world.actor(other), team.world.slack.clock.now()
        with pytest.raises(NotYours):
            cleared.answer(team.world.database, actor, line, ClearedAnswer.YES, now)
    assert "Yes, share it" in question.text
    team.raj.clicks("Not this one")
    team.beat()
    team.raj.sees("You said: not this one")
    opens(team)
    modal(team.dana).submit()
    assert "It can be posted once there is a yes" in modal(team.dana).text


def test_who_left_is_not_told_of_and_november_is_over_in_january(team: MeetingWorld) -> None:
    leaves(team, team.lena)
    team.dana.opens_home()
    team.dana.sees("You said, we did: 2 things that were raised are done")
    writes(team, quotes=LINE)
    asks(team)
    team.world.slack.clock.move_to(datetime(2027, 1, 4, 10, tzinfo=UTC))
    assert "You said, we did" not in home(team.dana)
    team.raj.clicks("Yes, share it")
    team.raj.sees("that month is settled")
