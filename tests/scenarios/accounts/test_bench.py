"""The key-customer bench: one page, and a name in each field day that is proposed."""

from datetime import date, timedelta

import pytest

from bot.domain.workspaces.people import Profile
from bot.services.accounts import accounts
from bot.services.team import people
from slack_sandbox import Person
from tests.scenarios.accounts.test_accounts import opens
from tests.scenarios.accounts.test_dates import go_to, why
from tests.scenarios.accounts.test_transition import log_visits
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import hand_over_team

pytestmark = pytest.mark.reps("raj", "lena")

ALONE = "Acme is known through Raj alone: meet them together."


def tick(dana: Person, *names: str) -> None:
    for name in names:
        opens(dana, name)
        modal(dana).picks("Key account")
        modal(dana).close_all()


def test_who_knows_each_key_account_is_one_page(dana: Person) -> None:
    dana.slash("/binder bench")
    assert "No key account yet." in modal(dana).text
    modal(dana).close_all()
    log_visits(dana, "Raj Rao", "Acme: Jo Lee\nHooli: Kim Ray\nInitech")
    log_visits(dana, "Lena Fox", "Hooli: Kim Ray")
    dana.slash("/binder account")
    assert "known through one person" not in modal(dana).text
    modal(dana).close_all()
    tick(dana, "Acme", "Hooli")
    dana.slash("/binder account")
    assert "1 of 2 key accounts is known through one person." in modal(dana).text
    modal(dana).clicks("Key accounts")
    shown = modal(dana).text
    assert "Acme\nKnown through Raj Rao alone · you have met them" in shown
    assert "Hooli\nKnown through Raj Rao and Lena Fox · you have met them" in shown
    assert "Initech" not in shown
    assert shown.index("Acme") < shown.index("Hooli")
    assert shown.count("Plan a field day") == 1
    modal(dana).clicks("Plan a field day")
    assert "A field day with Raj Rao" in modal(dana).text
    assert ALONE in modal(dana).text
    assert modal(dana).value("What for") == "Acme: meet them together"
    modal(dana).submit()
    modal(dana).close_all()
    dana.opens_home()
    dana.sees("field day with Raj Rao")


def test_a_field_day_that_is_proposed_names_one_and_why(world: World, dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    log_visits(dana, "Lena Fox", "Hooli: Kim Ray")
    tick(dana, "Acme")
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Plan a field day")
    assert ALONE in modal(dana).text
    modal(dana).close_all()
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Plan a field day")
    assert "meet them together" not in modal(dana).text
    modal(dana).close_all()
    # It is next by the rhythm: a field day a month, in every other week.
    go_to(world, date(2026, 12, 28))
    first = why(dana)
    go_to(world, date(2027, 1, 4))
    said = first + why(dana)
    assert f"Offer Raj a day for your next field day. {ALONE}" in said
    # Once somebody else was there, nothing is missing.
    log_visits(dana, "Lena Fox", "acme: Jo Lee")
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Plan a field day")
    assert "meet them together" not in modal(dana).text
    modal(dana).close_all()
    dana.slash("/binder bench")
    assert "No key account is known through one person alone." in modal(dana).text


def test_whose_rep_is_away_is_not_named(world: World, dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    tick(dana, "Acme")
    today = world.slack.clock.now().date()
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).clicks("Add time off")
    modal(dana).fill("From", today)
    modal(dana).fill("To", today + timedelta(days=4))
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/binder bench")
    assert "Known through Raj Rao alone" in modal(dana).text
    assert "Plan a field day" not in modal(dana).text
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Plan a field day")
    assert "meet them together" not in modal(dana).text


@pytest.mark.slow
def test_an_account_that_its_manager_never_met_is_offered_with_who_can_introduce_them(
    world: World, dana: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    log_visits(dana, "Lena Fox", "Acme: Jo Lee")
    tick(dana, "Acme")
    kim = world.person("Kim Ito")
    profile = Profile(kim.id, kim.name, "Europe/Berlin")
    people.save(world.database, world.workspace_id, [profile], world.slack.clock.now())
    hand_over_team(world, dana, kim)
    kim.slash("/binder bench")
    assert "1 you have yet to meet." in modal(kim).text
    assert "Known through Raj Rao and Lena Fox · you have yet to meet them" in modal(kim).text
    modal(kim).clicks("Plan a field day")
    assert "Raj knows Acme and can introduce you: meet them together." in modal(kim).text
    modal(kim).close_all()
    log_visits(kim, "Raj Rao", "Acme: Jo Lee")
    kim.slash("/binder bench")
    assert "yet to meet" not in modal(kim).text
    assert "Plan a field day" not in modal(kim).text


@pytest.mark.slow
def test_another_manager_of_the_same_rep_has_a_bench_of_their_own(
    world: World, dana: Person, raj: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    tick(dana, "Acme")
    kim = world.person("Kim Ito")
    world.team(kim, raj)
    kim.slash("/binder bench")
    assert "No key account yet." in modal(kim).text
    raj.slash("/binder bench")
    raj.sees("That is for a rep's manager alone.")


@pytest.mark.slow
def test_two_hundred_key_accounts_are_read_page_by_page(world: World, dana: Person) -> None:
    for first in range(0, 200, 20):
        names = [f"Firm {n:03}" for n in range(first, first + 20)]
        log_visits(dana, "Raj Rao", "\n".join(names))
    actor, now = world.actor(dana), world.slack.clock.now()
    for begins in range(0, 200, 30):
        for one in accounts.of_team(world.database, actor, begins, now).accounts:
            accounts.tick_key(world.database, actor, one.id, now, is_key=True)
    dana.slash("/binder bench")
    assert "200 of 200 key accounts are known through one person." in modal(dana).text
    for begins in range(0, 180, 30):
        assert f"{begins + 1} to {begins + 30} of 200" in modal(dana).text
        modal(dana).clicks("More")
    assert "181 to 200 of 200" in modal(dana).text
    assert "Firm 199" in modal(dana).text
    modal(dana).clicks("First")
    assert "Firm 000" in modal(dana).text
