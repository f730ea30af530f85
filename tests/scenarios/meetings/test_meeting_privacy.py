"""Who sees and does what around a team meeting, and what never reaches the team's channel."""

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.meetings.agenda import PromiseWords, TeamPromise
from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.refusals import NotYours
from bot.services.meetings import agenda, notes
from bot.services.team import away
from slack_sandbox import Person
from slack_sandbox.workspace import TEAM_DOMAIN
from storage.meetings import agenda as agenda_rows
from storage.meetings import meetings
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return meeting_world(world)


@pytest.mark.slow
def test_a_stand_in_has_the_draft_while_the_manager_is_away(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    kim = world.person("Kim Park")
    days = AwayEntry(date(2026, 11, 26), date(2026, 12, 1), kim.id)
    stand_in(team, kim, days)
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    modal(dana).close()
    team.raj.slash("/agenda price change")
    dana.slash("/agenda why is Lena so slow with quotes")
    team.at(27, 7, 0)
    draft = kim.dm[-1].text
    assert "Dana Moss's team meeting" in draft
    assert "price change (from Raj Rao)" in draft
    assert "60-day" not in draft, "what is in the binder is the manager's"
    assert "Lena" not in draft, "and so is what is about one person"
    kim.slash("/agenda")
    assert "quotes" not in modal(kim).text
    modal(kim).close()
    with world.database.reading(world.workspace_id) as tx:
        ids = {one.text: one.id for one in agenda_rows.open_items(tx, [1])}
    actor, now = world.actor(kim), world.slack.clock.now()
    assert agenda.get(world.database, actor, ids["price change"], now)
    with pytest.raises(NotYours):
        agenda.get(world.database, actor, ids["why is Lena so slow with quotes"], now)
    kim.clicks("Let in")
    team.at(30, 7, 0)
    assert "price change" in team.posted[0]
    team.at(2, 9, 0, 12)
    kim.slash("/agenda")
    kim.sees("You have no team here yet")


def test_a_stand_in_who_becomes_a_rep_has_the_draft_no_more(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    kim = world.person("Kim Park")
    stand_in(team, kim, AwayEntry(date(2026, 11, 26), date(2026, 12, 1), kim.id))
    team.raj.slash("/agenda price change")
    team.at(27, 7, 0)
    draft = kim.dm[-1]
    assert "price change" in draft.text
    dana.slash("/team @Kim Park")
    dana.clicks("Add to my team")
    draft.clicks("Let in")
    kim.sees("This is Dana Moss's; only Dana Moss can open or change it.")
    team.beat()
    standing = next(one for one in kim.dm if one.ts == draft.ts)
    assert "You are on Dana Moss's team now, so this agenda is Dana Moss's" in standing.text
    assert not any("price change" in one.text for one in kim.dm)
    kim.slash("/agenda")
    assert "price change" not in modal(kim).text


def stand_in(team: MeetingWorld, kim: Person, days: AwayEntry) -> None:
    world = team.world
    team.know(kim)
    away.add(world.database, world.actor(team.dana), days, "form", world.slack.clock.now())


def test_words_from_a_private_place_stay_there(team: MeetingWorld) -> None:
    world, raj = team.world, team.raj
    private = world.slack.add_channel("quiet", members=[raj, team.lena], private=True)
    secret = team.lena.says("between us: Acme wants out", channel=private)
    raj.message_shortcut("Add to team agenda", secret)
    assert "from a private place, so it stays there" in modal(raj).text
    modal(raj).close()
    spoken = team.lena.says("price change on 1 Jan & more", channel=team.channel)
    raj.message_shortcut("Add to team agenda", spoken)
    assert modal(raj).value("Words") == "price change on 1 Jan & more"
    modal(raj).submit()
    assert "On the agenda of Dana Moss's next team meeting" in modal(raj).text
    modal(raj).close()
    team.dana.slash("/agenda")
    assert "price change on 1 Jan & more · the message" in modal(team.dana).text
    assert "Lena Fox's" not in modal(team.dana).text, "who wrote it is read there"
    assert "Acme wants out" not in modal(team.dana).text
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{team.channel}/p{spoken.ts.replace('.', '')}"
    assert link in json.dumps(modal(team.dana).view.definition)
    modal(team.dana).close()
    below = team.raj.says("and after it?", channel=team.channel, under=spoken)
    team.dana.message_shortcut("Add to team agenda", below)
    modal(team.dana).submit()
    modal(team.dana).close()
    team.dana.slash("/agenda *Wins*： two renewals early")
    team.dana.slash("/agenda")
    # Slack opens an answer in a thread only by both.
    link = link.replace(spoken.ts.replace(".", ""), below.ts.replace(".", ""))
    link += f"?thread_ts={spoken.ts}&amp;cid={team.channel}|"
    assert link in json.dumps(modal(team.dana).view.definition)
    wins, ahead = modal(team.dana).text.split("Looking ahead")
    assert "two renewals early" in wins
    assert "and after it?" in ahead


def test_strangers_and_reps_do_only_what_is_theirs(team: MeetingWorld) -> None:
    dana, raj, lena = team.dana, team.raj, team.lena
    stranger = team.world.person("Eve Stone")
    stranger.slash("/agenda let me in")
    stranger.sees("You have no team here yet")
    raj.slash("/agenda a question of Raj's")
    lena.slash("/agenda", team.channel)
    assert "a question" not in modal(lena).text
    assert "Post now" not in modal(lena).text
    modal(lena).close()
    raj.slash("/agenda")
    assert "a question of Raj's · Dana Moss first" in modal(raj).text
    modal(raj).picks("Drop", beside="a question")
    assert "a question" not in modal(raj).text
    modal(raj).close()
    dana.slash("/agenda")
    assert "a question" not in modal(dana).text


def test_an_item_about_someone_who_left_stays_out_of_sight(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda why is lena so slow with quotes")
    dana.slash("/agenda @Lena Fox never answers")
    dana.sees("names Lena Fox")
    dana.opens_home()
    dana.picks("Settings", beside="Lena Fox")
    modal(dana).fill("End date", "2026-11-24")
    modal(dana).submit()
    if dana.modal:
        modal(dana).close_all()
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    assert "quotes" not in team.posted[0]
    assert "answers" not in team.posted[0]
    assert "Lena" not in team.posted[0], "nor does she lead one skill"


@pytest.mark.slow
def test_what_the_team_reads_of_promises_and_outcomes(team: MeetingWorld) -> None:
    team.dana.slash("/agenda quotes")
    team.at(30, 7, 0)
    team.at(30, 8, 0)
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Outcome or promise")
    modal(team.raj).fill("Item", "quotes")
    modal(team.raj).fill("Outcome", "two days at most")
    modal(team.raj).fill("Team promise", "a template")
    modal(team.raj).fill("Who takes it", team.lena)
    modal(team.raj).fill("By", "2026-12-02")
    modal(team.raj).submit()
    modal(team.raj).close()
    team.at(7, 7, 0, 12)
    assert "Lena Fox: a template" in team.posted[-1]
    assert "2 Dec" not in team.posted[-1], "that its day has passed is nobody's business"


def test_who_heard_it_is_named_where_the_manager_chose_so_and_may_not_change_it(
    team: MeetingWorld,
) -> None:
    dana, raj = team.dana, team.raj
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    modal(dana).close()
    dana.clicks("To the team agenda")
    modal(dana).fill("Name", ["Say that Raj Rao heard it"])
    modal(dana).submit()
    modal(dana).close()
    team.at(27, 7, 0)
    team.at(30, 7, 0)
    assert "• Raj Rao: 60-day terms at Acme" in team.posted[0]
    raj.slash("/agenda", team.channel)
    assert "60-day terms" in modal(raj).text
    assert "Drop" not in modal(raj).text


@pytest.mark.slow
def test_an_item_that_gets_an_owner_names_nobody_else(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda trade fair in May")
    for day, month in ((30, 11), (7, 12), (14, 12)):
        dana.slash(f"/agenda topic {day}")
        team.at(day, 7, 0, month)
        team.ticks(f"topic {day}")
        team.at(day, 8, 45, month)
    team.at(18, 7, 0, 12)
    dana.picks("Give it an owner", beside="has been on 3 agendas")
    modal(dana).fill("Team promise", "help Lena with the trade fair")
    modal(dana).fill("Who takes it", team.tom)
    modal(dana).submit()
    assert "since it names Lena Fox: “help Lena with the trade fair”" in modal(dana).text
    modal(dana).close()
    team.at(21, 7, 0, 12)
    assert "help Lena" not in team.posted[-1]


def test_a_team_promise_that_turns_out_to_be_somebody_elses_is_one_that_nobody_kept_yet(
    team: MeetingWorld,
) -> None:
    team.at(30, 7, 0)
    team.at(30, 8, 0)
    world, now = team.world, team.world.slack.clock.now()
    database, raj, lena = world.database, world.actor(team.raj), world.actor(team.lena)
    with database.reading(world.workspace_id) as tx:
        (meeting,) = (one.id for one in meetings.to_come(tx, [1]) if one.day == now.date())
    said = PromiseWords("a template", team.lena.id, None)

    def promises(words: PromiseWords) -> list[TeamPromise]:
        noted = notes.note_outcome(database, raj, meeting, None, "", words, "a form", now)
        assert noted.view.agenda is not None
        return list(noted.view.agenda.promises)

    (made,) = promises(said)
    notes.close_promise(database, lena, made.id, now, kept=True)
    (again,) = promises(said)
    assert again.kept_on == now.date(), "the same form, once more"
    (theirs,) = promises(replace(said, owner=team.tom.id))
    assert (theirs.owner.name, theirs.kept_on) == ("Tom Ash", None)
