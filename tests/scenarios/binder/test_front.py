"""What opens the binder of a rep: what to know before talking, and what to do then."""

from datetime import date

import pytest

from bot.domain.promises import Owner
from bot.services.contacts import touches
from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.binder.known import MONDAY, PLANS, hold_session, known
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, beat, list_of
from tests.scenarios.workspaces.trouble import pressing

pytestmark = pytest.mark.reps("sam", "lena")


@pytest.mark.slow
def test_it_opens_on_what_to_know_before_talking(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    promise(world, dana, lena, "a second laptop")
    known(world, dana, sam)
    dana.slash("/binder @Sam Stone")
    assert modal(dana).text.splitlines()[1:] == [
        "Sam Stone · field day Thu 3 Dec · next session Wed 9 Dec, 15:00 "
        "[⋯ Calendar file: field day | Calendar file: strategy session]",
        "This week: You told Sam: “a reference for Wayne”, by Monday.",
        "Noted on Mon 23 Nov [Another reason]",
        "Territory · north first, Umbrella before the year ends",
        "Key-account · plant manager at Umbrella by year end, then a second site",
        "Pipeline · move Hooli to a trial, let go of what has not moved since…",
        "Activity · three visits a week, calls on Fridays, one new name a day",
        "Working on · shorter first meetings, and ask for the next step",
        "Open: you 1, Sam 2, noted for Sam 1 [See]",
        "Last: session Mon 23 Nov · field day Mon 23 Nov, Globex, Hooli and 2 more",
        "[Log a touch] ( Section ) [⋯ Strategy session | Log a field day | Plan a session | "
        "Plan a field day | Why this reason?]",
        "Lately",
        "Mon 23 Nov · call · about the Acme renewal "
        "[⋯ Open | Edit | They raised something | Market note | Delete]",
        "Mon 23 Nov · field day · Globex, Hooli, Initech, Umbrella "
        "[⋯ Open | Edit | Visit details | Preview as Sam Stone | Delete]",
        "Mon 23 Nov · strategy session · Territory, Key-account, Pipeline, Activity "
        "[⋯ Open | Edit | They raised something | Preview as Sam Stone | Delete]",
        "[Close]",
    ]
    dana.clicks("See")
    assert "“a reference for Wayne”, by Mon 30 Nov" in modal(dana).text
    assert "laptop" not in modal(dana).text


@pytest.mark.slow
def test_all_that_its_buttons_did_is_two_taps_away(world: World, dana: Person, sam: Person) -> None:
    known(world, dana, sam)
    for entry, title in (
        *(("Strategy session", "Strategy session"), ("Log a field day", "Field day")),
        *(("Plan a session", "Plan a strategy session"), ("Plan a field day", "Plan a field day")),
        *(("Why this reason?", "Why this reason?"), ("Sessions", "Sessions"), ("Plans", "Plans")),
        *(("Field days", "Field days"), ("Contacts", "Contacts"), ("All promises", "Promises")),
        *(("Search", "Search"), ("By date", "By date"), ("Transition", "Transition")),
    ):
        dana.slash("/binder @Sam Stone")
        before = dana.taps
        modal(dana).picks(entry)
        assert modal(dana).title == title
        assert dana.taps - before <= 2
        modal(dana).close_all()


def test_what_is_made_from_it_is_seen_on_it_at_once(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    dana.sees("A fresh page. What you and Sam plan, promise and talk about comes together here")
    dana.sees_not("Lately")
    dana.picks("Plan a session")
    modal(dana).fill("Day", "2026-12-09")
    modal(dana).submit()
    assert "Sam Stone · next session Wed 9 Dec, 10:00" in modal(dana).text
    assert "fresh page" not in modal(dana).text
    dana.picks("Log a field day")
    modal(dana).fill("Visits", "Globex")
    modal(dana).fill("One focus", "shorter first meetings")
    modal(dana).submit()
    modal(dana).close()
    assert "Working on · shorter first meetings" in modal(dana).text
    assert "Last: field day today, Globex" in modal(dana).text
    dana.picks("Strategy session")
    modal(dana).fill("Plan", "north first")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    assert "Territory · north first" in modal(dana).text
    assert "Last: session today · field day today, Globex" in modal(dana).text


def test_another_reason_moves_the_slot_of_the_week_and_the_list_with_it(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    promise(world, dana, sam, "the price sheet")
    promise(world, dana, sam, "lead the demo", owner=Owner.REP)
    at(world, MONDAY, 8)
    dana.slash("/binder @Sam Stone")
    assert "This week: You told Sam: “the price sheet”" in modal(dana).text
    dana.clicks("Another reason")
    assert "Or one of these, best first:" in modal(dana).text
    dana.clicks("Back to the binder")
    assert "This week: You told Sam: “the price sheet”" in modal(dana).text
    dana.clicks("Another reason")
    dana.clicks("This one", beside="lead the demo")
    assert "This week: Sam's plan: “lead the demo”" in modal(dana).text
    modal(dana).close()
    beat(world)
    row = list_of(dana).text.split("Sam Stone")[1].split("Lena Fox")[0]
    assert "lead the demo" in row
    pressed = f'{{"rep":"{lena.id}"}}'
    for person in (sam, lena):
        person.slash("/touch help")
        answer = person.ephemerals[-1]
        for action in ("another_reason", "choose_reason", "row", "section"):
            pressing(world, person, f"binder.{action}", pressed)
        assert person.modal is None
        assert person.ephemerals[-1] == answer


def test_once_there_was_a_contact_there_is_nothing_to_choose(
    world: World, dana: Person, sam: Person
) -> None:
    promise(world, dana, sam, "the price sheet")
    at(world, MONDAY, 8)
    dana.slash("/binder @Sam Stone")
    line, now = f"<@{sam.id}> call", world.slack.clock.now()
    touches.log_line(world.database, world.actor(dana), line, now, "elsewhere")
    dana.clicks("Another reason")
    assert "✓ This week: call, today" in modal(dana).text
    assert "[Another reason]" not in modal(dana).text


def test_who_is_still_to_come_and_who_is_away(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    now, actor = world.slack.clock.now(), world.actor(dana)
    setup.change_rep(
        world.database,
        actor,
        lena.id,
        joined_on=MONDAY,
        left_on=None,
        cadences={},
        first_line="",
        new_on_team=False,
        now=now,
    )
    dana.slash("/binder @Lena Fox")
    assert modal(dana).text.splitlines()[1:3] == ["Lena Fox", "  On your team from Mon 30 Nov."]
    assert "( Section ) [⋯ Plan a session | Plan a field day]" in modal(dana).text
    dana.picks("Plan a session")
    modal(dana).fill("Day", "2026-12-01")
    modal(dana).submit()
    assert "Lena Fox · next session Tue 1 Dec, 10:00" in modal(dana).text
    modal(dana).close()
    setup.add_time_off(world.database, actor, sam.id, now.date(), date(2026, 11, 27), now)
    dana.slash("/binder @Sam Stone")
    assert modal(dana).text.splitlines()[1] == "Sam Stone · away until Fri 27 Nov"


@pytest.mark.slow
def test_what_the_rep_remembers_otherwise_stands_beside_what_it_quotes(
    dana: Person, sam: Person
) -> None:
    hold_session(dana, sam, **PLANS)
    dana.clicks("Preview as Sam Stone")
    modal(dana).submit()
    modal(dana).close()
    sam.picks("Not how I remember it")
    modal(sam).fill("How do you remember it?", "we said south")
    modal(sam).fill("Who reads it?", "All who read what was shared: it stands beside it")
    modal(sam).submit()
    dana.slash("/binder @Sam Stone")
    shown = modal(dana).text
    assert shown.count("Sam remembers: “we said south”") == shown.count("Territory · ") == 1
