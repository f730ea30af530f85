"""The week wherever it is shown: one message of many pages, Home, the binder, a form, a channel."""

from datetime import date, timedelta

import pytest

from bot.domain.promises import Owner
from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from slack_sandbox.faults import Answer
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import (
    at,
    beat,
    chooses,
    list_of,
    lists_of,
    modal,
    reason,
    row,
    team_of,
)
from tests.scenarios.workspaces.trouble import held

MONDAY = date(2026, 11, 30)
TUESDAY = MONDAY + timedelta(days=1)
ACME = "Acme price sheet"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, whom Dana promised something; Lena, of whom she wrote a line; Raj and Ines."""
    found = team_of(world, dana, 4)
    promise(world, dana, found[0], ACME, due=date(2026, 12, 2))
    lines = {found[1].id: "the Hooli renewal"}
    setup.set_first_lines(world.database, world.actor(dana), lines, world.slack.clock.now())
    return found


def listed(world: World, manager: Person) -> Person:
    """That manager on Monday at eight, when the list has come."""
    at(world, MONDAY, 8)
    return manager


def home_of(person: Person) -> str:
    person.opens_home()
    assert person.home is not None
    return person.home.text


# A team of sixty.


@pytest.mark.slow
def test_sixty_reps_are_on_the_pages_of_one_message_each_once(world: World, dana: Person) -> None:
    reps = team_of(world, dana, 60)
    listed(world, dana)
    message = list_of(dana)
    pages = [message.text]
    while "[More]" in message.text:
        message.clicks("More")
        pages.append(message.text)
    assert len(pages) > 1
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    for rep in reps:
        assert "".join(pages).count(f"{rep.name} · ") == 1
    assert "Page 1 of" in pages[0]
    message.clicks("Earlier")
    assert message.text == pages[-2]
    assert lists_of(dana) == [message]


@pytest.mark.slow
def test_what_is_pressed_on_the_second_page_stays_there(world: World, dana: Person) -> None:
    reps = team_of(world, dana, 60)
    listed(world, dana)
    message = list_of(dana)
    message.clicks("More")
    here = next(rep for rep in reversed(reps) if rep.name in message.text)
    chooses(message, "Done", here.name)
    assert "Page 2 of" in message.text
    assert "1 of 60 done" in message.text
    message.picks("Move", beside="Tom Ash")
    modal(dana).fill("To", "Tomorrow, Tue 1 Dec")
    modal(dana).submit()
    assert "Page 2 of" in message.text
    dana.slash("/touch @Sam Stone call about the Acme renewal")
    beat(world)
    assert "2 of 60 done" in message.text
    assert "Page 2 of" in message.text
    at(world, TUESDAY, 6)
    assert "Page 2 of" in message.text


@pytest.mark.slow
def test_a_look_at_next_week_has_pages_too(world: World, dana: Person) -> None:
    reps = team_of(world, dana, 60)
    listed(world, dana).slash("/todo next")
    answer = dana.ephemerals[-1]
    pages = [answer.text]
    while "[More]" in answer.text:
        answer.clicks("More")
        pages.append(answer.text)
    assert [("".join(pages)).count(f"{rep.name} · ") for rep in reps] == [1] * 60
    assert "Your week, 7–11 Dec" in pages[-1]
    assert "A look at next week; it can still change." in pages[-1]


# `/todo`.


def test_in_a_channel_nobody_else_sees_the_list(
    world: World, dana: Person, reps: list[Person]
) -> None:
    channel = world.slack.add_channel("emea-sales", [dana, *reps])
    listed(world, dana).slash("/todo", channel)
    dana.ephemerals[-1].clicks("Done", beside=list_of(dana).text.splitlines()[2].split(" · ")[0])
    dana.sees("✓")
    assert all(answer.ephemeral for answer in dana.ephemerals)
    assert dana.channel_messages(channel) == []
    for rep in reps:
        assert rep.ephemerals == []
        rep.sees_not("Your week")


@pytest.mark.usefixtures("reps")
@pytest.mark.slow
def test_the_list_in_a_channel_goes_on_working_however_often_it_is_pressed(
    world: World, dana: Person
) -> None:
    listed(world, dana).slash("/todo")
    for _ in range(7):
        before = reason(dana.ephemerals[-1].text, "Sam Stone")
        chooses(dana.ephemerals[-1], "Another reason", "Sam Stone")
        dana.ephemerals[-1].clicks("This one")
        assert reason(dana.ephemerals[-1].text, "Sam Stone") != before
    assert len(dana.ephemerals) == 3, "Slack changes each five times"
    world.slack.clock.advance(timedelta(hours=1))
    chooses(dana.ephemerals[0], "Done", "Lena Fox")
    dana.sees("✓ Lena Fox · today")
    assert "1 of 4 done" in dana.ephemerals[-1].text


@pytest.mark.usefixtures("reps")
def test_next_week_is_a_look_ahead_without_buttons(world: World, dana: Person) -> None:
    listed(world, dana).slash("/todo next")
    ahead = dana.ephemerals[-1].text
    assert "Your week, 7–11 Dec" in ahead
    assert "[" not in ahead
    list_of(dana).clicks("Next week")
    assert dana.ephemerals[-1].text == ahead
    at(world, TUESDAY, 8)
    assert "of 4 done" not in list_of(dana).text


@pytest.mark.usefixtures("world", "reps")
def test_help_and_words_that_ask_for_nothing(dana: Person) -> None:
    dana.slash("/todo help")
    dana.sees("/todo issue price change until friday")
    dana.slash("/todo list please")
    dana.sees("I don't know “list please”. Try /todo, /todo next")
    dana.sees("/todo list please")


def test_who_has_no_team_is_told_what_there_is_for_them(world: World, reps: list[Person]) -> None:
    stranger = world.person("Nia New")
    for line in ("/todo", "/todo next", "/todo away", "/todo issue", "/todo issue price change"):
        stranger.slash(line)
        assert "You have no team here yet. /team sets one up" in stranger.ephemerals[-1].text
        reps[0].slash(line)
        assert "That is for a rep's manager alone." in reps[0].ephemerals[-1].text


# App Home.


@pytest.mark.usefixtures("reps")
def test_done_on_home_stays_on_home_with_the_way_back(world: World, dana: Person) -> None:
    listed(world, dana)
    seen = home_of(dana)
    assert "Today · 3 later this week" in seen
    name = row(seen, "[Done]").split(" · ")[0]
    assert dana.home is not None
    dana.home.clicks("Done", beside=name)
    assert f"✓ {name} · today" in dana.home.text
    assert "week, " in dana.dm[-1].text, "no message of its own"
    beat(world)
    assert "1 of 4 done" in list_of(dana).text
    dana.home.picks("Undo", beside=f"✓ {name}")
    assert f"✓ {name}" not in dana.home.text
    assert f"{name} ·" in dana.home.text
    beat(world)
    assert "of 4 done" not in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_the_list_that_home_opens_works_like_any_other(world: World, dana: Person) -> None:
    listed(world, dana)
    home_of(dana)
    dana.clicks("Open the list")
    shown = modal(dana)
    chooses(shown, "Another reason", "Lena Fox")
    shown.clicks("This one")
    assert "“the Hooli renewal”" not in reason(shown.text, "Lena Fox")
    shown.picks("Not this week", beside="Lena Fox")
    modal(dana).fill("A word why", "at a fair")
    modal(dana).submit()
    assert "Not this week · Lena Fox · “at a fair”" in shown.text
    chooses(shown, "Done", "Sam Stone")
    assert "You promised: “Acme price sheet”. Is that done?" in shown.text
    shown.clicks("Kept")
    assert "✓ Sam Stone · today · kept" in shown.text
    chooses(shown, "Done", "Raj Rao")
    assert modal(dana).view is shown.view, "nothing on top of it"
    assert "2 of 4 done" in shown.text
    assert dana.home is not None
    assert "✓ Sam Stone · today" in dana.home.text
    shown.picks("Open binder", beside="Ines Ortega")
    assert modal(dana).title == "Binder"
    dana.clicks("Log a touch")
    modal(dana).submit()
    beat(world)
    assert "3 of 4 done" in list_of(dana).text


@pytest.mark.usefixtures("reps")
def test_home_follows_the_days(world: World, dana: Person) -> None:
    assert "week, " not in home_of(dana)
    listed(world, dana)
    first = home_of(dana)
    at(world, TUESDAY, 8)
    second = home_of(dana)
    assert first.count("[Done]") < second.count("[Done]")
    assert "later this week" in second
    at(world, MONDAY + timedelta(days=5), 8)
    assert "[Done]" not in home_of(dana)
    assert "4 stayed open" in home_of(dana)


# Where a reason stands besides the list.


@pytest.mark.usefixtures("reps")
def test_the_form_and_the_binder_show_this_weeks_reason(world: World, dana: Person) -> None:
    listed(world, dana)
    said = "This week: You told Sam: “Acme price sheet”, by Wednesday."
    dana.slash("/touch @Sam Stone")
    assert f"{said} · Noted on Mon 23 Nov" in modal(dana).text
    modal(dana).close()
    list_of(dana).picks("Open binder", beside="Sam Stone")
    assert said in modal(dana).text
    modal(dana).close()
    chooses(list_of(dana), "Another reason", "Sam Stone")
    list_of(dana).clicks("This one")
    now = reason(list_of(dana).text, "Sam Stone")
    dana.slash("/touch @Sam Stone")
    assert f"This week: {now}" in modal(dana).text
    modal(dana).submit()
    dana.slash("/touch @Sam Stone")
    assert "This week:" not in modal(dana).text


@pytest.mark.usefixtures("reps")
def test_a_rep_who_is_chosen_brings_their_reason_and_nothing_typed_is_lost(
    world: World, dana: Person
) -> None:
    listed(world, dana).shortcut("Log a touch")
    form = modal(dana)
    assert "This week" not in form.text
    form.fill("About", "the Acme renewal")
    form.fill("They raised", "the portal is slow")
    form.fill("Channel", "Call")
    form.fill("Rep", "Sam Stone")
    dana.sees("This week: You told Sam: “Acme price sheet”, by Wednesday.")
    form.fill("Rep", "Lena Fox")
    assert "the Hooli renewal" in modal(dana).text
    assert modal(dana).text.count("This week") == 1
    typed = {"About": "the Acme renewal", "They raised": "the portal is slow", "Channel": "Call"}
    assert {label: modal(dana).value(label) for label in typed} == typed

    # Slack says that the form changed meanwhile: the reason of another must not stand above it.
    world.slack.faults.answer("views.update", Answer.of({"ok": False, "error": "hash_conflict"}))
    form.fill("Rep", "Sam Stone")
    assert "This week" not in modal(dana).text
    # Nothing gets in the way of whoever types.
    world.slack.faults.add("views.update", FaultKind.SERVER_ERROR)
    form.fill("Rep", "Lena Fox")
    with held(world, "slot", "membership", "team"):
        form.fill("Rep", "Sam Stone")
    assert {label: modal(dana).value(label) for label in typed} == typed
    modal(dana).submit()
    dana.sees("Logged: call with Sam Stone, today · the Acme renewal")


@pytest.mark.usefixtures("reps")
def test_why_this_reason_shows_every_other_with_its_facts(world: World, dana: Person) -> None:
    listed(world, dana).slash("/binder @Sam Stone")
    modal(dana).picks("Why this reason?")
    seen = modal(dana).text
    assert modal(dana).title == "Why this reason?"
    first, others = seen.split("The others, best first")
    assert "Sam Stone · You told Sam: “Acme price sheet”, by Wednesday." in first
    assert "You owe it, due Wed 2 Dec." in first
    assert others.count("An open question") == 3
    modal(dana).close()
    modal(dana).close()
    chooses(list_of(dana), "Another reason", "Sam Stone")
    list_of(dana).clicks("This one")
    dana.slash("/binder @Sam Stone")
    modal(dana).picks("Why this reason?")
    dana.sees(
        "Others come before it by now: the list has its share of them, you asked for another, or "
        "something changed since."
    )


def test_each_reason_shows_where_it_comes_from(
    world: World, dana: Person, reps: list[Person]
) -> None:
    dana.slash("/touch @Raj Rao call about the Northwind demo")
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", "quotes take four days")
    modal(dana).submit()
    dana.slash("/todo issue price change until 2026-12-04")
    opened = {}
    for day in range(5):
        at(world, MONDAY + timedelta(days=day), 8)
        for rep in reps:
            seen = row(list_of(dana).text, rep.name)
            if rep.name not in opened and "Where it comes from" in seen:
                list_of(dana).picks("Where it comes from", beside=rep.name)
                opened[rep.name] = dana.modal.text if dana.modal else dana.ephemerals[-1].text
                if dana.modal:
                    dana.modal.close()
    assert "You told Sam Stone: “Acme price sheet”, by Wed 2 Dec" in opened["Sam Stone"]
    assert opened["Raj Rao"].startswith("── Contact ──\nCall with Raj Rao, Mon 23 Nov")
    assert opened["Ines Ortega"].startswith("Issue of the day: “price change”, until")


@pytest.mark.usefixtures("reps")
def test_a_line_from_setting_up_opens_where_it_is_changed(world: World, dana: Person) -> None:
    listed(world, dana)
    at(world, TUESDAY, 8)
    assert "Noted for Lena: “the Hooli renewal”." in reason(list_of(dana).text, "Lena Fox")
    list_of(dana).picks("Where it comes from", beside="Lena Fox")
    assert modal(dana).value("Working on, or promised") == "the Hooli renewal"
    modal(dana).fill("Working on, or promised", "a second demo laptop")
    modal(dana).submit()
    beat(world)
    assert "“a second demo laptop”" in reason(list_of(dana).text, "Lena Fox")


# What Done offers.


@pytest.mark.slow
def test_done_can_be_moved_to_another_day_noted_and_raised(
    world: World, dana: Person, reps: list[Person]
) -> None:
    at(world, MONDAY, 8)
    at(world, TUESDAY, 8)
    name = next(rep.name for rep in reps if "[Done]" in row(list_of(dana).text, rep.name))
    list_of(dana).clicks("Done", beside=name)
    list_of(dana).picks("Add a note", beside=name)
    modal(dana).fill("Private note", "is tired")
    modal(dana).submit()
    list_of(dana).picks("They raised something", beside=name)
    modal(dana).fill("What they raised", "quotes take four days")
    modal(dana).submit()
    list_of(dana).picks("Channel or day", beside=name)
    modal(dana).fill("When", date(2026, 11, 27))
    modal(dana).submit()
    assert "of 4 done" not in list_of(dana).text, "it was another week"
    assert "[Done]" in row(list_of(dana).text, name)
    dana.slash(f"/binder @{name}")
    dana.picks("Open", beside="private note")
    dana.sees("quotes take four days")
    dana.sees("private note")


@pytest.mark.usefixtures("reps")
def test_a_promise_that_stays_open_comes_again(world: World, dana: Person) -> None:
    listed(world, dana)
    chooses(list_of(dana), "Done", "Sam Stone")
    dana.sees("You promised: “Acme price sheet”. Is that done?")
    dana.clicks("Still open")
    dana.sees("✓ Sam Stone · today · still open")
    dana.sees_not("Is that done?")
    assert "1 of 4 done" in list_of(dana).text
    at(world, MONDAY + timedelta(days=7), 8)
    assert reason(list_of(dana).text, "Sam Stone").startswith("You told Sam: “Acme price sheet”")


def test_a_reps_own_promise_kept_is_noticed_next_week(
    world: World, dana: Person, reps: list[Person]
) -> None:
    raj = reps[2]
    plan = "call three dormant accounts"
    promise(world, dana, raj, plan, owner=Owner.REP, due=date(2026, 12, 3))
    listed(world, dana)
    assert "Offer a hand." in reason(list_of(dana).text, "Raj Rao")
    chooses(list_of(dana), "Done", "Raj Rao")
    dana.sees(f"Promised to you: “{plan}”. Is that done?")
    dana.clicks("Kept")
    dana.sees("✓ Raj Rao · today · kept")
    at(world, MONDAY + timedelta(days=7), 8)
    assert reason(list_of(dana).text, "Raj Rao") == f"Raj kept it: “{plan}”. Say you noticed."


@pytest.mark.parametrize("lost", [False, True])
def test_what_was_raised_is_settled_and_the_rep_told_once(
    world: World, dana: Person, reps: list[Person], lost: bool
) -> None:
    raj = reps[2]
    promise(world, dana, raj, "quotes take four days", due=date(2026, 12, 3), raised=True)
    listed(world, dana)
    chooses(list_of(dana), "Done", "Raj Rao")
    dana.sees("Raised: “quotes take four days”. Is that settled?")
    if lost:
        world.slack.faults.add("response_url", FaultKind.SERVER_ERROR)
    list_of(dana).clicks("Kept")
    if lost:
        dana.sees("It is saved. Only the answer could not be shown just now")
        list_of(dana).clicks("Kept")
    dana.sees("✓ Raj Rao · today · kept")
    assert [message.text.count("quotes take four days") for message in raj.dm] == [1]
    assert "Dana Moss has seen to it" in raj.dm[0].text
