"""A person is erased: every column and reference, whenever it is broken off, and nothing of others
goes."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Text, delete, select

from bot.domain.binder.handover import HandoverState
from bot.domain.contacts.drafts import DraftKind
from bot.domain.delivery import ERASED, MessageKind, Subject
from bot.domain.workspaces.erasure import A_FORMER_REP, COLUMNS, Fate, Kind, former_id
from bot.domain.workspaces.people import Profile
from bot.services.team import erasure as service
from storage import erasure, mentions, promises
from storage.binder import handovers
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.database.types import (
    EncryptedText,
    ExactNumber,
    LinesText,
    SectionsText,
    SubjectText,
)
from storage.delivery import messages
from storage.models import Base, Draft
from storage.sessions import drafts
from storage.team import moves, people, teams
from storage.workspaces import audits
from tests.storage.own_rows import update_own
from tests.storage.world import (
    CONVERSATION,
    LATER,
    MANAGER,
    NEW_REP,
    NOW,
    REP,
    World,
    add_promise,
    add_touch,
    field_day_step,
    fill,
    rows_of,
)

MODELS: dict[str, Any] = {one.class_.__tablename__: one.class_ for one in Base.registry.mappers}
CANARY = "kwx"
NOT_WORDS = {
    "person.slack_id",
    "agenda_item.named",
    "agenda_item.outcome_named",
    "team_promise.named",
    "workspace.slack_id",
    "workspace.name",
    "team.zone",
    "team.country",
    "team.meeting_days",
    "audit.actor",
    "submission.made",
    "person.zone",
}
"""Texts that mean something to the product, and are looked at by themselves."""


def is_words(column: Any) -> bool:
    return isinstance(column.type, Text | EncryptedText | LinesText)


def names_person(column: Any) -> bool:
    return any(key.column.table.name == "person" for key in column.foreign_keys)


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T0HOME")


def test_of_every_column_of_words_and_every_reference_it_is_said_what_becomes_of_it() -> None:
    kinds = (ExactNumber, SectionsText, SubjectText)
    there = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        for column in table.c
        if is_words(column) or names_person(column) or isinstance(column.type, kinds)
    }
    assert there == set(COLUMNS)


def test_words_of_others_are_looked_through_wherever_somebody_typed_them() -> None:
    """Every plain column of words that stays in other rows, but for what nobody types."""
    untyped = {
        "account_spelling.key",
        "account_spelling.name",
        "acquaintance.key",
        "agenda_item.link",
        "agenda_item.named",
        "agenda_item.outcome_named",
        "agenda_item.section",
        "audit.action",
        "audit.actor",
        "audit.subject",
        "calendar_address.digest",
        "delivery.channel",
        "delivery.fault",
        "delivery.ts",
        "draft.form",
        "draft.step",
        "draft.typed_in",
        "erased.slack_id",
        "export.file_id",
        "export.format",
        "export.paper",
        "export.what",
        "market_tag_spelling.key",
        "market_tag_spelling.name",
        "metric.key",
        "metric.name",
        "metric.unit",
        "note.message",
        "plan.key",
        "posted_message.channel",
        "posted_message.ts",
        "preparation.key",
        "promise.topic_key",
        "save_it_answer.counted",
        "slot.about",
        "submission.form",
        "submission.made",
        "submission.step",
        "swap.form",
        "team.channel",
        "team.country",
        "team.meeting_days",
        "team.zone",
        "team_promise.named",
        "topic.key",
        "visit.account",
        "workspace.name",
        "workspace.slack_id",
    }
    plain = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name != "person"
        for column in table.c
        if is_words(column) and isinstance(column.type, Text)
    }
    assert set(mentions.OF_OTHERS) == plain - untyped


def mark(tx: Transaction) -> None:
    """A word of its own in every column of words, in whatever row."""
    for table in Base.metadata.sorted_tables:
        values: dict[str, Any] = {}
        for column in table.c:
            place = f"{table.name}.{column.name}"
            if not is_words(column) or place in NOT_WORDS or column.foreign_keys:
                continue
            word = f"{CANARY}-{place}"
            values[column.name] = (word,) if isinstance(column.type, LinesText) else word
        if not values or table.name == "workspace":
            continue
        unique = {
            column.name
            for constraint in table.constraints
            if hasattr(constraint, "columns") and type(constraint).__name__ == "UniqueConstraint"
            for column in constraint.columns
        }
        told = {name: value for name, value in values.items() if name not in unique}
        if told:
            update_own(tx, MODELS[table.name], **told)


def found_marks(tx: Transaction) -> set[str]:
    found = set()
    for table in Base.metadata.sorted_tables:
        if table.name == "workspace":
            continue
        rows = tx.all(select(*table.c).where(table.c.workspace_id == WORKSPACE))
        for row in rows:
            for name, value in row._asdict().items():
                said = " ".join(value) if isinstance(value, tuple) and name != "sections" else value
                if isinstance(said, str) and CANARY in said:
                    found.add(f"{table.name}.{name}")
    return found


def only_theirs(tx: Transaction, world: World) -> None:
    """Every row that can be is about the rep, or by them."""
    for name in ("agenda_item",):
        update_own(tx, MODELS[name], author_id=world.rep_id)
    for name in ("note", "period_words"):
        update_own(tx, MODELS[name], author_id=world.rep_id)
    update_own(tx, MODELS["handover"], rep_id=world.rep_id)
    update_own(tx, MODELS["director"], director_id=world.rep_id)
    update_own(tx, MODELS["posted_message"], reader_id=world.rep_id)
    update_own(tx, MODELS["delivery"], reader_id=world.rep_id, channel="C", ts="1")


def test_no_word_about_them_is_left_in_any_column(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        only_theirs(tx, world)
        tx.run(delete(Draft).where(Draft.workspace_id == WORKSPACE, Draft.closed_at.is_not(None)))
        mark(tx)
        before = found_marks(tx)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        left = found_marks(tx)
        there = rows_of(tx, world.workspace_id)
    may_stay = {place for place, fate in COLUMNS.items() if fate in (Fate.STAYS, Fate.KEPT)}
    # Names of others, forms that others sent, whom the manager knows.
    others = {f"person.{one}" for one in ("name", "aliases", "name_key", "dm_channel")}
    others |= {"submission.form", "submission.step", "acquaintance.key", "acquaintance.name"}
    assert left - may_stay - others == set()
    assert (may_stay & before) - left == set()
    assert there["interaction"]


def test_no_row_that_goes_names_them(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        only_theirs(tx, world)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        for place, fate in COLUMNS.items():
            table, column = place.split(".")
            cell = MODELS[table].__table__.c[column]
            if not names_person(cell) or fate not in (Fate.GOES, Fate.LET_GO):
                continue
            model = MODELS[table]
            named = tx.all(
                select(model.id).where(model.workspace_id == WORKSPACE, cell == world.rep_id)
            )
            assert named == [], place
        (left,) = people.get_many_by_id(tx, [world.rep_id]).values()
        assert (left.name, left.slack_id, left.zone) == (
            A_FORMER_REP,
            former_id(world.rep_id),
            None,
        )
        assert (left.dm_channel, left.aliases, left.active) == (None, (), False)
        assert left.first_name == A_FORMER_REP
        assert people.get(tx, REP) is None
        assert audits.all_records(tx)[-1] == ("operator", "person erase", REP)


def test_that_contacts_happened_stays(database: Database, world: World) -> None:
    with database.reading(world.workspace_id) as tx:
        before = interactions.get(tx, world.touch_id, 0)
        latest = interactions.latest(tx, world.team_id)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        after = interactions.get(tx, world.touch_id, 0)
        assert before is not None
        assert after is not None
        assert (after.kind, after.occurred_on) == (before.kind, before.occurred_on)
        assert (after.about, after.channel, after.has_file) == ("", None, False)
        assert after.rep.name == A_FORMER_REP
        assert interactions.latest(tx, world.team_id) == latest


def test_others_keep_all_of_theirs(database: Database, world: World) -> None:
    other = fill(database, "T0OTHER")
    with database.writing(world.workspace_id) as tx:
        theirs = add_touch(tx, world.team_id, world.new_rep_id, world.manager_id, about="theirs")
        owed = add_promise(tx, world.team_id, world.new_rep_id, what="a demo")
    with database.reading(other.workspace_id) as tx:
        before = rows_of(tx, other.workspace_id)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(other.workspace_id) as tx:
        assert rows_of(tx, other.workspace_id) == before
    with database.reading(world.workspace_id) as tx:
        kept = interactions.get(tx, theirs, 0)
        assert kept is not None
        assert kept.about == "theirs"
        assert promises.get(tx, owed) is not None


def test_broken_off_anywhere_it_goes_on(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    class DiesError(Exception):
        pass

    real: Callable[..., None] = erasure.remove
    going = [
        kind for kind in Kind if service.look(database, world.workspace_id, REP).found.get(kind)
    ]
    named = service.look(database, world.workspace_id, REP).mentions
    assert len(going) > 12
    for dying in going:

        def remove(tx: Transaction, kind: Kind, *rest: Any, at: Kind = dying) -> None:
            real(tx, kind, *rest)
            if kind is at:
                raise DiesError

        if dying not in service.look(database, world.workspace_id, REP).found:
            continue  # it went with what it hangs on
        monkeypatch.setattr(erasure, "remove", remove)
        with pytest.raises(DiesError):
            service.erase(database, world.workspace_id, REP, LATER)
        monkeypatch.setattr(erasure, "remove", real)
        with database.writing(world.workspace_id) as tx:
            assert people.get(tx, REP) is None
            assert erasure.get(tx, REP) == (world.rep_id, False)
        real_kind = service.look(database, world.workspace_id, REP)
        assert real_kind.is_begun
        # What went names nobody; what others wrote is listed again.
        assert real_kind.mentions == named
        assert dying in real_kind.found
    service.erase(database, world.workspace_id, REP, LATER)
    done = service.look(database, world.workspace_id, REP)
    assert (done.found, done.mentions, done.is_done) == ({}, (), True)
    with database.reading(world.workspace_id) as tx:
        said = [one for one in audits.all_records(tx) if one[1] == "person erase"]
    assert said == [("operator", "person erase", REP)]


def test_what_slack_tells_afterwards_is_not_kept(database: Database, world: World) -> None:
    service.erase(database, world.workspace_id, REP, LATER)
    with database.writing(world.workspace_id) as tx:
        before = rows_of(tx, world.workspace_id)["person"]
        people.save_profiles(tx, [Profile(REP, "Raj Rao", updated=9)], LATER)
        people.remember_conversation(tx, REP, CONVERSATION)
        assert rows_of(tx, world.workspace_id)["person"] == before


def test_a_form_that_is_open_keeps_nothing(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        drafts.save_typed(tx, [(MANAGER, field_day_step("open one"), NOW)])
    service.erase(database, world.workspace_id, REP, LATER)
    late = field_day_step("open one", typed_at=9)
    about_them = field_day_step("a new one", typed_at=9)
    with database.writing(world.workspace_id) as tx:
        drafts.save_typed(tx, [(MANAGER, late, LATER), (MANAGER, about_them, LATER)])
        left = drafts.of_author(tx, world.manager_id, DraftKind.FIELD_DAY)
    assert [one.form for one in left if one.rep is not None] == []
    assert left == []


def test_messages_that_stand_say_that_it_is_gone(database: Database, world: World) -> None:
    subject = Subject(MessageKind.SHARED, world.touch_id)
    line = Subject(MessageKind.RAISED, world.promise_id)
    with database.writing(world.workspace_id) as tx:
        messages.remember(tx, subject, "D0REP", "9.1", world.rep_id)
        messages.remember(tx, line, CONVERSATION, "9.2", world.manager_id)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.writing(world.workspace_id) as tx:
        gone = messages.posted(tx, ERASED)
        assert {"9.1", "9.2"} <= {one.ts for one in gone}
        assert {one.reader_id for one in gone} == {None}
        stale = messages.claim_stale(tx, LATER, 0, 99)
        assert {one.id for one in gone} <= {one.id for one in stale}
        messages.redrawn(tx, {one.id: one.wanted_version for one in stale})
        messages.purge_let_go(tx)
        assert messages.posted(tx, ERASED) == []


def test_words_of_others_that_name_them_are_listed_and_stay(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        people.save_profiles(tx, [Profile(REP, "Raj Rao", aliases=("rajr",))], LATER)
        named = add_touch(
            tx, world.team_id, world.new_rep_id, world.manager_id, about="with RAJ RAO at Acme"
        )
        add_touch(tx, world.team_id, world.new_rep_id, world.manager_id, about="a trajectory")
        add_touch(tx, world.team_id, world.rep_id, world.manager_id, about="Raj's own")
    found = service.look(database, world.workspace_id, REP)
    assert [one for one in found.mentions if one.place == "interaction.about"] == [
        service.Mention("interaction.about", (named,))
    ]
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        kept = interactions.get(tx, named, 0)
        assert kept is not None
        assert kept.about == "with RAJ RAO at Acme"


def test_a_manager_hands_the_team_over_first(database: Database, world: World) -> None:
    with pytest.raises(service.LeadsTeamError):
        service.look(database, world.workspace_id, MANAGER)
    with pytest.raises(service.LeadsTeamError):
        service.erase(database, world.workspace_id, MANAGER, LATER)
    with pytest.raises(service.NobodyKnownError):
        service.erase(database, world.workspace_id, "U0NOBODY", LATER)
    with database.writing(world.workspace_id) as tx:
        teams.pass_to(tx, world.team_id, world.new_rep_id, LATER)
    service.erase(database, world.workspace_id, MANAGER, LATER)
    with database.reading(world.workspace_id) as tx:
        contact = interactions.get(tx, world.touch_id, 0)
        assert contact is not None
        assert contact.about == "the renewal"
        assert interactions.private_note(tx, world.touch_id, world.manager_id) is None
        (left,) = people.get_many_by_id(tx, [world.manager_id]).values()
        assert left.name == "a former manager"


@pytest.mark.both
def test_it_is_done_in_small_steps(database: Database, world: World) -> None:
    with database.writing(world.workspace_id, patience=60) as tx:
        for n in range(2 * service.AT_ONCE + 3):
            add_touch(
                tx,
                world.team_id,
                world.rep_id,
                world.manager_id,
                about=f"{CANARY} {n}",
            )
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        assert interactions.abouts(tx, world.team_id, world.rep_id) == []


def test_whom_it_was_about_is_in_no_other_row(database: Database, world: World) -> None:
    """The Slack id stands where it is kept on purpose, and nowhere else."""
    with database.writing(world.workspace_id) as tx:
        update_own(tx, MODELS["agenda_item"], named=REP, fine_for=(REP, NEW_REP))
        update_own(tx, MODELS["team_promise"], named=REP, fine_for=(NEW_REP, REP))
        audits.record(tx, REP, "export", "my-copy", NOW)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        found = {
            name
            for name, rows in rows_of(tx, world.workspace_id).items()
            if any(REP in str(value) for row in rows for value in row)
        }
    assert found == {"erased", "audit"}


RECORDED = [
    (REP, "calendar address", "made"),
    (REP, "export", "my-copy"),
    ("operator", "export", f"U0DANA json of {REP}"),
    ("operator", "export", f"{REP} json"),
    ("U0DANA", "export", f"csv of {REP}, {REP}X, since 2026-01-01"),
    ("operator", "handover", f"{REP} to U0DANA: {REP}"),
    ("operator", "person copy", REP),
    ("U0DANA", "export", f"what stayed: ({REP})"),
]


def test_no_record_names_whom_it_was_about_and_each_says_who_took_what(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        before = len(audits.all_records(tx))
        for actor, action, subject in RECORDED:
            audits.record(tx, actor, action, subject, NOW)
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        left = audits.all_records(tx)
    former = former_id(world.rep_id)
    assert left[before:] == [
        *(
            tuple(
                one.replace(f"{REP}X", "other").replace(REP, former).replace("other", f"{REP}X")
                for one in record
            )
            for record in RECORDED
        ),
        ("operator", "person erase", REP),
    ]


def test_what_was_on_its_way_to_another_manager_is_not_any_more(
    database: Database, world: World
) -> None:
    """A rep who is offered, and is to move on a day to come; and a receiver of what is offered."""
    with database.writing(world.workspace_id) as tx:
        alone = handovers.add(
            tx,
            team_id=world.team_id,
            rep_id=world.rep_id,
            from_id=world.manager_id,
            to_id=world.new_rep_id,
            words="",
            state=HandoverState.OFFERED,
            offered_at=NOW,
        )
        for about, ts in ((alone, "9.1"), (world.handover_id, "9.2")):
            subject = Subject(MessageKind.HANDOVER, about)
            messages.remember(tx, subject, CONVERSATION, ts, world.new_rep_id)
        moves.plan(tx, [(world.rep_id, world.team_id, world.team_id, LATER.date())])
    service.erase(database, world.workspace_id, REP, LATER)
    with database.reading(world.workspace_id) as tx:
        assert {one.ts for one in messages.posted(tx, ERASED)} >= {"9.1"}
        assert [one.rep.id for one in moves.waiting(tx) if one.rep.id == world.rep_id] == []
        assert list(handovers.get_many(tx, [alone, world.handover_id])) == [world.handover_id]
    service.erase(database, world.workspace_id, NEW_REP, LATER)
    with database.reading(world.workspace_id) as tx:
        (left,) = handovers.get_many(tx, [world.handover_id]).values()
        assert left.state is HandoverState.WITHDRAWN
