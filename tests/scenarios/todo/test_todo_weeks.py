"""Eight weeks of two teams in two zones, lived through morning by morning.

Both clocks change on the way (New York on 14 March 2027, Berlin on 28 March). Public holidays:
Presidents' Day on Monday 15 February in the US; Good Friday and Easter Monday, 26 and 29 March, in
Bavaria.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.promises import Owner
from bot.domain.team.time_off import AwayEntry
from bot.domain.todo.lists import WhyView
from bot.domain.todo.reasons import ReasonKind
from bot.services import promises
from bot.services.team import away, setup
from bot.services.todo import lists
from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests.databases import POSTGRESQL_IN_SWEEP
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, chooses, modal

pytestmark = pytest.mark.slow

FIRST = date(2027, 2, 15)
WEEK = timedelta(days=7)
MONDAYS = [FIRST + WEEK * number for number in range(8)]
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"

NEVER = re.compile(
    r"(?i)\b(silen|haven't|has not|have not|no contact|overdue|late\b|behind|missed|neglect|"
    r"forgot|should have|days ago|weeks ago|for \d+ (days|weeks)|since you|last spoke|last contact|"
    r"he|she|his|her|him)\b"
)
CHANNELS = ("a call", "in person if you can", "a video call", "a chat")


def weekday(monday: date, number: int) -> date:
    return monday + timedelta(days=number)


@dataclass
class Seat:
    """A manager, and what happened on their team so far."""

    world: World
    manager: Person
    zone: str
    reps: list[Person]
    away: set[Person] = field(default_factory=set)
    """Reps who are away all this week."""
    before: list[str] = field(default_factory=list)
    """What the manager was sent before the story begins: whether a rep may be on a second team."""
    sent: list[Message] = field(default_factory=list)
    reasons: dict[Person, list[tuple[ReasonKind, str]]] = field(default_factory=dict)
    """What each rep's slot was about when it was done; a week that stayed open is left out."""
    channels: dict[Person, dict[date, str]] = field(default_factory=dict)
    """What was suggested for each rep, by the Monday of the week."""
    open_before: dict[Person, str] = field(default_factory=dict)
    """What the slots were about that stayed open last week."""

    @property
    def list(self) -> Message:
        return self.sent[-1]

    def goes_to(self, day: date, hour: int, minute: int = 0) -> None:
        at(self.world, day, hour, minute, self.zone)

    def receives(self, day: date, hour: int = 8) -> None:
        """Nothing a minute before; then one message, which is this week's for good."""
        self.goes_to(day, hour - 1, 59)
        self.has_no_more()
        self.goes_to(day, hour)
        self.sent.append(self.manager.dm[-1])
        self.has_no_more()
        posted = datetime.fromtimestamp(float(self.list.ts), UTC).astimezone(ZoneInfo(self.zone))
        assert (posted.date(), posted.hour, posted.minute) == (day, hour, 0)

    def has_no_more(self) -> None:
        """Nothing was sent but the lists, and each of them once."""
        sent = [one.ts for one in self.manager.dm if one.ts not in self.before]
        assert sent == [one.ts for one in self.sent]

    def reads(self) -> None:
        """Everyone is on it once, with a reason and another in reserve, in words that are kind."""
        seen = self.list.text
        here = [rep for rep in self.reps if rep not in self.away]
        assert f"of {len(here)} done" not in seen
        for rep in self.reps:
            assert seen.count(rep.name) == 1, f"{rep.name} on\n{seen}"
        for rep in self.away:
            assert f"{rep.name} is away; a welcome-back comes on" in seen
        assert not NEVER.search(seen), seen
        for rep in here:
            why = self.why(rep)
            abouts = [ranked.reason.about for ranked in why.ranking]
            assert why.reason.about in abouts
            assert len(set(abouts)) >= 2
            for ranked in why.ranking:
                said = f"{ranked.reason.text} {ranked.reason.source} {ranked.because}"
                assert not NEVER.search(said.replace("Kept", "")), said
            carried = self.open_before.get(rep)
            if carried in abouts:
                ranked = why.ranking[abouts.index(carried)]
                assert ranked.because.endswith("It stayed open last week, so it comes sooner.")
                others = [one for one in why.ranking if one.reason.about != carried]
                assert why.reason.about == carried or others[0].weight >= ranked.weight

    def why(self, rep: Person) -> WhyView:
        now = self.world.slack.clock.now()
        return lists.why(self.world.database, self.world.actor(self.manager), rep.id, now)

    def looks(self, monday: date) -> None:
        """What is suggested for those who are open today."""
        for rep in self.reps:
            found = re.search(rf"^{rep.name} · ({'|'.join(CHANNELS)})$", self.list.text, re.M)
            if found:
                self.channels.setdefault(rep, {})[monday] = found[1]

    def does(self, *reps: Person) -> None:
        """**Done**, for each of them."""
        for rep in reps:
            about = self.why(rep).reason
            chooses(self.list, "Done", rep.name)
            assert f"✓ {rep.name} · today" in self.list.text
            self.reasons.setdefault(rep, []).append((about.kind, about.about))

    def ends(self, day: date) -> None:
        """The same message says what became of the week."""
        left = {
            rep: self.why(rep).reason.about
            for rep in self.reps
            if rep not in self.away and not self.is_done(rep)
        }
        self.goes_to(day, 6)
        self.has_no_more()
        seen = self.list.text
        assert self.list.edited
        assert "[" not in seen
        assert not NEVER.search(seen)
        if left:
            assert ". First in line next week." in seen
            tail = seen.split("Stayed open: ")[1].split(". ")[0]
            assert sorted(tail.split(", ")) == sorted(rep.name for rep in left)
        else:
            assert "You were in touch with everyone." in seen
        self.open_before = left

    def is_done(self, rep: Person) -> bool:
        """Today, in its row, or before."""
        seen = self.list.text
        return f"✓ {rep.name}" in seen or f"{rep.name} contact, " in seen


@dataclass
class Story:
    """Dana's team in Berlin and Kim's in New York; Bo Lind is on both."""

    world: World
    dana: Seat
    kim: Seat
    bo: Person
    chance: random.Random

    @property
    def seats(self) -> tuple[Seat, Seat]:
        return self.dana, self.kim

    def week(
        self, monday: date, *, dana: date | None, kim: date | None, over: int = 5
    ) -> Iterator[tuple[date, Seat]]:
        """The mornings of a week, seat by seat, from the day the list comes. `over` is the day of
        Dana's week on which it has ended."""
        for number in range(6):
            day = weekday(monday, number)
            for seat, comes, end in ((self.dana, dana, over), (self.kim, kim, 5)):
                if comes is None or day < comes or number > end:
                    continue
                if number == end:
                    seat.ends(day)
                    continue
                if day == comes:
                    seat.receives(day)
                    seat.reads()
                else:
                    seat.goes_to(day, 8)
                seat.has_no_more()
                assert f"{day:%a} ·" not in seat.list.text
                seat.looks(monday)
                yield day, seat

    def works(self, seat: Seat, share: float) -> None:
        """The manager is in touch with some of those who are open today."""
        open_today = [
            rep
            for rep in seat.reps
            if re.search(rf"^{rep.name} · ({'|'.join(CHANNELS)})$", seat.list.text, re.M)
        ]
        seat.does(*(rep for rep in open_today if self.chance.random() < share))


def holds(seat: Seat, country: str) -> None:
    """Public holidays of the team."""
    world, now = seat.world, seat.world.slack.clock.now()
    setup.change_settings(world.database, world.actor(seat.manager), {"country": country}, now)


@pytest.fixture
def story(world: World) -> Story:
    world.slack.clock.move_to(datetime(2027, 2, 10, 15, tzinfo=UTC))
    berlin = [world.person(name, tz=BERLIN) for name in ("Sam Stone", "Lena Fox", "Raj Rao")]
    york = [world.person(name, tz=NEW_YORK) for name in ("Tom Ash", "Ada Ek", "Mia Lo")]
    bo = world.person("Bo Lind", tz=BERLIN)
    dana = Seat(world, world.person("Dana Moss", tz=BERLIN), BERLIN, [*berlin, bo])
    kim = Seat(world, world.person("Kim Ito", tz=NEW_YORK), NEW_YORK, [*york, bo])
    for seat, country in ((dana, "DE-BY"), (kim, "US")):
        world.team(seat.manager, *seat.reps)
        holds(seat, country)
    world.heart.beat(world.slack.clock.now())
    for seat in (dana, kim):
        seat.before = [one.ts for one in seat.manager.dm]
    return Story(world, dana, kim, bo, random.Random(20270215))


# tests/services/test_todo_weeks.py lives weeks on PostgreSQL too.
@POSTGRESQL_IN_SWEEP
def test_eight_weeks_of_two_teams(world: World, story: Story) -> None:
    dana, kim, bo = story.dana, story.kim, story.bo
    sam, lena, raj = dana.reps[:3]
    tom, ada, mia = kim.reps[:3]
    _promised_and_raised(world, story, sam, tom)
    _a_new_rep_and_days_off(world, story, lena, ada, bo)
    _the_clocks_change(world, story, raj, mia)
    _away_and_holidays(story)
    for seat in story.seats:
        _kinds_took_turns(seat)
        _suggestions_varied(seat)
    assert (len(dana.sent), len(kim.sent)) == (8, 7)
    for rep in {*dana.reps, *kim.reps}:
        assert not any("week" in message.text for message in rep.dm)


def _promised_and_raised(world: World, story: Story, sam: Person, tom: Person) -> None:
    """Weeks one and two. The first is worked through by Dana, and not at all by Kim."""
    dana, kim = story.seats
    price = promise(world, dana.manager, sam, "price sheet", due=date(2027, 2, 17))
    plan = promise(world, kim.manager, tom, "call Hooli", owner=Owner.REP, due=date(2027, 2, 19))
    quotes = promise(world, kim.manager, tom, "quotes take four days", due=None, raised=True)
    monday = MONDAYS[0]
    for _, seat in story.week(monday, dana=monday, kim=weekday(monday, 1)):
        if seat is dana:
            story.works(dana, 1.0)
    assert dana.reasons[sam] == [(ReasonKind.PROMISE_OWED, f"promise:{price}")]
    assert kim.open_before[tom] == f"promise:{quotes}"
    monday = MONDAYS[1]
    for day, seat in story.week(monday, dana=monday, kim=monday):
        if day == monday and seat is dana:
            assert dana.why(sam).reason.about == f"promise:{price}"
            promises.fulfil(world.database, world.actor(dana.manager), price, now(world))
            dana.goes_to(day, 9)
            assert "price sheet" not in dana.list.text
        if day == monday and seat is kim:
            assert kim.why(tom).reason.about == f"promise:{quotes}"
            promises.fulfil(world.database, world.actor(tom), plan, now(world))
            promises.drop(world.database, world.actor(kim.manager), quotes, "not now", now(world))
            kim.goes_to(day, 9)
            assert "quotes take four days" not in kim.list.text
            assert "Tom kept it: “call Hooli”. Say you noticed." in kim.list.text
        story.works(seat, 1.0 if seat is kim else 0.5)
        if day == weekday(monday, 4) and seat is dana:
            dana.manager.slash("/todo issue price change until 2027-03-05")
    assert kim.reasons[tom] == [(ReasonKind.PROMISE_KEPT, f"kept:{plan}")]


def _a_new_rep_and_days_off(
    world: World, story: Story, lena: Person, ada: Person, bo: Person
) -> None:
    """Weeks three and four: an issue of the day, who is away and back, who joins and leaves."""
    dana, kim = story.seats
    monday = MONDAYS[2]
    rep_is_away(world, dana, lena, monday, weekday(monday, 4))
    # Of himself, on either team.
    own = AwayEntry(monday, weekday(monday, 2), None)
    away.add(world.database, world.actor(bo), own, "a form", now(world))
    dana.away.add(lena)
    for day, seat in story.week(monday, dana=monday, kim=monday):
        if day == monday and seat is dana:
            assert "Stayed open: Bo Lind, Raj Rao." in dana.sent[-2].text
            assert dana.list.text.index("Raj Rao") < dana.list.text.index("Sam Stone")
        if day == monday:
            assert not re.search(r"^(Mon|Tue|Wed) · Bo Lind|^Bo Lind", seat.list.text, re.M)
            assert ("Issue of the day: “price change”" in seat.list.text) is (seat is dana)
        if day == weekday(monday, 1) and seat is kim:
            nia = world.person("Nia New", tz=NEW_YORK)
            kim.manager.slash("/touch @Nia New")
            kim.manager.clicks("Add to my team")
            kim.reps.append(nia)
            kim.goes_to(day, 9)
            assert "Nia is new on your team. Say welcome;" in kim.list.text
        story.works(seat, 0.6)
    assert (ReasonKind.ISSUE_OF_THE_DAY, "issue:1") in used(dana)
    dana.away.clear()
    monday = MONDAYS[3]
    for day, seat in story.week(monday, dana=monday, kim=monday):
        if day == monday and seat is dana:
            assert dana.why(lena).reason.kind is ReasonKind.WELCOME_BACK
            assert "Lena is back. Say welcome; share what moved." in dana.list.text or (
                "Lena is back on Monday. Say welcome; share what moved." in dana.list.text
            )
        if day == weekday(monday, 2) and seat is kim:
            actor = world.actor(kim.manager)
            kim.reps.remove(ada)
            kim.reasons.pop(ada, None)
            kim.channels.pop(ada, None)
            left = [rep.id for rep in kim.reps]
            setup.choose_reps(world.database, actor, left, now(world))
            kim.goes_to(day, 9)
            assert "Ada Ek" not in kim.list.text or "Ada Ek" in kim.list.text.partition("Done ·")[2]
        story.works(seat, 0.7)


def _the_clocks_change(world: World, story: Story, raj: Person, mia: Person) -> None:
    """Weeks five and six: summer time in New York, Dana away for two days, Good Friday."""
    dana, kim = story.seats
    monday = MONDAYS[4]
    dana.manager.slash("/todo away")
    modal(dana.manager).fill("From", monday)
    modal(dana.manager).fill("To", weekday(monday, 1))
    modal(dana.manager).submit()
    for _, seat in story.week(monday, dana=weekday(monday, 2), kim=monday):
        story.works(seat, 0.6)
    monday = MONDAYS[5]
    promise(world, dana.manager, raj, "second demo laptop", due=weekday(monday, 3), raised=True)
    promise(world, kim.manager, mia, "visit Initech", owner=Owner.REP, due=weekday(monday, 2))
    for day, seat in story.week(monday, dana=monday, kim=monday, over=4):
        if day == monday and seat is kim:
            assert "Mia's plan for Wednesday: “visit Initech”. Offer a hand." in kim.list.text
        if day == monday and seat is dana:
            assert "Raj raised: “second demo laptop”." in dana.list.text
            assert "Fri ·" not in dana.list.text
        story.works(seat, 0.5)


def _away_and_holidays(story: Story) -> None:
    """Weeks seven and eight: Easter Monday, summer time in Berlin, and Kim away for a week."""
    dana, kim = story.seats
    monday = MONDAYS[6]
    kim.manager.slash("/todo away")
    modal(kim.manager).fill("From", monday)
    modal(kim.manager).fill("To", weekday(monday, 4))
    modal(kim.manager).submit()
    dana.goes_to(monday, 12)
    dana.has_no_more()
    for _, seat in story.week(monday, dana=weekday(monday, 1), kim=None):
        story.works(seat, 0.8)
    kim.goes_to(weekday(monday, 5), 8)
    kim.has_no_more()
    kim.open_before = {}
    monday = MONDAYS[7]
    for _, seat in story.week(monday, dana=monday, kim=monday):
        story.works(seat, 1.0)


def _kinds_took_turns(seat: Seat) -> None:
    """What was said is not said again in the next week, but for what is owed or raised."""
    for rep, said in seat.reasons.items():
        for (kind, about), (_, after) in pairwise(said):
            if kind not in (ReasonKind.PROMISE_OWED, ReasonKind.RAISED):
                assert about != after, f"{rep.name}: {said}"
    assert len({kind for kind, _ in used(seat)}) >= 4


def _suggestions_varied(seat: Seat) -> None:
    for weeks in seat.channels.values():
        for monday, suggested in weeks.items():
            assert weeks.get(monday + WEEK) != suggested


def used(seat: Seat) -> list[tuple[ReasonKind, str]]:
    return [one for said in seat.reasons.values() for one in said]


def rep_is_away(world: World, seat: Seat, rep: Person, first: date, last: date) -> None:
    actor = world.actor(seat.manager)
    setup.add_time_off(world.database, actor, rep.id, first, last, now(world))


def now(world: World) -> datetime:
    return world.slack.clock.now()
