"""The same form again, and the same press: whatever makes something makes it once.

Everything that has a listener is sent twice in a row and twice at once, from the same moment, and
what the database holds is counted; it says what it says after one sending. `make sweep` tries each
step of each form and each entry of each menu so; `make test` tries the first that makes something,
and of what makes nothing, or is another step or entry of the same, a fixed third.
"""

import copy
import json
import zlib
from collections import Counter
from datetime import UTC, date, datetime

import pytest

from bot.views.block_kit.ids import Form
from slack_sandbox.journal import Json
from tests.databases import POSTGRESQL_IN_SWEEP
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.results.looked_back import look_back
from tests.scenarios.results.test_reasons import reads
from tests.scenarios.results.test_saving import fill as fill_plan
from tests.scenarios.workspaces.everything import (
    are_a_pair,
    busy_team,
    go_everywhere,
    has_cleared_something,
    tells_the_team,
)
from tests.scenarios.workspaces.rehearsal import (
    SAMPLE_AND_WHOLE,
    WAYS_SHARED,
    Attempts,
    Rehearsal,
    watching,
)
from tests.scenarios.workspaces.standing import Table
from tests.scenarios.workspaces.test_who_acts import forged, registered

pytestmark = pytest.mark.slow

BESIDE = frozenset({"posted_message", "person", "delivery", "schedule"})
"""Where messages stand and whether they were drawn."""

STEPS = frozenset(
    {
        *("agenda.menu agenda.up", "agenda.menu agenda.down", "agenda.menu agenda.first"),
        *("meeting.section_menu meeting.section_up", "meeting.section_menu meeting.section_down"),
        *("topic.menu topic.up", "topic.menu topic.down"),
    }
)
"""Pressed twice they go two steps: earlier, later."""

COUNTED = {
    "submission": {"made"},
    "draft": {"typed_at"},
    **{
        table: {"account_id"}
        for table in ("account_spelling", "acquaintance", "visit", "market_note", "account_date")
    },
    "account_date_source": {"date_id"},
    "swap": {"form"},
    "calendar_address": {"digest"},
    "market_note_tag": {"note_id", "spelling_id"},
    "market_tag_spelling": {"tag_id"},
}
"""Columns that are numbers of their own each time."""

Contents = dict[str, Counter[str]]


def contents(rehearsal: Rehearsal) -> Contents:
    """What the database says, by table, in words that anybody reads; under which number is left
    out, since what was made anew in the same place has another, and so is which of several
    keystrokes is the later one."""
    kept = rehearsal.by_table(_counted)
    return {name: rows for name, rows in kept.items() if name not in BESIDE}


def _counted(rehearsal: Rehearsal, name: str, rows: Table) -> Counter[str]:
    left_out = {"id", *COUNTED.get(name, ())}
    return Counter(
        repr([(k, v) for k, v in row.items() if k not in left_out])
        for row in rehearsal.in_words(name, rows)
    )


def pressed_again(world: World, body: Json) -> Json:
    """The same press or form once more, as Slack tells of it; a command is typed once, so that it
    can only be told of again."""
    again = copy.deepcopy(body)
    if "trigger_id" in again and "command" not in again:
        person = again["user"]["id"]
        again["trigger_id"] = world.slack._interactions.trigger(person)
    return again


def mend(world: World, body: Json) -> Json | None:
    """The same form with more words in each of its fields that holds words; None where it is none,
    or has none."""
    if body.get("type") != "view_submission":
        return None
    later = pressed_again(world, body)
    for field, actions in later["view"]["state"]["values"].items():
        if field == "country":
            continue  # a code: with more words it is none
        for held in actions.values():
            words = held.get("value")
            if held["type"] == "plain_text_input" and words and not words.isdecimal():
                held["value"] = f"{words} too"
    return None if later["view"]["state"] == body["view"]["state"] else later


class Sweep:
    """Tries each payload twice; where it is not `whole`, of those that make nothing, and of further
    steps and entries of one name, a third."""

    def __init__(self, world: World, rehearsal: Rehearsal, *, whole: bool) -> None:
        self.world = world
        self.rehearsal = rehearsal
        self.whole = whole
        self.heard: set[str] = set()
        self.names: set[str] = set()
        self.makers: set[str] = set()
        self.faults: list[str] = []

    def watch(self, _kind: str, name: str, body: Json) -> None:
        key = f"{name} {step_of(body)}".strip()
        # What is shown before it is sent makes something the second time only.
        if key not in self.heard or name in RARE_MAKERS - self.makers:
            self.heard.add(key)
            self.tries(name, key, body)
            self.rehearsal.renew(body)

    def tries(self, name: str, key: str, body: Json) -> None:
        self.names.add(name)
        with self.rehearsal.attempts() as attempts:
            before = contents(self.rehearsal)
            with attempts.another():
                self.rehearsal.send(body)
                once = contents(self.rehearsal)
            is_first = once != before and name not in self.makers
            if once != before:
                self.makers.add(name)
            if not (self.whole or is_first) and zlib.crc32(key.encode()) % WAYS_SHARED:
                return
            with attempts.another():
                self.rehearsal.send(body)
                self.rehearsal.send(pressed_again(self.world, body))
                self.same(key, "in a row", once)
            with attempts.another():
                self.rehearsal.send_at_once([body, pressed_again(self.world, body)])
                self.same(key, "at once", once)
            self.mended(key, attempts, body)

    def mended(self, key: str, attempts: Attempts, body: Json) -> None:
        """A form that stayed open, was written otherwise and sent again says the later words, as
        if it never had been sent before."""
        later = mend(self.world, body)
        if later is None:
            return
        with attempts.another():
            self.rehearsal.send(later)
            expected = contents(self.rehearsal)
        with attempts.another():
            self.rehearsal.send(body)
            self.rehearsal.send(later)
            self.same(key, "mended", expected)

    def same(self, key: str, how: str, once: Contents) -> None:
        twice = contents(self.rehearsal)
        if how == "mended" and key.startswith(Form.TOPIC):
            once, twice = ({n: r for n, r in c.items() if "topic" not in n} for c in (once, twice))
        if how == "mended" and key.startswith(Form.ACCOUNT_NAMES):
            # A name that an account had stays one of its spellings.
            once, twice = (
                {n: r for n, r in c.items() if "spelling" not in n} for c in (once, twice)
            )
        if how == "mended" and key.startswith(Form.MARKET_TAGS):
            # A tag that no note has any more stays for **Undo**, until something else is written.
            twice = {n: r & once[n] if "tag" in n else r for n, r in twice.items()}
        if key not in STEPS and twice != once:
            changed = {
                table: [(twice[table] - rows), (rows - twice[table])]
                for table, rows in once.items()
                if twice[table] != rows
            }
            self.faults.append(f"{key}, {how}: {changed}")


def step_of(body: Json) -> str:
    """Which entry of a menu, or which step of a form."""
    if body.get("type") == "view_submission":
        inputs = [one["block_id"] for one in body["view"]["blocks"] if one["type"] == "input"]
        return inputs[0] if inputs else ""
    if "command" in body:
        return str(body.get("text"))
    option = (body.get("actions") or [{}])[0].get("selected_option") or {}
    try:
        return str(json.loads(option.get("value", "{}")).get("step", ""))
    except (ValueError, AttributeError):
        return ""


# Both take most of a minute on PostgreSQL. In short it is told there by the tests of services that
# send at once: test_promises, test_accounts, test_account_dates, test_market, test_memberships,
# test_setup, test_issues, test_away, test_raising, test_todo_work, test_saving.
@POSTGRESQL_IN_SWEEP
@SAMPLE_AND_WHOLE
def test_whatever_is_sent_or_pressed_twice_makes_what_it_makes_once(
    world: World, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    # The same command told of twice has one trigger, and a modal that is pressed twice may open
    # one too many.
    world.forgiven |= {"trigger.exchanged", "view.push_limit"}
    team = busy_team(world)
    rehearsal = Rehearsal(world, monkeypatch)
    sweep = Sweep(world, rehearsal, whole=whole)
    with watching(world, sweep.watch):
        go_everywhere(rehearsal, team, most=1)
    for name in registered() - sweep.names:
        sweep.tries(name, name, forged(world, team.dana, name))
    assert not sweep.faults, "\n".join(sweep.faults)
    assert sweep.names == registered()
    assert sweep.makers >= MAKERS, MAKERS - sweep.makers


MAKERS = {
    *("/touch", "/agenda", "/todo", "touch.add_rep", "todo.done", "message"),
    *("form.touch", "form.note_contact", "form.note_promise", "form.raised", "form.session"),
    *("form.session_close", "form.field_day", "form.item", "form.outcome", "form.todo_issue"),
    *("form.appointment", "form.transition", "form.time_off", "form.away", "form.objection"),
    *("form.private_note", "form.promise_hand_over", "form.raise", "form.ask_for_time"),
    "form.calendar",
    "/binder",
}
RARE_MAKERS = {
    *("form.to_team", "form.to_session", "form.topic", "form.section", "form.owner"),
    *("form.ramp_step", "form.save_it", "agenda.suggested", "mirror.balance_seen"),
    *("form.market_note", "form.market_to_team"),
    *("form.said", "form.issue_item", "form.handover", "form.export"),
    *("form.cleared", "form.cleared_post", "form.pair"),
}
"""What must have been seen to make something: else a sweep would show nothing."""


def does_what_is_rare(team: MeetingWorld) -> None:
    """What a busy team has nothing to press for."""
    dana = team.dana
    kim = team.world.person("Kim Ito")
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", kim)
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).close_all()
    dana.opens_home()
    dana.clicks("Take back")
    dana.slash("/binder export")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/team")
    modal(dana).clicks("New on the team")
    modal(dana).clicks("Add a step")
    modal(dana).fill("Step", "Read it all")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/session topics")
    modal(dana).clicks("Add a topic")
    modal(dana).fill("Title", "Learning")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    modal(dana).close_all()
    dana.clicks("To the team agenda")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    modal(dana).clicks("To their next session")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/touch @Raj Rao call")
    dana.picks("Market note")
    modal(dana).fill("Market note", "60-day terms at Hooli")
    modal(dana).fill("Customer", "Hooli")
    modal(dana).fill("New tag", "terms")
    modal(dana).submit()
    dana.slash("/binder market")
    dana.ephemerals[-1].clicks("Open", beside="terms")
    dana.ephemerals[-1].clicks("To the team agenda")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/todo issue price change until friday")
    dana.slash("/todo issue delivery times until friday")
    dana.slash("/todo issue")
    dana.ephemerals[-1].clicks("What was said", beside="delivery times")
    modal(dana).clicks("Add what a rep said")
    modal(dana).fill("Rep", "Raj Rao")
    modal(dana).fill("One line of what they said", "Acme will ask in March")
    modal(dana).submit()
    modal(dana).close_all()
    team.at(27, 7)
    dana.clicks("Add", beside="price change")
    dana.slash("/todo issue")
    dana.ephemerals[-1].clicks("What was said", beside="delivery times")
    modal(dana).clicks("To the agenda")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).close_all()
    has_cleared_something(team)
    are_a_pair(team)
    dana.slash("/agenda")
    modal(dana).clicks("Pair them")
    modal(dana).submit()
    modal(dana).close_all()
    dana.picks("Meeting settings")
    modal(dana).clicks("Sections")
    modal(dana).clicks("Add a section")
    modal(dana).fill("Title", "Learning")
    modal(dana).submit()
    modal(dana).close_all()
    for day, month in ((30, 11), (7, 12), (14, 12)):
        dana.slash(f"/agenda topic {day}")
        team.at(day, 7, 0, month)
        team.ticks(f"topic {day}")
        team.at(day, 8, 45, month)
    tells_the_team(team)
    team.raj.clicks("Yes, share it")
    dana.clicks("Write it")
    modal(dana).submit()
    modal(dana).submit()
    reads(team.world, dana, 46, {team.raj: 15}, date(2026, 12, 11))
    dana.slash("/mirror")
    dana.ephemerals[-1].clicks("Save-it plan")
    fill_plan(dana)
    modal(dana).submit()
    modal(dana).close_all()
    team.at(18, 7, 0, 12)
    dana.picks("Give it an owner", beside="has been on 3 agendas")
    modal(dana).fill("Who takes it", team.tom)
    modal(dana).submit()
    look_back(team.world, dana, team.raj, date(2026, 12, 1), count=12)
    team.world.slack.clock.move_to(datetime(2027, 1, 4, 9, tzinfo=UTC))
    dana.opens_home()
    dana.clicks("Got it")


@POSTGRESQL_IN_SWEEP
def test_what_is_rarely_there_to_be_pressed_makes_what_it_makes_once_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.forgiven |= {"trigger.exchanged", "view.push_limit"}
    team = meeting_world(world)
    sweep = Sweep(world, Rehearsal(world, monkeypatch), whole=True)
    with watching(world, sweep.watch):
        does_what_is_rare(team)
    assert not sweep.faults, "\n".join(sweep.faults)
    assert sweep.makers >= RARE_MAKERS, RARE_MAKERS - sweep.makers
