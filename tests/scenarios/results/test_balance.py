"""A manager's own balance: from what happened, for that manager and nobody else."""

from datetime import timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

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
