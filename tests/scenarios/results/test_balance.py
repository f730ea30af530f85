"""A manager's own balance: from what happened, for that manager and nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.screens.team.people import ensure_profiles
from bot.services.results import balance
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.results.looked_back import look_back
from tests.scenarios.todo.test_todo_privacy import seen_by
from tests.scenarios.workspaces.trouble import hand_over_team

pytestmark = pytest.mark.reps("raj", "lena")


def hold_with_raj(dana: Person) -> None:
    """A word about the pipeline (15 minutes), and results (10)."""
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).fill("Next step", "me: ask finance about terms")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).fill("Results, looking back", "behind in October")
    modal(dana).submit()
    modal(dana).close()


def test_a_manager_alone_sees_how_much_looked_back(world: World, dana: Person, raj: Person) -> None:
    dana.slash("/mirror balance")
    assert "Nothing is known yet." in dana.ephemerals[-1].text
    hold_with_raj(dana)
    dana.slash("/touch @Lena Fox call")
    dana.slash("/mirror balance")
    seen = dana.ephemerals[-1].text
    assert "Nov 2026 so far" in seen
    assert "10 of 25 minutes looked back." in seen
    assert "Strategy session · 10 of 25 min" in seen
    assert "1 contact about nothing, or without a reason of the list" in seen
    dana.ephemerals[-1].clicks("Back")
    seen = dana.ephemerals[-1].text
    assert "Your balance, Nov 2026 so far: 10 of 25 minutes looked back." in seen
    dana.ephemerals[-1].clicks("Your balance")
    assert "Only you see it, and it is kept nowhere." in dana.ephemerals[-1].text
    world.slack.clock.advance(timedelta(days=14))
    dana.opens_home()
    assert dana.home is not None
    dana.home.clicks("Mirror")
    dana.home.clicks("Your balance")
    assert "10 of 25 minutes looked back." in dana.home.text
    assert "so far" not in dana.home.text
    dana.home.clicks("Back")
    assert "Looking ahead" in dana.home.text
    raj.slash("/mirror balance")
    raj.opens_home()
    assert "looked back" not in raj.screen()
    assert "looked back" not in "".join(one.text for one in (*raj.dm, *raj.ephemerals))


LINE = (
    "More than a third of Nov 2026 looked back (60 of 60 min), most of it under “Strategy session”."
)
MOVES = "A session that begins with the plans has the results last, and short."


def looks_back(world: World, dana: Person, raj: Person, count: int = 6) -> None:
    """In the last days of November."""
    look_back(world, dana, raj, date(2026, 11, 23), count)


def test_a_month_that_looked_back_is_said_on_home_once_and_goes_with_a_press(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    looks_back(world, dana, raj)
    dana.opens_home()
    dana.sees_not("looked back")
    world.slack.clock.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    dana.opens_home()
    dana.sees(f"{LINE} {MOVES}")
    dana.clicks("Got it")
    dana.sees_not("looked back")
    dana.opens_home()
    dana.sees_not("looked back")
    # Where it is asked for it can still be read.
    dana.slash("/mirror balance")
    assert LINE in dana.ephemerals[-1].text
    for person in (raj, lena):
        person.opens_home()
        assert "looked back" not in seen_by(world, person)


def test_it_goes_by_itself_with_its_month(world: World, dana: Person, raj: Person) -> None:
    looks_back(world, dana, raj)
    world.slack.clock.move_to(datetime(2026, 12, 31, 22, 30, tzinfo=UTC))
    dana.opens_home()
    dana.sees(LINE)
    world.slack.clock.move_to(datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    # An old Home: what is pressed there puts nothing away that was not said yet.
    dana.clicks("Got it")
    dana.opens_home()
    dana.sees_not("looked back")


def test_less_than_an_hour_says_too_little(world: World, dana: Person, raj: Person) -> None:
    looks_back(world, dana, raj, 5)
    world.slack.clock.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    dana.opens_home()
    dana.sees_not("looked back")


def test_of_a_press_for_another_month_nothing_is_kept(
    world: World, dana: Person, raj: Person
) -> None:
    looks_back(world, dana, raj)
    now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    world.slack.clock.move_to(now)
    for month in (date(2026, 10, 1), date(2026, 11, 2), date(2026, 12, 1)):
        balance.seen(world.database, world.actor(dana), month, now)
    dana.opens_home()
    dana.sees(LINE)


def test_a_manager_who_leads_the_team_later_begins_with_none(
    world: World, dana: Person, raj: Person
) -> None:
    nora = world.person("Nora Lind")
    ensure_profiles(world.product.app, world.workspace_id, [nora.id])
    looks_back(world, dana, raj)
    hand_over_team(world, dana, nora)
    world.slack.clock.move_to(datetime(2026, 12, 1, 8, tzinfo=UTC))
    for person in (dana, nora):
        person.opens_home()
        assert "looked back" not in seen_by(world, person)
