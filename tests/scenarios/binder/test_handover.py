"""A team passes to a new manager from Slack: offered, seen first, taken; the rep reads it once, and
what was the first manager's alone stays with them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.contacts.touches import Channel, TouchEntry
from bot.domain.promises import Owner, PromiseEntry, RaisedEntry
from bot.screens.team.people import ensure_profiles
from bot.services import promises
from bot.services.binder.handover import by_operator
from bot.services.binder.person_copy import person_copy
from bot.services.contacts import private_notes, raising, touches
from slack_sandbox import Person
from storage.team import teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import presses_copy, pressing

WORDS = "You are in good hands with Kim."
STAYED = ("win the north", "a slow month", "wants a trial", "too many calls")
"""What was written and never shared."""


@pytest.fixture
def dana(world: World, raj: Person, lena: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, raj, lena)
    return manager


@pytest.fixture
def kim(world: World) -> Person:
    return world.person("Kim Ito", tz="America/New_York")


def beat(world: World) -> None:
    world.heart.beat(world.slack.clock.now())


def at(world: World, day: int, hour: int) -> None:
    world.slack.clock.move_to(datetime(2026, 11, day, hour, tzinfo=UTC))
    beat(world)


def meets(world: World, who: Person, weekday: int, hour: int) -> None:
    with world.database.writing(world.workspace_id) as tx:
        team = teams.of_manager(tx, who.id)
        assert team is not None
        settings = replace(team.settings, meeting_days=(weekday,), meeting_time=time(hour))
        teams.change(tx, team.id, settings)


HOUR = "The team meeting is Mon 15:00 on your clock from now on; before, it was Mon 09:00."


def offers(dana: Person, to: Person, reads: str = "") -> None:
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", to)
    modal(dana).fill("A word of yours", WORDS)
    modal(dana).submit()
    assert "Dana Moss writes: “You are in good hands with Kim.”" in modal(dana).text
    assert "Kim Ito manages your team from now on; before, it was Dana Moss." in modal(dana).text
    assert reads in modal(dana).text
    modal(dana).submit()
    assert "Kim Ito is asked" in modal(dana).text
    modal(dana).close_all()


def test_a_team_is_offered_seen_first_and_taken(
    world: World, dana: Person, kim: Person, raj: Person
) -> None:
    meets(world, dana, 0, 9)
    offers(dana, kim, reads=f"Raj Rao reads also: {HOUR}")
    beat(world)
    # It is four in the morning in New York.
    assert kim.dm == []
    at(world, 23, 14)
    assert "Dana Moss would like to pass the whole team (2 reps) to you." in kim.dm[-1].text
    assert not any("Kim Ito manages" in one.text for one in raj.dm)
    kim.clicks("Take it")
    kim.sees("You took over the whole team")
    kim.opens_home()
    kim.sees("Raj Rao")
    beat(world)
    beat(world)
    told = [one.text for one in raj.dm if "Kim Ito manages your team" in one.text]
    assert len(told) == 1
    assert WORDS in told[0]
    assert HOUR in told[0]
    assert "Kim Ito took over the team." in dana.dm[-1].text
    assert "What stayed with you is on your Home tab." in dana.dm[-1].text
    dana.slash("/binder @Raj Rao")
    dana.sees("no team here yet")


def test_whoever_offers_it_takes_it_back(world: World, dana: Person, kim: Person) -> None:
    offers(dana, kim)
    at(world, 23, 14)
    offered = kim.dm[-1]
    dana.opens_home()
    dana.sees("The team is offered to Kim Ito.")
    dana.clicks("Take back")
    beat(world)
    assert "took that back" in offered.text
    dana.opens_home()
    dana.sees_not("is offered to")


def test_not_so_is_told(world: World, dana: Person, kim: Person) -> None:
    offers(dana, kim)
    at(world, 23, 14)
    kim.clicks("Not so")
    beat(world)
    assert "would rather not, so the team stays with you" in dana.dm[-1].text
    dana.slash("/binder @Raj Rao")
    assert "Raj Rao" in modal(dana).text


def test_the_list_of_the_week_goes_on_with_the_team(
    world: World, dana: Person, kim: Person
) -> None:
    at(world, 30, 7)
    old = dana.dm[-1]
    assert "Your week" in old.text
    offers(dana, kim)
    at(world, 30, 15)
    kim.clicks("Take it")
    beat(world)
    beat(world)
    assert "This list went on with the team: it is Kim Ito's now." in old.text
    assert any("Your week" in one.text for one in kim.dm)
    kim.slash("/binder @Raj Rao")
    assert "With you since Mon 30 Nov, before with Dana Moss." in modal(kim).text


def test_what_stayed_is_read_closed_and_taken_by_the_first_manager(
    world: World, dana: Person, kim: Person, raj: Person
) -> None:
    now, database = world.slack.clock.now(), world.database
    manager = world.actor(dana)
    entry = TouchEntry(raj.id, Channel.CALL, now.date(), "the ferry")
    logged = touches.log_form(database, manager, entry, "form-ferry", now)
    private_notes.add(database, manager, logged.touch.id, "seems tired", "form-note")
    said = RaisedEntry("", "I may move away", between_us=True)
    raising.raise_something(database, world.actor(raj), said, "form-said", now)
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Results, looking back", "a slow month")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Umbrella: Ada Ek, wants a trial")
    modal(dana).clicks("More")
    modal(dana).fill("How they saw the day", "too many calls")
    modal(dana).submit()
    modal(dana).close_all()
    offers(dana, kim)
    at(world, 23, 14)
    kim.clicks("Take it")
    beat(world)
    kim.slash("/binder @Raj Rao")
    assert "win the north" not in modal(kim).text
    for kind, head in (("strategy session", "Strategy session"), ("field day", "Field day")):
        kim.picks("Open", beside=kind)
        assert "stays with them" in modal(kim).text
        assert head in modal(kim).text
        assert not [one for one in STAYED if one in modal(kim).text]
        assert ("Umbrella: Ada Ek" in modal(kim).text) is (kind == "field day")
        modal(kim).close()
    modal(kim).close_all()
    kim.slash("/binder account Umbrella")
    assert "Ada Ek" in modal(kim).text
    assert "wants a trial" not in modal(kim).text
    modal(kim).close_all()
    kim.opens_home()
    kim.sees_not("I may move away")
    dana.opens_home()
    dana.sees("What stayed with you · 1 private note, 2 talks you never shared, 1 word between us")
    dana.clicks("See")
    assert "\nPrivate note: seems tired" in modal(dana).text
    assert [one for one in STAYED if one not in modal(dana).text] == []
    modal(dana).close_all()
    raj.opens_home()
    raj.clicks("My copy")
    copy = raj.dm[-1].files
    (theirs,) = json.loads(copy["my-copy.json"])["teams"]
    assert [theirs["not_shown"][one] for one in ("shared", "for_themselves")] == [1, 3]
    assert not [one for one in STAYED if one in str(copy)]
    record = person_copy(database, world.workspace_id, raj.id, world.slack.clock.now())
    assert [one for one in STAYED if one not in str(record)] == []
    dana.clicks("As a file")
    dana.opens_home()
    dana.clicks("Close it", beside="I may move away")
    modal(dana).fill("A word to Raj Rao", "we talked it over")
    modal(dana).submit()
    beat(world)
    assert "Dana Moss" in raj.dm[-1].text
    assert "I may move away" in raj.dm[-1].text


@pytest.fixture
def nora(world: World) -> Person:
    """A manager with a team of her own."""
    manager = world.person("Nora Lind")
    world.team(manager, world.person("Tom Ash"))
    return manager


def offers_to(dana: Person, to: Person, rep: str = "", reads: str = "") -> None:
    if rep:
        dana.opens_home()
        dana.picks("Settings", beside=rep)
        modal(dana).clicks("Pass to another manager")
    else:
        dana.slash("/team")
        modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", to)
    modal(dana).submit()
    assert reads in modal(dana).text
    modal(dana).submit()
    modal(dana).close_all()


def team_words(person: Person) -> str:
    person.opens_home()
    return person.screen()


def test_two_teams_are_joined_where_the_receiver_says_so(
    world: World, dana: Person, nora: Person, raj: Person
) -> None:
    at(world, 30, 7)
    listed = next(one for one in dana.dm if "Your week" in one.text)
    dana.slash("/touch @Raj Rao call about the Acme renewal")
    offers_to(dana, nora)
    beat(world)
    nora.clicks("Take it")
    nora.sees("You lead a team already.")
    nora.clicks("Join the teams")
    beat(world)
    for name in ("Raj Rao", "Lena Fox", "Tom Ash"):
        assert name in team_words(nora)
    nora.slash("/binder @Raj Rao")
    assert "about the Acme renewal" in modal(nora).text
    beat(world)
    assert sum("Nora Lind manages your team" in one.text for one in raj.dm) == 1
    # Whoever gave theirs away begins as somebody new does; what is old says whose it is now.
    home = team_words(dana)
    assert "Add your reps" in home
    assert "Raj Rao" not in home
    assert "This list went on with the team: it is Nora Lind's now." in listed.text
    raj.opens_home()
    raj.sees("went along to Nora Lind")
    dana.slash("/touch @Raj Rao call")
    dana.sees("Add")
    dana.slash("/team")
    assert "Raj Rao" not in modal(dana).text


def test_who_passes_one_rep_on_is_told_where_what_stayed_is(
    world: World, dana: Person, nora: Person
) -> None:
    world.slack.clock.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC))
    dana.slash("/touch @Raj Rao call about the Acme renewal")
    offers_to(dana, nora, "Raj Rao")
    beat(world)
    nora.clicks("Take it")
    nora.sees("You took over Raj Rao from Dana Moss.")
    beat(world)
    dana.sees("Nora Lind took over Raj Rao. What stayed with you is in Raj Rao's binder.")
    dana.slash("/binder @Raj Rao")
    assert "Left your team on Mon 23 Nov. All of it stays here." in modal(dana).text


QUOTES = "quotes take four days"


@pytest.mark.parametrize("rep", ["", "Raj Rao"], ids=["the team", "one rep"])
def test_nobody_reads_the_word_of_an_earlier_manager_as_that_of_the_new(
    world: World, dana: Person, kim: Person, raj: Person, rep: str
) -> None:
    now = world.slack.clock.now()
    by = now.date() + timedelta(days=2)
    database, actor = world.database, world.actor(dana)
    for owner, what in ((Owner.MANAGER, "price sheet"), (Owner.REP, "call Acme")):
        entry = PromiseEntry(raj.id, owner, what, by)
        promises.make(database, actor, entry, f"form-{what}", now, raised=False)
    entry = PromiseEntry(raj.id, Owner.MANAGER, QUOTES, by)
    promises.make(database, actor, entry, "form-raised", now, raised=True)
    offers_to(dana, kim, rep)
    at(world, 23, 14)
    kim.clicks("Take it")
    beat(world)
    kim.slash("/todo")
    kim.sees("Where it comes from")
    assert "You took it on" not in kim.screen()
    assert "You told Raj" not in kim.screen()
    raj.opens_home()
    raj.sees("as Dana Moss told you")
    raj.sees("Dana Moss noted for you")
    raj.sees(f"“{QUOTES}” · taken on, by Wed 25 Nov; Kim Ito has it now")


def test_a_team_waits_until_the_receivers_own_has_passed_on(
    world: World, dana: Person, nora: Person, kim: Person
) -> None:
    offers_to(dana, nora)
    beat(world)
    nora.clicks("Take it")
    nora.clicks("Wait")
    beat(world)
    assert "takes the team once the one they lead has passed on" in dana.dm[-1].text
    assert "Raj Rao" not in team_words(nora)
    offers_to(nora, kim)
    at(world, 23, 14)
    kim.clicks("Take it")
    beat(world)
    assert "Raj Rao" in team_words(nora)
    assert "Tom Ash" in team_words(kim)


def test_whom_an_operator_gives_it_to_hears_first_and_introduces(
    world: World, dana: Person, kim: Person, raj: Person
) -> None:
    at(world, 23, 10)
    dana.is_deactivated()
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    now, before = world.slack.clock.now(), len(raj.dm)
    by_operator(
        world.database, world.workspace_id, dana.id, kim.id, None, now, join=False, dry_run=False
    )
    beat(world)
    # It is five in the morning in New York.
    assert kim.dm == []
    at(world, 23, 15)
    beat(world)
    (hello,) = kim.dm
    assert "Hello from Windshield. This team is yours here now" in hello.text
    assert len(raj.dm) == before
    hello.clicks("See and send")
    modal(kim).submit()
    beat(world)
    assert "Kim Ito" in raj.dm[-1].text


def test_a_rep_passes_to_another_manager(
    world: World, dana: Person, nora: Person, raj: Person
) -> None:
    dana.slash("/touch @Raj Rao call about the Acme renewal")
    offers_to(dana, nora, rep="Raj Rao")
    beat(world)
    assert "would like to pass Raj Rao to you" in nora.dm[-1].text
    nora.clicks("Take it")
    beat(world)
    assert "Raj Rao" in team_words(nora)
    nora.slash("/binder @Raj Rao")
    assert "about the Acme renewal" in modal(nora).text
    assert "before with Dana Moss." in modal(nora).text
    beat(world)
    assert any("Nora Lind manages you from now on" in one.text for one in raj.dm)


@pytest.mark.parametrize("rep", ["", "Raj Rao"], ids=["the team", "one rep"])
def test_who_comes_to_a_team_that_meets_at_another_hour_reads_when(
    world: World, dana: Person, nora: Person, raj: Person, rep: str
) -> None:
    hour = "The team meeting is Tue 10:00 on your clock from now on."
    meets(world, dana, 0, 9)
    meets(world, nora, 1, 10)
    offers_to(dana, nora, rep=rep, reads=f"Raj Rao reads also: {hour}")
    beat(world)
    nora.clicks("Take it")
    if not rep:
        nora.clicks("Join the teams")
    beat(world)
    (told,) = (one.text for one in raj.dm if "Nora Lind manages you" in one.text)
    assert hour in told


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ("Raj Rao", "That is a rep of this very team."),
        ("Dana Moss", "does not lead it already"),
        ("Windbot", "not a bot"),
        ("Gone Gus", "someone who has left"),
    ],
)
def test_whom_it_cannot_go_to(world: World, dana: Person, raj: Person, who: str, says: str) -> None:
    people = {"Raj Rao": raj, "Dana Moss": dana}
    if who == "Windbot":
        people[who] = world.slack.add_person(who, bot=True)
    if who == "Gone Gus":
        people[who] = world.person(who)
        people[who].is_deactivated()
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", people[who])
    modal(dana).fill("A word of yours", WORDS)
    modal(dana).submit()
    assert says in str(modal(dana).errors)
    assert modal(dana).value("A word of yours") == WORDS


def test_two_offers_at_once_and_a_stranger(
    world: World, dana: Person, kim: Person, nora: Person, raj: Person
) -> None:
    offers(dana, kim)
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", nora)
    modal(dana).submit()
    modal(dana).submit()
    assert "on offer already" in str(modal(dana).errors)
    modal(dana).close_all()
    at(world, 23, 14)
    offered = kim.dm[-1]
    for person, label in ((nora, "Take it"), (raj, "Not so"), (dana, "Take it")):
        presses_copy(person, offered, label)
    assert "Raj Rao" in team_words(dana)
    assert "Raj Rao" not in team_words(nora)
    kim.clicks("Take it")
    for action in ("handover.take", "handover.decline", "handover.wait", "handover.join"):
        pressing(world, kim, action, '{"subject": 1}')
        pressing(world, nora, action, '{"subject": 1}')
    pressing(world, dana, "handover.withdraw", '{"subject": 1}')
    assert "Raj Rao" in team_words(kim)


@pytest.mark.parametrize("rep", ["", "Raj Rao"], ids=["the team", "one rep"])
def test_who_is_back_before_they_read_that_they_had_gone_reads_nothing(
    world: World, dana: Person, kim: Person, raj: Person, rep: str
) -> None:
    offers_to(dana, kim, rep=rep)
    at(world, 23, 20)
    kim.clicks("Take it")
    at(world, 23, 21)
    offers_to(kim, dana, rep=rep)
    at(world, 23, 22)
    dana.opens_home()
    dana.clicks("Take it")
    if rep:
        beat(world)
    for hour in (8, 9):
        at(world, 24, hour)
    assert not any("from now on" in one.text for one in raj.dm)
    dana.opens_home()
    dana.sees("Raj Rao")


@pytest.mark.parametrize("rep", ["", "Raj Rao"], ids=["the team", "one rep"])
def test_who_goes_on_twice_in_a_night_reads_it_once(
    world: World, dana: Person, kim: Person, raj: Person, rep: str
) -> None:
    ken = world.person("Ken Lund", tz="America/New_York")
    offers_to(dana, kim, rep=rep)
    at(world, 23, 20)
    kim.clicks("Take it")
    at(world, 23, 21)
    offers_to(kim, ken, rep=rep)
    at(world, 23, 22)
    ken.clicks("Take it")
    for hour in (8, 9):
        at(world, 24, hour)
    (told,) = (one.text for one in raj.dm if "from now on" in one.text)
    assert "Ken Lund manages" in told
    assert "before, it was Dana Moss." in told
