"""docs/export.schema.json says all that an export has, and an export has all that it says."""

import importlib
import json
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import select, update

import bot.domain
from bot.domain.accounts.accounts import person_key
from bot.domain.accounts.dates import SaidDate
from bot.domain.appointments import AppointmentEntry
from bot.domain.binder.book.build import book_of
from bot.domain.binder.export import ExportRequest, Format
from bot.domain.contacts.drafts import DraftKind
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.sessions.sessions import CLOSE, DEFAULT_TOPICS, CloseEntry, StepEntry
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.faults import OutOfTimeError
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.submissions import Made
from bot.exchange.json_export import to_json
from bot.services import appointments
from bot.services.binder.export import export_own, export_team
from bot.services.sessions import sessions as held_sessions
from storage import promises
from storage.accounts import accounts, dates, transitions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.database.types import EncryptedText
from storage.models import (
    Acquaintance,
    AgendaItem,
    Base,
    Draft,
    FieldDay,
    Interaction,
    Note,
    Plan,
    Promise,
    Session,
    SessionTopic,
    Sharing,
    StandingFocus,
    TeamPromise,
    Visit,
)
from storage.sessions import sessions
from storage.team import teams
from storage.workspaces import submissions
from tests.places import ROOT
from tests.services.history import DAY, MONDAY, NOW, WEEK, counts_of, outlive_a_meeting, seed
from tests.services.monday import DANA, KIM, MON, SAM, Office, at
from tests.services.private_words import add_private_words
from tests.storage.world import add_people, statements

VALUES_OF_THE_FILE = {frozenset(DAYS)}
"""Days by their names. All other values are those of a StrEnum of the rules."""

SCHEMA = json.loads((ROOT / "docs" / "export.schema.json").read_text(encoding="utf-8"))
VALID = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
PRIVATE, GONE = "thinks of leaving in spring", "was deleted"


def exported(database: Database, workspace_id: int, manager: str = DANA) -> str:
    return "".join(to_json(export_team(database, workspace_id, manager, ExportRequest(), NOW), NOW))


def faults(document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALID.iter_errors(document)]


def described(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Every field that the schema names, by its path: `sessions[].topics[].plan`."""
    if "$ref" in schema:
        yield from described(SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
    for one in schema.get("anyOf", ()):
        yield from described(one, path)
    if "items" in schema:
        yield from described(schema["items"], f"{path}[]")
    for name, one in schema.get("properties", {}).items():
        inner = f"{path}.{name}" if path else name
        yield inner
        yield from described(one, inner)


def told(value: object, path: str = "") -> Iterator[str]:
    """Every field that says something in a document, by its path."""
    if isinstance(value, dict):
        for name, one in value.items():
            inner = f"{path}.{name}" if path else name
            if one is not None and one not in ("", [], {}):
                yield inner
            yield from told(one, inner)
    if isinstance(value, list):
        for one in value:
            yield from told(one, f"{path}[]")


def objects(schema: object) -> Iterator[dict[str, Any]]:
    """Every part of the schema that describes a field or an object."""
    if isinstance(schema, dict):
        if "type" in schema or "anyOf" in schema or "$ref" in schema or "const" in schema:
            yield schema
        for one in schema.values():
            yield from objects(one)
    if isinstance(schema, list):
        for one in schema:
            yield from objects(one)


def test_the_schema_is_one_and_says_what_each_field_means() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for part in objects(SCHEMA):
        if part.get("type") == "object":
            assert part["additionalProperties"] is False, part
            assert part.get("required") or part is SCHEMA["$defs"]["cadences"], part
            for name, one in part["properties"].items():
                assert one.get("description"), name
    for name, one in SCHEMA["$defs"].items():
        assert one["description"], name


def enums(schema: Any) -> Iterator[frozenset[str]]:
    """Every list of values that a field may have, anywhere in the schema."""
    if isinstance(schema, dict):
        if "enum" in schema:
            yield frozenset(one for one in schema["enum"] if one is not None)
        for part in schema.values():
            yield from enums(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from enums(part)


def test_a_field_may_have_just_the_values_that_the_code_has() -> None:
    for module in pkgutil.walk_packages(bot.domain.__path__, "bot.domain."):
        importlib.import_module(module.name)
    known = {frozenset(one.value for one in kind) for kind in StrEnum.__subclasses__()}
    assert {values for values in enums(SCHEMA) if values not in known} == VALUES_OF_THE_FILE


def test_an_export_of_everything_has_all_that_the_schema_names_and_nothing_else(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=2, weeks=5)
    with database.writing(workspace_id) as tx:
        hand_on(tx)
        outlive_a_meeting(tx)
    add_private_words(database, workspace_id, DANA, PRIVATE)
    asked = ExportRequest(with_private_notes=True)
    record = export_own(database, Actor(workspace_id, DANA), asked, NOW)
    document = json.loads("".join(to_json(record, NOW)))
    assert faults(document) == []
    assert set(described(SCHEMA)) <= set(told(document))
    plain = json.loads(exported(database, workspace_id))
    assert faults(plain) == []
    assert document.keys() - plain.keys() == SCHEMA["properties"].keys() - set(SCHEMA["required"])


def hand_on(tx: Transaction) -> None:
    """The first rep hands an account on that nobody else knows, and owes something; its manager
    alone has been to another, and something is promised to the team."""
    team = teams.all_teams(tx)[0].id
    first, *_, last = teams.members(tx, team)
    wayne = accounts.ensure(tx, team, ["Wayne"])["Wayne"]
    own = {"account_id": wayne, "person_id": teams.all_teams(tx)[0].manager.id, "as_rep": False}
    for name in ("", "Max Roth"):
        tx.insert(Acquaintance, key=person_key(name), name=name, since=MONDAY, **own)
    there = dates.add(tx, team, SaidDate(wayne, "", "audit", MONDAY + WEEK))
    dates.say(tx, there, "Wayne", MONDAY)
    tx.insert(
        TeamPromise,
        team_id=team,
        owner_id=first.rep.id,
        what="bring the sample",
        made_on=MONDAY,
        due_on=MONDAY + WEEK,
        form="another promise",
    )
    umbrella = accounts.ensure(tx, team, ["Umbrella"])["Umbrella"]
    known = {"account_id": umbrella, "person_id": first.rep.id, "since": MONDAY, "as_rep": True}
    for name in ("", "Jo Lee"):
        tx.insert(Acquaintance, key=person_key(name), name=name, **known)
    transitions.keep(tx, team, first.rep.id, [umbrella], last.rep.id, MONDAY + WEEK, MONDAY)
    due = dates.add(tx, team, SaidDate(umbrella, "", "renewal", MONDAY + WEEK))
    dates.say(tx, due, "Umbrella", MONDAY)
    promises.add(
        tx,
        team_id=team,
        rep_id=first.rep.id,
        owner=Owner.MANAGER,
        what="price sheet",
        made_on=MONDAY,
        due_on=MONDAY + WEEK,
    )


def test_an_export_of_a_team_of_nobody_is_valid(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx:
        dana = add_people(tx, [DANA])[DANA]
        teams.create(tx, dana, TeamSettings(), NOW)
    assert faults(json.loads(exported(database, workspace_id))) == []


SPOILT: dict[str, Callable[[Any], object]] = {
    "a field that nobody described": lambda one: one["touches"][0].update(private_note="…"),
    "another in the team": lambda one: one["team"].update(id=1),
    "a field that is gone": lambda one: one["sessions"][0]["topics"][0].pop("plan"),
    "no date": lambda one: one["sessions"][0].update(held_on="20 Nov"),
    "no offset": lambda one: one["touches"][0].update(recorded_at="2026-11-20T11:00:00"),
    "two people": lambda one: one["time_off"][0].update(rep="U0SAM", manager="U0DANA"),
    "no side": lambda one: one["promises"][0].update(owner="director"),
    "nothing where something is": lambda one: one["promises"][0].update(what=None),
}


def test_what_is_not_as_the_schema_says_is_found(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    text = exported(database, workspace_id)
    for what, spoil in SPOILT.items():
        document = json.loads(text)
        spoil(document)
        assert faults(document), what


def test_no_private_word_and_nothing_deleted_is_in_an_export(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    with database.writing(workspace_id) as tx:
        hide(tx)
    document = exported(database, workspace_id)
    record = export_team(database, workspace_id, DANA, ExportRequest(Format.PDF), NOW)
    # Whatever a book is made of, all that it says is in its parts.
    book = book_of(record, ExportRequest(Format.PDF), NOW)
    printed = repr([book, *(chapter for part in book.parts for chapter in part.chapters)])
    for read in (document, printed):
        assert PRIVATE not in read
        assert GONE not in read
    # Every column that is kept encrypted is private to somebody, be it one that is new.
    with database.reading(workspace_id) as tx:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, EncryptedText):
                    texts = tx.connection.execute(select(column)).scalars().all()
                    assert PRIVATE in texts, f"{column} is private, and nothing tried it"


def hide(tx: Transaction) -> None:
    """Private words wherever they are kept, and one of everything that can be deleted, deleted."""
    ask = tx.connection.execute
    stands = ask(select(Interaction.team_id, Interaction.rep_id).distinct()).one()
    dana = add_people(tx, [DANA])[DANA]
    ask(update(Interaction).values(private_note=PRIVATE, files=PRIVATE))
    sent = submissions.claim(tx, "form", Made.PRIVATE_NOTE, dana, stands.team_id)
    submissions.keep(tx, sent, 1, said=PRIVATE)
    ask(update(Sharing).values(objection=PRIVATE, objection_beside=False))
    topic_set = sessions.add_set(tx, stands.team_id, 1, DEFAULT_TOPICS)
    topic = sessions.topics(tx, stands.team_id, topic_set)[0]
    tx.insert(
        StandingFocus,
        team_id=stands.team_id,
        rep_id=stands.rep_id,
        author_id=dana,
        agreed_on=date(2026, 1, 5),
        text="call first",
        otherwise=PRIVATE,
    )
    # What a later session said in place of it.
    tx.insert(
        Plan,
        team_id=stands.team_id,
        rep_id=stands.rep_id,
        key=topic.key,
        kept=True,
        stands=False,
        topic_id=topic.id,
        agreed_on=MONDAY - WEEK,
        text=GONE,
        activity=GONE,
        progress=GONE,
        otherwise=PRIVATE,
    )
    tx.insert(Note, author_id=dana, text=PRIVATE, files=PRIVATE, written_at=NOW, message="D1:1")
    tx.insert(
        Draft,
        kind=DraftKind.SESSION,
        form="a form",
        author_id=dana,
        rep_id=stands.rep_id,
        topic_set_id=topic_set,
        step="close",
        state=PRIVATE,
        saved_at=NOW,
    )
    tx.insert(
        Promise,
        team_id=stands.team_id,
        rep_id=stands.rep_id,
        owner=Owner.MANAGER,
        what="",
        made_on=MONDAY,
        raised_on=MONDAY,
        closing_words="",
        told_to_id=dana,
        sealed_what=PRIVATE,
        sealed_closing_words=PRIVATE,
    )
    for kind in InteractionKind:
        deleted = tx.insert(
            Interaction,
            kind=kind,
            team_id=stands.team_id,
            rep_id=stands.rep_id,
            author_id=dana,
            channel=None,
            occurred_on=MONDAY,
            occurred_at=NOW,
            recorded_at=NOW,
            about=GONE,
            private_note=PRIVATE,
            deleted_at=NOW,
        )
        tx.insert(
            Sharing,
            interaction_id=deleted,
            rep_id=stands.rep_id,
            shared_at=NOW,
            rep_words=GONE,
        )
        if kind is InteractionKind.SESSION:
            words = {"results": GONE, "shared_note": GONE}
            tx.insert(Session, interaction_id=deleted, topic_set_id=topic_set, **words)
            words = {"plan": GONE, "changed": GONE, "next_step": GONE}
            tx.insert(SessionTopic, interaction_id=deleted, topic_id=topic.id, **words)
        if kind is InteractionKind.FIELD_DAY:
            words = {"rep_view": GONE, "strength": GONE, "focus": GONE, "market": GONE}
            tx.insert(FieldDay, interaction_id=deleted, **words)
            words = {"account": GONE, "people": GONE, "outcome": GONE}
            account = accounts.ensure(tx, stands.team_id, [GONE])[GONE]
            tx.insert(Visit, interaction_id=deleted, place=0, account_id=account, **words)
        tx.insert(
            Promise,
            team_id=stands.team_id,
            rep_id=stands.rep_id,
            owner=Owner.REP,
            what=GONE,
            made_on=MONDAY,
            closing_words=GONE,
            interaction_id=deleted,
            deleted_at=NOW,
        )
    tx.insert(
        AgendaItem,
        team_id=stands.team_id,
        author_id=dana,
        text=GONE,
        added_on=MONDAY,
        form="an item",
        dropped_at=NOW,
    )
    tx.insert(
        TeamPromise,
        team_id=stands.team_id,
        owner_id=dana,
        what=GONE,
        made_on=MONDAY,
        dropped_on=MONDAY,
        form="a promise",
    )


@pytest.mark.slow
def test_years_of_a_large_team_are_all_there_in_the_same_statements(
    database: Database, workspace_id: int
) -> None:
    few = seed(database, workspace_id, KIM, reps=12, weeks=4)
    many = seed(database, workspace_id, DANA, reps=12, weeks=104)
    asked = {}
    for history in (few, many):
        with statements(database) as sent:
            document = json.loads(exported(database, workspace_id, history.manager))
        # The very same words: no list of ids in them that grows.
        asked[history.manager] = sent
        assert counts_of(document) == history.counts
    assert asked[DANA] == asked[KIM]


@pytest.mark.both
def test_an_export_is_not_bound_by_the_time_that_a_click_has(
    database: Database, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = seed(database, workspace_id, DANA, reps=2, weeks=4)
    usual = Database.reading.__wrapped__.__kwdefaults__  # type: ignore[attr-defined]
    monkeypatch.setitem(usual, "patience", 0.0)
    with pytest.raises(OutOfTimeError), database.reading(workspace_id) as tx:
        teams.of_manager(tx, DANA)
    assert counts_of(json.loads(exported(database, workspace_id))) == history.counts


def test_the_day_that_a_session_was_planned_for(office: Office) -> None:
    office.team(DANA, SAM, now=at(MON) - 4 * WEEK)
    plan_session(office, MON - 2 * WEEK, now=at(MON - 3 * WEEK))
    plan_session(office, MON - 2 * WEEK + DAY, now=at(MON - 3 * WEEK) + DAY)
    hold_session(office, at(MON - 2 * WEEK) + 3 * DAY)
    hold_session(office, at(MON - WEEK))
    called_off = plan_session(office, MON, now=at(MON - WEEK) + DAY)
    office.asks(appointments.did_not_happen, DANA, called_off, at(MON - WEEK) + 2 * DAY)
    hold_session(office, at(MON))
    plan_session(office, MON + WEEK, now=at(MON))
    document = json.loads(exported(office.database, office.workspace_id))
    assert faults(document) == []
    assert [(one["held_on"], one["scheduled_for"]) for one in document["sessions"]] == [
        (str(MON - 2 * WEEK + 3 * DAY), str(MON - 2 * WEEK + DAY)),
        (str(MON - WEEK), None),
        (str(MON), None),
    ]


def plan_session(office: Office, day: date, now: datetime) -> int:
    """Plan a session with Sam, or move the one that is planned; its id."""
    entry = AppointmentEntry(SAM, InteractionKind.SESSION, day, None)
    made = office.asks(appointments.plan, DANA, entry, "form", now)
    return int(made.appointment.id)


def hold_session(office: Office, now: datetime) -> None:
    """A session with Sam on that day."""
    draft = office.asks(held_sessions.start, DANA, SAM, f"session {now}", now).draft
    last = StepEntry.saying(
        draft.form, SAM, draft.topic_set, CLOSE, CloseEntry(draft.day, "", "ok")
    )
    office.asks(held_sessions.hold, DANA, last, now)
