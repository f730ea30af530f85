"""What goes along with a rep who moves: exactly what a later manager may read, and each once."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.accounts.dates import SaidDate
from bot.domain.accounts.visits import Visit
from bot.domain.binder.moving import TABLES, Fate, Moved
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.received import FileKind, KeptFile
from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Owner
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import NotOnTeam, Oneself
from bot.services.binder import moving
from bot.services.results import warnings
from bot.services.results.balance import read_balance
from storage import appointments, field_days, promises, todo
from storage.accounts import accounts, dates
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.models import Base, StandingFocus
from storage.results import saving
from storage.sessions import sharing
from storage.team import absences, moves, people, teams
from tests.services.counting import PATIENCE
from tests.services.history import MONDAY, NOW, seed
from tests.storage.world import statements

DAY = timedelta(days=1)
TODAY = NOW.date()
NOTE = "canary of a private note"
WHISPERED = "canary of between us"
UNREAD = "canary of words that nobody shared"
OBJECTED = "canary of an objection to the manager alone"
FILE = KeptFile(FileKind.FILE, "canary.pdf", "https://x.slack.com/files/U1/F1/canary.pdf")
CANARIES = (NOTE, WHISPERED, UNREAD, OBJECTED, "canary.pdf")


@dataclass
class Two:
    """Dana's team with two reps and weeks behind it, and Raj's with one."""

    database: Database
    workspace_id: int
    dana: Team
    raj: Team
    sam: Person
    ina: Person

    def moves(self, source: Team, target: Team, day: date = TODAY, now: datetime = NOW) -> Moved:
        with self.database.writing(self.workspace_id, patience=PATIENCE) as tx:
            return moving.move_rep(tx, self.sam, source, target, day, now)

    def rows(self, name: str, of: Team | None = None, **where: Any) -> list[dict[str, Any]]:
        """The rows of a table as they stand, of that team."""
        table = Base.metadata.tables[name]
        with self.database.reading(self.workspace_id) as tx:
            found = tx.connection.execute(
                select(table).where(table.c.workspace_id == self.workspace_id).order_by(table.c.id)
            ).mappings()
            rows = [dict(row) for row in found]
        wanted = where | ({"team_id": of.id} if of else {})
        return [row for row in rows if all(row[key] == value for key, value in wanted.items())]

    def hanging_on(self, name: str, of: Team) -> list[dict[str, Any]]:
        """The rows of a table that hang on the contacts of that team."""
        own = {row["id"] for row in self.rows("interaction", of)}
        return [row for row in self.rows(name) if row["interaction_id"] in own]


@pytest.fixture
def two(database: Database, workspace_id: int) -> Two:
    seed(database, workspace_id, "U0DANA", reps=2, weeks=6)
    seed(database, workspace_id, "U0RAJ", reps=1, weeks=2)
    with database.writing(workspace_id) as tx:
        dana, raj = teams.of_manager(tx, "U0DANA"), teams.of_manager(tx, "U0RAJ")
        known = people.get_many(tx, ["U0DANAX000", "U0DANAX001"])
        assert dana is not None
        assert raj is not None
    return Two(database, workspace_id, dana, raj, *(known[one] for one in sorted(known)))


def add_contact(tx: Transaction, two: Two, kind: InteractionKind, day: date) -> int:
    return interactions.add(
        tx,
        kind,
        team_id=two.dana.id,
        rep_id=two.sam.id,
        author_id=two.dana.manager.id,
        channel=None,
        occurred_on=day,
        occurred_at=NOW,
        recorded_at=NOW,
        about="",
    )


def add_promise(tx: Transaction, two: Two, what: str, **values: Any) -> int:
    given = {"owner": Owner.MANAGER, "made_on": TODAY, "due_on": TODAY + DAY, **values}
    return promises.add(tx, team_id=two.dana.id, rep_id=two.sam.id, what=what, **given)


def test_of_every_table_it_is_said_what_becomes_of_it() -> None:
    person = Base.metadata.tables["person"]
    about, more = {"person"}, True
    while more:
        more = False
        for table in Base.metadata.sorted_tables:
            hangs = any(key.column.table.name in about for key in table.foreign_keys)
            if hangs and table.name not in about:
                about.add(table.name)
                more = True
    assert person.name in about
    assert set(TABLES) == about
    assert all(isinstance(entry.fate, Fate) and entry.why for entry in TABLES.values())


def test_what_a_later_manager_reads_goes_along_and_the_earlier_team_keeps_its_own(
    two: Two,
) -> None:
    names = ("interaction", "promise", "market_note", "result", "plan")
    before = {name: len(two.rows(name, two.dana)) for name in names}
    own = {name: two.rows(name, two.dana, rep_id=two.sam.id) for name in names}
    moved = two.moves(two.dana, two.raj)
    assert {name: len(two.rows(name, two.dana)) for name in names} == before
    for name in names:
        there = two.rows(name, two.raj, rep_id=two.sam.id)
        assert len(there) == len(own[name]), name
    assert (moved.touches, moved.sessions, moved.field_days) == (6, 3, 2)
    assert moved.promises == len([row for row in own["promise"] if is_open(row)])
    for name in ("session", "session_topic", "field_day", "visit", "sharing"):
        of_sam = {row["id"] for row in two.rows("interaction", rep_id=two.sam.id)}
        here = [row for row in two.hanging_on(name, two.dana) if row["interaction_id"] in of_sam]
        there = [row for row in two.hanging_on(name, two.raj) if row["interaction_id"] in of_sam]
        assert words(here) == words(there) != Counter(), name


@pytest.mark.parametrize("shared", [True, False])
def test_a_focus_that_outlived_its_day_goes_along_once_the_rep_has_read_it(
    two: Two, shared: bool
) -> None:
    with two.database.writing(two.workspace_id) as tx:
        tx.insert(
            StandingFocus,
            team_id=two.dana.id,
            rep_id=two.sam.id,
            author_id=two.dana.manager.id,
            agreed_on=date(2020, 1, 6),
            text="shorter first meetings",
            shared=shared,
        )
    two.moves(two.dana, two.raj)
    (here,) = two.rows("standing_focus", two.dana)
    there = two.rows("standing_focus", two.raj)
    assert words(there) == (words([here]) if shared else Counter())
    two.moves(two.raj, two.dana)
    assert two.rows("standing_focus", two.dana) == [here]


def test_a_date_goes_along_with_all_that_said_it_and_the_rep_may_read(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        read, unread = (
            add_contact(tx, two, InteractionKind.SESSION, TODAY - n * DAY) for n in (1, 2)
        )
        ridden = add_contact(tx, two, InteractionKind.FIELD_DAY, TODAY - 3 * DAY)
        sharing.share(tx, read, two.sam.id, NOW)
        field_days.save(tx, ridden, FieldDayNotes(visits=(Visit("Acme"),)))
        acme = accounts.named(tx, two.dana.id, "Acme")
        assert acme is not None
        both, heard, hidden = (
            dates.add(tx, two.dana.id, SaidDate(acme, "Acme", what, TODAY + 40 * DAY))
            for what in ("both said it", "heard in a visit", UNREAD)
        )
        said_in: list[tuple[int, int | None]] = [(both, read), (both, unread), (both, None)]
        for date_id, contact in (*said_in, (heard, ridden), (hidden, unread)):
            dates.say(tx, date_id, "Acme", TODAY, contact)
    two.moves(two.dana, two.raj)
    copies = {row["origin_id"]: row["id"] for row in two.rows("interaction", two.raj)}
    found = {row["id"]: row["what"] for row in two.rows("account_date", two.raj)}
    said = [row for row in two.rows("account_date_source") if row["date_id"] in found]
    added = [row["contact_id"] for row in said if found[row["date_id"]] == "both said it"]
    assert UNREAD not in found.values()
    assert Counter(added) == Counter([copies[read], None])
    assert "heard in a visit" in found.values()
    kept = two.rows("account_date"), two.rows("account_date_source")
    two.moves(two.raj, two.dana)
    assert (two.rows("account_date"), two.rows("account_date_source")) == kept


def is_open(row: dict[str, Any]) -> bool:
    return row["kept_on"] is None and row["dropped_on"] is None and row["deleted_at"] is None


def words(rows: Iterable[dict[str, Any]]) -> Counter[Any]:
    """What rows say, whatever they hang on."""
    return Counter(
        tuple((key, value) for key, value in row.items() if key != "id" and not key.endswith("_id"))
        for row in rows
    )


def test_nothing_goes_along_that_a_later_manager_may_not_read(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        touch = add_contact(tx, two, InteractionKind.TOUCH, TODAY)
        interactions.set_private_note(tx, touch, two.dana.manager.id, NOTE)
        interactions.set_files(tx, touch, two.dana.manager.id, [FILE])
        add_promise(tx, two, WHISPERED, told_to_id=two.dana.manager.id, raised_on=TODAY)
        held = two.rows("session")[0]["interaction_id"]
        (read,) = [
            row["interaction_id"] for row in two.rows("session") if row["interaction_id"] == held
        ]
        sharing.change(tx, read, objection=OBJECTED, objection_beside=False)
        unread = add_contact(tx, two, InteractionKind.SESSION, TODAY)
        tables = Base.metadata.tables
        own = {"workspace_id": two.workspace_id, "interaction_id": unread}
        (known,) = {row["topic_set_id"] for row in two.hanging_on("session", two.dana)}
        topic = two.rows("topic", topic_set_id=known)[0]["id"]
        tx.connection.execute(
            tables["session"].insert(),
            [own | {"topic_set_id": known, "results": UNREAD, "shared_note": UNREAD}],
        )
        said = {"plan": UNREAD, "changed": UNREAD, "next_step": UNREAD, "topic_id": topic}
        tx.connection.execute(tables["session_topic"].insert(), [own | said])
        add_promise(tx, two, UNREAD, with_sharing=True, interaction_id=unread)
        out = add_contact(tx, two, InteractionKind.FIELD_DAY, TODAY - DAY)
        said = dict.fromkeys(("rep_view", "strength", "focus"), UNREAD)
        tx.connection.execute(
            tables["field_day"].insert(), [own | said | {"interaction_id": out, "market": ""}]
        )
        account = two.rows("account", two.dana)[0]["id"]
        visit = {"account_id": account, "account": "Acme", "people": "Jo Lee", "place": 0}
        tx.connection.execute(
            tables["visit"].insert(),
            [own | visit | {"interaction_id": out, "outcome": UNREAD, "next_step": UNREAD}],
        )
    two.moves(two.dana, two.raj)
    for table in Base.metadata.sorted_tables:
        for row in two.rows(table.name) if "workspace_id" in table.c else ():
            if any(canary in str(row) for canary in CANARIES):
                assert of_team(two, row) in (two.dana.id, None), (table.name, row)
    days = [row["occurred_on"] for row in two.rows("interaction", two.raj, rep_id=two.sam.id)]
    assert TODAY in days
    assert TODAY - DAY in days
    (copy,) = two.rows("interaction", two.raj, origin_id=touch)
    with two.database.reading(two.workspace_id) as tx:
        came_along = interactions.get(tx, copy["id"], two.raj.manager.id)
        assert came_along is not None
        # That there was a file; its link is its sender's.
        assert came_along.has_file
        assert interactions.files(tx, copy["id"], two.raj.manager.id) == ()
    there = two.hanging_on("visit", two.raj)
    assert Counter((row["account"], row["outcome"]) for row in there)["Acme", ""] == 1
    open_here = [row for row in two.rows("promise", two.dana) if is_open(row)]
    assert sorted(
        row["what"] or row["sealed_what"] for row in open_here if row["rep_id"] == two.sam.id
    ) == [WHISPERED, UNREAD]


def of_team(two: Two, row: dict[str, Any]) -> int | None:
    """The team that a row is of."""
    if "team_id" in row:
        return row["team_id"]  # type: ignore[no-any-return]
    if "interaction_id" in row:
        return of_team(two, two.rows("interaction", id=row["interaction_id"])[0])
    return None


def test_what_the_rep_said_to_a_theme_goes_along_and_no_theme_runs_there(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        before = todo.add_issue(
            tx, two.dana.id, text="new terms", starts_on=TODAY - 3 * DAY, ends_on=TODAY + DAY
        )
        todo.add_issue(
            tx, two.dana.id, text="no answers", starts_on=TODAY - DAY, ends_on=TODAY + DAY
        )
        for rep, words in ((two.sam, "list prices first"), (two.ina, "canary of another rep")):
            todo.note_answer(tx, before, rep.id, words, TODAY - DAY)
    two.moves(two.dana, two.raj)
    (there,) = two.rows("issue_of_the_day", two.raj, text="new terms")
    assert (there["ends_on"], there["seen"]) == (TODAY - DAY, True)
    (said,) = two.rows("issue_answer", issue_id=there["id"])
    assert (said["rep_id"], said["text"]) == (two.sam.id, "list prices first")
    assert two.rows("issue_of_the_day", two.raj, text="no answers") == []
    with two.database.writing(two.workspace_id) as tx:
        read = [
            one.answer.text
            for team in (two.dana, two.raj)
            for one in todo.noted_of(tx, team.id, two.sam.id, date.min)
        ]
        assert read.count("list prices first") == 1
        assert todo.dispute_answer(tx, said["id"], two.sam.id, "list prices first", TODAY)
    (here,) = two.rows("issue_answer", issue_id=before, rep_id=two.sam.id)
    assert here["not_so_on"] == TODAY
    kept = two.rows("issue_of_the_day"), two.rows("issue_answer")
    two.moves(two.raj, two.dana)
    two.moves(two.dana, two.raj)
    assert (two.rows("issue_of_the_day"), two.rows("issue_answer")) == kept


def test_what_is_open_is_open_in_one_team_alone(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        owed = add_promise(tx, two, "send the price sheet")
        raised = add_promise(tx, two, "quotes take a week", raised_on=TODAY, due_on=None)
    two.moves(two.dana, two.raj)
    with two.database.reading(two.workspace_id) as tx:
        for one in (owed, raised):
            here = promises.get(tx, one)
            assert here is not None
            assert (here.is_open, here.handed_to) == (False, two.raj.manager.name)
        there = {one.what: one for one in promises.open_with(tx, [(two.raj.id, two.sam.id)])}
        here_open = promises.open_with(tx, [(two.dana.id, two.sam.id)])
    assert {"send the price sheet", "quotes take a week"} <= set(there)
    assert there["send the price sheet"].due_on == TODAY + DAY
    assert here_open == []


def test_who_moves_there_and_back_again_has_nothing_twice(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        owed = add_promise(tx, two, "send the price sheet")
        kept_there = add_promise(tx, two, "call Acme", owner=Owner.REP)
    tables = ("interaction", "promise", "market_note", "result", "reading", "plan", "account")
    before = {name: two.rows(name) for name in tables}
    own = {name: list(before[name]) for name in tables}
    two.moves(two.dana, two.raj)
    with two.database.writing(two.workspace_id) as tx:
        (there,) = [
            one
            for one in promises.open_with(tx, [(two.raj.id, two.sam.id)])
            if one.what == "call Acme"
        ]
        promises.close(tx, there.id, kept_on=TODAY)
    two.moves(two.raj, two.dana)
    for name in tables:
        ids = {row["id"] for row in own[name]}
        assert [
            stripped(row) for row in two.rows(name) if row["id"] in ids and row["id"] != kept_there
        ] == [stripped(row) for row in own[name] if row["id"] != kept_there], name
    for name in ("interaction", "promise", "market_note", "result"):
        assert len(two.rows(name, two.dana)) == len(
            [row for row in before[name] if row["team_id"] == two.dana.id]
        )
    with two.database.reading(two.workspace_id) as tx:
        back, kept = promises.get(tx, owed), promises.get(tx, kept_there)
        seats = teams.memberships_of(tx, two.sam.slack_id, TODAY)
        open_there = promises.open_with(tx, [(two.raj.id, two.sam.id)])
    assert back is not None
    assert back.is_open
    assert kept is not None
    assert kept.kept_on == TODAY
    assert open_there == []
    assert [team.id for team, _ in seats] == [two.dana.id]
    again = {name: Counter(map(str, two.rows(name))) for name in tables}
    two.moves(two.dana, two.raj)
    two.moves(two.raj, two.dana)
    for name in tables:
        assert len(two.rows(name)) == sum(again[name].values()), name


def stripped(row: dict[str, Any]) -> dict[str, Any]:
    """But for what says where its rep reads it, and that it was told."""
    return {key: value for key, value in row.items() if key not in ("moved_to_id", "told_at")}


def test_what_was_shared_after_it_went_along_goes_with_its_words_the_next_time(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        day = add_contact(tx, two, InteractionKind.FIELD_DAY, TODAY - DAY)
        field_days.save(tx, day, FieldDayNotes((Visit("Acme", "Jo Lee"),), strength=UNREAD))
    two.moves(two.dana, two.raj)
    (there,) = two.rows("interaction", two.raj, origin_id=day)
    assert two.rows("field_day", interaction_id=there["id"])[0]["strength"] == ""
    two.moves(two.raj, two.dana)
    with two.database.writing(two.workspace_id) as tx:
        sharing.share(tx, day, two.sam.id, NOW)
    two.moves(two.dana, two.raj, TODAY + DAY, NOW + DAY)
    assert [one["strength"] for one in two.rows("field_day", interaction_id=there["id"])] == [
        UNREAD
    ]
    assert len(two.rows("visit", interaction_id=there["id"])) == 1
    assert len(two.rows("sharing", interaction_id=there["id"])) == 1


def test_what_was_taken_out_in_the_one_team_does_not_come_back_in_the_other(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        first = add_promise(tx, two, "never said")
    two.moves(two.dana, two.raj)
    (there,) = two.rows("promise", two.raj, origin_id=first)
    with two.database.writing(two.workspace_id) as tx:
        promises.change(tx, there["id"], deleted_at=NOW)
    two.moves(two.raj, two.dana)
    (back,) = two.rows("promise", two.dana, id=first)
    assert back["deleted_at"] is not None


def test_a_rep_reads_everything_once(two: Two) -> None:
    two.moves(two.dana, two.raj)
    for name in ("interaction", "promise"):
        own = [row for row in two.rows(name, rep_id=two.sam.id) if row["moved_to_id"] is None]
        assert {row["team_id"] for row in own} == {two.raj.id}
    two.moves(two.raj, two.dana)
    for name in ("interaction", "promise"):
        own = [row for row in two.rows(name, rep_id=two.sam.id) if row["moved_to_id"] is None]
        assert {row["team_id"] for row in own} == {two.dana.id}


def test_what_the_earlier_manager_closed_and_saved_is_counted_there_alone(two: Two) -> None:
    month = TODAY.replace(day=1)
    with two.database.reading(two.workspace_id) as tx:
        before = read_balance(tx, two.raj, TODAY)
    two.moves(two.dana, two.raj)
    with two.database.reading(two.workspace_id) as tx:
        for owner in Owner:
            kept = promises.kept_by(tx, owner, [two.raj.id], date.min)
            assert two.sam.id not in {one.rep.id for one in kept}
        assert promises.raised_and_kept(tx, two.raj.id, month, TODAY) == []
        found = warnings.acted_in_time(tx, two.raj, teams.members(tx, two.raj.id), TODAY)
        assert [one for one in found if one.result.period.end < TODAY] == []
        assert read_balance(tx, two.raj, TODAY) == before


def test_clocks_go_on_in_the_other_team(two: Two) -> None:
    with two.database.reading(two.workspace_id) as tx:
        before = interactions.latest(tx, two.dana.id)[two.sam.id]
    two.moves(two.dana, two.raj)
    with two.database.reading(two.workspace_id) as tx:
        assert interactions.latest(tx, two.raj.id)[two.sam.id] == before


def test_what_is_to_come_follows(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        made = appointments.add(
            tx,
            team_id=two.dana.id,
            rep_id=two.sam.id,
            kind=InteractionKind.SESSION,
            day=TODAY + 2 * DAY,
            at=time(10),
            notes="bring the map",
            made_on=TODAY,
            after_contact=10**6,
        )
        appointments.prepare(tx, made, {"pipeline": "Hooli"}, NOW)
        agenda.add(
            tx,
            team_id=two.dana.id,
            rep_id=two.sam.id,
            text="60-day terms",
            added_on=TODAY,
            interaction_id=None,
        )
        absences.add(tx, two.sam.id, TODAY + DAY, None, entered_by=two.dana.id)
    moved = two.moves(two.dana, two.raj)
    assert (moved.appointments, moved.for_session) == (1, 1)
    with two.database.reading(two.workspace_id) as tx:
        (there,) = [
            one for one in appointments.standing(tx, [two.raj.id]) if one.rep.id == two.sam.id
        ]
        assert (there.id, there.day, there.at) == (made, TODAY + 2 * DAY, time(10))
        assert appointments.prepared(tx, [made]) == {made: {"pipeline": "Hooli"}}
        (item,) = [one for one in agenda.open_items(tx, [two.raj.id]) if one.rep == two.sam]
        assert item.text == "60-day terms"
        away = absences.of_people(tx, [(two.raj.id, two.sam.id)], TODAY)
    assert [off.starts_on for off in away[two.raj.id, two.sam.id] if off.ends_on is None] == [
        TODAY + DAY
    ]


def test_a_plan_that_stands_goes_on_with_its_steps(two: Two) -> None:
    plan = two.rows("save_it_plan", two.dana, rep_id=two.sam.id)[0]["id"]
    with two.database.writing(two.workspace_id) as tx:
        saving.change(tx, plan, closed_on=None)
    moved = two.moves(two.dana, two.raj)
    assert moved.save_it_plans == 1
    with two.database.reading(two.workspace_id) as tx:
        found = saving.get(tx, plan)
        (step,) = saving.steps_of(tx, [plan])[plan]
        promise = promises.get(tx, step)
    assert found is not None
    assert found.team_id == two.raj.id
    assert promise is not None
    assert (promise.team_id, promise.is_open) == (two.raj.id, True)


def test_who_is_not_there_any_more_cannot_be_moved_again(two: Two) -> None:
    two.moves(two.dana, two.raj)
    with pytest.raises(NotOnTeam):
        two.moves(two.dana, two.raj)
    with pytest.raises(Oneself):
        two.moves(two.raj, two.raj)


@pytest.mark.both
def test_of_two_who_move_the_same_rep_at_once_one_does(two: Two) -> None:
    together = Barrier(2)

    def moves_them(_: int) -> Moved | None:
        together.wait()
        try:
            return two.moves(two.dana, two.raj)
        except NotOnTeam:
            return None

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(moves_them, range(2)))
    assert [one is None for one in done].count(True) == 1
    assert len(two.rows("interaction", two.raj, rep_id=two.sam.id)) == 11
    assert len(two.rows("membership", two.raj, rep_id=two.sam.id)) == 1


@pytest.mark.both
def test_what_is_carried_by_two_heartbeats_at_once_goes_along_once(two: Two) -> None:
    two.moves(two.dana, two.raj, TODAY + DAY)
    together = Barrier(2)

    def beats(_: int) -> None:
        together.wait()
        with two.database.writing(two.workspace_id, patience=PATIENCE) as tx:
            moving.carry_due(tx, [two.raj.id], NOW + DAY)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(beats, range(2)))
    assert len(two.rows("interaction", two.raj, rep_id=two.sam.id)) == 11


def test_who_is_on_both_teams_and_moves_into_the_other_keeps_the_place_there(two: Two) -> None:
    with two.database.writing(two.workspace_id) as tx:
        teams.add_members(tx, [(two.raj.id, two.sam.id, TODAY - 30 * DAY)])
        interactions.add(
            tx,
            InteractionKind.TOUCH,
            team_id=two.raj.id,
            rep_id=two.sam.id,
            author_id=two.raj.manager.id,
            channel=None,
            occurred_on=TODAY,
            occurred_at=NOW,
            recorded_at=NOW,
            about="the new line",
        )
    two.moves(two.dana, two.raj)
    (seat,) = two.rows("membership", two.raj, rep_id=two.sam.id)
    assert (seat["joined_on"], seat["left_on"]) == (TODAY - 30 * DAY, None)
    assert len(two.rows("interaction", two.raj, rep_id=two.sam.id)) == 12


def test_a_line_of_a_roster_and_its_undoing_carry_nothing_twice(two: Two) -> None:
    one = [(two.sam.id, two.dana.id, two.raj.id, TODAY)]
    with two.database.writing(two.workspace_id) as tx:
        moves.plan(tx, one)
    for _ in range(2):
        moving.carry_all(two.database, two.workspace_id, NOW)
    assert len(two.rows("interaction", two.raj, rep_id=two.sam.id)) == 11


def test_what_goes_along_waits_for_the_day(two: Two) -> None:
    moved = two.moves(two.dana, two.raj, TODAY + 3 * DAY)
    assert moved.touches == 6
    assert two.rows("interaction", two.raj, rep_id=two.sam.id) == []
    with two.database.writing(two.workspace_id) as tx:
        moving.carry_due(tx, [two.raj.id], NOW + 2 * DAY)
        assert [one.day for one in moves.waiting(tx)] == [TODAY + 3 * DAY]
        moving.carry_due(tx, [two.raj.id], NOW + 3 * DAY)
        assert moves.waiting(tx) == []
    assert len(two.rows("interaction", two.raj, rep_id=two.sam.id)) == 11


@pytest.mark.parametrize("weeks", [3, 30])
def test_what_a_move_costs_does_not_grow_with_the_years(
    database: Database, workspace_id: int, weeks: int
) -> None:
    counts = []
    for n, past in enumerate((2, weeks)):
        seed(database, workspace_id, f"U{n}DANA", reps=2, weeks=past)
        seed(database, workspace_id, f"U{n}RAJ", reps=1, weeks=2)
        with database.writing(workspace_id, patience=PATIENCE) as tx:
            dana, raj = (teams.of_manager(tx, f"U{n}{one}") for one in ("DANA", "RAJ"))
            sam = people.get(tx, f"U{n}DANAX000")
            assert dana is not None
            assert raj is not None
            assert sam is not None
            with statements(database) as sent:
                moving.move_rep(tx, sam, dana, raj, MONDAY, NOW)
        counts.append(len(sent))
    assert counts[0] == counts[1]
