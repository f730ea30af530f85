"""What reps raise themselves: whose it is, what two at once leave behind, and when time that was
asked for was had."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.domain.contacts.touches import TouchEntry
from bot.domain.promises import Promise, RaisedByRep, RaisedEntry
from bot.domain.team.teams import Thanks
from bot.domain.workspaces.people import Actor, Profile
from bot.domain.workspaces.refusals import BadField, Gone, NoTeam, NotYours, TakenOn
from bot.services import home, promises
from bot.services.contacts import raising, touches
from bot.services.team import people, setup
from bot.services.todo import thanks
from storage.database.engine import Database
from storage.models import Interaction, Person
from tests.services.memberships import say_fine

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DANA, KIM, SAM, LENA, NIA = "U0DANA", "U0KIM", "U0SAM", "U0LENA", "U0NIA"
NAMES = {
    DANA: "Dana Moss",
    KIM: "Kim Park",
    SAM: "Sam Stone",
    LENA: "Lena Fox",
    NIA: "Nia New",
}


@dataclass(frozen=True)
class Office:
    """Dana with Sam and Lena; Kim with Sam. Nia is nobody's rep."""

    database: Database
    workspace_id: int

    def actor(self, slack_id: str) -> Actor:
        return Actor(self.workspace_id, slack_id)

    def raises(
        self, who: str, what: str, form: str, at: datetime = NOW, **more: object
    ) -> RaisedByRep:
        entry = RaisedEntry(**{"manager": DANA, "what": what, **more})  # type: ignore[arg-type]
        return raising.raise_something(self.database, self.actor(who), entry, form, at)

    def asks(self, what: str = "", at: datetime = NOW, form: str = "time") -> int:
        return self.raises(SAM, what, form, at, for_time=True).promise.id

    def talks(self, day: date, at: datetime) -> int:
        """Dana logs a contact with Sam; its id."""
        entry = TouchEntry(SAM, None, day, "Acme")
        logged = touches.log_form(self.database, self.actor(DANA), entry, f"{at}", at)
        return logged.touch.id

    def raised(self, at: datetime = NOW, manager: str = DANA, rep: str = SAM) -> list[Promise]:
        """As the rep's Home lists it."""
        pages = home.home(self.database, self.actor(rep), at).on_teams
        (page,) = (page for page in pages if page.team.manager.slack_id == manager)
        return list(page.raised)

    def open_with_dana(self, at: datetime) -> list[int]:
        found = home.home(self.database, self.actor(DANA), at).manager
        assert found is not None
        return [one.id for one in found.promises]


@pytest.fixture
def office(database: Database, workspace_id: int) -> Office:
    people.save(database, workspace_id, [Profile(i, n, None) for i, n in NAMES.items()], NOW)
    made = Office(database, workspace_id)
    setup.choose_reps(database, made.actor(DANA), [SAM, LENA], NOW)
    setup.choose_reps(database, made.actor(KIM), [SAM], NOW)
    say_fine(database, workspace_id, KIM, NOW)
    return made


def test_it_is_for_one_manager_and_for_who_is_on_a_team(office: Office) -> None:
    made = office.raises(SAM, "quotes", "a", manager=KIM)
    assert made.manager.slack_id == KIM
    assert office.open_with_dana(NOW) == []
    for manager in ("", LENA):
        with pytest.raises(BadField):
            office.raises(SAM, "quotes", "b", manager=manager)
    with pytest.raises(NoTeam):
        office.raises(NIA, "quotes", "c")
    with pytest.raises(BadField):
        office.raises(LENA, "  ", "d")


def test_the_same_form_again_replaces_it_and_a_mended_one_becomes_between_us(
    office: Office,
) -> None:
    first = office.raises(SAM, "quotes", "a").promise
    again = office.raises(SAM, "quotes take days", "a", between_us=True).promise
    assert (again.id, again.what, again.between_us) == (first.id, "quotes take days", True)
    promises.date_again(office.database, office.actor(DANA), first.id, TODAY, NOW)
    with pytest.raises(TakenOn):
        office.raises(SAM, "something else", "a")


def test_only_who_raised_it_takes_it_back_while_nobody_has_taken_it_on(office: Office) -> None:
    made = office.raises(SAM, "quotes", "a").promise.id
    for who, refused in ((LENA, NotYours), (DANA, NotYours), (KIM, Gone)):
        with pytest.raises(refused):
            raising.take_back(office.database, office.actor(who), made, NOW)
    promises.date_again(office.database, office.actor(DANA), made, TODAY, NOW)
    with pytest.raises(TakenOn):
        raising.take_back(office.database, office.actor(SAM), made, NOW)
    other = office.raises(SAM, "prices", "b").promise.id
    for _ in range(2):
        raising.take_back(office.database, office.actor(SAM), other, NOW)
    assert [one.id for one in office.raised()] == [made]


@pytest.mark.both
def test_two_who_ask_at_once_ask_once(office: Office) -> None:
    with ThreadPoolExecutor() as pool:
        made = list(pool.map(lambda n: office.asks(f"talk {n}", form=f"form {n}"), range(4)))
    assert len(set(made)) == 1
    assert len(office.raised()) == 1


def test_time_was_had_with_the_first_contact_after_it_by_the_day_it_was(office: Office) -> None:
    later = NOW + timedelta(days=2)
    office.talks(TODAY, NOW)
    made = office.asks("the renewal")
    assert office.open_with_dana(NOW) == [made], "that was before"
    office.talks(TODAY - timedelta(days=1), later)
    assert office.open_with_dana(later) == [made], "a contact of the day before is none"
    touch = office.talks(date(2026, 11, 24), later)
    assert office.open_with_dana(later) == []
    assert office.raised(later)[0].kept_on == date(2026, 11, 24)
    touches.take_back(office.database, office.actor(DANA), touch, later)
    assert office.open_with_dana(later) == [made]


def test_a_contact_of_somebody_else_is_not_the_time_that_was_asked_for(office: Office) -> None:
    made, later = office.asks(), NOW + timedelta(days=1)
    touch = office.talks(date(2026, 11, 24), later)
    with office.database.writing(office.workspace_id) as tx:
        stand_in = tx.connection.execute(
            Person.__table__.select().where(Person.slack_id == NIA)
        ).one()
        tx.connection.execute(
            update(Interaction).where(Interaction.id == touch).values(author_id=stand_in.id)
        )
    assert office.open_with_dana(later) == [made]


def test_an_answer_closes_it_for_good(office: Office) -> None:
    made, later = office.asks(), NOW + timedelta(days=1)
    promises.drop(office.database, office.actor(DANA), made, "Thursday at three", NOW)
    office.talks(date(2026, 11, 24), later)
    (one,) = office.raised(later)
    assert (one.kept_on, one.dropped_on, one.closing_words) == (None, TODAY, "Thursday at three")


def test_each_says_for_themselves_whether_thanks_are_welcome(office: Office) -> None:
    (page,) = home.home(office.database, office.actor(LENA), NOW).on_teams
    assert page.thanks is None
    thanks.say(office.database, office.actor(LENA), page.team.id, Thanks.WELCOME, NOW)
    (page,) = home.home(office.database, office.actor(LENA), NOW).on_teams
    assert page.thanks is Thanks.WELCOME
    for who, refused in ((DANA, NotYours), (NIA, Gone)):
        with pytest.raises(refused):
            thanks.say(office.database, office.actor(who), page.team.id, Thanks.WELCOME, NOW)
