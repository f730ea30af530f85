"""What an export holds, what it never holds, and that importing it gives the same touches."""

import csv
import io
import json
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.domain.binder.export import ExportRequest
from bot.domain.binder.record import TeamRecord
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import EARLIEST_DAY, Channel
from bot.domain.promises import Owner
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import NoTeam
from bot.exchange.csv_files import read_file
from bot.exchange.json_export import to_json
from bot.services.binder.export import export_team
from bot.services.contacts.touch_import import OPTIONAL, REQUIRED, import_touches
from storage import promises
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.team import absences, people, teams
from storage.workspaces import audits, installs
from tests.exchange.parts import in_parts, whole

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


class Team:
    """Dana's team of Sam in one workspace, and ids to write its rows with."""

    def __init__(self, database: Database, workspace_id: int) -> None:
        self.database = database
        self.workspace_id = workspace_id
        profiles = [Profile("UDANA", "Dana", "Europe/Berlin"), Profile("USAM", "Sam", "UTC")]
        with database.writing(workspace_id) as tx:
            people.save_profiles(tx, profiles, NOW)
            known = people.get_many(tx, ["UDANA", "USAM"])
            self.dana, self.sam = known["UDANA"].id, known["USAM"].id
            self.id = teams.create(tx, self.dana, TeamSettings(), NOW)
            teams.add_members(tx, [(self.id, self.sam, date(2026, 3, 1))])

    def touch(self, **columns: object) -> int:
        values = {
            "team_id": self.id,
            "rep_id": self.sam,
            "author_id": self.dana,
            "channel": None,
            "occurred_on": TODAY,
            "occurred_at": NOW,
            "recorded_at": NOW,
            "about": "",
            **columns,
        }
        with self.database.writing(self.workspace_id) as tx:
            return interactions.add(tx, InteractionKind.TOUCH, **values)

    def promise(self, **columns: Any) -> int:
        values: dict[str, Any] = {
            "team_id": self.id,
            "rep_id": self.sam,
            "owner": Owner.MANAGER,
            "what": "price sheet",
            "made_on": TODAY,
            **columns,
        }
        with self.database.writing(self.workspace_id) as tx:
            return promises.add(tx, **values)

    def export(self) -> TeamRecord:
        return whole(export_team(self.database, self.workspace_id, "UDANA", ExportRequest(), NOW))


@pytest.fixture
def team(database: Database, workspace_id: int) -> Team:
    return Team(database, workspace_id)


def test_touches_and_promises_are_in_it(team: Team) -> None:
    touch = team.touch(channel=Channel.CALL, about="Acme")
    promise = team.promise(interaction_id=touch, kept_on=TODAY)
    record = team.export()
    assert [(t.id, t.rep.slack_id, t.about) for t in record.touches] == [(touch, "USAM", "Acme")]
    assert [(p.id, p.interaction_id, p.kept_on) for p in record.promises] == [
        (promise, touch, TODAY)
    ]
    assert [member.rep.slack_id for member in record.members] == ["USAM"]
    assert record.team.manager.slack_id == "UDANA"


def test_nothing_private_and_nothing_deleted_is_in_it(team: Team) -> None:
    secret = "between me and me"
    team.touch(private_note=secret)
    team.touch(about=secret, deleted_at=NOW)
    team.promise(what=secret, deleted_at=NOW)
    with team.database.writing(team.workspace_id) as tx:
        notes.add_once(tx, team.dana, secret, NOW, "D1:1")
    text = "".join(to_json(in_parts(team.export()), NOW))
    assert secret not in text
    assert len(json.loads(text)["touches"]) == 1


def test_nothing_of_another_team_of_the_same_rep_is_in_it(team: Team) -> None:
    with team.database.writing(team.workspace_id) as tx:
        people.save_profiles(tx, [Profile("UMIRA", "Mira")], NOW)
        mira = people.get_many(tx, ["UMIRA"])["UMIRA"].id
        other = teams.create(tx, mira, TeamSettings(), NOW)
        teams.add_members(tx, [(other, team.sam, TODAY)])
    team.touch(team_id=other, author_id=mira)
    team.promise(team_id=other)
    record = team.export()
    assert record.touches == ()
    assert record.promises == ()
    assert len(record.members) == 1


def test_days_away_of_the_manager_and_of_reps_while_they_are_on_the_team(team: Team) -> None:
    with team.database.writing(team.workspace_id) as tx:
        (place,) = teams.members(tx, team.id)
        teams.end_memberships(tx, [place.id], date(2026, 9, 1))
        absences.add(tx, team.dana, date(2020, 1, 1), date(2020, 1, 2))
        for starts_on, ends_on in [
            (date(2026, 2, 1), date(2026, 2, 28)),
            (date(2026, 2, 1), date(2026, 3, 1)),
            (date(2026, 8, 31), None),
            (date(2026, 9, 1), None),
        ]:
            absences.add(tx, team.sam, starts_on, ends_on)
    away = team.export().time_off
    assert len(away[team.dana]) == 1
    assert [(off.starts_on, off.ends_on) for off in away[team.sam]] == [
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2026, 8, 31), None),
    ]


def test_it_is_on_record(team: Team) -> None:
    team.export()
    with team.database.reading(team.workspace_id) as tx:
        assert audits.all_records(tx) == [("operator", "export", "UDANA: json")]


def test_someone_without_a_team_has_no_export(team: Team) -> None:
    with pytest.raises(NoTeam):
        export_team(team.database, team.workspace_id, "USAM", ExportRequest(), NOW)
    with team.database.reading(team.workspace_id) as tx:
        assert audits.all_records(tx) == []


def test_the_export_of_another_workspace_is_its_own(team: Team) -> None:
    team.touch()
    elsewhere = installs.ensure(team.database, "T0OTHER", "Other")
    with pytest.raises(NoTeam):
        export_team(team.database, elsewhere, "UDANA", ExportRequest(), NOW)


def touches_as_csv(document: str) -> bytes:
    """What an operator makes of the touches of an export to import them elsewhere."""
    exported = json.loads(document)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["manager_id", "rep_id", "date", "channel", "about"])
    for touch in exported["touches"]:
        writer.writerow(
            [
                exported["team"]["manager"],
                touch["rep"],
                touch["occurred_on"],
                touch["channel"],
                touch["about"],
            ]
        )
    return file.getvalue().encode()


def of_interest(record: TeamRecord) -> list[tuple[object, ...]]:
    return sorted(
        ((t.rep.slack_id, t.occurred_on, t.channel, t.about) for t in record.touches), key=repr
    )


abouts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60
) | st.sampled_from(["=1+1", "\n", "\r", "a\r\nb", '"', '""', ",;\t", " a ", "👩‍👩‍👧 🎉", "\ufeff"])
written = st.tuples(
    st.dates(EARLIEST_DAY, TODAY), st.none() | st.sampled_from(list(Channel)), abouts
)
numbers = count()


@settings(
    derandomize=True,
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(written, max_size=8))
@example([(TODAY, None, "=cmd"), (TODAY, None, "=cmd"), (TODAY, Channel.IN_PERSON, ' "a"\r\n,b ')])
def test_importing_the_touches_of_an_export_gives_the_same_touches(
    database: Database, touches: list[tuple[date, Channel | None, str]]
) -> None:
    here, there = (
        Team(database, installs.ensure(database, f"T{next(numbers)}", "")) for _ in range(2)
    )
    for day, channel, about in touches:
        here.touch(occurred_on=day, channel=channel, about=about)
    rows = read_file(
        touches_as_csv("".join(to_json(in_parts(here.export()), NOW))),
        required=REQUIRED,
        optional=OPTIONAL,
    ).rows
    for added in (len(touches), 0):
        report = import_touches(
            database,
            there.workspace_id,
            rows,
            file_name="touches.csv",
            keep_good=False,
            dry_run=False,
            now=NOW,
        )
        assert (report.added, report.rejected) == (added, ())
        assert of_interest(there.export()) == of_interest(here.export())
