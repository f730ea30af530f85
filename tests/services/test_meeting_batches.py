"""Many teams at once have just what each has alone: whatever their zones, holidays, days away and
meetings are like."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import DeliveryState, MessageKind, Subject, Unsent
from bot.domain.meetings.meetings import Dropped, ReportedOutcome
from bot.domain.results.pace import Standing
from bot.domain.sessions.preparing import SessionNote
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.settings import (
    DEFAULT_SECTIONS,
    SKILL,
    MeetingSettings,
    OnHoliday,
    TeamSettings,
)
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Profile
from bot.services.meetings import meetings, sending, series
from bot.services.sessions import preparing
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.meetings import meetings as stored
from storage.models import (
    Appointment,
    Carried,
    Delivery,
    FieldDay,
    Interaction,
    IssueOfTheDay,
    Meeting,
    PostedMessage,
    Preparation,
    Promise,
    Schedule,
    SessionTopic,
)
from storage.sessions import sessions
from storage.team import absences, people, teams
from storage.workspaces import installs
from tests.services.counting import PATIENCE
from tests.services.kept_results import keep_readings
from tests.services.monday import MON, WEEK, at
from tests.storage.own_rows import select_own

pytestmark = pytest.mark.slow

NOW = at(MON, 9)
IN_CHANNEL = MessageKind.MEETING_AGENDA, MessageKind.MEETING_RECAP
DAY = timedelta(days=1)
TEAMS = 7
SEEDS = range(4)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", None)
FIRST_NAMES = ("Raj", "Lena", "Will", "Tom", "Mark")
WORDS = ("trade fair", "ask Raj", "Lena is late", "mark my words", "Tom's demo", "price list")
NO_SKILL = tuple(one for one in DEFAULT_SECTIONS if one.key != SKILL)


@dataclass
class Many:
    """Teams of all sorts, and what there is to be sent."""

    database: Database
    workspace_id: int
    teams: list[Team]
    meetings: list[int]
    appointments: list[int]
    readers: list[int]


class NotKeptError(Exception):
    """Ends a transaction of which nothing is to be kept."""


@contextmanager
def trying(many: Many) -> Iterator[Transaction]:
    with (
        suppress(NotKeptError),
        many.database.writing(many.workspace_id, patience=PATIENCE) as tx,
    ):
        yield tx
        raise NotKeptError


def many_teams(database: Database, seed: int) -> Many:
    rng = Random(seed)
    workspace_id = installs.ensure(database, f"TMANY{seed}", "Many")
    many = Many(database, workspace_id, [], [], [], [])
    with database.writing(workspace_id, patience=PATIENCE) as tx:
        made = [_team(tx, rng, number) for number in range(TEAMS)]
        series.follow_all(tx, made, NOW - rng.randint(6, 16) * DAY)
        for team in made:
            _live(tx, rng, team, many)
        for team in made:
            if rng.random() < 0.4:
                teams.change(tx, team.id, _settings(rng))
        many.teams = teams.get_many(tx, [team.id for team in made])
    rng.shuffle(many.teams)
    rng.shuffle(many.meetings)
    return many


def _settings(rng: Random) -> TeamSettings:
    meets = rng.random() < 0.9
    return TeamSettings(
        channel=rng.choice(("C0ONE", "C0TWO", "C0THREE", None)),
        zone=rng.choice((*ZONES, "Europe/Berlin")),
        country=rng.choice((None, "DE", "US", "IN")),
        todo_time=rng.choice((time(7), time(8), time(15))),
        meeting_days=tuple(sorted(rng.sample(range(5), rng.randint(1, 3)))) if meets else (),
        meeting_time=rng.choice((time(8), time(8, 30), time(9), time(16))) if meets else None,
        meeting=MeetingSettings(
            every=rng.choice((1, 1, 2)),
            minutes=rng.choice((30, 45, 90)),
            on_holiday=rng.choice(tuple(OnHoliday)),
            lead=rng.choice((30, 60, 1440)),
            sections=rng.choice((DEFAULT_SECTIONS, DEFAULT_SECTIONS, NO_SKILL)),
        ),
    )


def _team(tx: Transaction, rng: Random, number: int) -> Team:
    names = [f"M{number}", *(f"R{number}{rep}" for rep in range(rng.randint(1, 4)))]
    profiles = [
        Profile(
            name,
            f"{rng.choice(FIRST_NAMES)} {name}",
            rng.choice(ZONES),
            active=name.startswith("M") or rng.random() < 0.9,
        )
        for name in names
    ]
    people.save_profiles(tx, profiles, NOW)
    known = people.get_many(tx, names)
    manager = known[f"M{number}"]
    made = teams.create(tx, manager.id, _settings(rng), NOW - 90 * DAY)
    teams.add_members(
        tx, [(made, known[name].id, MON - rng.randint(10, 80) * DAY) for name in names[1:]]
    )
    for place in teams.members(tx, made):
        if rng.random() < 0.3:
            ends = MON + rng.randint(-8, 12) * DAY
            teams.end_memberships(tx, [place.id], ends)
        if rng.random() < 0.5:
            first = MON + rng.randint(-6, 12) * DAY
            absences.add(tx, place.rep.id, first, first + rng.randint(0, 5) * DAY)
    away = rng.random()
    if away < 0.5:
        stand_in = known[names[-1]].id if away < 0.3 else None
        first = MON + rng.randint(-4, 1) * DAY
        absences.add(tx, manager.id, first, rng.choice((None, first + 6 * DAY)), stand_in)
    found = teams.get(tx, made)
    assert found is not None
    return found


def _live(tx: Transaction, rng: Random, team: Team, many: Many) -> None:
    """Meetings moved, dropped, closed and told of; items, promises, contacts, a session planned."""
    reps = [place.rep.id for place in teams.members(tx, team.id)]
    there = [one.id for one in stored.of_team(tx, team.id)]
    many.meetings += there
    many.readers += [team.manager.id, *reps]
    for one in there:
        what = rng.random()
        if what < 0.15:
            stored.change(tx, one, day=MON + rng.randint(-1, 9) * DAY, at=time(9, 30))
        elif what < 0.25:
            stored.change(tx, one, dropped=rng.choice(tuple(Dropped)))
        elif what < 0.4:
            stored.change(tx, one, closed_at=NOW, said=rng.choice((None, *ReportedOutcome)))
        if rng.random() < 0.5:
            stored.change(tx, one, out_at=NOW - DAY)
        for kind in (*IN_CHANNEL, MessageKind.MEETING_DRAFT, MessageKind.MEETING_SKILL):
            if rng.random() < 0.25:
                reader = None if kind in IN_CHANNEL else rng.choice(many.readers)
                _stands(tx, Subject(kind, one), reader)
        if rng.random() < 0.4:
            _lost(tx, rng, team, one)
    for _ in range(rng.randint(0, 6)):
        _item(tx, rng, team, reps, there)
    for _ in range(rng.randint(0, 3)):
        stored.promise(
            tx,
            team_id=team.id,
            meeting_id=rng.choice((None, *there)),
            item_id=None,
            owner_id=rng.choice(reps),
            what="ask finance",
            made_on=MON - WEEK,
            due_on=rng.choice((None, MON + WEEK)),
            kept_on=rng.choice((None, MON - DAY)),
        )
    sessions.add_set(tx, team.id, 1, DEFAULT_TOPICS[: rng.randint(0, 4)])
    contacts = [_contact(tx, rng, team, rng.choice(reps)) for _ in range(rng.randint(0, 15))]
    for rep in reps:
        _planned(tx, rng, team, rep, many, contacts)
        tx.insert(
            Promise,
            team_id=team.id,
            rep_id=rep,
            owner=rng.choice(("rep", "manager")),
            what="send the sheet",
            made_on=MON - WEEK,
            kept_on=rng.choice((None, MON - rng.randint(1, 20) * DAY)),
            closing_words="",
        )
    if rng.random() < 0.5:
        first = MON - rng.randint(0, 9) * DAY
        days = {"starts_on": first, "ends_on": first + rng.randint(0, 12) * DAY}
        tx.insert(IssueOfTheDay, team_id=team.id, text="price list", **days)


def _stands(tx: Transaction, subject: Subject, reader: int | None) -> None:
    tx.insert(
        PostedMessage,
        subject=subject,
        channel="C0ONE",
        ts=f"{subject}.{reader}",
        page=0,
        wanted_version=1,
        shown_version=1,
        reader_id=reader,
    )


def _lost(tx: Transaction, rng: Random, team: Team, meeting: int) -> None:
    for days in range(rng.randint(1, 2)):
        tx.insert(
            Delivery,
            team_id=team.id,
            kind=MessageKind.MEETING_AGENDA,
            item=meeting,
            due_at=NOW - days * DAY,
            state=rng.choice((DeliveryState.ASKED, DeliveryState.FAILED, DeliveryState.EXPIRED)),
            attempts=rng.randint(0, 1),
            try_at=NOW,
            fault=rng.choice((None, "not_in_channel")),
        )


def _item(
    tx: Transaction,
    rng: Random,
    team: Team,
    reps: Sequence[int],
    there: Sequence[int],
) -> None:
    made = agenda.add(
        tx,
        team_id=team.id,
        rep_id=rng.choice((None, None, None, reps[0])),
        author_id=rng.choice((team.manager.id, *reps)),
        text=rng.choice(WORDS),
        section=rng.choice(DEFAULT_SECTIONS).key,
        place=rng.randint(1, 4),
        approved=rng.random() < 0.7,
        added_on=MON - WEEK,
        interaction_id=None,
        done_in=rng.choice((None, None, *there)),
    )
    past = [
        one.id
        for one in stored.get_many(tx, there).values()
        if one.closed_at is not None or one.dropped is not None
    ]
    if past and rng.random() < 0.5:
        stored.carry(tx, rng.choice(past), made)


def _contact(tx: Transaction, rng: Random, team: Team, rep: int) -> int:
    day = MON - rng.randint(-1, 30) * DAY
    kind = rng.choice(tuple(InteractionKind))
    made = tx.insert(
        Interaction,
        kind=kind,
        team_id=team.id,
        rep_id=rep,
        author_id=rng.choice((team.manager.id, rep)),
        occurred_on=day,
        occurred_at=at(day),
        recorded_at=at(day),
        about="",
        private_note=rng.choice((None, "mine")),
        deleted_at=rng.choice((None, None, None, NOW)),
    )
    if kind is InteractionKind.FIELD_DAY:
        words = {"rep_view": "", "strength": "", "focus": rng.choice(("", "next steps"))}
        tx.insert(FieldDay, interaction_id=made, market=rng.choice(("", "price list")), **words)
        if rng.random() < 0.3:
            agenda.add(
                tx,
                team_id=team.id,
                rep_id=None,
                text="heard",
                added_on=day,
                interaction_id=made,
            )
    if kind is InteractionKind.SESSION:
        topic_set = sessions.current_set(tx, team.id)
        assert topic_set is not None
        for topic in sessions.topics(tx, team.id, topic_set[0]):
            if rng.random() < 0.7:
                said = {"plan": f"plan {made}", "changed": "", "next_step": ""}
                tx.insert(SessionTopic, interaction_id=made, topic_id=topic.id, **said)
    return made


def _planned(
    tx: Transaction, rng: Random, team: Team, rep: int, many: Many, contacts: Sequence[int]
) -> None:
    made = tx.insert(
        Appointment,
        team_id=team.id,
        rep_id=rep,
        kind=InteractionKind.SESSION,
        day=MON + rng.randint(0, 3) * DAY,
        made_on=MON - WEEK,
        after_contact=max(contacts, default=0) if rng.random() < 0.8 else 0,
        dropped_at=rng.choice((None, None, None, NOW)),
    )
    many.appointments.append(made)
    if made % 3:
        day = MON - made % 5 * DAY
        keep_readings(tx, team.id, rep, (day - 14 * DAY, 90, 1), (day, 90, made % 60))
    if rng.random() < 0.5:
        tx.insert(Preparation, appointment_id=made, key="pipeline", text="Hooli", sent_at=NOW)


def kept(tx: Transaction) -> dict[str, list[Any]]:
    """What a turn may change, with the meetings named by their team and day: a new one's id is
    whatever the database gives it."""
    rows = tx.all(select_own(Meeting).order_by(Meeting.team_id, Meeting.planned_for))
    name = {row.id: f"{row.team_id}:{row.planned_for}" for row in rows}
    schedules = tx.all(select_own(Schedule))
    posted = tx.all(select_own(PostedMessage).order_by(PostedMessage.id))
    carried = tx.all(select_own(Carried))
    return {
        "meetings": [{**row._asdict(), "id": name[row.id]} for row in rows],
        "schedules": sorted(
            (row.team_id, row.kind, name.get(row.item, str(row.item)), row.next_at)
            for row in schedules
        ),
        "posted": [(row.subject, row.wanted_version) for row in posted],
        "carried": sorted((name[row.meeting_id], row.item_id) for row in carried),
    }


def alone_and_together(many: Many, run: Callable[[Transaction, list[Team]], None]) -> None:
    with trying(many) as tx:
        before = kept(tx)
        run(tx, many.teams)
        together = kept(tx)
    with trying(many) as tx:
        for team in many.teams:
            run(tx, [team])
        alone = kept(tx)
    assert together == alone
    assert together != before


@pytest.fixture(scope="module", params=SEEDS)
def many(one_database: Database, request: pytest.FixtureRequest) -> Many:
    return many_teams(one_database, request.param)


@pytest.mark.parametrize("hours", [0, 8, 24 * 6])
def test_meetings_turn_together_as_each_would_alone(many: Many, hours: int) -> None:
    now = NOW + timedelta(hours=hours)
    alone_and_together(
        many, lambda tx, some: meetings.roll_over(tx, [team.id for team in some], now)
    )


def test_series_are_followed_together_as_each_would_be_alone(many: Many) -> None:
    alone_and_together(many, lambda tx, some: series.follow_all(tx, some, NOW))


Ask = Callable[[Database, int, Sequence[Any], datetime], Sequence[Any]]
NEVER = 10**9
"""The id of nothing."""


def test_what_is_sent_of_many_is_what_is_sent_of_each(
    many: Many, subtests: pytest.Subtests
) -> None:
    def asks(ask: Ask, about: Sequence[Any]) -> list[Any]:
        return list(ask(many.database, many.workspace_id, about, NOW))

    due = [NOW, NOW - DAY]
    dues = [(one, due[number % 2]) for number, one in enumerate([*many.meetings, NEVER])]
    again = [*dues, *dues[:3]]
    notes = [(one, NOW) for one in [*many.appointments, NEVER, *many.appointments[:2]]]
    ids = [one for one, _ in again]
    drafts = [(one, reader) for one in ids for reader in (*many.readers, None)]
    asked: list[tuple[Ask, Sequence[Any]]] = [
        (sending.drafts_due, again),
        (sending.skills_due, again),
        (sending.missing_due, again),
        (sending.recaps_due, again),
        (sending.posted_agendas, ids),
        (sending.posted_drafts, drafts),
        (preparing.notes_due, notes),
    ]
    for ask, about in asked:
        with subtests.test(ask.__name__):
            assert asks(ask, about) == [asks(ask, [one])[0] for one in about]


def test_agendas_go_out_together_as_each_would_alone(many: Many) -> None:
    """It writes that they are out, and so each is asked about once."""
    dues = [(one, NOW) for one in [*many.meetings, NEVER]]

    def out() -> dict[int, datetime | None]:
        with many.database.reading(many.workspace_id) as tx:
            return {one: found.out_at for one, found in stored.get_many(tx, many.meetings).items()}

    before = out()
    ask = sending.agendas_due
    alone = [ask(many.database, many.workspace_id, [one], NOW)[0] for one in dues]
    out_alone = out()
    with many.database.writing(many.workspace_id) as tx:
        stored.change_each(tx, {one: {"out_at": then} for one, then in before.items()})
    assert ask(many.database, many.workspace_id, dues, NOW) == alone
    assert out() == out_alone


def test_these_teams_have_something_of_everything(one_database: Database) -> None:
    """Or the tests above would say little."""
    found: set[str] = set()
    standings: set[Standing] = set()
    for seed in SEEDS:
        many = many_teams(one_database, 100 + seed)
        dues = [(one, NOW) for one in many.meetings]
        notes = [(one, NOW) for one in many.appointments]
        asks: list[tuple[Ask, Sequence[Any]]] = [
            (sending.drafts_due, dues),
            (sending.skills_due, dues),
            (sending.missing_due, dues),
            (sending.recaps_due, dues),
            (sending.agendas_due, dues),
            (preparing.notes_due, notes),
        ]
        for ask, about in asks:
            for one in ask(many.database, many.workspace_id, about, NOW):
                found.add(f"{ask.__name__} {one if isinstance(one, Unsent) else 'sent'}")
                if isinstance(one, SessionNote):
                    standings |= {pace.standing for pace in one.paces if pace.standing}
    assert len(found) == 18, sorted(found)
    assert standings == {*Standing}
