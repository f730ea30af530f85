"""What is heard of the market and spreads: at a third customer, on an agenda, as an issue."""

from datetime import timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.accounts.test_market import market, opens_tag, rides
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world

pytestmark = pytest.mark.reps("raj", "lena")


@pytest.fixture
def meeting(world: World) -> MeetingWorld:
    return meeting_world(world)


def test_a_competitors_offer_spreads_and_is_on_the_agenda_after_the_third(
    world: World, dana: Person
) -> None:
    """A quarter: one customer, two, a third within thirty days, then a fourth and a fifth."""
    rides(dana, "Raj Rao", "Acme: Jo Lee", "Initech offers 60 days, Raj thinks #terms")
    world.slack.clock.advance(timedelta(days=12))
    # Three spellings of one customer are one.
    rides(dana, "Lena Fox", "ACME\nHooli", "ACME: 60 days again #terms")
    rides(dana, "Lena Fox", "ａｃｍｅ\nHooli", "Acme Ltd: still 60 days #terms")
    assert "Something for the team?" not in market(dana)
    world.slack.clock.advance(timedelta(days=12))
    dana.slash("/touch @Raj Rao call")
    dana.picks("Market note")
    modal(dana).fill("Market note", "Hooli was offered 60 days")
    modal(dana).fill("Customer", "Hooli")
    modal(dana).fill("Tags", ["terms"])
    modal(dana).submit()
    dana.sees_not("Something for the team?")
    rides(dana, "Lena Fox", "Globex", "60 days from Initech #terms")
    dana.sees("terms is heard at 3 customers since Mon 23 Nov: Acme, Hooli, Globex.")
    assert "Something for the team?" in market(dana)
    # Deleted, it was not so.
    dana.clicks("Undo")
    assert "Something for the team?" not in market(dana)
    dana.clicks("Put it back")
    assert "Something for the team?" in market(dana)
    dana.ephemerals[-1].clicks("Issue of the day")
    assert modal(dana).value("What is it?") == "terms: 60 days again"
    modal(dana).submit()
    dana.sees("Set: “terms: 60 days again”")
    # That way of it is settled, and the page says so; the agenda is still open to it.
    dana.sees("The market page has terms as your issue; the agenda is still open to it.")
    assert "It is your issue of the day until Fri 18 Dec." in market(dana)
    assert "[Issue of the day]" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("To the team agenda")
    words = modal(dana).value("Words")
    assert words == (
        "terms: heard at 3 customers. “60 days again” Where else, and what do we answer?"
    )
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "terms: heard at 3 customers" in modal(dana).text
    modal(dana).close_all()
    dana.reloads()
    assert "Something for the team?" not in market(dana)
    for rep, account in (("Raj Rao", "Umbrella"), ("Lena Fox", "Wayne")):
        world.slack.clock.advance(timedelta(days=14))
        dana.reloads()
        rides(dana, rep, account, "60 days #terms")
        dana.sees_not("Something for the team?")
    shown = opens_tag(dana, "terms")
    assert "First heard Mon 23 Nov 2026 at Acme, with Raj Rao" in shown
    assert "Acme since Mon 23 Nov 2026" in shown
    assert "Wayne since" in shown
    assert "Something for the team?" not in market(dana)


@pytest.mark.slow
def test_the_draft_of_an_agenda_proposes_it_until_it_is_taken(meeting: MeetingWorld) -> None:
    dana = meeting.dana
    rides(dana, "Raj Rao", "Acme\nHooli", "Acme: 60 days #terms\nHooli: Lena says 60 days #terms")
    rides(dana, "Lena Fox", "Globex", "60 days #terms")
    meeting.at(27, 7)
    words = "terms: heard at 3 customers. “60 days” Where else, and what do we answer?"
    assert words in meeting.draft()
    # Said once: what spreads is not said line by line too.
    assert meeting.draft().count("60 days") == 1
    dana.clicks("Add", beside="heard at 3 customers")
    assert "Something for the team?" not in market(dana)
    dana.slash("/agenda")
    assert words in modal(dana).text
    modal(dana).close_all()
    # What was taken is not proposed again once it is dropped, as a whole or line by line.
    dana.slash("/agenda")
    modal(dana).picks("Drop", beside="heard at 3 customers")
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "60 days" not in modal(dana).text
    modal(dana).close_all()
    # What was put aside is not proposed either.
    rides(dana, "Raj Rao", "Acme\nHooli\nUmbrella", "Acme: dear #price\nHooli: dear #price")
    rides(dana, "Lena Fox", "Umbrella", "dear #price")
    dana.sees("price is heard at 3 customers since Fri 27 Nov")
    dana.reloads()
    market(dana)
    dana.ephemerals[-1].clicks("Put aside")
    assert "price is put aside." in dana.ephemerals[-1].text
    assert "Something for the team?" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Undo")
    assert "Something for the team?" in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Put aside")
    dana.slash("/agenda")
    assert "price: heard" not in modal(dana).text
    assert "dear" not in modal(dana).text


@pytest.mark.slow
def test_what_was_heard_once_is_not_proposed_again_once_it_is_dropped(
    meeting: MeetingWorld,
) -> None:
    dana = meeting.dana
    rides(dana, "Raj Rao", "Acme", "a new plant")
    meeting.at(27, 7)
    assert "“a new plant”" in meeting.draft()
    dana.clicks("Add", beside="a new plant")
    dana.slash("/agenda")
    modal(dana).picks("Drop", beside="a new plant")
    modal(dana).close_all()
    dana.slash("/agenda")
    assert "It has room" not in modal(dana).text


@pytest.mark.slow
def test_the_channel_has_what_was_sent_there_alone(meeting: MeetingWorld) -> None:
    dana = meeting.dana
    rides(dana, "Raj Rao", "Acme\nHooli", "Acme: 60 dagar #terms\nHooli: 60 dagar #term")
    rides(dana, "Lena Fox", "Globex", "60 dagar #terms")
    dana.clicks("Yes, terms")
    dana.clicks("To the team agenda")
    modal(dana).fill("Words", "Longer terms: what do we answer?")
    modal(dana).submit()
    modal(dana).close_all()
    meeting.at(27, 7)
    meeting.at(30, 7, 30)
    (posted,) = meeting.posted
    assert "Longer terms: what do we answer?" in posted
    for words in ("60 dagar", "Acme", "Globex", "heard at", "Did you mean", "stands under"):
        assert words not in posted


@pytest.mark.parametrize("into", ["payment", "terms"])
def test_what_was_answered_is_not_proposed_again_under_another_name(
    dana: Person, into: str
) -> None:
    for rep, customer in (("Raj Rao", "Acme"), ("Lena Fox", "Hooli"), ("Raj Rao", "Globex")):
        rides(dana, rep, customer, "60 days #terms")
    rides(dana, "Lena Fox", "Umbrella", "longer ones #payment")
    market(dana)
    dana.ephemerals[-1].clicks("Put aside")
    opens_tag(dana, "payment" if into == "terms" else "terms")
    dana.ephemerals[-1].picks("Merge")
    modal(dana).fill("Tag", into)
    modal(dana).submit()
    merged = dana.ephemerals[-1]
    assert "4 notes" in merged.text
    assert "Something for the team?" not in market(dana)
    # Two again, each is what it was.
    merged.clicks("Undo")
    assert "Something for the team?" not in market(dana)
    for customer in ("Initrode", "Soylent"):
        rides(dana, "Raj Rao", customer, "longer ones #payment")
    assert "payment is heard at 3 customers" in market(dana)
