"""A step that its manager takes out again: what its rep may have read stays to be read as dropped,
and what was kept as kept; what nobody else has read goes. However it was written."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain.accounts.visits import Visit
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.promises import Answer, Promise
from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.saving import SavingEntry
from bot.domain.sessions.sessions import CLOSE, CloseEntry, StepEntry, TopicNotes
from bot.domain.todo.sources.results import warning_of
from bot.services import field_days, home, promises
from bot.services.results import saving
from bot.services.sessions import sessions
from storage import promises as stored
from storage.sessions import sharing as shared
from tests.services.kept_results import keep_result
from tests.services.monday import DANA, MON, SAM, Office, at
from tests.services.rides import sent

VISITS = Metric("Visits", MetricKind.LEADING)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
NOW = at(MON)
TAKEN, OTHERS = "call Jo", ("ask Ken", "write to Acme")
TOPIC = "pipeline"

Say = Callable[[Office, tuple[str, ...]], int]
"""Writes those steps where they are noted, and again what is there; the contact, 0 for none."""


def in_session(office: Office, steps: tuple[str, ...]) -> int:
    held = held_in(office)
    if held:
        draft = office.asks(sessions.reopen, DANA, held, f"form {steps} {held}", NOW).draft
    else:
        draft = office.asks(sessions.start, DANA, SAM, "the form", NOW).draft
    said = TopicNotes("win the north", "Jo moved", "\n".join(steps))
    for step, words in ((TOPIC, said), (CLOSE, CloseEntry(MON, "", ""))):
        filled = StepEntry.saying(draft.form, SAM, draft.topic_set, step, words).filled
        typed = StepEntry(replace(filled, subject=held))
        if step == CLOSE:
            return office.asks(sessions.hold, DANA, typed, NOW).logged.touch.id
        office.asks(sessions.save_step, DANA, typed, NOW)
    raise AssertionError


def held_in(office: Office) -> int:
    """The session, 0 before it was held."""
    found = [one.interaction_id for one in all_of(office) if one.topic_key == TOPIC]
    return found[0] or 0 if found else 0


def in_plan(office: Office, steps: tuple[str, ...]) -> int:
    reading = (date(2026, 11, 20), 20, 11)
    keep_result(
        office.database, office.workspace_id, DANA, SAM, reading, metric=VISITS, period=NOVEMBER
    )
    entry = SavingEntry("\n".join(steps), 5, "visits", "", date(2026, 11, 27))
    about = warning_of(NOVEMBER, VISITS.name)
    office.asks(saving.save, DANA, SAM, about, entry, f"form {steps}", NOW)
    return 0


def in_field_day(office: Office, steps: tuple[str, ...]) -> int:
    action = TAKEN if TAKEN in steps else ""
    entry = FieldDayEntry(SAM, MON, FieldDayNotes((Visit("Acme"),)), action)
    return office.asks(field_days.log_step, DANA, sent(entry, "a form"), NOW).logged.touch.id


def all_of(office: Office) -> list[Promise]:
    with office.database.reading(office.workspace_id) as tx:
        return stored.of_team(tx, office.team_id(DANA))


def one_of(office: Office, what: str) -> Promise | None:
    return next((one for one in all_of(office) if one.what == what), None)


def share(office: Office, contact: int) -> None:
    """The steps of a plan are on the rep's Home at once."""
    if contact:
        with office.database.writing(office.workspace_id) as tx:
            shared.share(tx, contact, office.person(SAM).id, NOW)


STATES: dict[str, tuple[bool, Callable[..., object] | None, Answer]] = {
    "noted": (False, None, Answer.NOTED),
    "shared": (True, None, Answer.NOTED),
    "agreed": (True, promises.agree, Answer.AGREED),
    "not so": (True, promises.say_not_so, Answer.NOT_SO),
    "kept": (True, promises.fulfil, Answer.AGREED),
}
WAYS: dict[str, Say] = {"session": in_session, "plan": in_plan, "field day": in_field_day}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("state", STATES)
def test_what_a_rep_may_have_read_is_not_gone(office: Office, state: str, way: str) -> None:
    say, (is_shared, answers, answer) = WAYS[way], STATES[state]
    contact = say(office, (TAKEN, *OTHERS))
    if is_shared:
        share(office, contact)
    promise = one_of(office, TAKEN)
    assert promise is not None
    if answers is not None:
        office.asks(answers, SAM, promise.id, NOW)
    say(office, OTHERS)

    after = one_of(office, TAKEN)
    shown = home.home(office.database, office.actor(SAM), NOW).on_teams[0]
    told = [one.what for one in shown.dropped]
    if state == "kept":
        assert after is not None
        assert (after.kept_on, after.dropped_on) == (MON, None)
        assert [one.what for one in shown.closed] == [TAKEN]
    elif is_shared or way == "plan":
        assert after is not None
        assert (after.id, after.dropped_on, told) == (promise.id, MON, [TAKEN])
        assert after.answer is answer
    else:
        assert (after, told) == (None, [])
    assert TAKEN not in [one.what for one in shown.promises]
    # Said again it is the same promise, and stands as before; what was kept stays kept.
    say(office, (TAKEN, *OTHERS))
    again = [one for one in all_of(office) if one.what == TAKEN]
    assert len(again) == 1 or way == "field day"
    assert again[-1].is_open is (state != "kept")


@pytest.mark.parametrize("way", ["session", "plan"])
def test_what_was_dropped_on_purpose_stays_dropped_while_it_stands_there(
    office: Office, way: str
) -> None:
    say = WAYS[way]
    share(office, say(office, (TAKEN, *OTHERS)))
    promise = one_of(office, TAKEN)
    assert promise is not None
    office.asks(promises.drop, DANA, promise.id, "Jo left", NOW)
    say(office, (TAKEN, *OTHERS) if way == "session" else OTHERS)
    after = one_of(office, TAKEN)
    assert after is not None
    assert (after.dropped_on, after.closing_words) == (MON, "Jo left")
