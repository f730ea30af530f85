"""The accounts of a team: their list, their pages, and several spellings of one."""

from datetime import timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.accounts.test_transition import log_visits, pass_on
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


def opens(dana: Person, typed: str) -> str:
    dana.slash(f"/binder account {typed}")
    return modal(dana).text


@pytest.mark.slow
def test_the_accounts_of_a_team(world: World, dana: Person, raj: Person) -> None:
    dana.slash("/binder account")
    assert "No account yet." in modal(dana).text
    modal(dana).close_all()
    log_visits(dana, "Raj Rao", "Hooli: Jo Lee and Kim Ray, want a trial\nAcme\nJo Lee\n🎉")
    assert "Jo Lee" in opens(dana, "hoolie")
    modal(dana).picks("Key account")
    assert "Hooli · key account" in modal(dana).text
    modal(dana).close_all()
    dana.slash("/binder account")
    shown = modal(dana).text
    assert "Jo Lee (Dana Moss, Raj Rao), Kim Ray (Dana Moss, Raj Rao)" in shown
    assert shown.index("Hooli · key account") < shown.index("Acme") < shown.index("🎉")
    modal(dana).clicks("Open", beside="Acme")
    assert "Raj Rao" in modal(dana).text
    modal(dana).close_all()
    # The details of a visit have the same tick, wherever it is.
    world.slack.clock.advance(timedelta(days=1))
    log_visits(dana, "Lena Fox", "HOOLI")
    opens(dana, "hooli")
    modal(dana).clicks("Open", beside="Lena Fox")
    modal(dana).clicks("Visit details")
    assert modal(dana).value("Account") == ["A key account"]
    modal(dana).fill("Account", [])
    modal(dana).submit()
    modal(dana).close_all()
    assert "· key account" not in opens(dana, "hooli")
    modal(dana).close_all()
    # Another manager of the same rep has accounts of their own.
    kim = world.person("Kim Ito")
    world.team(kim, raj)
    kim.slash("/binder account hooli")
    kim.sees("No visit to “hooli” is written down yet.")
    kim.slash("/binder account")
    assert "No account yet." in modal(kim).text
    raj.slash("/binder account")
    raj.sees("That is for a rep's manager alone.")


@pytest.mark.slow
def test_two_spellings_become_one_account_and_two_again(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee\nAcme Robotics Europe: Kim Ray")
    log_visits(dana, "Lena Fox", "ARE: Jo Lee")
    pass_on(dana, "Acme Robotics Europe")
    modal(dana).close_all()
    opens(dana, "ARE")
    modal(dana).picks("Name and spellings")
    modal(dana).fill("Another spelling", "acme")
    modal(dana).submit()
    assert "That leads to another account." in modal(dana).text
    modal(dana).fill("Name", "A.R.E.")
    modal(dana).fill("Another spelling", "Acme Robots")
    modal(dana).submit()
    assert "A.R.E.\nAlso written ARE, Acme Robots" in modal(dana).text
    modal(dana).picks("Same as …")
    modal(dana).fill("Account", "Acme Robotics Europe")
    modal(dana).submit()
    shown = modal(dana).text
    assert "Acme Robotics Europe\nAlso written ARE, A.R.E., Acme Robots" in shown
    assert "Jo Lee · Dana Moss since" in shown
    assert "Lena Fox since" in shown
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Transition")
    assert "Acme Robotics Europe · to Lena Fox, Mon 14 Dec · introduced" in modal(dana).text
    modal(dana).close_all()
    # A visit typed as before leads to it.
    log_visits(dana, "Raj Rao", "a.r.e.: Ann Ode")
    assert "Ann Ode · Dana Moss since" in opens(dana, "acme robots")
    modal(dana).picks("Not the same")
    modal(dana).fill("Spelling", "ARE")
    modal(dana).submit()
    assert "Also written A.R.E., Acme Robots" in modal(dana).text
    assert "Jo Lee" not in modal(dana).text
    modal(dana).close_all()
    assert "Jo Lee · Dana Moss since" in opens(dana, "ARE")


def test_what_only_a_field_day_said_goes_with_it_and_comes_back(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Globex: Ann Ode")
    modal(dana).submit()
    modal(dana).close()
    dana.clicks("Undo")
    dana.slash("/binder account globex")
    dana.sees("No visit to “globex” is written down yet.")
    dana.clicks("Put it back")
    assert "Ann Ode" in opens(dana, "globex")


@pytest.mark.slow
def test_two_hundred_accounts_are_read_page_by_page(dana: Person) -> None:
    for first in range(0, 200, 20):
        log_visits(
            dana, "Raj Rao", "\n".join(f"Firm {n:03}: Jo Lee" for n in range(first, first + 20))
        )
    dana.slash("/binder account")
    seen = 0
    for page in range(7):
        shown = modal(dana).text
        assert f"{seen + 1} to {min(seen + 30, 200)} of 200" in shown
        seen = min(seen + 30, 200)
        if page < 6:
            modal(dana).clicks("More")
    assert "Firm 199" in modal(dana).text
    modal(dana).clicks("First")
    assert "Firm 000" in modal(dana).text
    modal(dana).clicks("Open", beside="Firm 007")
    modal(dana).picks("Same as …")
    assert "Of 199 accounts those whose names are the most alike." in modal(dana).text
    modal(dana).close_all()
    dana.slash(f"/binder account {'y' * 2900}")
    dana.sees("is written down yet.")
    dana.slash("/binder account Firm")
    dana.sees("Which one did you mean by “Firm”?")
