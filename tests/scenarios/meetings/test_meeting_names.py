"""No item that names somebody reaches the channel before the manager was asked about it, however
it came into the agenda."""

from collections.abc import Callable

import pytest

from bot.domain.workspaces.people import Profile
from bot.services.team import people, setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.promises.promising import theirs

JOSE, EVE = "José Álvarez", "Eve O’Stone"
SLOW = "so slow"

NAMING = [
    "why is jose so slow",
    "ALVAREZ is so slow",
    "Pepe is so slow",
    "eve ostone is so slow",
]
"""Two spellings of a rep, what a rep is called, and somebody of another team."""


@pytest.fixture
def jose(world: World) -> Person:
    return world.person(JOSE)


@pytest.fixture
def team(world: World, jose: Person) -> MeetingWorld:
    made = meeting_world(world, [jose])
    made.know(world.person(EVE))
    return made


def close(person: Person) -> None:
    if person.modal:
        person.modal.close_all()


def change(person: Person, before: str, after: str) -> None:
    person.slash("/agenda")
    modal(person).picks("Change", beside=before)
    modal(person).fill("Words", after)
    modal(person).submit()
    close(person)


def by_the_manager(team: MeetingWorld, words: str) -> None:
    team.dana.slash(f"/agenda {words}")
    team.at(30, 7)


def by_a_rep(team: MeetingWorld, words: str) -> None:
    team.raj.slash(f"/agenda {words}")
    team.at(30, 7)


def let_out(team: MeetingWorld, words: str) -> None:
    """A rep's item, and the manager lets all of it out that waits."""
    team.raj.slash(f"/agenda {words}")
    team.at(27, 7)
    team.dana.slash("/agenda")
    modal(team.dana).picks("Let in", beside=SLOW)
    close(team.dana)
    team.at(30, 7)


def from_a_message(team: MeetingWorld, words: str) -> None:
    general = team.world.slack.add_channel("general", members=[team.dana, team.lena])
    spoken = team.lena.says(words, channel=general)
    team.dana.message_shortcut("Add to team agenda", spoken)
    modal(team.dana).submit()
    close(team.dana)
    team.at(30, 7)


def from_a_field_day(team: MeetingWorld, words: str) -> None:
    dana = team.dana
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", words)
    modal(dana).submit()
    modal(dana).close()
    dana.clicks("To the team agenda")
    modal(dana).submit()
    close(dana)
    team.at(30, 7)


def from_a_session(team: MeetingWorld, words: str) -> None:
    dana = team.dana
    dana.slash("/session @Raj Rao")
    modal(dana).fill("What changed", words)
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Open", beside="strategy session")
    modal(dana).clicks("To the team agenda")
    modal(dana).submit()
    close(dana)
    team.at(30, 7)


def from_a_promise(team: MeetingWorld, words: str) -> None:
    dana = team.dana
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Next step", words)
    for _ in range(5):
        modal(dana).submit()
    close(dana)
    theirs(dana)
    dana.picks("To the team agenda", beside=words)
    modal(dana).submit()
    close(dana)
    team.at(30, 7)


def suggested(team: MeetingWorld, words: str) -> None:
    team.dana.slash(f"/todo issue {words} until 2026-12-04")
    team.at(27, 7)
    team.dana.clicks("Add", beside=SLOW)
    team.at(30, 7)


def changed_by_a_rep(team: MeetingWorld, words: str) -> None:
    team.raj.slash("/agenda quotes, as they are")
    team.at(27, 7)
    team.dana.clicks("Let in")
    change(team.raj, "quotes, as they are", words)
    team.at(30, 7)


def changed_by_the_manager(team: MeetingWorld, words: str) -> None:
    team.dana.slash("/agenda quotes, as they are")
    team.at(30, 7)
    assert "quotes, as they are" in team.posted[0]
    change(team.dana, "quotes, as they are", words)
    team.beat()


def no_win_any_more(team: MeetingWorld, words: str) -> None:
    team.dana.slash(f"/agenda win: {words}")
    team.dana.slash("/agenda")
    modal(team.dana).picks("Change", beside=SLOW)
    modal(team.dana).fill("Where", "Looking ahead")
    modal(team.dana).submit()
    close(team.dana)
    team.at(30, 7)


def put_back(team: MeetingWorld, words: str) -> None:
    team.dana.slash(f"/agenda {words}")
    team.dana.clicks("Drop")
    team.dana.clicks("Put it back")
    team.at(30, 7)


def after_the_draft(team: MeetingWorld, words: str) -> None:
    team.at(27, 7)
    team.dana.clicks("Post now")
    team.raj.slash(f"/agenda {words}")
    team.at(30, 7)


def once_it_is_posted(team: MeetingWorld, words: str) -> None:
    team.dana.slash("/agenda quotes")
    team.at(30, 7)
    team.dana.slash(f"/agenda {words}")
    team.beat()


def in_the_meeting(team: MeetingWorld, words: str) -> None:
    team.dana.slash("/agenda quotes")
    team.at(30, 7)
    team.at(30, 8)
    team.raj.slash(f"/agenda {words}")
    team.beat()


def called_a_win_by_a_rep(team: MeetingWorld, words: str) -> None:
    """Nobody asks about wins, so that one whom the question was put to may not pass it by."""
    team.at(27, 7)
    team.dana.clicks("Post now")
    team.raj.slash(f"/agenda {words}")
    team.raj.clicks("It's a win")
    team.at(30, 7)


def carried_on(team: MeetingWorld, words: str) -> None:
    team.dana.slash(f"/agenda {words}")
    team.at(30, 7)
    team.at(30, 8, 45)
    team.at(7, 7, 0, 12)


WAYS: list[Callable[[MeetingWorld, str], None]] = [
    by_the_manager,
    by_a_rep,
    let_out,
    from_a_message,
    from_a_field_day,
    from_a_session,
    from_a_promise,
    suggested,
    changed_by_a_rep,
    changed_by_the_manager,
    no_win_any_more,
    put_back,
    after_the_draft,
    once_it_is_posted,
    in_the_meeting,
    called_a_win_by_a_rep,
    carried_on,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_way_into_an_agenda_leads_past_the_question(
    team: MeetingWorld, way: Callable[[MeetingWorld, str], None]
) -> None:
    way(team, NAMING[WAYS.index(way) % len(NAMING)])
    assert len(team.posted) == (2 if way is carried_on else 1)
    assert SLOW not in "\n".join(team.posted)
    if way not in (in_the_meeting, carried_on):
        team.at(30, 8)
        assert SLOW not in "\n".join(team.posted)
    if way not in (carried_on,):
        team.at(30, 8, 45)
        assert SLOW not in "\n".join(team.posted)


@pytest.mark.parametrize("words", NAMING)
def test_what_the_manager_was_asked_about_and_calls_fine_is_shown(
    team: MeetingWorld, words: str
) -> None:
    team.dana.slash(f"/agenda {words}")
    name = EVE if "eve" in words else JOSE
    team.dana.sees(name)
    assert ("Move to their session" in team.dana.screen()) is (name == JOSE)
    team.dana.clicks("Fine for the team")
    team.dana.sees("On the agenda of the next team meeting")
    team.at(30, 7)
    assert SLOW in team.posted[0]


def test_two_names_are_two_questions(team: MeetingWorld) -> None:
    team.dana.slash("/agenda raj and jose are so slow")
    team.dana.sees(f"names {JOSE}")
    team.dana.clicks("Fine for the team")
    team.dana.sees("names Raj Rao")
    team.at(30, 7)
    assert SLOW not in team.posted[0]


@pytest.mark.slow
def test_a_press_on_other_words_than_were_seen_is_asked_anew(team: MeetingWorld) -> None:
    team.raj.slash("/agenda jose knows how to open a cold call")
    team.at(27, 7)
    assert f"names {JOSE}" in team.draft()
    change(team.raj, "cold call", "jose is so slow")
    team.dana.clicks("Fine for the team")
    assert "jose is so slow” names" in team.draft()
    team.at(30, 7)
    assert SLOW not in team.posted[0]
    team.beat()
    team.dana.clicks("Fine for the team")
    team.beat()
    assert SLOW in team.posted[0]


def test_only_the_manager_says_that_it_is_fine(team: MeetingWorld) -> None:
    team.raj.slash("/agenda jose is so slow")
    team.raj.sees("About one person?")
    assert "Fine for the team" not in team.raj.screen()
    assert "Move to their session" not in team.raj.screen()


def test_a_rep_may_name_themselves_and_nobody_else_may_in_their_item(team: MeetingWorld) -> None:
    team.raj.slash("/agenda raj shows how to open a cold call")
    team.raj.sees("On the agenda of Dana Moss's next team meeting")
    team.at(27, 7)
    team.dana.clicks("Let in")
    change(team.dana, "cold call", "raj is so slow")
    team.at(30, 7)
    assert SLOW not in team.posted[0]


def test_a_name_that_joins_the_team_takes_its_items_off_the_channel(team: MeetingWorld) -> None:
    dana, noor = team.dana, team.world.person("Noor Haddad")
    dana.slash("/agenda why is noor so slow at Acme")
    team.at(30, 7)
    assert SLOW in team.posted[0], "nobody here is called so"
    team.know(noor)
    reps = [team.raj.id, team.lena.id, team.tom.id, noor.id]
    now = team.world.slack.clock.now()
    setup.choose_reps(team.world.database, team.world.actor(dana), reps, now)
    team.beat()
    assert SLOW not in team.posted[0]
    dana.slash("/agenda")
    assert "names Noor Haddad" in modal(dana).text


def test_another_name_lets_no_item_out(team: MeetingWorld, jose: Person) -> None:
    world = team.world
    team.dana.slash("/agenda why is jose so slow")
    renamed = Profile(jose.id, "Pit Keller", "Europe/Berlin")
    people.change(world.database, world.workspace_id, renamed, world.slack.clock.now())
    team.at(30, 7)
    assert SLOW not in team.posted[0]
    team.dana.slash("/agenda")
    assert "names Pit Keller" in modal(team.dana).text


def test_a_mention_of_anybody_is_asked_about(team: MeetingWorld) -> None:
    stranger = team.world.person("Zed")
    team.dana.slash("/agenda @Zed is so slow")
    team.dana.sees("names Zed")
    assert "Move to their session" not in team.dana.screen()
    team.dana.slash(f"/agenda ask @{stranger.id} who is so slow")
    team.dana.sees("About one person?")
    team.at(30, 7)
    assert SLOW not in team.posted[0]


def test_somebody_is_found_by_their_handle(team: MeetingWorld) -> None:
    for handle in ("josé.álvarez", "@jose.alvarez"):
        team.dana.slash(f"/agenda {handle} is so slow")
        team.dana.sees(f"names {JOSE}")
    team.at(30, 7)
    assert SLOW not in team.posted[0]


def in_notes(team: MeetingWorld, person: Person, **fields: object) -> None:
    """Notes of the meeting that is on: what came of the quotes, and what somebody takes on."""
    person.clicks("Take notes")
    modal(person).clicks("Outcome or promise")
    modal(person).fill("Item", "quotes")
    for label, value in fields.items():
        modal(person).fill(label.replace("_", " "), value)
    modal(person).submit()
    team.beat()


@pytest.mark.slow
def test_what_came_of_it_and_who_takes_what_are_asked_about_too(team: MeetingWorld) -> None:
    dana, raj = team.dana, team.raj
    dana.slash("/agenda quotes")
    team.at(27, 7)
    team.at(30, 7)
    team.at(30, 8)
    raj.clicks("Take notes")
    modal(raj).clicks("Outcome or promise")
    modal(raj).fill("Item", "quotes")
    modal(raj).fill("Outcome", "jose is so slow")
    modal(raj).fill("Team promise", "help jose")
    modal(raj).fill("Who takes it", team.tom)
    modal(raj).submit()
    asked = modal(raj).text
    assert (
        "Kept, and not shown to the team, since it names José Álvarez: “jose is so slow”" in asked
    )
    assert "“help jose”" in asked
    assert "Dana Moss is asked first." in asked
    assert "Fine for the team" not in asked
    modal(raj).close()
    assert "✓ quotes" in modal(raj).text
    assert "jose" not in modal(raj).text
    close(raj)
    team.beat()
    assert "✓ quotes" in team.posted[0]
    assert "jose" not in team.posted[0]
    assert "“jose is so slow” names José Álvarez." in team.draft()
    dana.clicks("Fine for the team", beside="help jose")
    team.beat()
    assert "Tom Ash: help jose" in team.posted[0]
    assert SLOW not in team.posted[0], "each is a question of its own"
    team.at(30, 8, 45)
    assert SLOW not in "\n".join(team.posted)
    dana.clicks("Fine for the team", beside="jose is so slow")
    team.beat()
    assert "→ jose is so slow" in team.posted[0]


@pytest.mark.slow
def test_the_managers_own_notes_ask_the_manager_at_once(team: MeetingWorld) -> None:
    dana = team.dana
    dana.slash("/agenda quotes")
    dana.slash("/agenda win: two renewals")
    team.at(27, 7)
    team.at(30, 7)
    team.at(30, 8)
    in_notes(team, dana, Outcome="jose and eve ostone are so slow")
    modal(dana).clicks("Fine for the team")
    assert f"names {EVE}" in modal(dana).text, "two names are two questions"
    team.beat()
    assert SLOW not in team.posted[0]
    modal(dana).clicks("Fine for the team")
    modal(dana).close()
    team.beat()
    assert "so slow" in team.posted[0]
    modal(dana).clicks("Outcome or promise")
    modal(dana).fill("Item", "two renewals")
    modal(dana).fill("Outcome", "jose, thank you")
    modal(dana).submit()
    assert "jose, thank you" in modal(dana).text, "a manager who praises means it so"


def test_who_becomes_known_takes_words_off_that_named_nobody_as_they_were_written(
    team: MeetingWorld,
) -> None:
    dana, zoe = team.dana, team.world.person("Zoe Quill")
    dana.slash("/agenda zoe quill is so slow")
    dana.sees("On the agenda of the next team meeting")
    team.know(zoe)
    team.at(30, 7)
    assert SLOW not in "\n".join(team.posted)
    dana.slash("/agenda")
    assert "names Zoe Quill" in modal(dana).text
