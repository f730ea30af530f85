"""The key-customer bench, and whose turn it is to be named for a field day."""

from datetime import date, datetime

from bot.domain.accounts.bench import BenchAccount, BenchPage, bench_of, next_turn, to_meet
from bot.domain.team.teams import Team
from bot.domain.team.time_off import is_away
from bot.domain.workspaces.people import Actor, Person
from bot.services.accounts.accounts import IN_A_LIST
from bot.services.workspaces.authority import require_manager
from storage.accounts import acquaintances
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, teams


def of_team(database: Database, actor: Actor, begins: int, now: datetime) -> BenchPage:
    """A page of the team's key accounts, those from `begins` on: who knows each, and what is
    missing there. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        reps = {(team.id, one.id) for one in _reps(tx, team, today)}
        bench = key_accounts(tx, team, today)
        off = absences.of_people(tx, reps, today) if reps else {}
    begins = begins if 0 <= begins < len(bench) else 0
    return BenchPage(
        bench[begins : begins + IN_A_LIST],
        begins,
        len(bench),
        known_alone=sum(one.known_alone for one in bench),
        unmet=sum(not one.met_by_manager for one in bench),
        away=frozenset(person for (_, person), days in off.items() if is_away(today, days)),
    )


def key_accounts(tx: Transaction, team: Team, today: date) -> tuple[BenchAccount, ...]:
    """The key accounts of a team, those first where most is missing."""
    known = acquaintances.at_key_accounts(tx, [team.id]).get(team.id, [])
    if not known:
        return ()
    return bench_of(known, team.manager.id, {one.id for one in _reps(tx, team, today)})


def take_turn(tx: Transaction, team: Team, rep: Person, today: date) -> None:
    """A field day with that rep was: the account that was named for it had its turn. Writes.
    Whoever logs one calls it in the same transaction, before the visits are saved."""
    bench = key_accounts(tx, team, today)
    named = to_meet(bench, rep.id)
    if named is not None:
        acquaintances.name(tx, named.id, rep.id, next_turn(bench, rep.id))


def _reps(tx: Transaction, team: Team, today: date) -> list[Person]:
    return [one.rep for one in teams.members(tx, team.id, on=today) if one.is_on(today)]
