"""`/mirror teams`: what a manager shares with one person, and nobody else sees."""

from datetime import UTC, datetime

import pytest

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.time_off import AwayEntry
from bot.screens.team.people import ensure_profiles
from bot.services.team import away
from slack_sandbox import Person
from storage.contacts import interactions
from storage.team import people, teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import team_of
from tests.scenarios.todo.test_todo_privacy import seen_by
from tests.scenarios.workspaces.trouble import hand_over_team

LATER = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)
"""Four weeks after the team began: a session was to be by then, a field day not yet."""

LINE = "Dana Moss · some sessions · field days as planned"
SAID = ("some sessions", "sessions as planned", "field days as planned", "sessions not known")
WORDS = "zwielicht-words"


@pytest.fixture
def lea(world: World) -> Person:
    return world.person("Lea Diaz")


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, who had a session and a field day, Lena and Raj, who had none."""
    found = team_of(world, dana, 3)
    world.slack.clock.move_to(LATER)
    hold(world, dana, found[0], InteractionKind.SESSION)
    hold(world, dana, found[0], InteractionKind.FIELD_DAY)
    return found


def hold(world: World, manager: Person, rep: Person, kind: InteractionKind) -> None:
    with world.database.writing(world.workspace_id) as tx:
        known = people.get_many(tx, [manager.id, rep.id])
        team = teams.of_manager(tx, manager.id)
        assert team is not None
        interactions.add(
            tx,
            kind,
            team_id=team.id,
            rep_id=known[rep.id].id,
            author_id=known[manager.id].id,
            channel=None,
            occurred_on=LATER.date(),
            occurred_at=LATER,
            recorded_at=LATER,
            about=WORDS,
        )


def shares(dana: Person, lea: Person) -> None:
    dana.slash("/mirror teams")
    dana.clicks("Share")
    modal(dana).fill("With whom", lea)
    modal(dana).submit()


def asks(person: Person) -> str:
    person.slash("/mirror teams")
    return person.ephemerals[-1].text


def test_a_manager_sees_what_is_shared_before_it_is_and_it_ends_with_a_press(
    world: World, dana: Person, lea: Person, reps: list[Person]
) -> None:
    assert "No team is shared with you." in asks(lea)
    assert "Nobody sees how it goes with your team:" in asks(dana)
    dana.clicks("Share")
    assert LINE in modal(dana).text
    modal(dana).fill("With whom", lea)
    modal(dana).submit()
    assert dana.modal is None
    assert "Lea Diaz sees this line of your team" in dana.ephemerals[-1].text
    assert LINE in dana.ephemerals[-1].text
    assert lea.dm == []
    assert LINE in asks(lea)
    shown = seen_by(world, lea)
    assert all(rep.name not in shown and rep.id not in shown for rep in reps)
    assert WORDS not in shown
    hold(world, dana, reps[1], InteractionKind.SESSION)
    hold(world, dana, reps[2], InteractionKind.SESSION)
    assert "Dana Moss · sessions as planned · field days as planned" in asks(lea)
    dana.clicks("Stop sharing")
    assert "Nobody sees how it goes with your team:" in dana.ephemerals[-1].text
    assert "No team is shared with you." in asks(lea)


def test_the_mirror_leads_to_it(
    world: World, dana: Person, lea: Person, reps: list[Person]
) -> None:
    """For who may share, for who shares, and for whom it is shared with; on Home as well."""
    dana.slash("/mirror")
    dana.clicks("Share with one person")
    modal(dana).fill("With whom", lea)
    modal(dana).submit()
    assert "Lea Diaz sees this line of your team" in dana.ephemerals[-1].text
    dana.clicks("Mirror")
    assert "Looking ahead" in dana.ephemerals[-1].text
    dana.clicks("What you share")
    assert LINE in dana.ephemerals[-1].text
    # Who leads no team has no mirror of their own.
    lea.slash("/mirror")
    assert LINE in lea.ephemerals[-1].text
    assert "Looking ahead" not in lea.ephemerals[-1].text
    kim = world.person("Kim Ito")
    world.team(kim, world.person("Mo Ali"), world.person("Jo Lee"))
    kim.opens_home()
    assert kim.home is not None
    kim.home.clicks("Mirror")
    kim.home.clicks("Share with one person")
    modal(kim).fill("With whom", dana)
    modal(kim).submit()
    assert kim.modal is None
    assert "Dana Moss sees this line of your team" in kim.home.text
    dana.opens_home()
    assert dana.home is not None
    dana.home.clicks("Mirror")
    dana.home.clicks("Teams shared with you")
    assert "Kim Ito · nothing to say yet" in dana.home.text
    dana.home.clicks("Stop sharing")
    assert "Nobody sees how it goes with your team:" in dana.home.text
    assert "No team is shared with you." in asks(lea)
    dana.home.clicks("Back to Home")
    assert "Log a touch" in dana.home.text
    assert reps[0].name in dana.home.text


def test_nobody_else_sees_it(world: World, dana: Person, lea: Person, reps: list[Person]) -> None:
    kim, otto, stan = (world.person(name) for name in ("Kim Ito", "Otto Berg", "Stan Roth"))
    world.team(kim, world.person("Mo Ali"), world.person("Jo Lee"))
    # Kim is the manager of Dana, who shared with somebody else; Stan has Dana's list meanwhile.
    world.team(otto, dana, kim)
    ensure_profiles(world.product.app, world.workspace_id, [stan.id])
    day = LATER.date()
    away.add(world.database, world.actor(dana), AwayEntry(day, day, stan.id), "away", LATER)
    shares(dana, lea)
    shares(kim, otto)
    for person in (*reps, stan, kim, otto):
        person.slash("/mirror teams")
        person.opens_home()
        shown = seen_by(world, person)
        assert "Dana Moss" not in person.ephemerals[-1].text, person.name
        assert not any(one in shown for one in SAID), person.name
    assert "Kim Ito · nothing to say yet" in otto.ephemerals[-1].text


@pytest.mark.usefixtures("reps")
def test_it_ends_when_the_team_passes_to_another_manager(
    world: World, dana: Person, lea: Person
) -> None:
    shares(dana, lea)
    nora = world.person("Nora Lind")
    ensure_profiles(world.product.app, world.workspace_id, [nora.id])
    hand_over_team(world, dana, nora)
    assert "No team is shared with you." in asks(lea)
    assert "Nobody sees how it goes with your team:" in asks(nora)
    assert "No team is shared with you." in asks(dana)


@pytest.mark.usefixtures("reps")
def test_it_stays_off_where_the_team_comes_back_until_it_is_shared_anew(
    world: World, dana: Person, lea: Person
) -> None:
    shares(dana, lea)
    nora = world.person("Nora Lind")
    ensure_profiles(world.product.app, world.workspace_id, [nora.id])
    hand_over_team(world, dana, nora)
    hand_over_team(world, nora, dana)
    assert "No team is shared with you." in asks(lea)
    assert "Nobody sees how it goes with your team:" in asks(dana)
    dana.clicks("Share")
    assert modal(dana).value("With whom") is None
    modal(dana).close()
    shares(dana, lea)
    assert LINE in asks(lea)
    # Nor does what the second shares meanwhile outlive the second.
    hand_over_team(world, dana, nora)
    shares(nora, lea)
    assert "Nora Lind · some sessions" in asks(lea)
    hand_over_team(world, nora, dana)
    assert "No team is shared with you." in asks(lea)


def test_it_is_shared_with_nobody_of_the_team(
    world: World, dana: Person, lea: Person, reps: list[Person]
) -> None:
    dana.slash("/mirror teams")
    dana.clicks("Share")
    for nobody, told in ((reps[0], "Pick someone outside the team: the line"), (dana, "yourself")):
        modal(dana).fill("With whom", nobody)
        modal(dana).submit()
        assert told in " ".join(modal(dana).errors.values())
    modal(dana).fill("With whom", lea)
    modal(dana).submit()
    # Who joins the team later sees it no more.
    assert LINE in asks(lea)
    world.team(dana, *reps, lea)
    assert "Dana Moss" not in asks(lea)
    assert "Sam" not in asks(reps[0])
