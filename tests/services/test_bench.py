"""The key-customer bench as it is kept: who has met whom, and whose turn it is to be named."""

from datetime import timedelta

from bot.domain.accounts.bench import BenchAccount
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.services import appointments, field_days
from bot.services.accounts import accounts, bench
from storage.team import people, teams
from tests.services.monday import DANA, LENA, MON, SAM, Office, at
from tests.services.rides import sent

NOW = at(MON)


def rides(
    office: Office, form: str, *names: str, rep: str = SAM, day: int = 0, by: str = DANA
) -> int:
    """A field day so many days ago, at those accounts; its contact."""
    notes = FieldDayNotes(tuple(map(Visit, names)), focus=form)
    entry = FieldDayEntry(rep, MON - timedelta(days=day), notes)
    return office.asks(field_days.log_step, by, sent(entry, form), NOW).logged.touch.id


def tick(office: Office) -> None:
    for one in office.asks(accounts.of_team, DANA, 0, NOW).accounts:
        accounts.tick_key(office.database, office.actor(DANA), one.id, NOW, is_key=True)


def shown(office: Office, by: str = DANA) -> list[tuple[str, bool, int]]:
    found = office.asks(bench.of_team, by, 0, NOW).accounts
    return [(one.name, one.met_by_manager, len(one.known_through)) for one in found]


def named(office: Office, by: str = DANA) -> str | None:
    kind = InteractionKind.FIELD_DAY
    meet: BenchAccount | None = office.asks(appointments.open_form, by, SAM, kind, NOW).meet
    return meet.name if meet else None


def test_each_field_day_names_another(office: Office) -> None:
    office.team(DANA, SAM, LENA, now=NOW)
    rides(office, "first", "Acme", "Hooli", "Initech")
    tick(office)
    found = []
    for number in range(6):
        found.append(named(office))
        assert named(office) == found[-1], "it stays until that field day was"
        # Written down late or not, it was one.
        rides(office, f"ride {number}", day=number * 3)
    assert found == ["Acme", "Hooli", "Initech"] * 2
    # One that is left stands alone.
    rides(office, "with Lena", "Acme", "Hooli", rep=LENA)
    assert [named(office), rides(office, "one more") and named(office)] == ["Initech"] * 2


def test_a_manager_who_came_later_has_met_nobody_yet(office: Office) -> None:
    office.team(DANA, SAM, LENA, now=NOW)
    rides(office, "first", "Acme")
    rides(office, "second", "Acme", rep=LENA)
    tick(office)
    assert shown(office) == [("Acme", True, 2)]
    assert named(office) is None
    office.meets("UKIM")
    with office.database.writing(office.workspace_id) as tx:
        kim = people.get(tx, "UKIM")
        assert kim is not None
        teams.pass_to(tx, office.team_id(DANA), kim.id, NOW)
    assert shown(office, "UKIM") == [("Acme", False, 2)]
    assert office.asks(bench.of_team, "UKIM", 0, NOW).unmet == 1
    assert named(office, "UKIM") == "Acme"
    rides(office, "with Kim", "Acme", by="UKIM")
    assert shown(office, "UKIM") == [("Acme", True, 2)]
    assert named(office, "UKIM") is None
