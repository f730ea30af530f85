"""An export of some reps or some years holds those and nothing of others; private words are in
none but their author's own."""

import json
import re
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.narrowing import narrowed
from bot.domain.binder.record import TeamRecord
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import ReasonKind
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import ForManagers, NotOnTeam
from bot.exchange.json_export import to_json
from bot.services.binder.export import export_own, export_team
from storage.database.engine import Database
from storage.workspaces import audits
from tests.exchange.parts import in_parts, whole
from tests.services.history import DAY, MONDAY, NOW, WEEK, outlive_a_meeting, seed
from tests.services.monday import DANA, KIM
from tests.services.private_words import add_private_words

REPS = 4
WEEKS = 9
OF_THE_TEAM = {"team", "ramp", "issues", "time_off", "written_down"}
"""Fields that have something though no rep is asked for: what the manager decided, and their days
off."""

MINE, THEIRS = "mine alone", "an earlier manager's alone"


def record_of(database: Database, workspace_id: int) -> TeamRecord:
    seed(database, workspace_id, DANA, reps=REPS, weeks=WEEKS)
    return whole(export_team(database, workspace_id, DANA, ExportRequest(), NOW))


def words_of(record: TeamRecord) -> str:
    return "".join(to_json(in_parts(record), NOW))


days = st.dates(MONDAY - (WEEKS + 2) * WEEK, MONDAY + 2 * WEEK)
requests = st.builds(
    ExportRequest,
    reps=st.frozensets(st.sampled_from([f"{DANA}X{number:03}" for number in range(REPS)])),
    since=st.none() | days,
    until=st.none() | days,
)


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"])
def test_nothing_of_another_rep_and_nothing_of_another_year(
    database: Database, workspace_id: int
) -> None:
    record = record_of(database, workspace_id)
    every = json.loads(words_of(record))
    everyone = {member.rep.slack_id for member in record.members}

    @settings(derandomize=True, deadline=None, max_examples=40)
    @given(requests)
    def holds(request: ExportRequest) -> None:
        narrow = narrowed(record, request)
        assert narrowed(narrow, request) == narrow
        document = json.loads(words_of(narrow))
        others = everyone - request.reps if request.reps else set()
        passing = document.pop("transitions")
        for one in passing:
            assert not request.reps or {one["from"], one["to"]} & request.reps
        for pack in document["transition_packs"]:
            assert request.wants(pack["rep"])
            del pack["introductions"]
        assert not others & set(re.findall(rf"{DANA}X\d+", json.dumps(document)))
        for kind, day in (
            ("touches", "occurred_on"),
            ("sessions", "held_on"),
            ("field_days", "occurred_on"),
            ("market_notes", "heard_on"),
        ):
            assert document[kind] == [
                one
                for one in every[kind]
                if request.wants(one["rep"]) and within(request, one[day])
            ]
        stood = [
            one["id"]
            for one in every["promises"]
            if request.wants(one["rep"])
            and (request.until is None or one["made_on"] <= str(request.until))
            and (
                request.since is None
                or (one["kept_on"] or one["dropped_on"] or "9") >= str(request.since)
            )
        ]
        assert [one["id"] for one in document["promises"]] == stood
        # What a rep remembers otherwise stands beside a quote, however old what it quotes is.
        for one, other in zip(slots_of(document), slots_of(every, request), strict=True):
            assert one == other

    holds()


def test_what_a_list_may_quote_of_another_rep_is_not_quoted_where_some_are_named(
    database: Database, workspace_id: int
) -> None:
    record = record_of(database, workspace_id)
    own = ExportRequest(reps=frozenset({f"{DANA}X000"}))
    for kind, entry in KINDS.items():
        quoting = replace(
            record,
            slots=tuple(
                (
                    replace(slot, reason=replace(slot.reason, kind=kind, text=f"“{THEIRS}”.")),
                    state,
                )
                for slot, state in record.slots
            ),
        )
        assert narrowed(quoting, ExportRequest(until=MONDAY)).slots[0] == quoting.slots[0]
        said = {slot.reason.text for slot, _ in narrowed(quoting, own).slots}
        assert len(said) == 1
        assert (f"“{THEIRS}”." in said) is not entry.of_others, kind
    assert {kind for kind, entry in KINDS.items() if entry.of_others} == {
        ReasonKind.EARLY_WARNING,
        ReasonKind.ACCOUNT_DATE,
    }


def within(request: ExportRequest, day: str) -> bool:
    return request.covers_day(date.fromisoformat(day))


def slots_of(document: Any, request: ExportRequest | None = None) -> list[Any]:
    asked = request or ExportRequest()
    return [
        slot
        for one in document["todo_lists"]
        if asked.covers(
            date.fromisoformat(one["week_start"]), date.fromisoformat(one["week_start"]) + 6 * DAY
        )
        for slot in one["slots"]
        if asked.wants(slot["rep"])
    ]


def test_every_field_of_a_record_is_narrowed(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=REPS, weeks=WEEKS)
    with database.writing(workspace_id) as tx:
        outlive_a_meeting(tx)
    record = whole(export_team(database, workspace_id, DANA, ExportRequest(), NOW))
    record = replace(record, private=own_words(database, workspace_id).private)
    narrow = narrowed(record, ExportRequest(reps=frozenset({"UNOBODY"})))
    for field in fields(TeamRecord):
        assert getattr(record, field.name), f"nothing to narrow of {field.name}"
        left = getattr(narrow, field.name)
        if field.name == "private":
            left = any(getattr(left, one.name) for one in fields(left))
        elif field.name == "pack":
            left = left.reps
        elif field.name == "calendar":
            left = left.appointments
        elif field.name == "issue_answers":
            left = any(left.values())
        assert bool(left) is (field.name in OF_THE_TEAM), field.name


def own_words(database: Database, workspace_id: int) -> TeamRecord:
    """Dana's own export with her private words, some of each kind, and another's beside them."""
    add_private_words(database, workspace_id, DANA, MINE)
    add_private_words(database, workspace_id, KIM, THEIRS, team_of=DANA)
    asked = ExportRequest(with_private_notes=True)
    return whole(export_own(database, Actor(workspace_id, DANA), asked, NOW))


def test_private_words_are_their_authors_alone_and_only_where_asked_for(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=2, weeks=4)
    record = own_words(database, workspace_id)
    document = json.loads(words_of(record))
    assert [one["text"] for one in document["private_notes"]] == [MINE]
    assert [one["what"] for one in document["between_us"]] == [f"{MINE}, between us"] * 2
    assert [one["text"] for one in document["notes_to_myself"]] == [f"{MINE}, to myself"]
    assert THEIRS not in words_of(record)
    actor = Actor(workspace_id, DANA)
    plain = words_of(whole(export_own(database, actor, ExportRequest(), NOW)))
    assert MINE not in plain
    taken = export_team(database, workspace_id, DANA, ExportRequest(), NOW)
    assert plain == words_of(whole(taken))
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == [
            (DANA, "export", "json, with private notes"),
            (DANA, "export", "json"),
            ("operator", "export", f"{DANA}: json"),
        ]


def test_an_operator_cannot_ask_for_private_words_nor_a_rep_for_an_export(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    asked = ExportRequest(with_private_notes=True)
    with pytest.raises(ValueError, match="their author alone"):
        export_team(database, workspace_id, DANA, asked, NOW)
    with pytest.raises(ForManagers):
        export_own(database, Actor(workspace_id, f"{DANA}X000"), asked, NOW)


def test_a_rep_who_never_sat_there_is_refused(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    with pytest.raises(NotOnTeam):
        export_team(database, workspace_id, DANA, ExportRequest(reps=frozenset({KIM})), NOW)
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == []


def test_what_was_asked_for_in_a_line() -> None:
    asked = ExportRequest(reps=frozenset({"U2", "U1"}), since=date(2025, 1, 1))
    assert asked.words == "json, U1, U2, since 2025-01-01"
