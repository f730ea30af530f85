"""**Pair them**: where one rep's strength is another's focus, the draft proposes that one shows the
other; both are asked first, and nobody is embarrassed before the team."""

from collections.abc import Callable

import pytest

from bot.services.team import setup
from bot.views.block_kit.ids import MeetingAction
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.meetings.test_swap import is_away, left_out, moved, presses_at_once
from tests.scenarios.workspaces.trouble import pressing

TAKE, DECLINE = MeetingAction.TAKE.value, MeetingAction.DECLINE.value
SKILL = "Opening a cold call"
PROPOSED = f"Tom Ash could show Raj Rao: “{SKILL}”"
LEARNER_ASKED = "would you like a teammate to show you something in One skill"
SHOWER_ASKED = "could you show something that you do well in One skill"


def field_day(
    team: MeetingWorld, rep: Person, *, share: bool = True, strength: str = "", focus: str = ""
) -> None:
    """Dana writes down a day with that rep, and shares it."""
    dana = team.dana
    dana.slash(f"/fieldday @{rep.name}")
    modal(dana).fill("One focus", focus)
    modal(dana).clicks("More")
    modal(dana).fill("One strength", strength)
    modal(dana).submit()
    if share:
        dana.clicks(f"Preview as {rep.name}")
        modal(dana).submit()
    if dana.modal:
        modal(dana).close_all()


@pytest.fixture
def team(world: World) -> MeetingWorld:
    """It is Lena's turn on Monday 30 November. Tom opens cold calls well, and Raj works on it."""
    made = meeting_world(world)
    made.beat()
    field_day(made, made.tom, strength=SKILL)
    field_day(made, made.raj, focus="opening the cold call")
    return made


def pairs(team: MeetingWorld) -> None:
    """Dana asks them, on the Friday."""
    team.at(27, 7)
    team.dana.clicks("Pair them")
    modal(team.dana).submit()
    modal(team.dana).close()
    team.beat()


def reads(person: Person, words: str) -> list[str]:
    return [one.text for one in person.dm if words in one.text]


def value_of(person: Person, action: str) -> str:
    """What the newest button of that action carries, in that person's conversation."""
    return next(
        str(element["value"])
        for one in reversed(person.dm)
        for block in one.raw.get("blocks", ())
        for element in block.get("elements", ())
        if element.get("action_id") == action
    )


def agenda(team: MeetingWorld) -> str:
    team.at(30, 7)
    return team.posted[0]


def test_both_are_asked_and_the_agenda_says_who_shows_what(team: MeetingWorld) -> None:
    dana, raj, tom, lena = team.dana, team.raj, team.tom, team.lena
    team.at(27, 7)
    assert PROPOSED in team.draft()
    dana.clicks("Pair them")
    preview = modal(dana).text
    assert "Lena Fox leads it so far" in preview
    assert reads(raj, LEARNER_ASKED) == [], "nothing goes out before the manager asks"
    modal(dana).submit()
    assert "Raj Rao is asked about" in modal(dana).text
    modal(dana).close()
    team.beat()
    (question,) = reads(raj, LEARNER_ASKED)
    assert "Tom" not in question
    assert f"It is “{SKILL}”." in question
    assert LEARNER_ASKED in preview, "the manager saw what Raj reads"
    assert reads(tom, SHOWER_ASKED) == []
    assert "Once it is a yes, Tom Ash is" in team.draft()
    raj.clicks("I'd like that")
    raj.sees("Whoever could show it is asked now")
    team.beat()
    (asked,) = reads(tom, SHOWER_ASKED)
    assert "Raj Rao would like to see how you do it" in asked
    assert "It is Lena Fox's turn so far" in asked
    assert SHOWER_ASKED in preview
    assert f"It is “{SKILL}”. Raj Rao would like to see how you do it." in preview
    tom.clicks("Take it")
    tom.sees(f"You show “{SKILL}”")
    team.beat()
    raj.sees("Tom Ash leads it.")
    raj.sees(f"What you see is “{SKILL}”.")
    lena.sees("not your turn this time after all")
    assert f"Tom Ash shows: {SKILL}" in team.draft()
    assert "could show" not in team.draft()
    posted = agenda(team)
    assert f"One skill (10) · Tom Ash shows: {SKILL}" in posted
    assert "Raj" not in posted


def test_the_turn_counts_for_who_showed_it(team: MeetingWorld) -> None:
    pairs(team)
    team.raj.clicks("I'd like that")
    team.beat()
    team.tom.clicks("Take it")
    agenda(team)
    team.at(30, 8)
    team.at(30, 8, 45)
    team.at(4, 7, 0, 12)
    assert "could show" not in team.draft(), "shown once"
    team.at(7, 7, 0, 12)
    assert "One skill (10) · Raj Rao" in team.posted[-1]
    team.at(7, 8, 45, 12)
    team.at(14, 7, 0, 12)
    assert "One skill (10) · Lena Fox" in team.posted[-1]


def learner_says_no(team: MeetingWorld) -> None:
    team.raj.clicks("Not now")


def shower_says_no(team: MeetingWorld) -> None:
    team.raj.clicks("I'd like that")
    team.beat()
    team.tom.clicks("Not now")


@pytest.mark.parametrize(
    ("says_no", "who"), [(learner_says_no, "Raj Rao"), (shower_says_no, "Tom Ash")]
)
def test_a_no_is_for_the_manager_alone_and_is_not_asked_again(
    team: MeetingWorld, says_no: Callable[[MeetingWorld], None], who: str
) -> None:
    pairs(team)
    says_no(team)
    team.beat()
    assert f"{who} would rather not" in team.draft()
    assert "could show" not in team.draft()
    for other in (team.raj, team.tom, team.lena):
        assert reads(other, "rather not") == []
    assert reads(team.lena, "cold call") == []
    assert "Tom" not in "".join(reads(team.raj, "One skill"))
    posted = agenda(team)
    assert "One skill (10) · Lena Fox" in posted
    assert "cold call" not in posted
    team.at(30, 8)
    team.at(30, 8, 45)
    team.at(4, 7, 0, 12)
    assert "could show" not in team.draft()


def test_no_answer_leaves_the_turns_as_they_are(team: MeetingWorld) -> None:
    pairs(team)
    team.at(27, 18)
    team.raj.clicks("I'd like that")
    team.raj.sees("all settled, Lena Fox leads it")
    team.beat()
    assert reads(team.tom, SHOWER_ASKED) == []
    assert "One skill (10) · Lena Fox" in agenda(team)


def test_not_now_proposes_nothing_for_that_meeting(team: MeetingWorld) -> None:
    team.at(27, 7)
    team.dana.clicks("Not now")
    assert "could show" not in team.draft()
    team.beat()
    assert reads(team.raj, LEARNER_ASKED) == []
    team.at(30, 7)
    team.at(30, 8, 45)
    team.at(4, 7, 0, 12)
    assert PROPOSED in team.draft()


def test_the_manager_changes_the_words_and_names_nobody_in_them(team: MeetingWorld) -> None:
    team.at(27, 7)
    team.dana.clicks("Pair them")
    modal(team.dana).fill("What is shown", "What Raj works on")
    modal(team.dana).submit()
    assert "No names in front of the team" in str(modal(team.dana).errors)
    modal(team.dana).fill("What is shown", "A first call <that> lands")
    modal(team.dana).submit()
    modal(team.dana).close()
    team.beat()
    team.raj.sees("It is “A first call <that> lands”.")
    team.raj.clicks("I'd like that")
    team.beat()
    team.tom.clicks("Take it")
    assert "Tom Ash shows: A first call <that> lands" in agenda(team)


def test_the_preview_is_drawn_anew_in_the_words_that_are_typed(team: MeetingWorld) -> None:
    team.at(27, 7)
    team.dana.clicks("Pair them")
    modal(team.dana).fill("What is shown", "A first call that lands")
    modal(team.dana).clicks("See it in these words")
    shown = modal(team.dana).text
    assert shown.count("It is “A first call that lands”.") == 2
    assert "Tom Ash shows: A first call that lands" in shown
    assert f"It is “{SKILL}”" not in shown
    assert modal(team.dana).value("What is shown") == "A first call that lands"
    team.beat()
    assert reads(team.raj, LEARNER_ASKED) == []
    modal(team.dana).submit()
    team.beat()
    team.raj.sees("It is “A first call that lands”.")


def test_it_may_be_too_late_to_ask_the_other(world: World) -> None:
    """Who would show it rests by the time that the first says yes."""
    mia = world.person("Mia Lane", tz="America/Los_Angeles")
    team = meeting_world(world, [mia])
    team.beat()
    field_day(team, team.tom, strength=SKILL)
    field_day(team, mia, focus=SKILL)
    team.at(27, 14)
    team.dana.clicks("Pair them")
    modal(team.dana).submit()
    modal(team.dana).close()
    team.at(27, 15)
    team.at(27, 20)
    mia.clicks("I'd like that")
    team.beat()
    assert reads(team.tom, SHOWER_ASKED) == []
    assert f"Mia Lane would like “{SKILL}”; it was too late to ask Tom Ash." in team.draft()
    mia.sees("thank you for saying so; Lena Fox leads it")
    assert "One skill (10) · Lena Fox" in agenda(team)


def test_nobody_else_presses_for_them(team: MeetingWorld) -> None:
    kim = team.world.person("Kim Ito")
    team.know(kim)
    team.at(27, 7)
    seen = value_of(team.dana, "meeting.pair")
    for person in (team.raj, team.tom, team.lena, kim):
        for action in ("meeting.pair", "meeting.pair_not_now"):
            pressing(team.world, person, action, seen)
        assert "Pair them" not in person.screen()
        assert "could show" not in person.screen()
    assert PROPOSED in team.draft()
    pairs(team)
    question = value_of(team.raj, TAKE)
    for person in (team.tom, team.lena, team.dana, kim):
        for action in (TAKE, DECLINE):
            pressing(team.world, person, action, question)
    team.beat()
    assert reads(team.tom, SHOWER_ASKED) == []
    team.raj.clicks("I'd like that")
    team.beat()
    assert len(reads(team.tom, SHOWER_ASKED)) == 1


def test_a_stand_in_presses_nothing_of_a_pair(team: MeetingWorld) -> None:
    """Also where the draft was before them: what was noted on field days is the manager's."""
    kim = team.world.person("Kim Ito")
    team.know(kim)
    team.at(27, 7)
    value = value_of(team.dana, "meeting.pair")
    today = team.world.slack.clock.now().date()
    team.dana.slash("/todo away")
    modal(team.dana).fill("From", today)
    modal(team.dana).fill("To", today.replace(day=30))
    modal(team.dana).fill("Who stands in", kim)
    modal(team.dana).submit()
    if team.dana.modal:
        modal(team.dana).close_all()
    for action in ("meeting.pair", "meeting.pair_not_now"):
        pressing(team.world, kim, action, value)
    team.beat()
    assert "cold call" not in kim.screen()
    assert reads(team.raj, LEARNER_ASKED) == []


def test_the_agenda_proposes_it_before_the_draft_does(team: MeetingWorld) -> None:
    team.dana.slash("/agenda")
    assert PROPOSED in modal(team.dana).text
    modal(team.dana).clicks("Pair them")
    modal(team.dana).submit()
    modal(team.dana).close_all()
    team.beat()
    team.raj.clicks("I'd like that")
    team.beat()
    team.tom.clicks("Take it")
    assert f"Tom Ash shows: {SKILL}" in agenda(team)


@pytest.mark.parametrize("unread", ["strength", "focus"])
def test_what_was_not_shared_is_no_pair(world: World, unread: str) -> None:
    team = meeting_world(world)
    field_day(team, team.tom, share=unread != "strength", strength=SKILL)
    field_day(team, team.raj, share=unread != "focus", focus=SKILL)
    team.at(27, 7)
    assert "could show" not in team.draft()


def shower_is_away(team: MeetingWorld) -> None:
    is_away(team, team.tom)


def learner_is_away(team: MeetingWorld) -> None:
    is_away(team, team.raj)


def focus_is_another(team: MeetingWorld) -> None:
    field_day(team, team.raj, focus="writing shorter offers")


def someone_else_is_asked(team: MeetingWorld) -> None:
    team.dana.picks("One skill: someone else")
    modal(team.dana).fill("Ask", "Tom Ash")
    modal(team.dana).submit()
    modal(team.dana).close()


MEANWHILE = [
    moved,
    left_out,
    shower_is_away,
    learner_is_away,
    focus_is_another,
    someone_else_is_asked,
]


@pytest.mark.slow
@pytest.mark.parametrize("meanwhile", MEANWHILE, ids=lambda one: one.__name__)
@pytest.mark.parametrize("said_yes", [False, True])
def test_what_happens_meanwhile_ends_it(
    team: MeetingWorld, meanwhile: Callable[[MeetingWorld], None], said_yes: bool
) -> None:
    """Be it before the one answers, or the other."""
    pairs(team)
    asked, yes = team.raj, "I'd like that"
    if said_yes:
        team.raj.clicks("I'd like that")
        team.beat()
        asked, yes = team.tom, "Take it"
    meanwhile(team)
    asked.clicks(yes)
    team.beat()
    assert "You show" not in team.tom.screen()
    if not said_yes:
        assert reads(team.tom, SHOWER_ASKED) == []
    team.at(30, 7)
    team.at(1, 7, 0, 12)
    assert "cold call" not in "\n".join(team.posted)


@pytest.mark.parametrize("said_yes", [False, True])
@pytest.mark.parametrize("who", ["Raj Rao", "Tom Ash"])
def test_nobody_is_said_to_be_asked_where_one_of_them_left(
    team: MeetingWorld, who: str, said_yes: bool
) -> None:
    pairs(team)
    if said_yes:
        team.raj.clicks("I'd like that")
        team.beat()
    assert "Tom Ash is" in team.draft()
    actor, now = team.world.actor(team.dana), team.world.slack.clock.now()
    stay = [one.id for one in (team.raj, team.tom, team.lena) if one.name != who]
    setup.choose_reps(team.world.database, actor, stay, now)
    team.beat()
    assert "cold call" not in team.draft()


@pytest.mark.parametrize("meanwhile", [shower_is_away, learner_is_away])
@pytest.mark.parametrize("opened_before", [False, True])
def test_an_old_proposal_asks_nobody(
    team: MeetingWorld, meanwhile: Callable[[MeetingWorld], None], opened_before: bool
) -> None:
    """Be it pressed, or sent, after somebody is away."""
    dana = team.dana
    team.at(27, 7)
    if opened_before:
        dana.clicks("Pair them")
    draft = next(one for one in dana.dm if "team meeting · " in one.text)
    meanwhile(team)
    if opened_before:
        modal(dana).submit()
        assert "Nobody was asked" in modal(dana).text
        modal(dana).close()
    else:
        draft.clicks("Pair them")
        assert dana.modal is None
        assert "could show" not in team.draft()
    team.beat()
    assert reads(team.raj, LEARNER_ASKED) == []


def test_presses_again_and_at_once_do_it_once(team: MeetingWorld) -> None:
    pairs(team)
    presses_at_once(team.raj, "I'd like that")
    team.beat()
    assert len(reads(team.raj, "One skill")) == 1
    assert len(reads(team.tom, SHOWER_ASKED)) == 1
    presses_at_once(team.tom, "Take it")
    team.beat()
    assert f"Tom Ash shows: {SKILL}" in agenda(team)


def test_reps_and_stand_ins_read_of_no_pair(team: MeetingWorld) -> None:
    team.lena.slash("/agenda")
    assert "could show" not in modal(team.lena).text
    modal(team.lena).close()
    kim = team.world.person("Kim Ito")
    team.know(kim)
    today = team.world.slack.clock.now().date()
    team.dana.slash("/todo away")
    modal(team.dana).fill("From", today)
    modal(team.dana).fill("To", today.replace(day=29))
    modal(team.dana).fill("Who stands in", kim)
    modal(team.dana).submit()
    if team.dana.modal:
        modal(team.dana).close_all()
    team.at(27, 7)
    assert reads(kim, "team meeting · ")
    assert "could show" not in kim.screen()
    assert "cold call" not in kim.screen()


def test_nobody_is_asked_at_night(world: World) -> None:
    mia = world.person("Mia Lane", tz="America/Los_Angeles")
    team = meeting_world(world, [mia])
    team.beat()
    field_day(team, team.tom, strength=SKILL)
    field_day(team, mia, focus=SKILL)
    team.at(27, 7)
    team.dana.clicks("Pair them")
    modal(team.dana).submit()
    assert "at Fri 27 Nov, 07:00, their time, and can say until" in modal(team.dana).text
    modal(team.dana).close()
    team.beat()
    team.at(27, 14, 59)
    assert reads(mia, LEARNER_ASKED) == []
    team.at(27, 15)
    assert len(reads(mia, LEARNER_ASKED)) == 1
    mia.clicks("I'd like that")
    team.beat()
    assert len(reads(team.tom, SHOWER_ASKED)) == 1


def test_a_team_that_does_not_meet_any_more_asks_nobody(team: MeetingWorld) -> None:
    pairs(team)
    world = team.world
    changes = {"meeting_days": (), "meeting_time": None}
    setup.change_settings(world.database, world.actor(team.dana), changes, world.slack.clock.now())
    team.raj.clicks("I'd like that")
    team.beat()
    assert reads(team.tom, SHOWER_ASKED) == []
