"""Steps of forms as they are typed: whose they are, what replaces what, and what is closed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.contacts.drafts import KEPT_FOR, ONE_STEP, Draft, DraftKind, DraftStep
from storage.database.engine import Database
from storage.sessions import drafts
from tests.storage.world import (
    LOGGED_FORM,
    MANAGER,
    NOW,
    REP,
    World,
    field_day_step,
    fill,
    session_step,
    statements,
)

FORM = "a-form"
PREPARATION = replace(field_day_step(FORM), kind=DraftKind.PREPARATION)


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T1")


def typed(database: Database, world: World, *steps: DraftStep, author: str = MANAGER) -> None:
    for step in steps:
        with database.writing(world.workspace_id) as tx:
            drafts.save_typed(tx, [(author, step, NOW)])


def pressed(database: Database, world: World, step: DraftStep) -> None:
    with database.writing(world.workspace_id) as tx:
        drafts.save_pressed(tx, MANAGER, step, NOW)


def kept(database: Database, world: World, form: str = FORM) -> Draft | None:
    with database.reading(world.workspace_id) as tx:
        found = drafts.of_author(tx, world.manager_id, DraftKind.FIELD_DAY, form=form)
    return found[0] if found else None


def words(draft: Draft | None) -> str:
    return draft.typed[ONE_STEP].text("focus") if draft else ""


def day(typed_at: int, focus: str, view: str = "V1") -> DraftStep:
    return replace(field_day_step(FORM, typed_at, focus=focus), view=view)


@pytest.mark.parametrize(
    ("came", "stays"),
    [
        ([day(1, "a"), day(2, "ab"), day(3, "abc")], "abc"),
        ([day(3, "abc"), day(2, "ab"), day(1, "a")], "abc"),
        ([day(2, "ab"), day(3, "abc"), day(1, "a")], "abc"),
        ([day(2, "phone", "V1"), day(3, "desk", "V2"), day(1, "old", "V1")], "desk"),
        ([day(2, "desk", "V2"), day(3, "phone", "V1")], "phone"),
        ([day(1, "words"), day(2, "")], ""),
    ],
    ids=["in order", "backwards", "the first last", "two devices", "the other one", "cleared"],
)
def test_the_newest_keystroke_stands_however_they_come(
    database: Database, world: World, came: Iterable[DraftStep], stays: str
) -> None:
    typed(database, world, *came)
    assert words(kept(database, world)) == stays


def test_a_press_brings_the_text_of_its_own_modal_alone(database: Database, world: World) -> None:
    typed(database, world, day(1, "phone", "V1"))
    pressed(database, world, day(3, "phone, and a key that was lost", "V1"))
    assert words(kept(database, world)) == "phone, and a key that was lost"
    typed(database, world, day(4, "desk", "V2"))
    pressed(database, world, day(5, "phone", "V1"))
    assert words(kept(database, world)) == "desk"


@pytest.mark.parametrize(
    ("our_clock", "late", "more"),
    [(0, -400, 300), (3_600_000, 900, 2_300), (-3_600_000, -700, 300)],
    ids=["right", "an hour ahead", "an hour behind"],
)
def test_what_was_sent_stands_above_what_was_typed_before(
    database: Database, world: World, our_clock: int, late: int, more: int
) -> None:
    """Milliseconds from when it was sent, by Slack's clock: whatever was on its way then changes
    nothing, and whoever goes back and types more is newer, whatever our clock says."""
    sent = int(NOW.timestamp() * 1000)

    def stamped(millis: int, text: str) -> DraftStep:
        return day((sent + millis) * 1000, text)

    typed(database, world, stamped(-500, "typed"))
    with database.writing(world.workspace_id) as tx:
        ours = NOW + timedelta(milliseconds=our_clock)
        drafts.save_sent(tx, MANAGER, day(0, "sent"), ours, then="next")
    typed(database, world, stamped(late, "late"))
    found = kept(database, world)
    assert (words(found), found and found.step) == ("sent", "next")
    typed(database, world, stamped(more, "more"))
    assert words(kept(database, world)) == "more"


@pytest.mark.parametrize("keep", [typed, pressed])
def test_nothing_is_kept_of_a_form_that_was_closed(
    database: Database, world: World, keep: object
) -> None:
    typed(database, world, day(1, "words"))
    with database.writing(world.workspace_id) as tx:
        drafts.close(tx, world.manager_id, DraftKind.FIELD_DAY, FORM, NOW)
    for step in (day(9, "late"), replace(day(9, "late"), step="another")):
        keep(database, world, step)  # type: ignore[operator]
        assert kept(database, world) is None
    with database.reading(world.workspace_id) as tx:
        assert drafts.is_closed(tx, world.manager_id, FORM)
        assert not drafts.is_closed(tx, world.rep_id, FORM)
        assert FORM not in {one.form for one in drafts.unfinished(tx, world.manager_id)}


def test_a_form_of_anothers_id_is_ones_own(database: Database, world: World) -> None:
    typed(database, world, day(5, "mine"))
    theirs = replace(PREPARATION, typed_at=9, subject=world.appointment_id)
    typed(database, world, theirs, author=REP)
    assert words(kept(database, world)) == "mine"
    with database.writing(world.workspace_id) as tx:
        drafts.close(tx, world.rep_id, DraftKind.PREPARATION, FORM, NOW)
    assert words(kept(database, world)) == "mine"
    typed(database, world, day(6, "mine still"))
    assert words(kept(database, world)) == "mine still"


@pytest.mark.parametrize(
    "forged",
    [
        lambda _w: (REP, day(1, "not a manager's")),
        lambda _w: (MANAGER, replace(day(1, "x"), subject=999_999)),
        lambda _w: (MANAGER, replace(day(1, "x"), topic_set=999_999)),
        lambda w: (REP, replace(session_step(w.draft), form=FORM)),
        lambda w: (REP, replace(day(1, "x"), subject=w.touch_id)),
        lambda w: (MANAGER, replace(PREPARATION, subject=w.appointment_id)),
        lambda _w: (REP, PREPARATION),
        lambda _w: ("U0NOBODY", day(1, "x")),
    ],
    ids=[
        "a rep's field day",
        "no such contact",
        "no such topics",
        "topics of the manager",
        "a contact of the manager",
        "an appointment of the rep",
        "no appointment",
        "nobody",
    ],
)
def test_what_a_form_names_is_its_authors_own_or_nothing_is_kept(
    database: Database, world: World, forged: object
) -> None:
    author, step = forged(world)  # type: ignore[operator]
    typed(database, world, step, author=author)
    with database.reading(world.workspace_id) as tx:
        for person in (world.manager_id, world.rep_id):
            assert FORM not in {one.form for one in drafts.unfinished(tx, person)}


def test_a_keystroke_is_one_statement(database: Database, world: World) -> None:
    with statements(database) as sent:
        typed(database, world, day(1, "a"), day(2, "ab"))
    assert len([one for one in sent if not one.startswith("BEGIN")]) == 2


def test_it_goes_once_nobody_has_touched_it_for_long(database: Database, world: World) -> None:
    typed(database, world, day(1, "words"))
    for later, stays in ((KEPT_FOR, True), (KEPT_FOR + timedelta(seconds=1), False)):
        with database.writing(world.workspace_id) as tx:
            drafts.purge(tx, NOW + later)
            assert drafts.is_closed(tx, world.manager_id, LOGGED_FORM) is stays
        assert (kept(database, world) is not None) is stays


def test_it_goes_with_the_contact_that_it_changes(database: Database, world: World) -> None:
    typed(database, world, replace(day(1, "changed"), subject=world.touch_id))
    with database.writing(world.workspace_id) as tx:
        drafts.forget_contacts(tx, [world.touch_id])
    assert kept(database, world) is None
