"""A contact was logged with one rep and turns out to have been with another, as all three live it.

Everything that either rep was ever sent or shown is searched: the second never reads what the
first said, and the first never reads what is new.
"""

import json
from dataclasses import dataclass, field

import pytest

from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.services import field_days
from slack_sandbox import Person
from storage.contacts import interactions
from storage.team import teams
from tests.scenarios.conftest import World, settled
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed, promise

pytestmark = pytest.mark.reps("raj", "lena")

STRENGTH, FOCUS, ACTION = "listens first", "asking for the next step", "lead the Northwind demo"
NEW_STRENGTH, NEW_ACTION = "knows every plant", "call Hooli"
WORDS, OBJECTION, RAISED = "I want Acme too", "we never went to Hooli", "quotes take four days"


@dataclass
class Watched:
    """All that a person was sent, and all that they looked at."""

    world: World
    person: Person
    seen: list[str] = field(default_factory=list)

    def looks(self) -> None:
        """At Home and everything else there is to see."""
        self.person.opens_home()
        self.seen.append(self.person.screen())

    def ever(self) -> str:
        """Calls to Slack that reach their conversation or their Home, and what they looked at."""
        self.looks()
        own = {self.person.id, self.person._member.dm}
        reached = [
            call.arguments
            for call in self.world.slack.calls
            if own & {call.arguments.get(name) for name in ("channel", "user", "user_id")} - {None}
        ]
        return json.dumps([reached, self.seen], ensure_ascii=False)


@pytest.fixture
def shared(dana: Person, raj: Person) -> Person:
    """Dana, who shared a field day with Raj; he answered it in every way there is."""
    dana.slash("/fieldday @Raj Rao")
    form = modal(dana)
    form.fill("Visits", "Acme: Jo")
    form.fill("One focus", FOCUS)
    form.fill("They will", ACTION)
    form.clicks("More")
    form.fill("One strength", STRENGTH)
    form.submit()
    modal(dana).close()
    share(dana, "Raj Rao")
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", RAISED)
    modal(dana).submit()
    raj.clicks("Add my words")
    modal(raj).fill("Your own words", WORDS)
    modal(raj).submit()
    raj.picks("Not how I remember it")
    modal(raj).fill("How do you remember it?", OBJECTION)
    modal(raj).submit()
    modal(raj).close()
    raj.opens_home()
    raj.clicks("Agreed", beside=ACTION)
    raj.clicks("Kept", beside=ACTION)
    return dana


def share(dana: Person, name: str) -> None:
    dana.clicks(f"Preview as {name}")
    modal(dana).submit()
    modal(dana).close()


def correct(world: World, dana: Person, name: str) -> None:
    """**Edit**: another rep, and other words."""
    dana.clicks("Edit", beside="field day")
    form = modal(dana)
    form.fill("Rep", name)
    form.fill("One strength", NEW_STRENGTH)
    form.fill("They will", NEW_ACTION)
    form.submit()
    world.heart.beat(world.slack.clock.now())
    settled(world.product)


@pytest.mark.slow
def test_a_field_day_that_was_shared_with_one_rep_and_corrected_to_another(
    world: World, shared: Person, raj: Person, lena: Person
) -> None:
    watched_raj, watched_lena = Watched(world, raj), Watched(world, lena)
    raj.opens_home()
    raj.sees("Field day")
    correct(world, shared, "Lena Fox")
    shared.sees("Logged: field day with Lena Fox, today")
    shared.sees(f"Raj Rao keeps what Raj Rao raised: “{RAISED}”.")
    # His Home changed at once, before he opens it again.
    assert raj.home is not None
    for words in (STRENGTH, ACTION, NEW_ACTION):
        assert words not in raj.home.text
    raj.sees("Dana Moss corrected what stood here: that field day was not with you.")
    raj.sees(f"Your own words: {WORDS}")
    for words in (STRENGTH, FOCUS, ACTION):
        assert words not in raj.dm[0].text
    raj.opens_home()
    raj.sees(RAISED)
    assert "Field day" not in raj.screen()
    # With her it begins anew: nothing is shared, and she kept nothing.
    watched_lena.looks()
    assert lena.dm == []
    lena.sees_not(NEW_ACTION)
    shared.clicks("Preview as Lena Fox")
    assert NEW_STRENGTH in modal(shared).text
    assert WORDS not in modal(shared).text
    modal(shared).submit()
    modal(shared).close()
    lena.sees("Field day with Dana Moss")
    lena.picks("Open")
    watched_lena.seen.append(modal(lena).text)
    assert NEW_STRENGTH in modal(lena).text
    modal(lena).close()
    lena.opens_home()
    lena.sees(f"Dana Moss noted for you: “{NEW_ACTION}”")
    shared.slash("/binder @Lena Fox")
    shared.picks("Open", beside="field day")
    binder = modal(shared).text
    for words in (WORDS, OBJECTION, RAISED):
        assert words not in watched_lena.ever()
        assert words not in binder
    for words in (NEW_STRENGTH, NEW_ACTION, "Lena"):
        assert words not in watched_raj.ever()
    assert all(words in watched_raj.ever() for words in (STRENGTH, ACTION, WORDS, RAISED))
    assert all(words in watched_lena.ever() for words in (NEW_STRENGTH, NEW_ACTION))


@pytest.mark.slow
def test_corrected_back_it_is_shared_anew_with_the_first_whose_words_are_there(
    world: World, shared: Person, raj: Person, lena: Person
) -> None:
    correct(world, shared, "Lena Fox")
    shared.clicks("Edit", beside="field day")
    modal(shared).fill("Rep", "Raj Rao")
    modal(shared).submit()
    world.heart.beat(world.slack.clock.now())
    assert NEW_STRENGTH not in raj.dm[0].text
    raj.opens_home()
    assert "Field day" not in raj.screen()
    share(shared, "Raj Rao")
    assert NEW_STRENGTH in raj.dm[-1].text
    assert f"Your own words: {WORDS}" in raj.dm[-1].text
    assert lena.dm == []


def test_what_was_previewed_as_one_rep_is_not_shared_with_another(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("One strength", STRENGTH)
    modal(dana).submit()
    modal(dana).close()
    dana.clicks("Preview as Raj Rao")
    passes(world, dana, lena)
    modal(dana).submit()
    dana.sees("This is with Lena Fox by now, so nothing was done.")
    assert raj.dm == lena.dm == []


@pytest.mark.slow
def test_a_form_that_the_first_has_open_keeps_what_is_typed(
    world: World, shared: Person, raj: Person, lena: Person
) -> None:
    raj.clicks("Add my words")
    modal(raj).fill("Your own words", "and one more thing")
    passes(world, shared, lena)
    modal(raj).submit()
    raj.sees("Dana Moss corrected this one since: it was not with you")
    assert modal(raj).value("Your own words") == "and one more thing"
    assert "one more thing" not in Watched(world, lena).ever()


@pytest.mark.parametrize("opener", ["They raised something", "To their next session"])
def test_words_about_the_first_typed_in_an_open_form_do_not_reach_the_second(
    world: World, dana: Person, raj: Person, lena: Person, opener: str
) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms")
    modal(dana).submit()
    modal(dana).close()
    dana.clicks(opener)
    form = modal(dana)
    label = "What they raised" if opener == "They raised something" else "Words"
    form.fill(label, RAISED)
    passes(world, dana, lena)
    modal(dana).submit()
    dana.sees("This is with Lena Fox by now")
    assert modal(dana).value(label) == RAISED
    assert RAISED not in Watched(world, lena).ever()
    assert RAISED not in Watched(world, raj).ever()


def test_what_one_rep_raised_is_handed_over_in_the_managers_words(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    promise(world, dana, raj, RAISED, raised=True)
    owed(dana)
    dana.picks("Hand over", beside=RAISED)
    modal(dana).fill("To", "Lena Fox")
    modal(dana).submit()
    assert modal(dana).errors == {"In your words": "Please complete this required field."}
    modal(dana).fill("In your words", "see how quotes are made")
    modal(dana).submit()
    watched = Watched(world, lena)
    assert RAISED not in watched.ever()
    lena.sees("see how quotes are made")
    assert "see how quotes are made" not in Watched(world, raj).ever()


@pytest.mark.parametrize("kind", ["touch", "fieldday"])
def test_a_slip_is_mended_in_one_press_and_the_first_hears_nothing(
    dana: Person, raj: Person, lena: Person, kind: str
) -> None:
    dana.slash(f"/{kind} @Raj Rao")
    modal(dana).fill("About" if kind == "touch" else "One focus", FOCUS)
    modal(dana).submit()
    if dana.modal is not None:
        modal(dana).close()
    dana.clicks("They raised something")
    modal(dana).fill("What they raised", RAISED)
    modal(dana).submit()
    press = dana.picks if kind == "touch" else dana.clicks
    press("Edit")
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    lena.opens_home()
    lena.sees_not(RAISED)
    dana.clicks("Lena Fox raised it")
    dana.sees(f"Lena Fox raised: “{RAISED}”")
    dana.sees_not("Raj Rao keeps")
    lena.opens_home()
    lena.sees(RAISED)
    raj.opens_home()
    raj.sees_not(RAISED)
    assert raj.dm == []


def test_from_the_binder_too_the_manager_hears_what_stayed_with_the_first(dana: Person) -> None:
    dana.slash("/touch @Raj Rao")
    modal(dana).fill("They raised", RAISED)
    modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="contact")
    dana.clicks("Edit")
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    while dana.modal is not None:
        modal(dana).close()
    dana.sees(f"Raj Rao keeps what Raj Rao raised: “{RAISED}”.")
    assert dana.dm[-1].press("Lena Fox raised it")
    dana.slash("/binder @Lena Fox")
    dana.clicks("See")
    assert RAISED in modal(dana).text


def passes(world: World, dana: Person, to: Person) -> None:
    """Meanwhile, from another window, Dana corrects whom the field day was with."""
    now = world.slack.clock.now()
    entry = FieldDayEntry(to.id, now.date(), FieldDayNotes(strength=NEW_STRENGTH))
    with world.database.reading(world.workspace_id) as tx:
        team = teams.of_manager(tx, dana.id)
        assert team is not None
        (contact,) = interactions.of_team(tx, team.id)
    field_days.change(world.database, world.actor(dana), contact.id, entry, "another window", now)
