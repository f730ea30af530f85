"""Somebody of a handover is erased, before it, while it waits, and as it has been taken."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from bot.domain.binder.handover import HandoverState
from bot.domain.delivery import MessageKind
from bot.domain.promises import Owner, PromiseEntry, RaisedEntry
from bot.domain.workspaces.faults import DatabaseUnavailableError
from bot.domain.workspaces.refusals import Gone, NoTeam, Refusal
from bot.services import home, promises
from bot.services.binder import handover
from bot.services.contacts import raising
from bot.services.delivery import schedules
from bot.services.team import erasure
from bot.views.binder import handover as views
from storage import promises as stored
from storage.binder import handovers
from storage.team import people, teams
from tests.services.monday import DANA, INES, KEN, KIM, LENA, MON, RAJ, SAM, WED, Office, at

NOW = at(MON, 15)
WORDS = "I will miss our Mondays"


def offers(office: Office, rep: str | None, to: str, giver: str = DANA) -> int:
    return office.asks(handover.offer, giver, rep, to, "", f"form-{rep}", NOW).handover.id


def erases(office: Office, who: str) -> None:
    erasure.erase(office.database, office.workspace_id, who, NOW)


def reps_of(office: Office, manager: str) -> set[str]:
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, manager)
        assert team is not None
        there = teams.members(tx, team.id, on=MON)
    return {one.rep.slack_id for one in there}


def state(office: Office, handover_id: int) -> HandoverState | None:
    with office.database.reading(office.workspace_id) as tx:
        found = handovers.get_many(tx, [handover_id]).get(handover_id)
    return found.state if found else None


def test_a_rep_of_a_team_on_offer(office: Office) -> None:
    offered = offers(office, None, KIM)
    alone = offers(office, SAM, KEN)
    erases(office, SAM)
    assert state(office, alone) is None
    with pytest.raises(Gone):
        office.asks(handover.take, KEN, alone, NOW)
    office.asks(handover.take, KIM, offered, NOW)
    assert reps_of(office, KIM) == {LENA, RAJ}
    # One more, on the way to read who manages them now.
    erases(office, LENA)
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, KIM)
        assert team is not None
        due = schedules.items_due(tx, [team.id], MessageKind.HANDED_OVER)[team.id]
        there = {one.id: one.rep.slack_id for one in teams.members(tx, team.id)}
    told = handover.told(office.database, office.workspace_id, due, NOW)
    assert {there[one] for one in told} == {RAJ}


@pytest.mark.parametrize("waits", [False, True])
def test_whoever_is_to_take_it(office: Office, waits: bool) -> None:
    if waits:
        office.team(KEN, INES)
    offered = offers(office, None, KEN)
    if waits:
        office.asks(handover.wait, KEN, offered, NOW)
        with pytest.raises(erasure.LeadsTeamError):
            erases(office, KEN)
        handover.by_operator(
            office.database, office.workspace_id, KEN, KIM, INES, NOW, join=False, dry_run=False
        )
        handover.by_operator(
            office.database, office.workspace_id, KEN, KIM, None, NOW, join=True, dry_run=False
        )
        # What Ken waited for came as his own was over.
        assert state(office, offered) is HandoverState.TAKEN
        assert reps_of(office, KEN) == {SAM, LENA, RAJ}
        return
    erases(office, KEN)
    assert state(office, offered) is HandoverState.WITHDRAWN
    assert office.asks(home.home, DANA, NOW).handovers == ()
    assert reps_of(office, DANA) == {SAM, LENA, RAJ}
    again = office.asks(handover.offer, DANA, None, KIM, "", "form-again", NOW)
    office.asks(handover.take, KIM, again.handover.id, NOW)
    assert reps_of(office, KIM) == {SAM, LENA, RAJ}


@pytest.mark.parametrize("rep", [None, SAM])
def test_whoever_gave_it_away(office: Office, rep: str | None) -> None:
    office.meets(KEN)
    giver = DANA
    if rep:
        # Dana is free to go once the rest of the team has gone on too.
        office.team(KEN, INES)
    made = office.asks(handover.offer, giver, rep, KIM, WORDS, "form", NOW).handover.id
    with pytest.raises(erasure.LeadsTeamError):
        erases(office, giver)
    assert state(office, made) is HandoverState.OFFERED
    office.asks(handover.take, KIM, made, NOW)
    if rep:
        passes(office, giver, KEN)()
    erases(office, giver)
    assert reps_of(office, KIM) == ({rep} if rep else {SAM, LENA, RAJ})
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, KIM)
        assert team is not None
        due = schedules.items_due(tx, [team.id], MessageKind.HANDED_OVER)[team.id]
    told = handover.told(office.database, office.workspace_id, due, NOW)
    # Its reps read who manages them now, and nothing of whom it was before.
    assert {one.reps[0].slack_id for one in told.values()} == reps_of(office, KIM)
    for one in told.values():
        text = str(views.build_handed_over(one))
        assert f"*Kim Park* manages {'you' if rep else 'your team'} from now on." in text
        assert not any(said in text for said in ("Dana", "Moss", DANA, WORDS, "former"))


def test_half_erased_nobody_takes_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    class DiesError(Exception):
        pass

    def dies(*_: object) -> None:
        raise DiesError

    offered = offers(office, None, KIM)
    monkeypatch.setattr(erasure, "_go_on", dies)
    with pytest.raises(DiesError):
        erases(office, KIM)
    monkeypatch.undo()
    with pytest.raises(Gone):
        office.asks(handover.take, KIM, offered, NOW)
    assert reps_of(office, DANA) == {SAM, LENA, RAJ}
    erases(office, KIM)
    assert state(office, offered) is HandoverState.WITHDRAWN


@pytest.mark.parametrize("rep", [SAM, None])
def test_what_was_said_between_two_is_closed_by_the_one_it_was_said_to(
    office: Office, rep: str | None
) -> None:
    office.meets(KEN)
    office.team(KEN, INES)
    said = RaisedEntry("", "I may move away", between_us=True)
    raised = office.asks(raising.raise_something, SAM, said, "form-said", NOW).promise.id
    handover.by_operator(
        office.database, office.workspace_id, DANA, KEN, rep, NOW, join=True, dry_run=False
    )
    with pytest.raises(Gone):
        office.asks(promises.fulfil, KEN, raised, NOW)
    office.asks(promises.fulfil, DANA, raised, NOW)
    with office.database.reading(office.workspace_id) as tx:
        found = stored.get(tx, raised)
        assert found is not None
        assert found.kept_on == MON
        known = people.get_many(tx, [SAM])[SAM]
        team = teams.of_manager(tx, KEN)
        assert team is not None
        # Nobody but the two has it.
        assert stored.of_rep(tx, team.id, known.id) == []


def at_once(*actions: Callable[[], object]) -> Sequence[object]:
    """What each of them, begun together, came to: what it answers, or why it was refused."""
    together = Barrier(len(actions))

    def one(action: Callable[[], object]) -> object:
        together.wait()
        while True:
            try:
                return action()
            except DatabaseUnavailableError:
                continue  # the other takes its time: pressed again
            except Refusal as refusal:
                return refusal

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(one, actions))


def passes(office: Office, giver: str, receiver: str) -> Callable[[], object]:
    def action() -> Any:
        return handover.by_operator(
            office.database,
            office.workspace_id,
            giver,
            receiver,
            None,
            NOW,
            join=True,
            dry_run=False,
        )

    return action


@pytest.mark.both
def test_of_two_who_are_given_a_team_at_once_one_has_it(office: Office) -> None:
    found = at_once(passes(office, DANA, KIM), passes(office, DANA, KEN))
    assert [isinstance(one, NoTeam) for one in found].count(True) == 1
    with office.database.reading(office.workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        assert len(teams.members(tx, team.id)) == 3


@pytest.mark.both
def test_two_teams_that_are_joined_with_each_other_at_once_are_one(office: Office) -> None:
    office.team(KEN, INES)
    at_once(passes(office, DANA, KEN), passes(office, KEN, DANA))
    with office.database.reading(office.workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        there = {one.rep.slack_id for one in teams.members(tx, team.id, on=MON)}
    assert there == {SAM, LENA, RAJ, INES}


@pytest.mark.both
def test_an_offer_that_is_taken_twice_at_once_is_taken_once(office: Office) -> None:
    office.team(KEN, INES)
    entry = PromiseEntry(SAM, Owner.MANAGER, "price sheet", WED)
    promises.make(office.database, office.actor(DANA), entry, "form", NOW, raised=False)
    offered = offers(office, None, KEN)

    def takes() -> object:
        return handover.take(office.database, office.actor(KEN), offered, NOW, join=True)

    at_once(takes, takes)
    assert reps_of(office, KEN) == {SAM, LENA, RAJ, INES}
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, KEN)
        assert team is not None
        assert [one.what for one in stored.of_team(tx, team.id)] == ["price sheet"]
