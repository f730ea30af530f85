"""Two teams and everybody who is wrong for what one of them does, with words that tell whose they
are."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import insert, select

from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.refusals import NoTeam
from bot.screens.team.people import ensure_profiles
from bot.services.binder import handover, moving
from bot.services.team import away
from slack_sandbox import Person
from storage.database.engine import Database
from storage.models import Base, Membership, Team
from storage.models import Person as PersonRow
from storage.team import people
from storage.team import teams as stored_teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld
from tests.scenarios.promises.promising import promise
from tests.scenarios.workspaces.everything import busy_team

FIRST = 1001
"""Where the second team's rows begin, in every table: the first touch, promise, draft and meeting
of that team have one and the same id, so that no id of theirs is tried on the wrong table."""

ELSEWHERE = 5000
"""By how much the ids of the other workspace's rows are higher."""

DANA, RAJ, LENA, TOM = "Dana Moss", "Raj Rao", "Lena Fox", "Tom Ash"
OTTO, NORA, SVEN = "Otto Berg", "Nora Lind", "Sven Holm"
STAN, INES, RITA, DORA, UMA = "Stan Roth", "Ines Vale", "Rita Gone", "Dora Left", "Uma Blank"
PIA = "Pia Rask"

_MEETING = frozenset({DANA, RAJ, LENA, TOM, INES})
_OTHER_MEETING = frozenset({OTTO, NORA, SVEN, LENA, STAN})

WORDS: Mapping[str, frozenset[str]] = {
    # What `busy_team` writes.
    "win the north": frozenset({DANA, RAJ}),
    "call Hooli": frozenset({DANA, RAJ}),
    "good talk": frozenset({DANA, RAJ}),
    "Northwind": frozenset({DANA, RAJ}),
    "ask for the next step": frozenset({DANA, RAJ}),
    "about Acme": frozenset({DANA}),
    "late quotes": frozenset({DANA, RAJ}),
    "two renewals early": _MEETING,
    "send the price sheet": frozenset({DANA, RAJ}),
    "call Acme": frozenset({DANA, LENA}),
    "Hooli tender": frozenset({DANA}),
    "Initech": frozenset({DANA}),
    # What `other_team` writes.
    "bravo-contact": frozenset({OTTO}),
    "bravo-account": frozenset({OTTO}),
    "bravo-focus": frozenset({OTTO}),
    "bravo-market": frozenset({OTTO}),
    "bravo-plan": frozenset({OTTO, NORA}),
    "bravo-step": frozenset({OTTO, NORA}),
    "bravo-shared": frozenset({OTTO, NORA}),
    "bravo-private": frozenset({OTTO}),
    "bravo-unshared": frozenset({OTTO}),
    "bravo-promised": frozenset({OTTO}),
    "bravo-item": _OTHER_MEETING,
    "bravo-raised": frozenset({OTTO, NORA}),
    "bravo-note": frozenset({OTTO}),
    "bravo-prepared": frozenset({OTTO, NORA}),
    "bravo-draft": frozenset({OTTO}),
    "bravo-issue": frozenset({OTTO, STAN}),
    "bravo-line": frozenset({OTTO}),
}
"""Who may read each: nobody else may, whatever they press."""

WORDS_SINCE_NORA_MOVED: Mapping[str, frozenset[str]] = {
    **WORDS,
    # What Nora's manager may read goes along with her.
    **{
        word: WORDS[word] | {DANA}
        for word in (
            *("bravo-contact", "bravo-account", "bravo-market", "bravo-plan", "bravo-step"),
            *("bravo-shared", "bravo-raised", "bravo-prepared"),
        )
    },
    "two renewals early": _MEETING | {NORA},
}
"""The same once Nora came from Otto's team to Dana's: what he never shared with her stays his."""


WORDS_SINCE_THE_OTHER_TEAM_PASSED: Mapping[str, frozenset[str]] = {
    **WORDS,
    # What was Otto's alone stays with him.
    **{
        word: WORDS[word] | {PIA}
        for word in (
            *("bravo-contact", "bravo-account", "bravo-market", "bravo-plan", "bravo-step"),
            *("bravo-shared", "bravo-raised", "bravo-prepared", "bravo-focus", "bravo-item"),
            # A promise is a promise, and goes on with the team, also where its session does not.
            *("bravo-issue", "bravo-line", "bravo-promised"),
        )
    },
}
"""The same once Pia leads what was Otto's team."""

WORDS_SINCE_THE_TEAMS_WERE_JOINED: Mapping[str, frozenset[str]] = {
    **WORDS_SINCE_NORA_MOVED,
    "bravo-item": _MEETING | _OTHER_MEETING,
    "bravo-issue": frozenset({OTTO, STAN, DANA, INES}),
    "two renewals early": _MEETING | {NORA, SVEN},
}
"""The same once all of Otto's reps are Dana's."""


@dataclass(frozen=True)
class Stranger:
    """Somebody who is wrong for what others do. `begin` is what has to be so meanwhile."""

    role: str
    person: Person
    begin: Callable[[], object] | None = None


@dataclass
class TwoTeams:
    team: MeetingWorld
    otto: Person
    nora: Person
    sven: Person
    channel: str
    forms: tuple[str, ...]
    strangers: tuple[Stranger, ...]
    names: dict[str, str]
    """Of everybody, by Slack id."""
    words: Mapping[str, frozenset[str]] = field(default_factory=lambda: WORDS)

    def forbidden(self, slack_id: str) -> list[str]:
        """The words that this person must not read."""
        name = self.names.get(slack_id, "")
        return [word for word, readers in self.words.items() if name not in readers]


def two_teams(world: World) -> TwoTeams:
    """Dana's team in the midst of its work, Otto's too; Lena is on both."""
    team = busy_team(world)
    with _ids_from(world.database, FIRST):
        otto, nora, sven, channel = other_team(world, team)
    forms = tuple(_forms(world.database))
    stan, ines, rita, dora, uma = (world.person(one) for one in (STAN, INES, RITA, DORA, UMA))
    ensure_profiles(
        world.product.app, world.workspace_id, [one.id for one in (stan, ines, rita, dora)]
    )
    _were_on_the_team(world, team.dana, rita, dora)
    dora.is_deactivated()
    for person in (otto, nora, sven, team.lena):
        person.reloads()
    strangers = (
        Stranger("the manager of another team", otto),
        Stranger("a rep of another team", nora),
        Stranger("another rep of the team", team.tom),
        Stranger("a rep of both teams", team.lena),
        Stranger("the manager as a rep's press", team.dana),
        Stranger("a stand-in of another team", stan, partial(_goes_away, world, otto, stan)),
        Stranger("the stand-in of the team", ines, partial(_goes_away, world, team.dana, ines)),
        Stranger("a rep who was removed", rita),
        Stranger("somebody deactivated", dora),
        Stranger("somebody unknown", uma),
    )
    members = world.slack._workspace.members
    names = {one.id: one.name for one in members.values()}
    return TwoTeams(team, otto, nora, sven, channel, forms, strangers, names)


def nora_moves(world: World, teams: TwoTeams) -> None:
    """Nora comes to Dana's team, with all that goes along."""
    now = world.slack.clock.now()
    with world.database.writing(world.workspace_id, patience=60) as tx:
        otto, dana = (stored_teams.of_manager(tx, one.id) for one in (teams.otto, teams.team.dana))
        nora = people.get(tx, teams.nora.id)
        assert otto is not None
        assert dana is not None
        assert nora is not None
        moving.move_rep(tx, nora, otto, dana, dana.today(now), now)
    teams.words = WORDS_SINCE_NORA_MOVED


def other_team_passes(world: World, teams: TwoTeams) -> None:
    """What was Otto's team is Pia's; he leads none any more."""
    pia = world.person(PIA)
    ensure_profiles(world.product.app, world.workspace_id, [pia.id])
    _passes(world, teams.otto, pia, join=False)
    new = Stranger("the new manager of another team", pia)
    teams.strangers = (*(_with(world, one, pia) for one in teams.strangers), new)
    teams.names |= {pia.id: PIA}
    teams.words = WORDS_SINCE_THE_OTHER_TEAM_PASSED


def _with(world: World, stranger: Stranger, manager: Person) -> Stranger:
    """Whoever stands in for another manager does so for this one."""
    if "stand-in of another" not in stranger.role:
        return stranger
    begin = partial(_goes_away, world, manager, stranger.person)
    return replace(stranger, begin=begin)


def teams_are_joined(world: World, teams: TwoTeams) -> None:
    """All of Otto's reps are Dana's."""
    _passes(world, teams.otto, teams.team.dana, join=True)
    teams.words = WORDS_SINCE_THE_TEAMS_WERE_JOINED


def _passes(world: World, giver: Person, receiver: Person, *, join: bool) -> None:
    now = world.slack.clock.now()
    ids = (world.workspace_id, giver.id, receiver.id, None, now)
    handover.by_operator(world.database, *ids, join=join, dry_run=False)


def other_team(world: World, team: MeetingWorld) -> tuple[Person, Person, Person, str]:
    """A second team that has something of everything."""
    otto, nora, sven = (world.person(name) for name in (OTTO, NORA, SVEN))
    world.team(otto, nora, sven, team.lena)
    channel = world.slack.add_channel("nordic-sales", members=[otto, nora, sven, team.lena])
    otto.slash("/touch @Nora Lind call bravo-contact")
    otto.slash("/fieldday @Nora Lind")
    modal(otto).fill("Visits", "bravo-account: Jo Lee, wants a trial")
    modal(otto).fill("One focus", "bravo-focus")
    modal(otto).clicks("More")
    modal(otto).fill("Heard of market and competitors", "bravo-market")
    modal(otto).submit()
    _closes(otto)
    _session(otto, "Nora Lind", "bravo-plan", "bravo-step", "bravo-shared", "bravo-private")
    otto.clicks("Preview as Nora Lind")
    modal(otto).submit()
    _closes(otto)
    _session(otto, "Sven Holm", "bravo-unshared", "bravo-promised", "bravo-unshared three", "")
    promise(world, otto, nora, "bravo-raised", due=date(2026, 12, 4), raised=True)
    otto.slash("/agenda bravo-item one")
    nora.slash("/agenda bravo-item two", channel)
    otto.says("bravo-note")
    otto.slash("/todo issue bravo-issue until friday")
    otto.slash("/team @Lena Fox")
    otto.clicks("Settings")
    modal(otto).fill("Working on, or promised", "bravo-line")
    modal(otto).submit()
    otto.slash("/binder @Nora Lind")
    otto.picks("Plan a session")
    modal(otto).fill("Day", "2026-12-02")
    modal(otto).submit()
    _closes(otto)
    nora.opens_home()
    nora.clicks("Prepare")
    modal(nora).fill("Pipeline", "bravo-prepared")
    modal(nora).submit()
    _closes(nora)
    otto.slash("/session @Sven Holm")
    modal(otto).fill("What changed", "bravo-draft")
    modal(otto).submit()
    _closes(otto)
    otto.slash("/todo")
    return otto, nora, sven, channel


def _session(otto: Person, rep: str, plan: str, step: str, shared: str, private: str) -> None:
    otto.slash(f"/session @{rep}")
    modal(otto).fill("Plan", plan)
    modal(otto).fill("Next step", step)
    for _ in range(4):
        modal(otto).submit()
    modal(otto).fill("Note for both of you", shared)
    modal(otto).submit()
    if private:
        modal(otto).fill("Private note", private)
        modal(otto).submit()
    _closes(otto)


def _closes(person: Person) -> None:
    if person.modal is not None:
        person.modal.close_all()


def _goes_away(world: World, manager: Person, stand_in: Person) -> None:
    now = world.slack.clock.now()
    entry = AwayEntry(now.date(), date(2027, 3, 1), stand_in.id)
    with suppress(NoTeam):  # whose team was joined with another leads none
        away.add(world.database, world.actor(manager), entry, "a form", now)


def _were_on_the_team(world: World, manager: Person, removed: Person, deactivated: Person) -> None:
    """One was taken off a week ago; the other is still on it."""
    with world.database.writing(world.workspace_id) as tx:
        found = tx.connection.execute(select(PersonRow.slack_id, PersonRow.id))
        ids = {row.slack_id: row.id for row in found}
        team = tx.connection.execute(
            select(Team.id).where(Team.manager_id == ids[manager.id])
        ).scalar_one()
        for person, left in ((removed, date(2026, 11, 23)), (deactivated, None)):
            seat = {"team_id": team, "rep_id": ids[person.id], "left_on": left, "first_line": ""}
            tx.connection.execute(
                insert(Membership).values(
                    **seat, joined_on=date(2026, 1, 5), workspace_id=world.workspace_id
                )
            )


@contextmanager
def _ids_from(database: Database, first: int) -> Iterator[None]:
    """Meanwhile the next row of every table has that id, on SQLite: one of a workspace that does
    not exist stands right before it."""
    path = str(database.engine.url.database)
    tables = [one.name for one in Base.metadata.sorted_tables if "workspace_id" in one.columns]
    with _sqlite(path) as connection:
        for table in tables:
            columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
            row = {
                name: (0 if "INT" in kind.upper() else "") if needed else None
                for _, name, kind, needed, *_ in columns
            }
            row |= {"id": first - 1, "workspace_id": -1}
            places = ", ".join("?" for _ in row)
            names = ", ".join(f'"{name}"' for name in row)
            line = f'INSERT INTO "{table}" ({names}) VALUES ({places})'
            connection.execute(line, [*row.values()])
    try:
        yield
    finally:
        with _sqlite(path) as connection:
            for table in tables:
                connection.execute(f'DELETE FROM "{table}" WHERE workspace_id = -1')


@contextmanager
def _sqlite(path: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path)
    try:
        with connection:
            yield connection
    finally:
        connection.close()


def _forms(database: Database) -> list[str]:
    """One form of the second team for each table that keeps them."""
    found: list[str] = []
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if "form" in table.columns:
                made = select(table.columns.form).where(
                    table.columns.id >= FIRST, table.columns.form.is_not(None)
                )
                found += connection.execute(made.limit(1)).scalars().all()
    return [one for one in found if one]


def copy_to_another_workspace(database: Database) -> None:
    """All that there is, once more in a workspace that this app does not serve: the same Slack
    ids, and ids of rows that are its own."""
    path = str(database.engine.url.database)
    with _sqlite(path) as connection:
        connection.execute("INSERT INTO workspace (id, slack_id, name) VALUES (2, 'T0THERE', '')")
        for table in Base.metadata.sorted_tables:
            if "workspace_id" not in table.columns:
                continue
            moved = {
                column.name
                for column in table.columns
                if column.name == "id"
                or any(key.column.table.name != "workspace" for key in column.foreign_keys)
            }
            _copy(connection, table.name, moved)


def _copy(connection: sqlite3.Connection, table: str, moved: set[str]) -> None:
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE workspace_id = 1')
    names = [one[0] for one in cursor.description]
    for values in cursor.fetchall():
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        row["workspace_id"] = 2
        row |= {name: row[name] + ELSEWHERE for name in moved if row[name] is not None}
        places = ", ".join("?" for _ in row)
        line = f'INSERT INTO "{table}" VALUES ({places})'
        connection.execute(line, [*row.values()])
