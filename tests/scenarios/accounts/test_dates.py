"""Account dates: typed where people type, on the account's page, and on the list in their weeks."""

import json
from datetime import date, timedelta

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.workspaces.who_sees import Thing
from bot.exchange.json_export import to_json
from bot.services.accounts import accounts
from bot.services.binder import export
from bot.services.binder.own_copy import own_copy
from slack_sandbox import Person
from tests.scenarios.accounts.test_accounts import opens
from tests.scenarios.accounts.test_transition import log_visits, pass_on
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


def go_to(world: World, day: date) -> None:
    """To the morning of that day."""
    now = world.slack.clock.now()
    world.slack.clock.advance(timedelta(days=(day - now.date()).days))


def why(dana: Person, rep: str = "Raj Rao") -> str:
    """All reasons there are for that rep this week."""
    dana.slash("/todo")
    dana.slash(f"/binder @{rep}")
    dana.picks("Why this reason?")
    said = modal(dana).text
    modal(dana).close_all()
    return said


def page(dana: Person, typed: str = "acme") -> str:
    said = opens(dana, typed)
    modal(dana).close_all()
    return said


def test_a_date_typed_in_a_visit_comes_up_six_and_two_weeks_before(
    world: World, dana: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March, wants a trial")
    assert dana.sees("Acme · renewal · Mon 1 Mar 2027")
    assert "Mon 1 Mar 2027 · renewal" in page(dana)
    go_to(world, date(2027, 1, 11))
    assert "renewal" not in why(dana)
    go_to(world, date(2027, 1, 18))
    said = why(dana)
    assert "Acme's “renewal” is on Mon 1 Mar. Ask Raj who there should hear from us" in said
    assert "From your field day on Mon 23 Nov 2026" in said
    assert "renewal" not in why(dana, "Lena Fox")
    go_to(world, date(2027, 2, 15))
    assert "renewal" in why(dana)
    go_to(world, date(2027, 3, 1))
    assert "renewal" not in why(dana)


def test_what_was_read_and_is_none_is_not_read_again(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March")
    dana.clicks("Not a date")
    dana.sees("Not a date: Acme · renewal · Mon 1 Mar 2027")
    assert "renewal ·" not in page(dana)
    dana.clicks("Edit")
    modal(dana).fill("One focus", "open calls")
    modal(dana).submit()
    assert "Mon 1 Mar 2027 ·" not in page(dana)
    dana.clicks("Put it back")
    dana.sees("Noted: Acme · renewal · Mon 1 Mar 2027")
    assert "Mon 1 Mar 2027 · renewal" in page(dana)


def test_dates_follow_the_words_they_were_read_in(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March\nHooli")
    dana.clicks("Edit")
    modal(dana).fill("Visits", "Acme: Jo Lee, renewal 8 March\nHooli: Ann Ode, audit on 3 May")
    modal(dana).submit()
    assert dana.sees("Acme · renewal · Mon 8 Mar 2027")
    assert dana.sees("Hooli · audit · Mon 3 May 2027")
    assert "1 Mar" not in page(dana)
    dana.clicks("Undo")
    dana.slash("/binder account acme")
    dana.sees("No visit to “acme” is written down yet.")
    dana.clicks("Put it back")
    assert "Mon 8 Mar 2027 · renewal" in page(dana)


@pytest.mark.slow
def test_a_next_step_at_a_customer_says_a_date_too(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    opens(dana, "acme")
    modal(dana).clicks("Open", beside="Raj Rao")
    modal(dana).clicks("Visit details")
    modal(dana).fill("Next step there", "board meeting 2027-02-03")
    modal(dana).submit()
    modal(dana).close_all()
    dana.sees("A date I read there:")
    dana.sees("Acme · board meeting · Wed 3 Feb 2027")
    assert "Wed 3 Feb 2027 · board meeting" in page(dana)


def hold(dana: Person, plan: str) -> None:
    """A session whose key-account plan says that."""
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).fill("Plan", plan)
    for _ in range(3):
        modal(dana).submit()
    modal(dana).fill("Note for both of you", "thank you")
    modal(dana).submit()
    modal(dana).close()


@pytest.mark.slow
def test_the_plan_of_an_accounts_topic_says_dates_once(world: World, dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee\nHooli")
    hold(dana, "Acme: renewal 1 March, Kim takes part\nHooli is quiet\nGlobex tender 3 May")
    dana.sees("Acme · renewal · Mon 1 Mar 2027")
    dana.sees_not("tender ·")
    # The plan still stands when its day is over, and means no other year.
    go_to(world, date(2027, 3, 10))
    hold(dana, "Acme: renewal 1 March, Kim takes part\nHooli: audit 5 April")
    said = page(dana)
    assert "Mon 1 Mar · renewal" in said
    assert "2028" not in said
    assert "Mon 5 Apr · audit" in page(dana, "hooli")


def test_a_date_is_typed_behind_the_account(dana: Person, raj: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    dana.slash("/binder account ACME renewal 1 March")
    dana.sees("Noted: Acme · renewal · Mon 1 Mar 2027")
    dana.sees("Your list brings it up with Raj Rao, six and two weeks before.")
    dana.clicks("Undo")
    dana.sees("Not a date: Acme · renewal · Mon 1 Mar 2027")
    dana.clicks("Put it back")
    dana.clicks("Open account")
    assert "Mon 1 Mar 2027 · renewal" in modal(dana).text
    modal(dana).close_all()
    for typed, said in (
        ("acme renewal 3/1", "Write one, with its month by name, as in 3 Jan."),
        ("acme renewal 30 Feb", "The calendar has no such day."),
        ("acme renewal Tue 1 March", "That date is another weekday."),
        ("acme renewal 1 March 2020", "That day is over."),
        ("acme renewal 1 March 2099", "That is more than a year ahead."),
        ("acme 1 March", "What is on that day?"),
        (f"acme {'very ' * 15} late 1 March", "That is too long."),
    ):
        dana.slash(f"/binder account {typed}")
        dana.sees(said)
    dana.slash("/binder account globex renewal 1 March")
    dana.sees("No visit to “globex renewal 1 March” is written down yet.")
    raj.slash("/binder account acme renewal 1 March")
    raj.sees("That is for a rep's manager alone.")
    assert page(dana).count("renewal") == 1


def test_dates_on_the_page_of_the_account(world: World, dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    opens(dana, "acme")
    modal(dana).clicks("Add a date")
    modal(dana).fill("What is on that day", "Renewal")
    modal(dana).fill("Day", "2026-11-02")
    modal(dana).submit()
    assert modal(dana).errors == {"Day": "That day is over. Pick today or a later day."}
    modal(dana).fill("Day", "2028-11-02")
    modal(dana).submit()
    assert "more than a year ahead" in modal(dana).errors["Day"]
    modal(dana).fill("Day", "2027-01-04")
    modal(dana).submit()
    assert "Mon 4 Jan 2027 · Renewal" in modal(dana).text
    modal(dana).close_all()
    go_to(world, date(2026, 11, 30))
    assert "Acme's “Renewal” is on Mon 4 Jan 2027. Ask Raj" in why(dana)
    # Moved, the lead times follow.
    opens(dana, "acme")
    modal(dana).picks("Move", beside="Renewal")
    modal(dana).fill("Day", "2027-02-01")
    modal(dana).submit()
    assert "Mon 1 Feb 2027 · Renewal" in modal(dana).text
    modal(dana).clicks("Move it back", beside="Moved; it was on Mon 4 Jan 2027.")
    assert "Mon 4 Jan 2027 · Renewal" in modal(dana).text
    modal(dana).picks("Move", beside="Renewal")
    modal(dana).fill("Day", "2027-02-01")
    modal(dana).submit()
    modal(dana).close_all()
    assert "Renewal" not in why(dana)
    go_to(world, date(2026, 12, 21))
    assert "Acme's “Renewal” is on Mon 1 Feb 2027. Ask Raj" in why(dana)
    opens(dana, "acme")
    modal(dana).picks("Done", beside="Renewal")
    assert "Done or over: Mon 1 Feb 2027 · Renewal" in modal(dana).text
    modal(dana).close_all()
    assert "Renewal" not in why(dana)
    opens(dana, "acme")
    modal(dana).clicks("Add a date")
    modal(dana).fill("What is on that day", "Board")
    modal(dana).fill("Day", "2027-01-11")
    modal(dana).submit()
    modal(dana).picks("Remove", beside="Board")
    assert "It comes up no more." in modal(dana).text
    assert "Board" not in modal(dana).text
    modal(dana).clicks("Put it back")
    assert "Mon 11 Jan 2027 · Board" in modal(dana).text


@pytest.mark.slow
def test_dates_go_with_the_account_under_each_of_its_spellings(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme Robotics Europe: Jo Lee, renewal 1 March\nAcme: Kim Ray")
    log_visits(dana, "Lena Fox", "ARE: Ann Ode, audit 3 May")
    # A form that is open while its account becomes one with another.
    opens(dana, "ARE")
    modal(dana).picks("Same as …")
    modal(dana).fill("Account", "Acme Robotics Europe")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/binder account are tender 4 June")
    dana.sees("Acme Robotics Europe · tender · Fri 4 Jun 2027")
    said = page(dana, "acme robotics europe")
    assert "renewal" in said
    assert "audit" in said
    assert "tender" in said
    opens(dana, "ARE")
    modal(dana).picks("Not the same")
    modal(dana).fill("Spelling", "ARE")
    modal(dana).submit()
    assert "renewal" in modal(dana).text
    assert "audit" not in modal(dana).text
    modal(dana).close_all()
    said = page(dana, "ARE")
    assert "audit" in said
    assert "tender" in said
    assert "renewal" not in said


@pytest.mark.slow
def test_a_form_whose_account_was_merged_meanwhile_keeps_what_is_typed(
    world: World, dana: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee\nAcme Ltd: Kim Ray")
    actor, now = world.actor(dana), world.slack.clock.now()
    pages = [accounts.find(world.database, actor, name, now).page for name in ("Acme", "Acme Ltd")]
    acme, limited = (one.account.id for one in pages if one is not None)
    opens(dana, "acme")
    modal(dana).clicks("Add a date")
    modal(dana).fill("What is on that day", "Renewal")
    modal(dana).fill("Day", "2027-01-04")
    accounts.merge(world.database, actor, acme, limited, now)
    modal(dana).submit()
    assert "That is not there any more." in modal(dana).text
    assert modal(dana).value("What is on that day") == "Renewal"


@pytest.mark.slow
def test_who_takes_an_account_over_is_asked(world: World, dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Northwind: Jo Lee, renewal 1 March")
    pass_on(dana, "Northwind")
    modal(dana).close_all()
    go_to(world, date(2027, 1, 18))
    assert "Ask Lena who there should hear from us before." in why(dana, "Lena Fox")
    assert "renewal" not in why(dana)


@pytest.mark.slow
def test_where_nobody_is_left_who_knows_them_home_has_it_and_no_list(
    world: World, dana: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).fill("End date", "2026-11-24")
    modal(dana).submit()
    go_to(world, date(2026, 11, 30))
    dana.slash("/binder account acme renewal 18 January")
    dana.sees("Nobody on your team knows them yet. Your Home brings it up, six weeks before.")
    assert "renewal" not in why(dana, "Lena Fox")
    dana.opens_home()
    assert dana.home is not None
    assert "renewal" not in dana.home.text
    go_to(world, date(2026, 12, 7))
    dana.opens_home()
    dana.sees("Acme · renewal · Mon 18 Jan 2027\nNobody on your team knows them yet: who could?")
    dana.home.clicks("Open", beside="renewal")
    assert "Mon 18 Jan 2027 · renewal" in modal(dana).text
    modal(dana).close_all()
    # Once somebody was there, it is in their row, and on Home no more.
    log_visits(dana, "Lena Fox", "Acme: Jo Lee")
    assert "Acme's “renewal” is on Mon 18 Jan 2027. Ask Lena" in why(dana, "Lena Fox")
    dana.opens_home()
    assert "who could?" not in dana.home.text


def test_dates_are_in_the_export_and_for_nobody_else(
    world: World, dana: Person, raj: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March")
    kim = world.person("Kim Ito")
    world.team(kim, raj)
    kim.slash("/binder account acme renewal 1 March")
    kim.sees("is written down yet.")
    now = world.slack.clock.now()
    record = export.export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    (said,) = json.loads("".join(to_json(record, now)))["account_dates"]
    assert (said["account"], said["what"], said["day"]) == ("Acme", "renewal", "2027-03-01")
    assert said["said"][0]["contact"]["kind"] == "field_day"


def test_a_rep_reads_what_is_soon_at_accounts_they_know(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March\nHooli")
    hold(dana, "Acme: board meeting 3 March")
    raj.opens_home()
    raj.sees_not("Coming up at your accounts")
    go_to(world, date(2027, 1, 20))
    raj.opens_home()
    raj.sees("Coming up at your accounts\nAcme · renewal · Mon 1 Mar")
    # What a plan says is theirs once it is shared.
    raj.sees_not("board meeting")
    lena.opens_home()
    lena.sees_not("renewal")
    dana.slash("/binder account hooli audit 8 Feb")
    raj.opens_home()
    raj.sees("Hooli · audit · Mon 8 Feb\nAcme · renewal · Mon 1 Mar")
    opens(dana, "hooli")
    modal(dana).picks("Done", beside="audit")
    modal(dana).close_all()
    raj.opens_home()
    raj.sees_not("audit")


def test_typed_after_a_visit_said_it_a_date_stands_once_with_both(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March")
    dana.slash("/binder account acme renewal 1.3.")
    dana.sees("Acme · renewal · Mon 1 Mar 2027 stands there already, from your field day on")
    assert "[Undo] [Open account]" not in dana.ephemerals[-1].text
    said = page(dana)
    assert said.count("Mon 1 Mar 2027 · renewal") == 1
    assert "From your field day on Mon 23 Nov and the date noted on Mon 23 Nov" in said
    opens(dana, "acme")
    modal(dana).clicks("Add a date")
    modal(dana).fill("What is on that day", "Renewal")
    modal(dana).fill("Day", "2027-03-01")
    modal(dana).submit()
    assert modal(dana).text.count("Mon 1 Mar 2027 · ") == 1


def test_two_dates_in_a_line_are_two_each_with_its_way_back(dana: Person) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    dana.slash("/binder account acme renewal 1 March and audit 3 May")
    dana.sees("Noted 2 dates:")
    dana.clicks("Not a date", beside="audit")
    said = page(dana)
    assert "renewal" in said
    assert "audit" not in said
    dana.clicks("Put it back")
    assert "audit" in page(dana)


@pytest.mark.slow
def test_a_rep_has_the_dates_of_their_own_accounts_in_a_copy(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee, renewal 1 March")
    hold(dana, "Acme: board meeting 3 May")
    now = world.slack.clock.now()

    def copied(rep: Person) -> str:
        copy = own_copy(world.database, world.actor(rep), now)
        return str([team.shown.get(Thing.ACCOUNTS) for team in copy.teams])

    assert "'what': 'renewal'" in copied(raj)
    assert "renewal" not in copied(lena)
    # What a plan says is theirs once it is shared.
    assert "board meeting" not in copied(raj)
    dana.clicks("Preview as Raj Rao", beside="strategy session")
    modal(dana).submit()
    assert "board meeting" in copied(raj)


@pytest.mark.parametrize(
    ("visits", "typed", "opens_on"),
    [
        ("Acme: Jo Lee, renewal 4 January", "acme", "Field day with Raj Rao"),
        ("Acme: Jo Lee", "acme renewal 4 January", "Mon 4 Jan 2027 · renewal"),
    ],
)
@pytest.mark.slow
def test_where_it_comes_from_is_opened(
    world: World, dana: Person, visits: str, typed: str, opens_on: str
) -> None:
    log_visits(dana, "Raj Rao", visits)
    dana.slash(f"/binder account {typed}")
    go_to(world, date(2026, 11, 30))
    dana.slash("/todo")
    dana.picks("Where it comes from", beside="Acme's “renewal” is on Mon 4 Jan 2027")
    assert opens_on in modal(dana).text


@pytest.mark.parametrize(
    ("day", "comes"),
    [
        ("4 Jan", "Your list brings it up with Raj Rao, six and two weeks before."),
        ("3 Jan", "Your list brings it up with Raj Rao, two weeks before at the latest."),
        ("7 Dec", "Your list brings it up with Raj Rao, two weeks before at the latest."),
        ("6 Dec", "It is near: bring it up with Raj Rao when you next talk."),
        ("today", "It is near: bring it up with Raj Rao when you next talk."),
    ],
)
def test_what_is_said_of_a_date_is_what_is_still_to_come(
    world: World, dana: Person, day: str, comes: str
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    dana.slash(f"/binder account Acme renewal {day}")
    dana.sees(comes)
    if "two weeks" in comes:
        go_to(world, date(2026, 11, 23) if day == "7 Dec" else date(2026, 12, 21))
        assert "Acme's “renewal” is on" in why(dana)


@pytest.mark.parametrize(
    "typed", ["Q1", "in 3 weeks", "1 March at 10:00", "1 März", "on the 15th", "next month"]
)
def test_words_behind_an_account_that_name_no_day_are_said_back_with_the_way(
    dana: Person, typed: str
) -> None:
    log_visits(dana, "Raj Rao", "Acme: Jo Lee")
    dana.slash(f"/binder account Acme GmbH renewal {typed}")
    dana.sees(f"“Acme GmbH renewal {typed}” is no account, and names no day at its end.")
    dana.sees("/binder account Acme renewal 1 March.")
    dana.clicks("Open Acme")
    assert "renewal" not in modal(dana).text
