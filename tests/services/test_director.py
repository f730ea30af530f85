"""What `/mirror teams` costs, and that what is previewed is what is shared."""

import importlib
import pkgutil
from datetime import timedelta

import pytest
from sqlalchemy import Update

import storage
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.director import Happening
from bot.services.results import director
from bot.services.team import setup
from storage.contacts import interactions
from storage.team import people, teams
from tests.services.monday import DANA, KIM, LENA, MON, Office, at
from tests.storage.world import statements

NOW = at(MON)
BEGAN = NOW - timedelta(weeks=4)


def shared_teams(office: Office, first: int, last: int) -> None:
    """Teams of two, the managers of which share them with Kim; a session was held with one."""
    for number in range(first, last):
        manager, *reps = (f"U{who}{number:02}" for who in ("MAN", "REPA", "REPB"))
        for one in (manager, *reps):
            office.meets(one)
        setup.choose_reps(office.database, office.actor(manager), reps, BEGAN)
        with office.database.writing(office.workspace_id) as tx:
            known = people.get_many(tx, [manager, *reps])
            team = teams.of_manager(tx, manager)
            assert team is not None
            interactions.add(
                tx,
                InteractionKind.SESSION,
                team_id=team.id,
                rep_id=known[reps[0]].id,
                author_id=known[manager].id,
                channel=None,
                occurred_on=MON,
                occurred_at=NOW,
                recorded_at=NOW,
                about="",
            )
        office.asks(director.share, manager, KIM, NOW)


def test_many_managers_cost_as_many_statements_as_two(office: Office) -> None:
    office.meets(KIM)

    def asked() -> int:
        with statements(office.database) as sent:
            found = office.asks(director.teams_of, KIM, NOW)
        assert {one.sessions for one in found.lines} == {Happening.SOME}
        return len(sent)

    shared_teams(office, 0, 2)
    two = asked()
    shared_teams(office, 2, 9)
    assert asked() == two
    assert two <= 9, two


def test_the_line_that_is_previewed_is_the_line_that_is_shared(office: Office) -> None:
    office.meets(KIM)
    shared_teams(office, 0, 1)
    own = office.asks(director.to_share, "UMAN00", NOW)
    (seen,) = office.asks(director.teams_of, KIM, NOW).lines
    assert own.line == seen
    assert own.director is not None
    assert own.director.slack_id == KIM
    assert office.asks(director.teams_of, DANA, NOW).lines == ()


def test_who_manages_a_team_is_changed_in_one_way_alone(office: Office) -> None:
    """The way that ends what was shared: no other statement sets it, and none can be made to."""
    setting = {
        f"{module.name}.{name}"
        for module in pkgutil.walk_packages(storage.__path__, "storage.")
        if "migrations" not in module.name
        for name, value in vars(importlib.import_module(module.name)).items()
        if isinstance(value, Update)
        and "manager_id" in {str(key).rpartition(".")[2] for key in value._values or ()}
    }
    assert setting == {"storage.team.teams.PASS_TO"}
    office.team(DANA, LENA)
    with office.database.writing(office.workspace_id) as tx:
        team = teams.of_manager(tx, DANA)
        assert team is not None
        with pytest.raises(ValueError, match="passes on"):
            tx.change(teams.CHANGE, {"manager_id": office.person(LENA).id}, team=team.id)
