"""What is heard of the market, and who knows key accounts, on a phone: nothing is moved sideways,
however long the names of tags."""

import pytest
from playwright.sync_api import expect

from slack_sandbox import Person
from tests.browser.conftest import Visit
from tests.scenarios.accounts.test_bench import tick
from tests.scenarios.accounts.test_market import rides
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import team_of


@pytest.fixture
def people(world: World) -> tuple[Person, Person]:
    """A manager who heard of one thing at three customers, and of others at one; and a rep."""
    manager = world.person("Dana Moss")
    sam, lena, raj = team_of(world, manager, 3)
    for rep, account in ((sam, "Acme"), (lena, "Hooli"), (raj, "Globex")):
        heard = f"sixty days #payment-terms\ntwice a week #delivery-times-{account}"
        rides(manager, rep.name, f"{account}: Jo Lee, renewal 1 March", heard)
    tick(manager, "Acme")
    return manager, sam


@pytest.fixture
def dana(people: tuple[Person, Person]) -> Person:
    return people[0]


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_the_market_fits_a_phone(visit: Visit, dana: Person, *, dark: bool) -> None:
    name = "phone-market-dark" if dark else "phone-market"
    look = visit(dana, phone=True, dark=dark)
    look.writes("/binder market")
    look.sees("Something for the team?")
    look.tab.get_by_text("As a table").last.click()
    number = look.tab.locator(".as-table td[data-of='delivery-times-Acme']").last
    expect(number).to_be_visible()
    look.shoots(name)
    dana.ephemerals[-1].clicks("Open", beside="payment-terms")
    look.sees("First heard")
    look.shoots(f"{name}-tag")


@pytest.mark.slow
def test_key_accounts_and_their_dates_fit_a_phone(visit: Visit, dana: Person) -> None:
    look = visit(dana, phone=True)
    look.writes("/binder bench")
    look.sees("alone")
    look.shoots("phone-bench")
    look.tab.get_by_role("button", name="Plan a field day").last.click()
    look.sees("meet them together")
    look.shoots("phone-field-day-proposed")
    look.form("Plan a field day").get_by_role("button", name="Cancel").last.click()
    look.form("Key accounts").get_by_role("button", name="Close").last.click()
    dana.slash("/binder account Acme")
    look.form("Account")
    look.shoots("phone-account")
    look.form("Account").get_by_role("button", name="Close").last.click()
    dana.slash("/binder account Acme board meeting 15 Dec and renewal 1 March")
    look.sees("Noted 2 dates:")
    look.shoots("phone-dates-noted")


@pytest.mark.slow
def test_what_is_asked_of_a_tag_fits_a_phone(visit: Visit, dana: Person) -> None:
    look = visit(dana, phone=True)
    rides(
        dana,
        "Sam Stone",
        "Umbrella",
        "ninety days #payment-term #a-tag-of-forty-letters-is-the-longest",
    )
    look.sees("Did you mean")
    look.shoots("phone-market-asked")
    look.writes("/binder market")
    look.sees("As a table")
    look.sees("No, keep payment-term")
    look.shoots("phone-market-page")
    dana.ephemerals[-1].clicks("Yes, payment-terms")
    look.sees("stands under")
    look.shoots("phone-market-merged")
    dana.ephemerals[-1].picks("Tags", beside="ninety days")
    look.form("Tags").get_by_label("New tag").first.wait_for()
    look.shoots("phone-market-tags")
    look.form("Tags").get_by_role("button", name="Cancel").last.click()
    dana.slash("/fieldday @Sam Stone")
    modal(dana).clicks("More")
    look.form("Field day").get_by_text("Heard of market").first.scroll_into_view_if_needed()
    look.shoots("phone-market-form")


@pytest.mark.slow
def test_what_is_soon_at_their_accounts_fits_a_reps_phone(
    visit: Visit, people: tuple[Person, Person]
) -> None:
    dana, sam = people
    dana.slash("/binder account Acme board meeting 15 Dec")
    look = visit(sam, phone=True)
    sam.opens_home()
    look.tab.get_by_role("link", name="Home", exact=True).click()
    look.sees("Coming up at your accounts")
    look.shoots("phone-rep-home-dates")


@pytest.mark.slow
def test_what_goes_into_calendars_fits_a_phone(visit: Visit, dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    dana.picks("Plan a session")
    modal(dana).submit()
    modal(dana).close_all()
    look = visit(dana, phone=True)
    look.tab.locator("button.overflow").last.click()
    look.sees("Calendar file")
    look.shoots("phone-calendar-file")
    dana.opens_home()
    dana.clicks("Calendar address")
    look.sees("Make an address")
    look.shoots("phone-calendar-address")
    modal(dana).submit()
    look.sees("Copy it now")
    look.shoots("phone-calendar-address-made")
