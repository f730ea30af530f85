"""What is heard of the market: noted at customers, seen by tag, and told on once it spreads."""

from datetime import date

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


HEARD = "Heard of market and competitors"


def rides(dana: Person, rep: str, visits: str, heard: str, day: date | None = None) -> None:
    """A field day on which something was heard."""
    dana.slash(f"/fieldday @{rep}")
    modal(dana).fill("Visits", visits)
    if day is not None:
        modal(dana).fill("When", day)
    modal(dana).clicks("More")
    modal(dana).fill(HEARD, heard)
    modal(dana).submit()
    modal(dana).close_all()


def market(dana: Person) -> str:
    dana.slash("/binder market")
    return dana.ephemerals[-1].text


def opens_tag(dana: Person, tag: str) -> str:
    market(dana)
    dana.ephemerals[-1].clicks("Open", beside=tag)
    return dana.ephemerals[-1].text


def test_what_is_heard_stands_by_tag_with_its_customers(dana: Person) -> None:
    assert "Nothing of the market is written down yet." in market(dana)
    rides(
        dana,
        "Raj Rao",
        "Acme: Jo Lee\nHooli",
        "Acme: Initech offers 60 days #terms\nHooli: the plant moves #plant\nfewer fairs",
    )
    shown = market(dana)
    assert "terms · 1 note, 1 in the last 30 days\nAcme\nFirst heard Mon 23 Nov at Acme" in shown
    assert "Without a tag · 1 note" in shown
    shown = opens_tag(dana, "terms")
    assert "Mon 23 Nov · Acme · Raj Rao\nInitech offers 60 days" in shown
    dana.ephemerals[-1].picks("Open", beside="Initech offers")
    assert "Acme: Initech offers 60 days #terms" in modal(dana).text
    modal(dana).close_all()
    dana.ephemerals[-1].clicks("Back to the market")
    dana.ephemerals[-1].clicks("Search")
    modal(dana).fill("Words", "hooli PLANT")
    modal(dana).submit()
    assert "1 found" in modal(dana).text
    assert "the plant moves" in modal(dana).text
    modal(dana).clicks("Open")
    assert "Field day with Raj Rao" in modal(dana).text


@pytest.mark.slow
def test_tags_are_picked_found_and_kept_as_the_box_is_edited(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme", "60 days at Initech #terms\nfewer fairs")
    # One visit alone: what is heard is of that customer. What is but written another way is found.
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", "Hooli")
    modal(dana).clicks("More")
    modal(dana).fill(HEARD, "wants 60 days too #Térms")
    modal(dana).submit()
    modal(dana).close_all()
    assert "terms · 2 notes" in market(dana)
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Open", beside="field day")
    modal(dana).clicks("Edit")
    # Picked for all lines of the box, beside what each has.
    assert modal(dana).value("Tags") == []
    modal(dana).fill(HEARD, "60 days at Initech #terms\nfewer fairs this year\nnew plant")
    modal(dana).fill("Tags", ["terms"])
    modal(dana).submit()
    modal(dana).close_all()
    assert "terms · 4 notes" in market(dana)
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Open", beside="field day")
    modal(dana).clicks("Edit")
    assert modal(dana).value("Tags") == ["terms"]
    modal(dana).fill(HEARD, "60 days at Initech #terms #price #plant")
    modal(dana).submit()
    assert "two tags at the most" in str(modal(dana).errors)
    assert modal(dana).value(HEARD) == "60 days at Initech #terms #price #plant"
    modal(dana).fill(HEARD, "60 days at Initech #terms #raj")
    modal(dana).submit()
    assert "somebody's name" in str(modal(dana).errors)
    modal(dana).fill(HEARD, "60 days at Initech #terms")
    modal(dana).submit()
    modal(dana).close_all()
    assert "terms · 2 notes" in market(dana)


@pytest.mark.slow
def test_a_visit_has_its_own_market_note(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme\nHooli", "Hooli: 60 days #terms\nfewer fairs")
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Open", beside="field day")
    modal(dana).clicks("Visit details")
    assert not modal(dana).value("Market note")
    modal(dana).fill("Market note", "a price war")
    modal(dana).fill("New tag", "price")
    modal(dana).fill("Visit", "Hooli")
    assert modal(dana).value("Market note") == "60 days #terms"
    assert modal(dana).value("Tags") == ["terms"]
    modal(dana).submit()
    shown = modal(dana).text
    assert "Hooli: 60 days #terms\nfewer fairs\nAcme: a price war" in shown
    assert "“a price war” · Acme · price" in shown
    modal(dana).close_all()
    assert "price · 1 note" in market(dana)


@pytest.mark.slow
def test_a_touch_has_a_market_note_beside_what_it_was_about(dana: Person, raj: Person) -> None:
    dana.slash("/touch @Raj Rao call about 90 days #terms at Globex")
    assert "Nothing of the market" in market(dana)
    dana.picks("Market note")
    modal(dana).fill("Market note", "Globex was offered 60 days")
    modal(dana).fill("Customer", "GLOBEX Ltd")
    modal(dana).fill("New tag", "Raj Rao")
    modal(dana).submit()
    assert "somebody's name" in str(modal(dana).errors)
    modal(dana).fill("New tag", "payment terms, price, plant")
    modal(dana).submit()
    assert "two tags at the most" in str(modal(dana).errors)
    assert modal(dana).value("Market note") == "Globex was offered 60 days"
    modal(dana).fill("New tag", "payment terms")
    modal(dana).submit()
    dana.sees("Kept with your call with Raj Rao, at GLOBEX Ltd: “Globex was offered 60 days”")
    assert "payment terms · 1 note" in market(dana)
    # In the row of the binder as it is kept.
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Market note", beside="call")
    assert modal(dana).value("Customer") == "GLOBEX Ltd"
    assert modal(dana).value("Tags") == ["payment terms"]
    modal(dana).fill("Market note", "Globex took 60 days")
    modal(dana).submit()
    modal(dana).picks("Open", beside="call")
    assert "“Globex took 60 days” · GLOBEX Ltd · payment terms" in modal(dana).text
    modal(dana).clicks("Delete")
    modal(dana).close_all()
    assert "Nothing of the market" in market(dana)
    raj.slash("/binder market")
    raj.sees("That is for a rep's manager alone.")


@pytest.mark.slow
def test_tags_are_renamed_and_merged_and_two_again(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme\nHooli", "Acme: 60 days #terms\nHooli: 90 days #net-days")
    opens_tag(dana, "terms")
    dana.ephemerals[-1].picks("Rename")
    modal(dana).fill("Name", "net-days")
    modal(dana).submit()
    assert "That is another tag." in str(modal(dana).errors)
    modal(dana).fill("Name", "payment terms")
    modal(dana).submit()
    assert "payment terms" in dana.ephemerals[-1].text
    assert "Also written terms" in dana.ephemerals[-1].text
    # Either is taken back; the spelling that came with it is gone again.
    assert "terms is called payment terms now." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Undo")
    assert "It is as it was." in dana.ephemerals[-1].text
    assert "payment terms" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].picks("Rename")
    modal(dana).fill("Name", "payment terms")
    modal(dana).submit()
    dana.ephemerals[-1].picks("Merge")
    modal(dana).fill("Tag", "net-days")
    modal(dana).submit()
    assert "payment terms stands under net-days now." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Undo")
    assert "payment terms and net-days are two tags." in dana.ephemerals[-1].text
    assert "Also written terms" in dana.ephemerals[-1].text
    dana.reloads()
    opens_tag(dana, "payment terms")
    dana.ephemerals[-1].picks("Merge")
    assert "The note of payment terms will stand under the tag you pick" in modal(dana).text
    modal(dana).fill("Tag", "net-days")
    modal(dana).submit()
    shown = dana.ephemerals[-1].text
    assert "2 notes" in shown
    assert "Also written terms, payment terms" in shown
    rides(dana, "Lena Fox", "Globex", "30 days #terms")
    assert "net-days · 3 notes" in market(dana)
    opens_tag(dana, "net-days")
    dana.ephemerals[-1].picks("Not the same")
    modal(dana).fill("Spelling", "terms")
    modal(dana).submit()
    assert "terms is a tag of its own, not net-days." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Undo")
    assert "net-days · 3 notes" in market(dana)
    opens_tag(dana, "net-days")
    dana.ephemerals[-1].picks("Not the same")
    modal(dana).fill("Spelling", "terms")
    modal(dana).submit()
    assert "terms · 2 notes" in market(dana)
    # From Home too, with the way back.
    dana.opens_home()
    dana.clicks("Market")
    assert dana.home is not None
    assert "net-days · 1 note" in dana.home.text
    dana.home.clicks("Open", beside="net-days")
    dana.home.picks("Rename")
    modal(dana).fill("Name", "net days 90")
    modal(dana).submit()
    assert "net days 90" in dana.home.text
    dana.home.clicks("Back to Home")
    assert "Log a touch" in dana.home.text


@pytest.mark.slow
def test_a_note_without_a_tag_gets_one_on_the_page(dana: Person) -> None:
    rides(dana, "Raj Rao", "Acme", "60 days at Initech\nfewer fairs")
    opens_tag(dana, "Without a tag")
    dana.ephemerals[-1].picks("Tags", beside="60 days")
    modal(dana).fill("New tag", "#terms")
    modal(dana).submit()
    assert "“60 days at Initech” has terms now." in dana.ephemerals[-1].text
    assert "New tag: terms" in dana.ephemerals[-1].text
    assert "fewer fairs" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Undo")
    assert "It is as it was." in dana.ephemerals[-1].text
    assert "Without a tag · 2 notes" in market(dana)
    opens_tag(dana, "Without a tag")
    dana.ephemerals[-1].picks("Tags", beside="60 days")
    modal(dana).fill("New tag", "terms")
    modal(dana).submit()
    shown = market(dana)
    assert "terms · 1 note" in shown
    assert "Without a tag · 1 note" in shown


@pytest.mark.slow
def test_two_hundred_tags_are_paged_and_still_found(dana: Person) -> None:
    for first in range(0, 200, 40):
        dana.slash("/fieldday @Raj Rao")
        modal(dana).fill("Visits", f"Firm {first}")
        modal(dana).clicks("More")
        lines = (f"n{n} #t{n:03}a #t{n:03}b" for n in range(first // 2, first // 2 + 20))
        modal(dana).fill(HEARD, "\n".join(lines))
        modal(dana).submit()
        modal(dana).close_all()
    market(dana)
    assert "1–8 of 200" in dana.ephemerals[-1].text
    for _ in range(24):
        dana.ephemerals[-1].clicks("More tags")
    assert "More tags" not in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Earlier tags")
    dana.ephemerals[-1].clicks("Open", beside="t095a")
    dana.ephemerals[-1].picks("Merge")
    assert "Of 199 tags those that most notes have are in the list." in str(modal(dana).text)
    modal(dana).fill("Or its name", "T000A")
    modal(dana).submit()
    assert "Also written t095a" in dana.ephemerals[-1].text
    # All of them can be picked.
    dana.ephemerals[-1].picks("Tags", beside="n0")
    modal(dana).fill("Tags", ["t099b", "t000a"])
    modal(dana).submit()
    assert "has t000a and t099b now." in dana.ephemerals[-1].text


@pytest.mark.slow
def test_a_workspace_without_charts_has_the_table(world: World, dana: Person) -> None:
    world.forgiven.add("chart.not_given")
    world.slack.withhold_charts()
    rides(dana, "Raj Rao", "Acme", "60 days #terms")
    shown = market(dana)
    assert "terms | Nov 1" in shown
    assert "terms: Heard Nov 1" not in shown
