"""Balance: how much of a manager's own attention looked back, for that manager alone.

Worked out anew whenever it is asked for, from what the manager wrote down, and kept nowhere."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.balance import (
    MINUTES,
    MONTHS,
    MONTHS_TO_SAY,
    Balance,
    LeftOut,
    MonthBalance,
    Part,
    Spent,
    Unknown,
    Weight,
    balance_of,
    month_of,
    months_until,
    of_meeting,
)
from bot.domain.team.calendar import WEEK
from bot.domain.team.settings import Direction
from bot.domain.team.teams import Team
from bot.domain.team.time_off import is_away
from bot.domain.todo.kinds import KINDS
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.submissions import Made
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import require_manager
from storage import todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import balance as counted
from storage.results.balance import Held, MeetingTicked, Used, Whose
from storage.team import absences
from storage.workspaces import submissions


def own_balance(database: Database, actor: Actor, now: datetime) -> tuple[date, Balance]:
    """Today, on the wall of the manager who asks, and their balance. Raises ForManagers and
    NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        return today, read_balance(tx, team, today)


class QuietMonths:
    """Of which managers there is nothing to say of the month that is over last, as far as this
    process has found out: a month that is over changes little, and Home is drawn often. Shared
    between threads."""

    def __init__(self) -> None:
        self._found: tuple[date, set[tuple[int, int, int]]] = (date.min, set())

    def of(self, month: date) -> set[tuple[int, int, int]]:
        """Those found of that month, to be added to: workspace, team and manager. What was found
        of another is forgotten."""
        if self._found[0] != month:
            self._found = (month, set())
        return self._found[1]


def to_say(tx: Transaction, team: Team, today: date, quiet: QuietMonths) -> MonthBalance | None:
    """The month of which a quiet line is due to that team's manager, and to nobody else; None where
    there is none, or they said that they have read it."""
    month, manager = months_until(today, 2)[0], team.manager.id
    key, known = (tx.workspace_id, team.id, manager), quiet.of(month)
    if key in known:
        return None
    sent = submissions.find(tx, _form_of(month), Made.BALANCE_SEEN, manager, team.id)
    found = read_balance(tx, team, today, MONTHS_TO_SAY).to_say if sent.is_new else None
    if found is None:
        known.add(key)
    return found


def seen(database: Database, actor: Actor, month: date, now: datetime) -> None:
    """Who acts has read the quiet line of that month: it is said no more. Of any month but the last
    that is over nothing is kept, since none is said. Writes. Raises ForManagers and NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        if month != months_until(team.today(now), 2)[0]:
            return
        kind, manager = Made.BALANCE_SEEN, team.manager.id
        sent = submissions.claim(tx, _form_of(month), kind, manager, team.id)
        submissions.keep(tx, sent, month.isoformat())


def _form_of(month: date) -> str:
    return f"balance:{month.isoformat()}"


def read_balance(tx: Transaction, team: Team, today: date, count: int = MONTHS) -> Balance:
    """The balance of that team's manager, in so many months. Whoever shows it shows it to nobody
    else."""
    months = months_until(today, count)
    whose = Whose(team.id, team.manager.id, months[0], today)
    calendar = calendars.of_team(team.settings, today)
    lists = todo.lists(tx, [team.id], months[0] - WEEK, today + WEEK)
    weeks = {one: calendar.begins(monday) for (_, monday), one in lists.items()}
    used = counted.reasons(tx, whose, weeks)
    held = counted.sessions(tx, whose)
    contacts = counted.contacts(tx, whose)
    met = _led(tx, team, counted.meetings(tx, team.id, months[0], today), months[0])
    spent = [
        *(spent for one in met for spent in of_meeting(one.day, one.sections, one.ticked)),
        *(
            Spent(month, Part.SESSION, direction, minutes)
            for month, direction, minutes in counted.topics(tx, whose)
        ),
        *_reviewed(held),
        *_ridden(contacts),
        *_used(used),
    ]
    left_out = [
        *(LeftOut(month_of(one.day), Unknown.MEETING, 1) for one in met if _says_nothing(one)),
        *(LeftOut(one.month, Unknown.SESSION, one.silent) for one in held),
        *_unknown_touches(contacts, used),
    ]
    return balance_of(spent, left_out, months)


def _led(
    tx: Transaction, team: Team, met: Iterable[MeetingTicked], since: date
) -> list[MeetingTicked]:
    """Those on days that the manager was there, and had the team: the others had somebody else's
    attention."""
    place = team.id, team.manager.id
    away = absences.of_people(tx, [place], since - timedelta(days=1))[place]
    return [one for one in met if one.day >= team.led_from and not is_away(one.day, away)]


def _says_nothing(met: MeetingTicked) -> bool:
    return met.is_over and not met.ticked


def _reviewed(held: Iterable[Held]) -> Iterable[Spent]:
    minutes = MINUTES[Weight.RESULTS]
    for one in held:
        yield Spent(one.month, Part.SESSION, Direction.REAR_VIEW, one.reviewed * minutes)


def _ridden(contacts: Iterable[tuple[date, InteractionKind, int]]) -> Iterable[Spent]:
    minutes = MINUTES[Weight.FIELD_DAY]
    for month, kind, count in contacts:
        if kind is InteractionKind.FIELD_DAY:
            yield Spent(month, Part.FIELD_DAY, Direction.FORWARD, count * minutes)


def _used(used: Iterable[Used]) -> Iterable[Spent]:
    """The reasons that were used, and the touches in which they were: they go one way."""
    for one in used:
        direction = KINDS[one.kind].direction
        reasons, touches = one.count * MINUTES[Weight.REASON], one.touches * MINUTES[Weight.TOUCH]
        yield Spent(one.month, Part.LIST, direction, reasons)
        yield Spent(one.month, Part.CONTACT, direction, touches)


def _unknown_touches(
    contacts: Iterable[tuple[date, InteractionKind, int]], used: Iterable[Used]
) -> Iterable[LeftOut]:
    known: dict[date, int] = {}
    for one in used:
        known[one.month] = known.get(one.month, 0) + one.touches
    for month, kind, count in contacts:
        if kind is InteractionKind.TOUCH:
            yield LeftOut(month, Unknown.CONTACT, count - known.get(month, 0))
