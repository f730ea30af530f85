"""A team passes to another manager, on both databases: what goes on, in whose zone, and whom it
cannot go to."""

from collections.abc import Callable
from datetime import time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.domain.appointments import AppointmentEntry
from bot.domain.binder.handover import HandoverState
from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import AUDIENCES, Audience, MessageKind, Subject
from bot.domain.promises import Owner, PromiseEntry, RaisedEntry
from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NoTeam,
    NotOnTeam,
    Refusal,
    WaitsForYours,
)
from bot.services import appointments as planning
from bot.services import home, promises
from bot.services.binder import handover, moving
from bot.services.binder.handover import JoinsTeamsError, Passed
from bot.services.binder.holding import hold
from bot.services.contacts import raising
from bot.services.delivery import schedules
from bot.services.team import away, people
from bot.services.todo import lists
from bot.views.binder import handover as views
from bot.views.block_kit.ids import Metadata
from storage import appointments
from storage import promises as stored
from storage.binder import handovers
from storage.contacts import cleared
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.sessions import drafts
from storage.team import absences, teams
from storage.team import people as stored_people
from storage.workspaces import audits, installs
from tests.databases import POSTGRESQL
from tests.services.monday import (
    BERLIN,
    DANA,
    FOUNDED,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NEW_YORK,
    RAJ,
    SAM,
    TUE,
    WED,
    Office,
    at,
    opened,
)
from tests.storage.test_removing_meanwhile import meanwhile

NOW = at(MON, 15)


@pytest.fixture(autouse=True)
def new_yorker(office: Office) -> None:
    """Kim, who leads no team, is in New York."""
    office.meets(KIM, NEW_YORK)


def passes(office: Office, **more: Any) -> Passed:
    asked: dict[str, Any] = {
        "giver": DANA,
        "receiver": KIM,
        "rep": None,
        "join": False,
        "dry_run": False,
    } | more
    giver, receiver, rep = asked.pop("giver"), asked.pop("receiver"), asked.pop("rep")
    return handover.by_operator(
        office.database, office.workspace_id, giver, receiver, rep, NOW, **asked
    )


def leader(office: Office, rep: str = SAM) -> list[str]:
    with office.database.reading(office.workspace_id) as tx:
        found = teams.memberships_of(tx, rep, MON + timedelta(days=1))
        return [team.manager.slack_id for team, _ in found]


def test_everything_goes_on_in_the_new_managers_zone(office: Office) -> None:
    entry = AppointmentEntry(SAM, InteractionKind.SESSION, WED, time(10))
    made = office.asks(planning.plan, DANA, entry, "form-plan", NOW)
    off = AwayEntry(TUE, TUE, KEN, frozenset())
    office.asks(away.add, DANA, off, "form-away", NOW)
    team_id = made.team.id
    done = passes(office)
    assert (done.reps, done.joined, done.moved) == (3, False, None)
    assert leader(office) == [KIM]
    with office.database.reading(office.workspace_id) as tx:
        (planned,) = appointments.standing(tx, [team_id])
        # Ten in Berlin is four in the morning in New York: the same instant.
        assert (planned.day, planned.at) == (WED, time(4))
        assert teams.stood_in_for(tx, KEN) == []
        assert all(not one.introduced for one in teams.members(tx, team_id))
        assert audits.all_records(tx)[-1] == ("operator", "handover", f"{DANA} to {KIM}: 3 reps")
        due = schedules.next_at(tx, team_id, MessageKind.TODO_LIST)
        # Whoever has it from an operator reads of it in the morning of their own.
        assert due == at(MON, 9, NEW_YORK)
    assert {row.slot.rep.slack_id for row in office.week(NOW, KIM).rows} == {SAM, LENA, RAJ}
    with pytest.raises(NoTeam):
        office.asks(lists.this_week, DANA, NOW)


def noted_by(office: Office) -> dict[str, str | None]:
    with office.database.reading(office.workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        return {str(one.what): one.noted_by for one in stored.of_team(tx, team.id)}


def test_a_promise_is_of_who_noted_it_there_and_back(office: Office) -> None:
    def notes(manager: str, what: str) -> None:
        entry = PromiseEntry(SAM, Owner.REP, what, WED)
        promises.make(
            office.database, office.actor(manager), entry, f"form-{what}", NOW, raised=False
        )

    notes(DANA, "call Acme")
    dana, kim = (office.person(one).name for one in (DANA, KIM))
    passes(office)
    notes(KIM, "call Hooli")
    assert noted_by(office) == {"call Acme": dana, "call Hooli": None}
    passes(office, giver=KIM, receiver=DANA)
    assert noted_by(office) == {"call Acme": None, "call Hooli": kim}


def test_what_stands_with_the_reps_is_drawn_for_the_new_manager_or_ended(office: Office) -> None:
    """Of every kind of message that reps get; a letter stays as whoever shared it wrote it."""
    raised = office.promises(Owner.MANAGER, SAM, "slow quotes", None, NOW, raised=True)
    to_reps = [kind for kind, audience in AUDIENCES.items() if audience is Audience.REP]
    with office.database.writing(office.workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        sam = office.person(SAM)
        line, said = (
            cleared.add(tx, team_id=team.id, promise_id=raised, month=MON, text="quotes are quick")
            for _ in range(2)
        )
        cleared.ask(tx, [line, said])
        cleared.answer(tx, said, ClearedAnswer.YES)
        for n, kind in enumerate(to_reps):
            messages.remember(tx, Subject(kind, n + 1), "D0", f"{n}.0", sam.id)
    passes(office)
    with office.database.writing(office.workspace_id) as tx:
        stale = {one.subject.kind for one in messages.claim_stale(tx, NOW, 0, 100)}
        assert set(to_reps) - stale == {MessageKind.SHARED}
        # What they said yes to may be told; what they did not answer is asked no more.
        assert set(cleared.get_many(tx, [line, said])) == {said}


def test_a_dry_run_writes_nothing(office: Office) -> None:
    assert passes(office, dry_run=True).reps == 3
    assert leader(office) == [DANA]
    with office.database.reading(office.workspace_id) as tx:
        assert audits.all_records(tx) == []


def test_the_manager_may_have_left(office: Office) -> None:
    office.meets(DANA, active=False)
    passes(office)
    assert leader(office) == [KIM]


def test_one_rep_goes_to_a_manager_who_leads_none(office: Office) -> None:
    done = passes(office, rep=SAM)
    assert done.moved is not None
    assert leader(office) == [KIM]
    assert leader(office, LENA) == [DANA]


def test_two_teams_are_joined_only_where_that_is_said(office: Office) -> None:
    office.meets(KEN)
    office.team(KEN, KIM)
    with pytest.raises(JoinsTeamsError):
        passes(office, receiver=KEN)
    assert leader(office) == [DANA]
    assert passes(office, receiver=KEN, join=True).joined
    assert leader(office) == leader(office, RAJ) == leader(office, KIM) == [KEN]


def bot(office: Office) -> None:
    profile = Profile(KEN, "Windbot", BERLIN, active=True, bot=True)
    people.save(office.database, office.workspace_id, [profile], FOUNDED)


def gone(office: Office) -> None:
    office.meets(KEN, active=False)


def nothing(_: Office) -> None:
    pass


@pytest.mark.parametrize("rep", [None, SAM])
@pytest.mark.parametrize(
    ("receiver", "before", "flaw"),
    [
        (SAM, nothing, FieldError.A_REP_OF_IT),
        (LENA, nothing, FieldError.A_REP_OF_IT),
        (DANA, nothing, FieldError.LEADS_IT_ALREADY),
        (KEN, bot, FieldError.CANNOT_LEAD),
        (KEN, gone, FieldError.CANNOT_LEAD),
        ("U0NOBODY", nothing, FieldError.CANNOT_LEAD),
    ],
)
def test_whom_it_cannot_go_to(
    office: Office,
    receiver: str,
    before: Callable[[Office], None],
    flaw: FieldError,
    rep: str | None,
) -> None:
    before(office)
    with pytest.raises(BadField) as refused:
        passes(office, receiver=receiver, rep=rep)
    assert refused.value.flaw is flaw
    assert leader(office) == leader(office, LENA) == [DANA]


@pytest.mark.parametrize(
    ("asked", "refusal"), [({"giver": KIM}, NoTeam), ({"rep": KEN}, NotOnTeam)]
)
def test_what_is_not_there_cannot_pass(
    office: Office, asked: dict[str, str], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        passes(office, **asked)


def test_what_was_offered_is_over_once_the_team_has_passed(office: Office) -> None:
    offered = office.asks(handover.offer, DANA, SAM, KIM, "words", "form-1", NOW)
    again = office.asks(handover.offer, DANA, SAM, KIM, "other words", "form-1", NOW)
    assert again.handover.id == offered.handover.id
    assert again.handover.words == "other words"
    with pytest.raises(BadField):
        office.asks(handover.offer, DANA, SAM, KIM, "words", "form-2", NOW)
    passes(office)
    with office.database.reading(office.workspace_id) as tx:
        (found,) = handovers.get_many(tx, [offered.handover.id]).values()
    assert found.state is HandoverState.WITHDRAWN
    after = office.asks(handover.take, KIM, found.id, NOW)
    assert after.handover.state is HandoverState.WITHDRAWN
    with pytest.raises(Gone):
        office.asks(handover.take, LENA, found.id, NOW)


def test_time_that_a_rep_had_with_the_first_manager_stays_had(office: Office) -> None:
    wish = RaisedEntry("", "", for_time=True)
    raised = office.asks(raising.raise_something, SAM, wish, "form-time", at(MON, 9))
    office.touches(SAM, MON, at(MON, 11), "form-touch")
    passes(office)
    with office.database.reading(office.workspace_id) as tx:
        from storage import promises

        found = promises.get(tx, raised.promise.id)
    assert found is not None
    assert found.kept_on == MON


def test_a_form_that_was_half_written_stays_with_its_author(office: Office) -> None:
    passes(office)
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, KIM)
        assert team is not None
        assert drafts.unfinished(tx, team.manager.id) == []
        assert absences.of_people(tx, [(team.id, team.manager.id)])[team.id, team.manager.id] == []


def test_what_waits_and_cannot_be_taken_holds_nothing_else_up(office: Office) -> None:
    office.meets(INES)
    office.team(KEN, INES)
    offered = office.asks(handover.offer, DANA, None, KEN, "", "form", NOW)
    office.asks(handover.wait, KEN, offered.handover.id, NOW)
    office.team(DANA, SAM, LENA, RAJ, KEN, now=NOW)
    passes(office, giver=KEN)
    assert leader(office, INES) == [KIM]
    assert leader(office) == [DANA]
    with office.database.reading(office.workspace_id) as tx:
        (found,) = handovers.get_many(tx, [offered.handover.id]).values()
    assert found.state is HandoverState.OFFERED
    with pytest.raises(BadField):
        office.asks(handover.take, KEN, found.id, NOW)


def test_who_takes_a_rep_who_is_on_the_team_no_more_hears_that_it_is_gone(office: Office) -> None:
    offered = office.asks(handover.offer, DANA, SAM, KIM, "", "form", NOW)
    office.team(DANA, LENA, RAJ, now=NOW)
    with pytest.raises(Gone):
        office.asks(handover.take, KIM, offered.handover.id, NOW)


def goes_to_ken(office: Office) -> None:
    """As a roster with --move has it."""
    office.meets(INES)
    office.team(KEN, INES)
    with office.database.writing(office.workspace_id) as tx:
        sam = stored_people.get(tx, SAM)
        dana, ken = teams.of_manager(tx, DANA), teams.of_manager(tx, KEN)
        assert sam is not None
        assert dana is not None
        assert ken is not None
        moving.move_rep(tx, sam, dana, ken, dana.today(NOW), NOW)


@pytest.mark.parametrize(
    "goes",
    [
        lambda office: office.team(DANA, LENA, RAJ, now=NOW),
        lambda office: office.place(SAM, FOUNDED.date(), MON, NOW),
        goes_to_ken,
    ],
    ids=["taken off", "at the last day", "moved by roster"],
)
def test_who_is_on_the_team_no_more_is_on_offer_no_more(
    office: Office, goes: Callable[[Office], object]
) -> None:
    office.meets(KEN)
    made = office.asks(handover.offer, DANA, SAM, KIM, "", "form", NOW).handover.id
    assert [len(office.asks(home.home, who, NOW).handovers) for who in (DANA, KIM)] == [1, 1]
    goes(office)
    assert [len(office.asks(home.home, who, NOW).handovers) for who in (DANA, KIM)] == [0, 0]
    view = handover.due(office.database, office.workspace_id, [made], NOW)[made]
    says = str(views.build_offer(view))
    assert "*Sam Stone* is not on *Dana Moss*'s team any more" in says
    assert "Take it" not in says
    # And not again by coming back, where it was to somebody else that they went.
    if goes is goes_to_ken:
        passes(office, giver=KEN, receiver=DANA, rep=SAM)
        assert office.asks(home.home, KIM, NOW).handovers == ()
        view = office.asks(handover.take, KIM, made, NOW)
        assert view.handover.state is HandoverState.WITHDRAWN


@pytest.mark.parametrize("others", [0, 1])
def test_nobody_waits_for_whoever_waits_for_them(office: Office, others: int) -> None:
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES)
    if others:
        office.meets("U0MO")
        office.team(KIM, "U0MO")
    ring = [DANA, *[KIM][:others], KEN]
    made = [
        office.asks(handover.offer, giver, None, to, "", f"form-{to}", NOW).handover.id
        for giver, to in pairwise([*ring, DANA])
    ]
    for handover_id, who in zip(made[:-1], ring[1:], strict=True):
        office.asks(handover.wait, who, handover_id, NOW)
    with pytest.raises(WaitsForYours):
        office.asks(handover.wait, DANA, made[-1], NOW)
    with office.database.reading(office.workspace_id) as tx:
        assert handovers.get_many(tx, made)[made[-1]].state is HandoverState.OFFERED


@pytest.mark.parametrize("waits", [False, True])
def test_of_two_offers_that_cross_the_one_that_is_taken_ends_the_other(
    office: Office, waits: bool
) -> None:
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES)
    first = office.asks(handover.offer, DANA, None, KEN, "", "form-1", NOW).handover.id
    second = office.asks(handover.offer, KEN, None, DANA, "", "form-2", NOW).handover.id
    if waits:
        office.asks(handover.wait, KEN, first, NOW)
    office.asks(lambda *asked: handover.take(*asked, join=True), DANA, second, NOW)
    # Ken's team came to Dana, who keeps what both are now.
    assert leader(office, INES) == [DANA]
    assert leader(office) == [DANA]
    with office.database.reading(office.workspace_id) as tx:
        found = handovers.get_many(tx, [first, second])
    assert found[second].state is HandoverState.TAKEN
    assert found[first].state is HandoverState.WITHDRAWN


@pytest.mark.parametrize("first", [SAM, None], ids=["the rep", "the team"])
def test_of_two_offers_of_a_rep_on_both_teams_the_one_that_is_taken_ends_the_other(
    office: Office, first: str | None
) -> None:
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES, SAM)
    taken = office.asks(handover.offer, DANA, first, KEN, "", "form-1", NOW).handover.id
    crosses = office.asks(handover.offer, KEN, SAM, DANA, "", "form-2", NOW).handover.id
    another = office.asks(handover.offer, KEN, INES, DANA, "", "form-3", NOW).handover.id
    office.asks(lambda *asked: handover.take(*asked, join=True), KEN, taken, NOW)
    assert leader(office) == [KEN]
    with office.database.reading(office.workspace_id) as tx:
        found = handovers.get_many(tx, [taken, crosses, another])
    assert found[taken].state is HandoverState.TAKEN
    assert found[crosses].state is HandoverState.WITHDRAWN
    assert found[another].state is HandoverState.OFFERED
    office.asks(handover.take, DANA, crosses, NOW)
    assert leader(office) == [KEN]


BOTH = "*Ken Lund* alone manages you from now on; before, *Dana Moss* did too."


@pytest.mark.parametrize("rep", [SAM, None], ids=["the rep", "the team"])
def test_who_was_on_both_teams_reads_that_one_manages_them_alone_and_the_giver_sees_it_first(
    office: Office, rep: str | None
) -> None:
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES, SAM)
    what, to = office.asks(handover.check, DANA, rep, KEN, NOW)
    shown = str(views.build_preview(what, to, "", Metadata(), opens=False))
    assert BOTH in shown
    assert ("before, it was" in shown) is (rep is None)
    asked = office.asks(handover.offer, DANA, rep, KEN, "", "form-1", NOW).handover.id
    office.asks(lambda *args: handover.take(*args, join=True), KEN, asked, NOW)
    with office.database.reading(office.workspace_id) as tx:
        own = teams.of_manager(tx, KEN)
        assert own is not None
        there = {one.rep.slack_id: one.id for one in teams.members(tx, own.id)}
    told = handover.told(office.database, office.workspace_id, list(there.values()), NOW)
    reads = {
        who: str(views.build_handed_over(told[one])) for who, one in there.items() if one in told
    }
    assert BOTH in reads[SAM]
    assert "it was" not in reads[SAM]
    if rep is None:
        assert (
            "*Ken Lund* manages your team from now on; before, it was *Dana Moss*." in reads[LENA]
        )


@pytest.mark.both
@pytest.mark.slow
@pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True)
@pytest.mark.parametrize("waits", [False, True])
def test_whoever_holds_a_rep_and_then_the_team_never_waits_in_a_ring(
    database: Database, waits: bool
) -> None:
    """Ken takes Dana's team, at once or as his own passes on, and stops before each statement in
    turn while somebody else holds one of Dana's reps and then her team."""
    office = opened(database, installs.ensure(database, "T0RING", "Home"))
    office.meets(KEN)
    office.meets(INES)
    office.team(KEN, INES)
    offered = office.asks(handover.offer, DANA, None, KEN, "", "form", NOW)
    with office.database.reading(office.workspace_id) as tx:
        dana = teams.of_manager(tx, DANA)
    assert dana is not None
    if waits:
        office.asks(handover.wait, KEN, offered.handover.id, NOW)

    def first(tx: Transaction) -> None:
        found = handovers.get_many(tx, [offered.handover.id])[offered.handover.id]
        own = teams.of_manager(tx, KEN)
        assert own is not None
        if waits:
            hold(tx, own.id, own.manager, found.giver, None)
        else:
            hold(tx, dana.id, found.giver, found.receiver, None)
            moving.move_rep(tx, stored_people.get_many(tx, [SAM])[SAM], dana, own, MON, NOW)
        raise UndoneError

    faults: list[Exception] = []

    def second(tx: Transaction) -> None:
        try:
            stored_people.lock(tx, SAM)
            teams.lock(tx, [dana.id])
        except Exception as fault:
            faults.append(fault)

    for at_statement in range(1, 16):
        with pytest.raises(UndoneError):
            meanwhile(office.database, office.workspace_id, at_statement, first, second)
    assert faults == []


class UndoneError(Exception):
    """Nothing of it is kept, so that it can be done again."""
