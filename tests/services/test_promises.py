"""Promises: who may change which, what two at once leave behind, and which day it is for whom."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from bot.domain.contacts.touches import TouchEntry
from bot.domain.promises import Owner, Promised, PromiseEntry, RaisedState
from bot.domain.workspaces.people import Actor, Profile
from bot.domain.workspaces.refusals import (
    AlreadyClosed,
    BadField,
    Gone,
    NotOnTeam,
    NotYours,
    NowAbout,
    Refusal,
)
from bot.services import home, promises
from bot.services.contacts import touches
from bot.services.team import people, setup
from storage.database.engine import Database

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)
DANA, KIM, SAM, LENA, TOM = "U0DANA", "U0KIM", "U0SAM", "U0LENA", "U0TOM"
RAJ = "U0RAJ"
ZONES = {DANA: "Europe/Berlin", KIM: "Europe/Berlin", SAM: "Asia/Tokyo"}
NAMES = {
    DANA: "Dana Moss",
    KIM: "Kim Park",
    SAM: "Sam Stone",
    LENA: "Lena Fox",
    TOM: "Tom Ash",
    RAJ: "Raj Rao",
}


WORDS = "the sheet for Acme"


@dataclass(frozen=True)
class Office:
    """Dana with Sam and Lena; Kim, who manages Tom and Dana."""

    database: Database
    workspace_id: int

    def actor(self, slack_id: str) -> Actor:
        return Actor(self.workspace_id, slack_id)

    def promised(
        self, owner: Owner = Owner.MANAGER, rep: str = SAM, *, form: str = "a", raised: bool = False
    ) -> Promised:
        entry = PromiseEntry(rep, owner, "Acme price sheet", FRIDAY)
        return promises.make(self.database, self.actor(DANA), entry, form, NOW, raised=raised)

    def do(
        self, change: Callable[..., Promised], who: str, promise: int, *more: object
    ) -> Promised:
        return change(self.database, self.actor(who), promise, *more, NOW)

    def open_between(self, manager: str, rep: str) -> list[str]:
        """What is open between the two, as the manager's Home lists it."""
        found = home.home(self.database, self.actor(manager), NOW).manager
        assert found is not None
        return [p.what for p in found.promises if p.rep.slack_id == rep]


@pytest.fixture
def office(database: Database, workspace_id: int) -> Office:
    profiles = [Profile(who, name, ZONES.get(who)) for who, name in NAMES.items()]
    people.save(database, workspace_id, profiles, NOW)
    made = Office(database, workspace_id)
    setup.choose_reps(database, made.actor(DANA), [SAM, LENA], NOW)
    setup.choose_reps(database, made.actor(KIM), [TOM, DANA], NOW)
    return made


def test_a_rep_keeps_and_dates_again_only_what_the_rep_promised(office: Office) -> None:
    own = office.promised(Owner.REP, form="own").promise.id
    theirs = office.promised(Owner.MANAGER, form="theirs").promise.id
    assert office.do(promises.date_again, SAM, own, None).promise.due_on is None
    assert office.do(promises.fulfil, SAM, own).promise.kept_on is not None
    for refused in (promises.fulfil, promises.open_again):
        with pytest.raises(NotYours):
            office.do(refused, SAM, theirs)
    with pytest.raises(NotYours):
        office.do(promises.date_again, SAM, theirs, None)


@pytest.mark.parametrize(
    ("change", "more"), [(promises.drop, [""]), (promises.hand_over, [LENA, WORDS])]
)
def test_only_the_manager_drops_and_hands_over(
    office: Office, change: Callable[..., Promised], more: list[str]
) -> None:
    own = office.promised(Owner.REP).promise.id
    for someone, refused in ((SAM, NotYours), (LENA, NotYours), (KIM, Gone)):
        with pytest.raises(refused):
            office.do(change, someone, own, *more)
    assert promises.get(office.database, office.actor(DANA), own, NOW).promise.is_open


def test_a_rep_opens_again_what_was_kept_but_not_what_the_manager_dropped(office: Office) -> None:
    own = office.promised(Owner.REP).promise.id
    office.do(promises.fulfil, SAM, own)
    assert office.do(promises.open_again, SAM, own).promise.is_open
    office.do(promises.drop, DANA, own, "")
    with pytest.raises(AlreadyClosed):
        office.do(promises.open_again, SAM, own)
    assert office.do(promises.open_again, DANA, own).promise.is_open


def test_a_manager_who_is_a_rep_elsewhere_moves_nothing_into_their_own_team(office: Office) -> None:
    entry = PromiseEntry(DANA, Owner.REP, "the forecast", FRIDAY)
    dana_owes_kim = promises.make(
        office.database, office.actor(KIM), entry, "kim", NOW, raised=False
    ).promise.id
    with pytest.raises(NotYours):
        office.do(promises.hand_over, DANA, dana_owes_kim, SAM, WORDS)
    assert office.open_between(KIM, DANA) == ["the forecast"]
    assert office.open_between(DANA, SAM) == []


def test_handing_over_goes_to_a_rep_who_sits_on_the_team_now(office: Office) -> None:
    promise = office.promised().promise.id
    with pytest.raises(NotOnTeam):
        office.do(promises.hand_over, DANA, promise, TOM, WORDS)
    setup.choose_reps(office.database, office.actor(DANA), [SAM], NOW)
    with pytest.raises(NotOnTeam):
        office.do(promises.hand_over, DANA, promise, LENA, WORDS)
    with pytest.raises(BadField):
        office.do(promises.hand_over, DANA, promise, SAM, WORDS)
    assert office.open_between(DANA, SAM) == ["Acme price sheet"]


def test_handed_over_twice_by_the_same_form_it_is_handed_over_once(office: Office) -> None:
    promise = office.promised().promise.id
    first = office.do(promises.hand_over, DANA, promise, LENA, WORDS)
    again = office.do(promises.hand_over, DANA, promise, LENA, WORDS)
    assert first.promise == again.promise
    assert office.open_between(DANA, LENA) == [WORDS]
    assert office.open_between(DANA, SAM) == []
    with pytest.raises(AlreadyClosed):
        office.do(promises.open_again, DANA, promise)


def test_dropped_twice_by_the_same_form_the_later_words_stand(office: Office) -> None:
    promise = office.promised(raised=True).promise.id
    assert office.do(promises.drop, DANA, promise, "no budgt").tell_rep
    again = office.do(promises.drop, DANA, promise, "no budget")
    assert again.promise.closing_words == "no budget"
    assert not again.tell_rep


def test_handed_over_by_the_same_form_to_another_the_first_of_them_is_left_out(
    office: Office,
) -> None:
    setup.choose_reps(office.database, office.actor(DANA), [SAM, LENA, RAJ], NOW)
    promise = office.promised().promise.id

    def hands(rep: str, words: str) -> Promised:
        actor = office.actor(DANA)
        return promises.hand_over(office.database, actor, promise, rep, words, NOW, "h")

    hands(LENA, WORDS)
    assert hands(RAJ, "a sheet for Raj").promise.handed_to == NAMES[RAJ]
    assert office.open_between(DANA, LENA) == []
    assert office.open_between(DANA, RAJ) == ["a sheet for Raj"]
    hands(RAJ, "the later words")
    assert office.open_between(DANA, RAJ) == ["the later words"]


def test_what_a_form_says_was_raised_by_another_is_in_no_list_of_the_first(office: Office) -> None:
    actor, day = office.actor(DANA), date(2026, 11, 20)
    entry = TouchEntry(SAM, None, day, "", "tired of Tom", None, between_us=True)
    first = touches.log_form(office.database, actor, entry, "t", NOW).raised
    again = replace(entry, rep=LENA)
    second = touches.log_form(office.database, actor, again, "t", NOW).raised
    assert [one.between_us for one in (*first, *second)] == [True, True]
    assert office.open_between(DANA, SAM) == []
    assert office.open_between(DANA, LENA) == ["tired of Tom"]
    mended = replace(again, raised="tired of travel")
    assert touches.log_form(office.database, actor, mended, "t", NOW).raised[0].id == second[0].id
    assert office.open_between(DANA, LENA) == ["tired of travel"]


@pytest.mark.both
@pytest.mark.parametrize("first", range(4))
def test_kept_dropped_and_handed_over_at_once_it_is_closed_in_one_way(
    office: Office, first: int
) -> None:
    promise = office.promised(raised=True).promise.id

    def attempt(change: Callable[..., Promised], *more: object) -> Promised | Refusal:
        try:
            return office.do(change, DANA, promise, *more)
        except AlreadyClosed as refusal:
            return refusal

    closings: list[tuple[Callable[..., Promised], *tuple[object, ...]]] = [
        (promises.hand_over, LENA, WORDS),
        (promises.drop, "why"),
        (promises.fulfil,),
        (promises.fulfil,),
    ]
    with ThreadPoolExecutor(4) as pool:
        attempts = [pool.submit(attempt, *each) for each in closings[first:] + closings[:first]]
        found = [done.result(timeout=20) for done in attempts]
    closed = [each for each in found if isinstance(each, Promised)]
    assert sum(each.tell_rep for each in closed) == 1
    stands = promises.get(office.database, office.actor(DANA), promise, NOW).promise
    handed = stands.handed_to is not None
    assert (stands.kept_on is None) != (stands.dropped_on is None)
    assert office.open_between(DANA, LENA) == ([WORDS] if handed else [])


@pytest.mark.both
def test_one_form_sent_twice_at_once_makes_one_promise(office: Office) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(office.promised) for _ in range(2)]
        made = [done.result(timeout=20) for done in both]
    assert made[0].promise.id == made[1].promise.id
    assert sorted(each.said for each in made) == [False, True]
    assert office.open_between(DANA, SAM) == ["Acme price sheet"]


def test_the_same_form_mended_replaces_what_it_made(office: Office) -> None:
    made = office.promised()
    entry = PromiseEntry(LENA, Owner.REP, "call Hooli", None)
    mended = promises.make(office.database, office.actor(DANA), entry, "a", NOW, raised=False)
    assert not mended.said
    with pytest.raises(Gone):
        office.do(promises.fulfil, DANA, made.promise.id)
    assert office.open_between(DANA, SAM) == []
    assert office.open_between(DANA, LENA) == ["call Hooli"]


def test_the_id_of_another_managers_form_is_as_if_unknown(office: Office) -> None:
    made = office.promised(form="dana's").promise
    entry = PromiseEntry(TOM, Owner.MANAGER, "mine now", None)
    promises.make(office.database, office.actor(KIM), entry, "dana's", NOW, raised=False)
    assert office.open_between(DANA, SAM) == ["Acme price sheet"]
    assert office.open_between(KIM, TOM) == ["mine now"]
    assert office.promised(form="dana's").promise == made


def test_the_rep_is_told_once_of_what_they_raised_and_of_nothing_else(office: Office) -> None:
    plain = office.promised(form="plain").promise.id
    assert not office.do(promises.fulfil, DANA, plain).tell_rep
    raised = office.promised(form="raised", raised=True).promise.id
    assert office.do(promises.fulfil, DANA, raised).tell_rep
    office.do(promises.open_again, DANA, raised)
    assert not office.do(promises.fulfil, DANA, raised).tell_rep


def test_a_telling_given_back_is_claimed_by_the_next_closing(office: Office) -> None:
    raised = office.promised(raised=True).promise.id
    office.do(promises.fulfil, DANA, raised)
    promises.give_back_telling(office.database, office.workspace_id, raised)
    office.do(promises.open_again, DANA, raised)
    assert office.do(promises.drop, DANA, raised, "").tell_rep


def test_what_is_raised_in_a_contact_is_of_its_rep_and_its_day(office: Office) -> None:
    entry = TouchEntry(SAM, None, date(2026, 11, 20), "")
    touch = touches.log_form(office.database, office.actor(DANA), entry, "t", NOW).touch.id

    def raise_it(who: str, form: str, rep: str = SAM) -> Promised:
        said = PromiseEntry(rep, Owner.MANAGER, "quotes take four days", None)
        return promises.raise_in_contact(office.database, office.actor(who), touch, said, form, NOW)

    with pytest.raises(NowAbout):
        raise_it(DANA, "r", LENA)

    made = raise_it(DANA, "r").promise
    assert (made.rep.slack_id, made.raised_on) == (SAM, date(2026, 11, 20))
    assert made.raised_state is RaisedState.RAISED
    with pytest.raises(Gone):
        raise_it(KIM, "k")
    touches.take_back(office.database, office.actor(DANA), touch, NOW)
    with pytest.raises(Gone):
        raise_it(DANA, "late")


def test_everyone_closes_on_the_date_of_their_own_wall(office: Office) -> None:
    own = office.promised(Owner.REP, form="own").promise.id
    theirs = office.promised(form="theirs").promise.id
    assert office.do(promises.fulfil, SAM, own).promise.kept_on == date(2026, 11, 24)
    assert office.do(promises.fulfil, DANA, theirs).promise.kept_on == TODAY


@pytest.mark.parametrize(
    ("what", "due", "field"), [("  ", FRIDAY, "what"), ("words", date(2025, 11, 27), "due_on")]
)
def test_words_that_are_missing_and_days_that_are_over_are_refused(
    office: Office, what: str, due: date, field: str
) -> None:
    entry = PromiseEntry(SAM, Owner.MANAGER, what, due)
    with pytest.raises(BadField) as caught:
        promises.make(office.database, office.actor(DANA), entry, "f", NOW, raised=False)
    assert caught.value.field == field


def test_a_promise_of_another_workspace_is_not_there(office: Office) -> None:
    promise = office.promised().promise.id
    elsewhere = Actor(office.workspace_id + 1, DANA)
    with pytest.raises(Gone):
        promises.fulfil(office.database, elsewhere, promise, NOW)


def test_only_what_is_open_and_was_raised_is_said_to_be_anothers(office: Office) -> None:
    entry = TouchEntry(LENA, None, date(2026, 11, 20), "")
    touch = touches.log_form(office.database, office.actor(DANA), entry, "t", NOW).touch.id
    noted = office.promised(form="n").promise.id
    closed = office.promised(form="c", raised=True).promise.id
    office.do(promises.fulfil, DANA, closed)
    raised = office.promised(form="r", raised=True).promise.id
    entry_of_kim = PromiseEntry(TOM, Owner.MANAGER, "of another team", None)
    kims = promises.make(
        office.database, office.actor(KIM), entry_of_kim, "k", NOW, raised=True
    ).promise.id

    def say(who: str) -> None:
        promises.raised_by_second(
            office.database, office.actor(who), touch, [noted, closed, raised, kims, 0], NOW
        )

    with pytest.raises(Gone):
        say(KIM)
    for _ in range(2):
        say(DANA)
        assert office.open_between(DANA, LENA) == ["Acme price sheet"]
        assert office.open_between(DANA, SAM) == ["Acme price sheet"]
    assert office.open_between(KIM, TOM) == ["of another team"]
