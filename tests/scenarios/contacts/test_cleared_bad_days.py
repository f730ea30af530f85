"""**You said, we did** on bad days: Slack refuses the post or loses its answer, the team passes on,
and people press what is not theirs."""

from collections.abc import Callable

import pytest

from bot.services.team import introductions
from slack_sandbox import Answer, Person
from tests.scenarios.conftest import World
from tests.scenarios.contacts.clearing import (
    DEMO,
    LINE,
    QUOTES,
    SECRET,
    UNIT,
    agrees_and_previews,
    asks,
    box,
    home,
    lines_of,
    november,
    opens,
    raised,
    told,
    writes,
)
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.meetings.test_swap import presses_at_once
from tests.scenarios.team.setting_up import team_of
from tests.scenarios.workspaces.trouble import hand_over_team, pressing


@pytest.fixture
def team(world: World) -> MeetingWorld:
    return november(world)


def is_not_in_channel(team: MeetingWorld) -> None:
    refusal = Answer.of({"ok": False, "error": "not_in_channel"})
    team.world.slack.faults.answer("chat.postMessage", refusal)


def channel_is_archived(team: MeetingWorld) -> None:
    team.world.slack.archive_channel(team.channel)


def channel_is_gone(team: MeetingWorld) -> None:
    refusal = Answer.of({"ok": False, "error": "channel_not_found"})
    team.world.slack.faults.answer("chat.postMessage", refusal)


@pytest.mark.parametrize("refuses", [is_not_in_channel, channel_is_archived, channel_is_gone])
def test_what_slack_does_not_take_is_there_to_be_posted_again(
    team: MeetingWorld, refuses: Callable[[MeetingWorld], None]
) -> None:
    dana = team.dana
    agrees_and_previews(team)
    refuses(team)
    modal(dana).submit()
    assert told(team) == []
    dana.sees("“You said, we did” was not posted.")
    dana.sees("it may be archived, or I am not in it")
    team.beat()
    team.raj.sees("You said yes")
    if refuses is channel_is_archived:
        other = team.world.slack.add_channel("emea-2", members=[dana, team.raj])
        team.open_series()
        modal(dana).fill("Team channel", other)
        modal(dana).submit()
        if dana.modal:
            modal(dana).close_all()
        team.channel = other
    dana.clicks("Open again")
    assert modal(dana).value(box(QUOTES)) == LINE
    modal(dana).submit()
    assert "Raj Rao: yes" in modal(dana).text, "nobody is asked again"
    modal(dana).submit()
    assert told(team) == [f"You said, we did\n• {LINE}"]


def test_an_answer_that_got_lost_is_asked_about_and_it_was_there(team: MeetingWorld) -> None:
    dana = team.dana
    agrees_and_previews(team)
    team.lose_answer(before=False)
    modal(dana).submit()
    dana.sees("Did “You said, we did” appear?")
    assert "You said, we did" not in home(dana), "not offered while nobody knows"
    dana.clicks("Yes")
    dana.sees("Good, it is there.")
    assert len(told(team)) == 1
    team.beat()
    team.raj.sees(f"The team was told: “{LINE}”.")


def test_lost_on_the_way_it_is_posted_again_once(team: MeetingWorld) -> None:
    dana = team.dana
    agrees_and_previews(team)
    team.lose_answer(before=True)
    modal(dana).submit()
    assert told(team) == []
    dana.clicks("No, open it again")
    modal(dana).submit()
    modal(dana).submit()
    assert len(told(team)) == 1
    dana.sees_not("No, open it again")
    dana.clicks("Open again")
    assert dana.modal is None or box(QUOTES) not in modal(dana).text
    assert len(told(team)) == 1


def test_a_later_manager_goes_on_with_the_lines_and_not_with_what_was_only_typed(
    team: MeetingWorld,
) -> None:
    world, dana = team.world, team.dana
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    modal(dana).close_all()
    opens(team)
    modal(dana).types(box(DEMO), UNIT)
    modal(dana).close()
    assert world.product.app.autosave.wait_until_idle(timeout=15)
    nora = world.person("Nora Quist")
    team.know(nora)
    hand_over_team(world, dana, nora)
    assert "You said, we did" not in home(dana)
    nora.opens_home()
    nora.clicks("Write it")
    assert modal(nora).value(box(QUOTES)) == LINE
    assert UNIT not in modal(nora).text
    assert SECRET not in modal(nora).text
    modal(nora).submit()
    assert "Raj Rao: yes" in modal(nora).text
    modal(nora).submit()
    assert told(team) == [f"You said, we did\n• {LINE}"]


def test_a_later_manager_finds_what_the_one_before_put_aside(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    writes(team, quotes=LINE)
    modal(dana).close_all()
    opens(team)
    modal(dana).clicks("Put it aside")
    nora = world.person("Nora Quist")
    team.know(nora)
    hand_over_team(world, dana, nora)
    nora.opens_home()
    nora.sees("You said, we did: 3 things that were raised are done")
    nora.clicks("Write it")
    assert LINE not in modal(nora).text, "what was put aside is its author's"


def test_who_stands_in_and_a_director_read_nothing_of_it(team: MeetingWorld) -> None:
    world, dana = team.world, team.dana
    kim, lea = world.person("Kim Ito"), world.person("Lea Diaz")
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    modal(dana).close_all()
    dana.slash("/mirror teams")
    dana.clicks("Share")
    modal(dana).fill("With whom", lea)
    modal(dana).submit()
    today = world.slack.clock.now().date()
    dana.slash("/todo away")
    modal(dana).fill("From", today)
    modal(dana).fill("To", today.replace(day=4))
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    team.at(2, 10, month=12)
    for other in (kim, lea):
        other.opens_home()
        for line in ("/todo", "/mirror", "/mirror teams", "/mirror period"):
            other.slash(line)
        assert "You said, we did" not in other.screen()
        for words in (LINE, QUOTES, SECRET):
            assert words not in other.screen()
        for action in ("raised.cleared_write", "raised.cleared_aside", "raised.cleared_ask"):
            pressing(world, other, action, '{"day": "2026-11-01"}')
        if other.modal:
            assert LINE not in modal(other).text
            modal(other).close_all()
    assert "You said, we did" in home(dana)
    opens(team)
    assert modal(dana).value(box(QUOTES)) == LINE


def test_nobody_is_asked_before_the_introduction(world: World) -> None:
    team = meeting_world(world, introduced=False)
    raised(world, team.dana, team.raj, QUOTES)
    raised(world, team.dana, team.lena, DEMO)
    team.at(1, 10, month=12)
    writes(team, quotes=LINE)
    assert "Raj Rao: can be asked once you have sent the introduction" in modal(team.dana).text
    assert "Ask them" not in modal(team.dana).text
    pressing(world, team.dana, "raised.cleared_ask", '{"day": "2026-11-01"}')
    team.beat()
    assert not team.raj.dm
    assert team.posted == []
    modal(team.dana).close_all()
    now = world.slack.clock.now()
    introduced = next(
        one for one in team_of(world, team.dana).to_introduce if one.rep.slack_id == team.raj.id
    )
    introductions.claim(world.database, world.actor(team.dana), introduced.id, now)
    writes(team, demo=UNIT)
    assert "Raj Rao: not asked yet" in modal(team.dana).text
    assert "Lena Fox: can be asked once" in modal(team.dana).text
    asks(team)
    team.raj.sees(f"Dana Moss would like to tell the team: “{LINE}”")
    assert not team.lena.dm


def test_who_says_no_may_say_yes_later_and_is_not_asked_again(team: MeetingWorld) -> None:
    dana, raj = team.dana, team.raj
    writes(team, quotes=LINE)
    asks(team)
    raj.clicks("Not this one")
    raj.sees("You said: not this one.")
    writes(team, quotes="")
    modal(dana).close_all()
    writes(team, quotes=LINE)
    assert "Raj Rao: not this one" in modal(dana).text, "the same words were answered"
    assert "Ask them" not in modal(dana).text
    assert "Post it" not in modal(dana).text
    team.beat()
    raj.sees("You said: not this one.")
    raj.clicks("Yes, share it")
    opens(team)
    modal(dana).submit()
    modal(dana).submit()
    assert len(told(team)) == 1
    assert LINE not in "".join(one.text for one in (*team.lena.dm, *team.tom.dm))


def test_a_yes_that_is_taken_back_before_the_post_posts_nothing(team: MeetingWorld) -> None:
    agrees_and_previews(team)
    team.raj.clicks("Not this one")
    modal(team.dana).submit()
    assert told(team) == []


def test_presses_at_once_ask_and_answer_once(team: MeetingWorld) -> None:
    writes(team, quotes=LINE)
    asks(team)
    assert len([one for one in team.raj.dm if LINE in one.text]) == 1
    presses_at_once(team.raj, "Yes, share it")
    team.beat()
    assert len([one for one in team.raj.dm if LINE in one.text]) == 1
    opens(team)
    modal(team.dana).submit()
    modal(team.dana).submit_twice()
    assert len(told(team)) == 1


def test_the_wrong_person_presses(team: MeetingWorld) -> None:
    world = team.world
    writes(team, quotes=LINE)
    asks(team)
    (line,) = lines_of(team)
    stranger = world.person("Kim Ito")
    wrong: tuple[Person, ...] = (team.lena, team.tom, team.dana, stranger)
    for person in wrong:
        for action in ("raised.cleared_yes", "raised.cleared_no"):
            pressing(world, person, action, f'{{"subject": {line}}}')
        if person is team.dana:
            continue
        for action in ("raised.cleared_ask", "raised.cleared_aside", "raised.cleared_lost"):
            pressing(world, person, action, '{"day": "2026-11-01"}')
        assert LINE not in person.screen()
    team.beat()
    team.raj.sees("would like to tell the team")
    opens(team)
    modal(team.dana).submit()
    assert "Raj Rao: not answered yet" in modal(team.dana).text
    assert told(team) == []
