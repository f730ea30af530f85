"""**Export**: a manager takes the binder out of Slack."""

import json
import tempfile
from contextlib import suppress
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.domain.binder.export import Format, What
from bot.domain.binder.exporting import LOOKS, Claimed, ExportState
from bot.domain.workspaces.erasure import former_id
from bot.exchange.formats import offered
from bot.jobs.child import CLAIMED_EVERY, TIME_LIMIT
from bot.screens.team.people import ensure_profiles
from bot.services.binder import exporting, handover
from bot.services.binder.pass_on import pass_team
from bot.services.contacts import private_notes, touches
from bot.views.binder.exports import CALLED, LABELS
from slack_sandbox import FaultKind, Person
from storage.binder import exports as stored
from storage.team import people, teams
from storage.workspaces import audits
from tests.scenarios.binder.exporting import (
    A_MOMENT,
    AT_ONCE,
    JSON,
    Dying,
    Killed,
    Slow,
    a_process,
    asks,
    comes_again,
    files_of,
    goes_on,
    leased_until,
    with_files,
)
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import held

CANARY = "xq7 thinks of leaving"
A_MINUTE = timedelta(minutes=1)
COMPLETE = "files.completeUploadExternal"


@pytest.mark.reps("sam", "lena")
def test_a_manager_takes_the_binder_out_of_slack(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    now, actor = world.slack.clock.now(), world.actor(dana)
    touch = touches.log_line(world.database, actor, f"<@{sam.id}> call about Acme", now)[0].touch
    private_notes.add(world.database, actor, touch.id, CANARY, "a form")
    touches.log_line(world.database, actor, f"<@{lena.id}> call about Hooli", now)
    dana.opens_home()
    dana.clicks("Export")
    form = modal(dana)
    form.fill("As", JSON)
    form.fill("Which reps", "Sam Stone")
    form.submit_twice()
    assert dana.sees("Your binder is being put together.")
    modal(dana).close_all()

    # Another waits, or takes its place.
    dana.slash("/binder export")
    assert "One at a time" in modal(dana).text
    assert "JSON, 1 rep, all years" in modal(dana).text
    modal(dana).close()
    goes_on(world)
    assert dana.sees("Your binder is here, as a file.")
    (binder,) = files_of(dana)
    assert binder["format"] == "windshield/1"
    assert [one["about"] for one in binder["touches"]] == ["about Acme"]
    assert CANARY not in json.dumps(binder)
    (message,) = with_files(dana)
    assert message.text.startswith("Your binder: JSON, 1 rep, all years.")
    assert list(message.files) == ["binder-2026-11-23.json"]

    # With what is theirs alone, where they tick it: another manager's is in none.
    asks(dana, My_private_notes=["Put mine in too"], From_the_year="2026", To_the_year="2026")
    goes_on(world)
    _, binder = files_of(dana)
    assert CANARY in json.dumps(binder)
    assert "xq7" not in with_files(dana)[-1].text
    dana.slash("/binder export")
    assert "Taken so far: 2, last today" in modal(dana).text
    modal(dana).clicks("See")
    taken = modal(dana).text.splitlines()
    assert any("with private notes" in line for line in taken)
    assert any("JSON, Sam Stone" in line for line in taken)
    modal(dana).close_all()
    assert lena.dm == sam.dm == []


@pytest.mark.reps("sam")
def test_progress_is_seen_and_can_be_stopped(world: World, dana: Person) -> None:
    asks(dana)
    world.heart.beat(world.slack.clock.now())
    assert dana.sees("Your binder is being put together …")
    dana.clicks("Stop it")
    assert dana.sees("Stopped: no file was made")
    goes_on(world)
    assert with_files(dana) == []

    # Stopped while it is made: what was written goes nowhere.
    asks(dana)
    world.heart.beat(world.slack.clock.now())

    stops = Dying(world.product.app.messenger, "start_upload", after=True)
    with suppress(Killed):
        goes_on(world, AT_ONCE, messenger=stops)
    dana.clicks("Stop it")
    comes_again(world)
    goes_on(world, AT_ONCE)
    assert with_files(dana) == []
    asks(dana)
    goes_on(world, AT_ONCE)
    assert len(with_files(dana)) == 1


@pytest.mark.reps("sam")
def test_whenever_the_process_ends_the_file_comes_once(
    world: World, dana: Person, subtests: pytest.Subtests
) -> None:
    app = world.product.app
    came = 0
    for step in ("start_upload", "send_file", "finish_upload"):
        for after in (False, True):
            with subtests.test(step, after=after):
                asks(dana)
                dying = Dying(app.messenger, step, after=after)
                with pytest.raises(Killed):
                    goes_on(world, AT_ONCE, messenger=dying)
                came += 1
                comes_again(world)
                goes_on(world, AT_ONCE)
                assert len(with_files(dana)) == came
                assert "Your binder is here" in dana.dm[-1].text + dana.dm[-2].text


@pytest.mark.reps("sam")
def test_a_lost_answer_never_makes_two_files(
    world: World, dana: Person, subtests: pytest.Subtests
) -> None:
    came = 0
    faults = [
        ("files.getUploadURLExternal", FaultKind.CUT_AFTER),
        ("upload", FaultKind.CUT_AFTER),
        ("upload", FaultKind.CUT_BEFORE),
        (COMPLETE, FaultKind.CUT_BEFORE),
        (COMPLETE, FaultKind.CUT_AFTER),
        (COMPLETE, FaultKind.RATE_LIMITED),
        ("files.getUploadURLExternal", FaultKind.RATE_LIMITED),
    ]
    for method, kind in faults:
        with subtests.test(method, kind=kind.value):
            asks(dana)
            world.slack.faults.add(method, kind)
            goes_on(world, AT_ONCE)
            came += 1
            for _ in range(2):
                world.slack.clock.advance(A_MOMENT)
                goes_on(world, AT_ONCE)
            assert len(with_files(dana)) == came
            assert any("Your binder is here" in one.text for one in dana.dm[-2:])
    # A workspace that was not asked for the new scope yet: it is said plainly.
    asks(dana)
    world.slack.faults.add(COMPLETE, FaultKind.CUT_AFTER)
    goes_on(world, AT_ONCE)
    world.slack.faults.refuse("files.info", "missing_scope")
    world.slack.clock.advance(A_MOMENT)
    goes_on(world, AT_ONCE)
    assert dana.sees("Slack did not say whether the file arrived.")
    assert len(with_files(dana)) == came + 1


WHY_NOT = {
    "file_upload_size_restricted": "larger than Slack takes here",
    "file_uploads_disabled": "does not let Windshield send files",
    "missing_scope": "does not let Windshield send files",
    "storage_limit_reached": "room for files in Slack is used up",
    "brand_new_word": "Slack did not take the file",
}


@pytest.mark.reps("sam")
def test_what_cannot_be_taken_says_why_and_the_way_on(
    world: World, dana: Person, subtests: pytest.Subtests, monkeypatch: pytest.MonkeyPatch
) -> None:
    for word, said in WHY_NOT.items():
        with subtests.test(word):
            world.slack.clock.advance(A_MINUTE)
            asks(dana)
            world.slack.faults.refuse("files.getUploadURLExternal", word)
            goes_on(world, AT_ONCE)
            assert said in dana.dm[-1].text
            assert f"windshield export --manager {dana.id} --format json" in dana.dm[-1].text
    ends = {
        a_process("os.abort()"): ("could not be made", 60.0),
        a_process("sys.stderr.write('fault no_room\\n')", "sys.exit(1)"): ("no room", 60.0),
        a_process("import time", "time.sleep(60)"): ("took too long", 0.1),
    }
    for command, (said, limit) in ends.items():
        with subtests.test(said):
            world.slack.clock.advance(A_MINUTE)
            asks(dana)
            goes_on(world, command, time_limit=limit)
            assert said in dana.dm[-1].text
    world.slack.clock.advance(A_MINUTE)
    asks(dana)
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    goes_on(world)
    assert "no room" in dana.dm[-1].text
    assert with_files(dana) == []


@pytest.mark.reps("sam")
def test_only_who_leads_the_team_has_it(
    world: World, dana: Person, sam: Person, raj: Person
) -> None:
    sam.slash("/binder export")
    assert sam.sees("for")
    assert sam.modal is None

    # What cannot be saved stays in the form, with why.
    dana.slash("/binder export")
    with held(world, "export", "submission"):
        modal(dana).submit()
    assert "the database" in " ".join(modal(dana).errors.values())
    modal(dana).submit()
    modal(dana).close_all()
    world.heart.beat(world.slack.clock.now())
    now = world.slack.clock.now()
    ensure_profiles(world.product.app, world.workspace_id, [raj.id])
    with world.database.writing(world.workspace_id) as tx:
        team = teams.of_manager(tx, dana.id)
        receiver = people.get(tx, raj.id)
        assert team is not None
        assert receiver is not None
        pass_team(tx, team, receiver, now, introduced=True)
    goes_on(world)
    assert dana.sees("The team passed to somebody else meanwhile")
    dana.slash("/binder export")
    assert dana.sees("You have no team here yet")
    assert with_files(dana) == with_files(raj) == []


@pytest.mark.reps("sam")
def test_a_manager_who_left_gets_nothing(world: World, dana: Person) -> None:
    asks(dana)
    dana.is_deactivated()
    world.slack.clock.advance(A_MINUTE)
    goes_on(world)
    assert with_files(dana) == []


@pytest.mark.reps("sam")
def test_nothing_more_is_shown_once_the_team_is_led_by_another(
    world: World, dana: Person, raj: Person
) -> None:
    """Slack's answer got lost before the file stood there, and meanwhile the team passes."""
    asks(dana)
    world.slack.faults.add(COMPLETE, FaultKind.CUT_BEFORE)
    goes_on(world, AT_ONCE)
    now = world.slack.clock.now()
    ensure_profiles(world.product.app, world.workspace_id, [raj.id])
    ids = (world.workspace_id, dana.id, raj.id, None, now)
    handover.by_operator(world.database, *ids, join=False, dry_run=False)
    for _ in range(LOOKS + 1):
        world.slack.clock.advance(A_MOMENT)
        goes_on(world, AT_ONCE)
    assert dana.sees("The team passed to somebody else meanwhile")
    assert with_files(dana) == with_files(raj) == []


@pytest.mark.reps("sam")
def test_a_file_that_goes_for_long_stays_one_processs(world: World, dana: Person) -> None:
    pause = timedelta(seconds=CLAIMED_EVERY)
    asks(dana)
    leases: list[float] = []
    goes_on(
        world,
        AT_ONCE,
        messenger=Slow(world, pause, lambda: leases.append(leased_until(world))),
    )
    assert len(set(leases)) == len(leases) > 1
    assert len(with_files(dana)) == 1

    # Another has it by now: nothing more of it goes from here.
    asks(dana)
    others: list[Claimed | None] = []

    def is_taken_up() -> None:
        if not others:
            comes_again(world)
            now = world.slack.clock.now()
            others.append(exporting.claim(world.database, world.workspace_id, ["json"], now))

    goes_on(world, AT_ONCE, messenger=Slow(world, pause, is_taken_up))
    assert others[0] is not None
    assert len(with_files(dana)) == 1
    comes_again(world)
    goes_on(world, AT_ONCE)
    assert len(with_files(dana)) == 2

    # One that never ends is tried again after a while, and counts as a try.
    asks(dana)
    endless = Slow(world, timedelta(seconds=TIME_LIMIT + 1), lambda: None)
    goes_on(world, AT_ONCE, messenger=endless)
    with world.database.reading(world.workspace_id) as tx:
        owner = people.get(tx, dana.id)
        assert owner is not None
        waits = stored.open_of(tx, owner.id)
    assert waits is not None
    assert (waits.state, waits.tries) == (ExportState.WAITING, 1)


BEGINS = {"json": b"{", "csv": b"PK", "md": b"#", "pdf": b"%PDF", "ics": b"BEGIN:VCALENDAR"}


@pytest.mark.slow
@pytest.mark.reps("sam")
def test_every_form_that_is_offered_comes(
    world: World, dana: Person, subtests: pytest.Subtests
) -> None:
    assert {one for one, _ in LABELS} == set(offered())
    for (one, what), label in LABELS.items():
        with subtests.test(label):
            world.slack.clock.advance(A_MINUTE)
            asks(dana, As=label)
            goes_on(world)
            (file,) = with_files(dana)[-1].post.files
            thing, called = CALLED[what]
            assert file.name == f"{called}-2026-11-23.{one.suffix}"
            assert (file.content or b"").startswith(BEGINS[one.value])
            assert f"{thing} is here" in dana.dm[-2].text + dana.dm[-1].text


@pytest.mark.slow
@pytest.mark.reps("sam", "lena")
def test_a_pack_and_a_page_of_the_period_have_nothing_private(
    world: World, dana: Person, sam: Person
) -> None:
    now, actor = world.slack.clock.now(), world.actor(dana)
    touch = touches.log_line(world.database, actor, f"<@{sam.id}> call about Acme", now)[0].touch
    private_notes.add(world.database, actor, touch.id, CANARY, "a form")
    for what, said in (
        (What.PACK, "Transition pack, 1 rep, since 2026"),
        (What.PERIOD, "Oct – Dec 2026, on one page"),
    ):
        world.slack.clock.advance(A_MINUTE)
        asks(
            dana,
            As=LABELS[Format.PDF, what],
            Which_reps="Sam Stone",
            From_the_year="2026",
            My_private_notes=["Put mine in too"],
        )
        goes_on(world)
        message = with_files(dana)[-1]
        assert said in message.text
        (file,) = message.post.files
        words = "".join(
            page.extract_text() for page in PdfReader(BytesIO(file.content or b"")).pages
        )
        assert "xq7" not in words
        assert ("Sam Stone" in words) is (what is What.PACK)
        assert "Lena Fox" not in words
    dana.slash("/binder export")
    modal(dana).clicks("See")
    assert "with private notes" not in modal(dana).text
    assert "PDF, transition pack, Sam Stone" in modal(dana).text


@pytest.mark.reps("sam")
def test_what_was_taken_is_told_by_names_and_never_by_an_id(
    world: World, dana: Person, sam: Person
) -> None:
    now = world.slack.clock.now()
    with world.database.writing(world.workspace_id) as tx:
        for what in (f"md, {sam.id}", f"pdf, {former_id(7)}"):
            audits.record(tx, dana.id, "export", what, now)
    dana.slash("/binder export")
    modal(dana).clicks("See")
    assert "Markdown, Sam Stone" in modal(dana).text
    assert "PDF, a former rep" in modal(dana).text
    modal(dana).close_all()
