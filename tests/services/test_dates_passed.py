"""A date that only an earlier manager's plan says, which its rep never read, is nowhere before a
later manager's eyes; what was heard in a visit, or shared, is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts.visits import Visit
from bot.domain.binder.export import ExportRequest, Format
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.sessions.sessions import CLOSE, CloseEntry, StepEntry, TopicNotes
from bot.domain.todo.reasons import ReasonKind
from bot.domain.workspaces.refusals import Gone
from bot.services import field_days
from bot.services.accounts import accounts, dates
from bot.services.binder import calendar, handover
from bot.services.binder.export import export_team
from bot.services.sessions import sessions
from bot.services.todo import lists
from storage import todo
from storage.accounts import dates as rows
from storage.contacts import interactions
from storage.sessions import sharing
from tests.services.monday import DANA, KIM, MON, SAM, WEEK, Office, at
from tests.services.rides import sent
from tests.services.test_export_private import read

NOW = at(MON, 15)
DAY = MON + 5 * WEEK
HELD = MON - timedelta(days=7)
FORMS = set(Format) - {Format.PDF}
"""Of the two that are printed from one book, the quick one."""
LISTS = {"slots", "list"}
"""A rep who moves begins with a list of the other team's."""
CANARY, HEARD, BOTH = "secretword", "tender", "renewal"


def plan_and_visit(office: Office) -> int:
    """Dana hears two dates at Acme, and plans with Sam for one of them and for another; the
    session."""
    day = DAY.isoformat()
    visit = Visit("Acme", "Jo Lee", f"{HEARD} {day}, {BOTH} {day}")
    entry = FieldDayEntry(SAM, HELD, FieldDayNotes((visit,)))
    office.asks(field_days.log_step, DANA, sent(entry, "a form"), NOW)
    draft = office.asks(sessions.start, DANA, SAM, "a session", NOW).draft
    plan = TopicNotes(f"Acme: {CANARY} {day}\nAcme: {BOTH} {day}", "")
    for key, said in (("accounts", plan), (CLOSE, CloseEntry(HELD, "", "thank you"))):
        step = StepEntry.saying(draft.form, SAM, draft.topic_set, key, said)
        step = StepEntry(replace(step.filled, subject=draft.held))
        if key != CLOSE:
            office.asks(sessions.save_within, DANA, step, NOW)
    return office.asks(sessions.hold, DANA, step, NOW).logged.touch.id


def before_the_eyes_of(office: Office, manager: str) -> dict[str, str]:
    """All that says account dates to who manages a team, by where it is."""
    database, workspace_id = office.database, office.workspace_id
    found = {}
    for kind in FORMS:
        request = ExportRequest(kind)
        binder = export_team(database, workspace_id, manager, request, NOW)
        found[kind.value] = read(binder, request)
    with database.reading(workspace_id) as tx:
        found["calendar"] = str(calendar.entries_of(tx, manager, NOW))
        found["slots"] = str(todo.all_slots(tx, office.team_id(manager)))
    found["page"] = str(office.asks(accounts.find, manager, "Acme", NOW))
    found["list"] = str(office.week(NOW, manager))
    found["why"] = str(office.asks(lists.why, manager, SAM, NOW))
    return found


def quotes_the_canary(office: Office) -> int:
    """Dana's list of the week quotes it; the id of the date."""
    with office.database.writing(office.workspace_id) as tx:
        (one,) = (o for o in rows.of_team(tx, office.team_id(DANA)) if o.what == CANARY)
        (slot,) = (s for s in todo.all_slots(tx, office.team_id(DANA)) if s.rep.slack_id == SAM)
        about = f"account_date:{one.id}:{DAY.isoformat()}:42"
        text = f"Acme's “{CANARY}” is on that day."
        reason = replace(slot.reason, kind=ReasonKind.ACCOUNT_DATE, about=about, text=text)
        todo.change_reason(tx, slot.id, reason, picked=True)
    return one.id


def passes_to_kim(office: Office, rep: str | None) -> None:
    office.meets(KIM)
    asked = office.database, office.workspace_id, DANA, KIM, rep, NOW
    handover.by_operator(*asked, join=False, dry_run=False)


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("whole", [True, False])
def test_only_what_was_heard_or_shared_passes(office: Office, shared: bool, whole: bool) -> None:
    session = plan_and_visit(office)
    office.week(NOW)
    canary = quotes_the_canary(office)
    assert all(CANARY in said for said in before_the_eyes_of(office, DANA).values())
    if shared:
        with office.database.writing(office.workspace_id) as tx:
            sharing.share(tx, session, office.person(SAM).id, NOW)
    passes_to_kim(office, None if whole else SAM)
    said = before_the_eyes_of(office, KIM)
    standing = ("page", "calendar", "why", *(kind.value for kind in FORMS))
    for place, words in said.items():
        assert (CANARY in words) is (shared and (whole or place not in LISTS)), place
    for place in standing:
        assert HEARD in said[place], place
        assert BOTH in said[place], place
    with office.database.reading(office.workspace_id) as tx:
        found = rows.of_team(tx, office.team_id(KIM))
    kinds = {one.what: [source.kind for source in one.sources] for one in found}
    assert len(kinds[BOTH]) == (2 if shared else 1)
    if whole and not shared:
        with pytest.raises(Gone):
            office.asks(dates.get, KIM, canary, NOW)
        # Said by who manages the team now it is theirs.
        words = f"Acme {CANARY} {DAY.isoformat()}"
        (shown,) = office.asks(dates.add_typed, KIM, words, "typed", NOW)
        assert (shown.one.id, len(shown.one.sources)) == (canary, 1)
        assert not shown.already


def test_what_was_not_shared_goes_with_its_session_once_that_is_too_old(office: Office) -> None:
    session = plan_and_visit(office)
    passes_to_kim(office, None)
    with office.database.writing(office.workspace_id) as tx:
        interactions.remove(tx, [session])
        found = rows.of_team(tx, office.team_id(KIM))
    assert sorted(one.what for one in found) == [BOTH, HEARD]
