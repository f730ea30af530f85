"""An entry passes from one person to another: every part of every kind of entry, and every row."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Table, select, update

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.contacts.received import FileKind, KeptFile
from bot.domain.contacts.touches import TouchEntry
from bot.domain.delivery import MessageKind, MessageRef, Posted, Subject
from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import Session
from bot.domain.sessions.sharing import EndedSharing, SharedPart, Sharing
from bot.domain.workspaces.passing import FATES, Fate, Part
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone, NowAbout
from bot.domain.workspaces.submissions import Made
from bot.services.contacts import touches
from bot.services.meetings import agenda as agenda_service
from bot.services.sessions import sharing as sharing_service
from bot.services.sessions.sharing import posted
from bot.services.workspaces import passing
from storage import appointments, field_days, promises
from storage.accounts import acquaintances, transitions
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda
from storage.models import Base
from storage.sessions import plans, sessions, sharing
from storage.team import absences, people, teams
from storage.workspaces import submissions
from tests.storage.world import (
    LATER,
    MANAGER,
    NEW_REP,
    NOW,
    PRIVATE,
    REP,
    TODAY,
    World,
    add_promise,
    fill,
)

OWN = "the first one's own"
"""In every word that the first said, answered or prepared."""

ABOUT_SOMEBODY_ELSE = {
    "account_date_source.author_id": "who wrote it",
    "agenda_item.author_id": "who wrote it",
    "agenda_item.heard_by_id": "named where the manager chose to; cleared when the contact passes",
    "acquaintance.person_id": "what visits say: written anew when one of them passes",
    "calendar_address.person_id": "whose calendar it is",
    "delivery.reader_id": "whom the message goes to",
    "director.director_id": "whom a manager shows how it goes with the team",
    "director.shared_by_id": "the manager who does",
    "draft.author_id": "who writes it",
    "draft.rep_id": "shown to its author alone, and chosen anew as the author likes",
    "export.author_id": "the manager who asked for it",
    "handover.from_id": "the manager who offers it",
    "handover.rep_id": "never changed: somebody else is offered anew",
    "handover.to_id": "who is to take it",
    "erased.person_id": "who was erased",
    "interaction.author_id": "who wrote it",
    "market_note.author_id": "who wrote it",
    "issue_answer.rep_id": "never changed: somebody else said something else",
    "meeting.leader_id": "whose turn it is",
    "membership.rep_id": "never changed: somebody else has a membership of their own",
    "membership_question.rep_id": "never changed: asked anew of somebody else",
    "move.rep_id": "never changed: somebody else moves by themselves",
    "note.author_id": "who wrote it",
    "period_words.author_id": "the manager who says it",
    "plan.author_id": "who wrote it",
    "plan.rep_id": "what sessions say: written anew when one of them passes",
    "posted_message.reader_id": "whom the message was sent to",
    "promise.handed_to_id": "who has another promise since",
    "promise.noted_by_id": "the earlier manager who noted it, before its rep moved",
    "promise.told_to_id": "the manager whom the rep told it",
    "result.rep_id": "never changed: somebody else has results of their own",
    "save_it_plan.rep_id": "never changed: somebody else has warnings of their own",
    "standing_focus.author_id": "who wrote it",
    "standing_focus.rep_id": "what field days said that are gone for good: none of them passes",
    "slot.rep_id": "never changed: everyone has a slot of their own",
    "submission.author_id": "who sent the form",
    "swap.asked_by_id": "who asks",
    "swap.asked_id": "who is asked to take a turn",
    "swap.holder_id": "whose turn it was when it was asked",
    "swap.other_id": "the other of a pair: what it was found in is another's by now, and it ends",
    "team.manager_id": "who manages it",
    "team_promise.owner_id": "said before the whole team",
    "time_off.person_id": "never changed",
    "time_off.stand_in_id": "who has the list meanwhile",
}
"""Columns that name a person and are not whom an entry is about, each with why."""

FILE = KeptFile(FileKind.FILE, "prices.pdf", "https://x.slack.com/files/U1/F1/prices.pdf")


@dataclass
class Passed:
    """A contact that had every part, and passed from the first rep to the second."""

    world: World
    database: Database
    contact: int
    noted: int
    raised: int
    whispered: int
    item: int
    first: Person
    second: Person


@pytest.fixture(params=list(InteractionKind))
def passed(request: pytest.FixtureRequest, database: Database) -> Passed:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        contact = interactions.add(
            tx,
            request.param,
            team_id=world.team_id,
            rep_id=world.rep_id,
            author_id=world.manager_id,
            channel=None,
            occurred_on=TODAY,
            occurred_at=NOW,
            recorded_at=NOW,
            about="the manager's words",
        )
        out = request.param is InteractionKind.FIELD_DAY
        visits = (Visit("Globex", "Kim Ray"),) if out else ()
        field_days.save(tx, contact, FieldDayNotes(visits, strength="the manager's words"))
        if request.param is InteractionKind.SESSION:
            said = Session(world.draft.topics, world.draft.notes)
            sessions.save(tx, contact, world.topic_set_id, said.spoken(), said.notes)
        interactions.set_private_note(tx, contact, world.manager_id, PRIVATE)
        interactions.set_files(tx, contact, world.manager_id, [FILE])
        sharing.share(tx, contact, world.rep_id, NOW)
        sharing.change(tx, contact, rep_words=OWN, objection=OWN, seen_at=NOW)
        about = Subject(MessageKind.SHARED, contact)
        messages.remember(tx, about, "D0REP", "9.0", world.rep_id)
        made = {"interaction_id": contact}
        noted = add_promise(tx, world.team_id, world.rep_id, what="a demo", kept_on=TODAY, **made)
        raised = add_promise(tx, world.team_id, world.rep_id, what=OWN, raised_on=TODAY, **made)
        whispered = add_promise(
            tx,
            world.team_id,
            world.rep_id,
            what=OWN,
            told_to_id=world.manager_id,
            raised_on=TODAY,
            **made,
        )
        for form, promise in (("n", noted), ("r", raised), ("w", whispered)):
            sent_by(tx, world, form, promise)
        absences.tick(tx, world.time_off_id, [noted])
        appointments.prepare(tx, world.appointment_id, {"pipeline": OWN}, NOW)
        for rep, heard_by in ((world.rep_id, None), (None, world.rep_id)):
            agenda.add(
                tx,
                team_id=world.team_id,
                rep_id=rep,
                heard_by_id=heard_by,
                text="60-day terms",
                added_on=TODAY,
                interaction_id=contact,
            )
        known = people.get_many(tx, [REP, NEW_REP])
        entry = interactions.get(tx, contact, 0)
        assert entry is not None
        (item,) = (one.id for one in agenda.open_items(tx, [world.team_id]) if one.rep is not None)
        passing.pass_contact(tx, entry, known[NEW_REP], LATER)
    first, second = known[REP], known[NEW_REP]
    return Passed(world, database, contact, noted, raised, whispered, item, first, second)


def sent_by(tx: Transaction, world: World, form: str, promise: int) -> None:
    """That form of the manager's made that promise."""
    sent = submissions.claim(tx, form, Made.PROMISE, world.manager_id, world.team_id)
    submissions.keep(tx, sent, promise)


def of_form(tx: Transaction, world: World, form: str) -> int:
    """The promise that form made; 0 for none."""
    return submissions.find(tx, form, Made.PROMISE, world.manager_id, world.team_id).one


def of_contact(tx: Transaction, it: Passed) -> Interaction:
    found = interactions.get(tx, it.contact, it.world.manager_id)
    assert found is not None
    return found


def promised(tx: Transaction, it: Passed) -> Promise:
    """What was noted, as it is with the second."""
    (found,) = promises.of_interaction(tx, it.contact)
    return found


def kept(tx: Transaction, promise_id: int) -> Promise:
    found = promises.get(tx, promise_id)
    assert found is not None
    return found


def item_names(tx: Transaction, it: Passed) -> list[Person | None]:
    items = agenda.open_items(tx, [it.world.team_id])
    return [one.heard_by for one in items if one.came_from == it.contact]


def shared(tx: Transaction, it: Passed, rep: Person) -> bool:
    found = interactions.shared_with(tx, it.world.team_id, rep.id, 9)
    return it.contact in [one.id for one in found]


def is_ended(it: Passed) -> Callable[[Transaction], bool]:
    return lambda tx: (
        not shared(tx, it, it.first)
        and not shared(tx, it, it.second)
        and sharing.of_interactions(tx, [it.contact], with_objection=True) == {}
    )


CHECKS: dict[Part, Callable[[Transaction, Passed], bool]] = {
    Part.WORDS: lambda tx, it: of_contact(tx, it).rep == it.second,
    Part.SHARED: lambda tx, it: is_ended(it)(tx),
    Part.REP_WORDS: lambda tx, it: sharing.words_of_ended(tx, it.contact, it.first.id) == OWN,
    Part.SEEN: lambda tx, it: shared_again(tx, it).seen_at is None,
    Part.OBJECTION: lambda tx, it: shared_again(tx, it).objection == OWN,
    Part.RAISED: lambda tx, it: (
        all(
            (kept(tx, one).rep, kept(tx, one).interaction_id) == (it.first, None)
            and kept(tx, one).is_open
            and kept(tx, one).what == OWN
            for one in (it.raised, it.whispered)
        )
        and kept(tx, it.whispered).between_us
        and [of_form(tx, it.world, form) for form in ("r", "w")] == [0, 0]
    ),
    Part.NOTED: lambda tx, it: (
        kept(tx, it.noted).deleted
        and (promised(tx, it).rep, promised(tx, it).what) == (it.second, "a demo")
        and of_form(tx, it.world, "n") == promised(tx, it).id
    ),
    Part.ANSWER: lambda tx, it: promised(tx, it).is_open,
    Part.TICKED: lambda tx, it: (
        absences.ticked(tx, [it.world.time_off_id]) == {it.world.time_off_id: {it.noted}}
        and promised(tx, it).id != it.noted
    ),
    Part.PREPARATION: lambda tx, it: (
        appointments.prepared_for(tx, it.world.team_id, it.second.id) == {}
        and appointments.prepared(tx, [it.world.appointment_id])
        == {it.world.appointment_id: {"pipeline": OWN}}
    ),
    Part.FOR_SESSION: lambda tx, it: agenda.get(tx, it.item).rep == it.second,  # type: ignore[union-attr]
    Part.HEARD_BY: lambda tx, it: item_names(tx, it) == [None, None],
    Part.STANDING: lambda tx, it: (
        stands_with(tx, it)
        == (set() if of_contact(tx, it).kind is InteractionKind.TOUCH else {it.second.id})
    ),
    Part.PRIVATE_NOTE: lambda tx, it: (
        interactions.private_note(tx, it.contact, it.world.manager_id) == PRIVATE
    ),
    Part.FILES: lambda tx, it: interactions.files(tx, it.contact, it.world.manager_id) == (FILE,),
}


def stands_with(tx: Transaction, it: Passed) -> set[int]:
    """Whose plans come from the contact, or who got to know a customer in it."""
    team = it.world.team_id
    agreed = plans.of_teams(tx, [team], TODAY, TODAY)
    known = acquaintances.of_teams(tx, [team])[team]
    return {one.rep_id for one in agreed if one.session == it.contact} | {
        one.person.id for one in known if one.account == "Globex" and one.as_rep
    }


def shared_again(tx: Transaction, it: Passed) -> Sharing:
    """The contact is the first one's again, and shared with them anew."""
    passing.pass_contact(tx, of_contact(tx, it), it.first, LATER)
    sharing.share(tx, it.contact, it.first.id, LATER)
    return sharing.of_interactions(tx, [it.contact], with_objection=True)[it.contact]


@pytest.mark.parametrize("part", list(Part))
def test_of_every_part_it_is_said_what_becomes_of_it_and_so_it_is(
    passed: Passed, part: Part
) -> None:
    assert isinstance(FATES[part], Fate)
    with passed.database.writing(passed.world.workspace_id) as tx:
        assert CHECKS[part](tx, passed)


def test_no_row_that_is_of_the_second_or_of_the_contact_holds_a_word_of_the_first(
    passed: Passed,
) -> None:
    held = []
    with passed.database.reading(passed.world.workspace_id) as tx:
        for table in Base.metadata.sorted_tables:
            for row in rows(tx, table, passed.world.workspace_id):
                about = [row[column.name] for column in table.c if "about" in column.info]
                is_first = passed.first.id in about
                is_second = passed.second.id in about
                is_of_contact = row.get("interaction_id") == passed.contact
                if OWN in str(row) and (is_second or (is_of_contact and not is_first)):
                    held.append((table.name, row))
                if OWN in str(row):
                    assert is_first or table.name == "preparation"
    assert held == []


def rows(tx: Transaction, table: Table, workspace_id: int) -> list[dict[str, Any]]:
    if "workspace_id" not in table.c:
        return []
    found = tx.execute(select(table).where(table.c.workspace_id == workspace_id))
    return [dict(row) for row in found.mappings()]


def test_of_every_column_that_names_a_person_it_is_said_whether_an_entry_is_about_them() -> None:
    named = {
        f"{table.name}.{column.name}": "about" in column.info
        for table in Base.metadata.sorted_tables
        for column in table.c
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    undecided = {name for name, about in named.items() if not about} - set(ABOUT_SOMEBODY_ELSE)
    assert undecided == set()
    assert all(not named[name] for name in ABOUT_SOMEBODY_ELSE)


def test_whom_an_entry_is_about_is_changed_by_no_other_way(
    database: Database, workspace_id: int
) -> None:
    tried = 0
    with database.writing(workspace_id) as tx:
        for table in Base.metadata.sorted_tables:
            for column in table.c:
                if column.info:
                    tried += 1
                    with pytest.raises(ValueError, match="passes on"):
                        tx.change(update(table), {column.name: 1})
    assert tried >= 5


def test_a_message_on_its_way_while_the_contact_passed_is_drawn_anew(database: Database) -> None:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, world.touch_id, kind=InteractionKind.FIELD_DAY)
        known = people.get_many(tx, [REP, NEW_REP])
    actor, about = Actor(world.workspace_id, MANAGER), Subject(MessageKind.SHARED, world.touch_id)
    with database.writing(world.workspace_id) as tx:
        sharing.end(tx, world.touch_id, NOW)
        teams.add_members(tx, [(world.team_id, known[NEW_REP].id, NOW.date())])
        for member in teams.members(tx, world.team_id):
            teams.mark_introduced(tx, member.id, NOW)
    part = sharing_service.share(database, actor, world.touch_id, REP, NOW).part
    sharing_service.sent(database, world.workspace_id, part, MessageRef("D0REP", "1.0"))
    with database.writing(world.workspace_id) as tx:
        assert stale(tx, about) == []
        passing.pass_contact(tx, part.contact, known[NEW_REP], LATER)
    sharing_service.sent(database, world.workspace_id, part, MessageRef("D0REP", "2.0"))
    with database.writing(world.workspace_id) as tx:
        found = stale(tx, about)
    assert [one.ts for one in found] == ["1.0", "2.0"]
    first, second = posted(database, world.workspace_id, found)
    assert isinstance(first, EndedSharing)
    assert isinstance(second, EndedSharing)
    with pytest.raises(NowAbout):
        sharing_service.share(database, actor, world.touch_id, REP, LATER)
    assert sharing_service.share(database, actor, world.touch_id, NEW_REP, LATER).is_new
    (still, _), mine = (
        posted(database, world.workspace_id, found),
        Posted(0, about, "D0NEW", "3.0", 0, 1, known[NEW_REP].id),
    )
    assert isinstance(still, EndedSharing)
    (shown,) = posted(database, world.workspace_id, [mine])
    assert isinstance(shown, SharedPart)


def stale(tx: Transaction, about: Subject) -> list[Posted]:
    claimed = messages.claim_stale(tx, LATER, 0, 50)
    messages.release(tx, [one.id for one in claimed])
    return [one for one in claimed if (one.subject, one.channel) == (about, "D0REP")]


def test_the_form_of_a_touch_changes_nothing_but_touches(database: Database) -> None:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, world.touch_id, kind=InteractionKind.SESSION)
    entry = TouchEntry(NEW_REP, None, TODAY, "mine")
    actor = Actor(world.workspace_id, MANAGER)
    with pytest.raises(Gone):
        touches.change(database, actor, world.touch_id, entry, "a form", NOW)


def test_a_promise_whose_form_says_somebody_else_begins_anew(database: Database) -> None:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        known = people.get_many(tx, [REP, NEW_REP])
        made = add_promise(tx, world.team_id, world.rep_id)
        sent_by(tx, world, "p", made)
        promises.change(tx, made, kept_on=TODAY, closing_words=OWN)
        passing.pass_promise(tx, kept(tx, made), known[NEW_REP], LATER)
        anew = kept(tx, of_form(tx, world, "p"))
        assert kept(tx, made).deleted
    assert anew.rep == known[NEW_REP]
    assert anew.is_open
    assert OWN not in str(anew)


def test_an_item_that_moved_to_a_session_stays_there_though_its_form_comes_again(
    database: Database,
) -> None:
    world = fill(database, "T0HOME")
    actor = Actor(world.workspace_id, MANAGER)

    def says(text: str) -> int:
        return agenda_service.add_line(database, actor, text, None, "i", NOW).item.id

    made = says("New Rep is late")
    with database.writing(world.workspace_id) as tx:
        known = people.get_many(tx, [REP, NEW_REP])
        for who in (REP, NEW_REP):
            item = agenda.get(tx, made)
            assert item is not None
            passing.pass_item(tx, item, known[who])
    assert says("New Rep is late again") == made
    with database.reading(world.workspace_id) as tx:
        item = agenda.get(tx, made)
    assert item is not None
    assert (item.rep, item.text) == (known[NEW_REP], "New Rep is late again")


def test_what_the_second_said_between_us_instead_stays_between_us(passed: Passed) -> None:
    world = passed.world
    with passed.database.writing(world.workspace_id) as tx:
        contact = of_contact(tx, passed)
        passing.pass_raised(tx, kept(tx, passed.whispered), contact, LATER)
        assert kept(tx, passed.whispered).deleted
        (anew,) = (one for one in promises.of_interaction(tx, passed.contact) if one.between_us)
        held = rows(tx, Base.metadata.tables["promise"], world.workspace_id)
    assert (anew.rep, anew.what, anew.told_to_id) == (passed.second, OWN, world.manager_id)
    assert [row["what"] for row in held if row["id"] == anew.id] == [""]


def test_an_account_that_passes_to_another_than_was_planned_begins_anew(database: Database) -> None:
    world = fill(database, "T0HOME")
    with database.writing(world.workspace_id) as tx:
        transitions.mark_introduced(tx, world.transition_id, TODAY)
        asked = (world.team_id, world.rep_id, [world.account.id], world.manager_id)
        transitions.keep(tx, *asked, LATER.date(), TODAY)
        (planned,) = transitions.of_teams(tx, [world.team_id])
    assert planned.takes_over.id == world.manager_id
    assert planned.introduced_on is None


def test_what_slack_did_not_take_is_not_shared_and_earlier_words_of_its_rep_stay(
    passed: Passed,
) -> None:
    with passed.database.writing(passed.world.workspace_id) as tx:
        assert sharing.share(tx, passed.contact, passed.second.id, LATER)
        sharing.unshare(tx, passed.contact, passed.second.id)
        assert not shared(tx, passed, passed.second)
        assert sharing.words_of_ended(tx, passed.contact, passed.second.id) is None
        passing.pass_contact(tx, of_contact(tx, passed), passed.first, LATER)
        assert sharing.share(tx, passed.contact, passed.first.id, LATER)
        sharing.unshare(tx, passed.contact, passed.first.id)
        assert not shared(tx, passed, passed.first)
        assert sharing.words_of_ended(tx, passed.contact, passed.first.id) == OWN
