"""A few teams and the weeks before them, to ask the to-do list about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.contacts.touches import TouchEntry
from bot.domain.delivery import MessageKind, Posted
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.team.cadence import LONGEST, Cadence, Component
from bot.domain.team.time_off import AwayEntry
from bot.domain.todo.lists import SlotState, TodoRow, TodoView
from bot.domain.workspaces.people import Actor, Person, Profile
from bot.services import promises
from bot.services.contacts import touches
from bot.services.delivery import schedules
from bot.services.delivery.messages import list_subject
from bot.services.team import away, people, setup
from bot.services.todo import lists, sending
from bot.services.todo.sending import ListToSend
from storage.database.engine import Database
from storage.delivery import messages
from storage.team import people as stored_people
from storage.team import teams
from tests.services.memberships import say_fine

BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
DANA, KIM, KEN = "U0DANA", "U0KIM", "U0KEN"
SAM, LENA, RAJ, INES = "U0SAM", "U0LENA", "U0RAJ", "U0INES"
NAMES = {
    DANA: "Dana Moss",
    KIM: "Kim Park",
    KEN: "Ken Lund",
    SAM: "Sam Stone",
    LENA: "Lena Fox",
    RAJ: "Raj Rao",
    INES: "Ines Ortega",
}
MON, TUE, WED, THU, FRI, SAT, SUN = (date(2026, 11, 23) + timedelta(days=n) for n in range(7))
WEEK = timedelta(days=7)
RARE = Cadence(LONGEST, LONGEST)
FOUNDED = datetime(2026, 9, 7, 7, 0, tzinfo=UTC)
"""When teams begin: so long before that nobody is new any more."""

Answer = TypeVar("Answer")


def at(day: date, hour: int = 9, zone: str = BERLIN) -> datetime:
    """That hour on the wall of that day, as an instant."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone)).astimezone(UTC)


def reps_of(facts: TodoView) -> list[str]:
    """Who is on a list, by Slack id, sorted; someone who is there twice is there twice."""
    return sorted(row.slot.rep.slack_id for row in facts.rows)


def states(facts: TodoView) -> dict[str, SlotState]:
    return {row.slot.rep.slack_id: row.state for row in facts.rows}


def row_of(facts: TodoView, rep: str) -> TodoRow:
    (found,) = (row for row in facts.rows if row.slot.rep.slack_id == rep)
    return found


@dataclass(frozen=True)
class Office:
    """Dana, who manages Sam, Lena and Raj since long ago; Kim and Ken, who are there too."""

    database: Database
    workspace_id: int

    def actor(self, who: str) -> Actor:
        return Actor(self.workspace_id, who)

    def meets(self, who: str, zone: str | None = BERLIN, *, active: bool = True) -> None:
        """Slack says who that is."""
        profile = Profile(who, NAMES.get(who, who), zone, active=active)
        people.save(self.database, self.workspace_id, [profile], FOUNDED)

    def team(self, manager: str, *reps: str, now: datetime = FOUNDED) -> int:
        """These are the manager's reps from `now` on; the id of the team. Whoever is asked about
        a second team says that it is fine.

        Sessions and field days are rare in it, so that a story without any is not about them.
        """
        team = setup.choose_reps(self.database, self.actor(manager), reps, now).facts.team
        say_fine(self.database, self.workspace_id, manager, now)
        cadences = {**team.settings.cadences, Component.SESSION: RARE, Component.FIELD_DAY: RARE}
        with self.database.writing(self.workspace_id) as tx:
            teams.change(tx, team.id, replace(team.settings, cadences=cadences))
        return team.id

    def asks(self, service: Callable[..., Answer], who: str, *about: object) -> Answer:
        return service(self.database, self.actor(who), *about)

    def week(self, now: datetime, who: str = DANA) -> TodoView:
        """What `/todo` answers."""
        return self.asks(lists.this_week, who, now)

    def row(self, rep: str, now: datetime, who: str = DANA) -> TodoRow:
        return row_of(self.week(now, who), rep)

    def slot(self, rep: str, now: datetime, who: str = DANA) -> int:
        return self.row(rep, now, who).slot.id

    def done(self, rep: str, now: datetime, who: str = DANA) -> None:
        assert self.asks(lists.done, who, self.slot(rep, now, who), now) is not None

    def touches(self, rep: str, day: date, now: datetime, form: str, who: str = DANA) -> int:
        """A contact of that day is logged; its id."""
        entry = TouchEntry(rep, None, day, "")
        return self.asks(touches.log_form, who, entry, form, now).touch.id

    def promises(
        self,
        owner: Owner,
        rep: str,
        what: str,
        due_on: date | None,
        now: datetime,
        *,
        raised: bool = False,
    ) -> int:
        """A promise between Dana and that rep; its id."""
        entry = PromiseEntry(rep, owner, what, due_on)
        made = promises.make(
            self.database, self.actor(DANA), entry, f"{rep}:{what}", now, raised=raised
        )
        return made.promise.id

    def is_away(self, rep: str, starts_on: date, ends_on: date | None, now: datetime) -> int:
        """Dana notes days away of a rep; their id."""
        found = self.asks(setup.add_time_off, DANA, rep, starts_on, ends_on, now)
        (off,) = (o for o in found.time_off if (o.starts_on, o.ends_on) == (starts_on, ends_on))
        return off.id

    def leaves(
        self, starts_on: date, ends_on: date | None, stand_in: str | None, now: datetime
    ) -> int:
        """Dana is away, and names who stands in; the id of the days."""
        entry, form = AwayEntry(starts_on, ends_on, stand_in), f"{starts_on} {ends_on} {now}"
        off, _, _ = self.asks(away.add, DANA, entry, form, now)
        return off.id

    def place(
        self,
        rep: str,
        joined_on: date,
        left_on: date | None,
        now: datetime,
        line: str = "",
        *,
        new_on_team: bool = False,
    ) -> None:
        """The dates of a rep on Dana's team."""
        setup.change_rep(
            self.database,
            self.actor(DANA),
            rep,
            joined_on=joined_on,
            left_on=left_on,
            cadences={},
            first_line=line,
            new_on_team=new_on_team,
            now=now,
        )

    def sends(self, now: datetime, *team_ids: int, due_at: datetime | None = None) -> list[object]:
        """The lists of those teams are due, since `due_at` or now."""
        dues = [(team, due_at or now) for team in team_ids]
        return list(sending.make_due_lists(self.database, self.workspace_id, dues, now))

    def posts(self, now: datetime, team_id: int, ts: str = "1.0") -> ListToSend:
        """That team's list is due, and stands in a conversation afterwards."""
        (sent,) = self.sends(now, team_id)
        assert isinstance(sent, ListToSend)
        with self.database.writing(self.workspace_id) as tx:
            messages.remember(tx, sent.subject, "D0", ts, sent.reader.id)
        return sent

    def posted(self, team_id: int, monday: date) -> Sequence[Posted]:
        with self.database.reading(self.workspace_id) as tx:
            return messages.posted(tx, list_subject(team_id, monday))

    def wanted(self, team_id: int, monday: date = MON) -> int:
        """How often what that posted list shows has changed."""
        (posted,) = self.posted(team_id, monday)
        return posted.wanted_version

    def next_at(self, team_id: int, kind: MessageKind) -> datetime | None:
        with self.database.reading(self.workspace_id) as tx:
            return schedules.next_at(tx, team_id, kind)

    def person(self, who: str) -> Person:
        with self.database.reading(self.workspace_id) as tx:
            found = stored_people.get(tx, who)
        assert found is not None
        return found

    def team_id(self, manager: str) -> int:
        with self.database.reading(self.workspace_id) as tx:
            team = teams.of_manager(tx, manager)
        assert team is not None
        return team.id


def opened(database: Database, workspace_id: int) -> Office:
    """The office with Dana's team in it."""
    office = Office(database, workspace_id)
    profiles = [Profile(who, name, BERLIN) for who, name in NAMES.items()]
    people.save(database, workspace_id, profiles, FOUNDED)
    office.team(DANA, SAM, LENA, RAJ)
    return office
