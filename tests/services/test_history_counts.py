"""What a session, a field day and a binder cost the database does not grow with the years."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.domain.accounts.visits import Visit
from bot.domain.appointments import AppointmentEntry
from bot.domain.binder.search import Wanted
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.promises import Owner
from bot.domain.results.results import Period
from bot.domain.sessions.sessions import CLOSE, CloseEntry, StepEntry, TopicNotes
from bot.services import appointments, field_days, home
from bot.services.accounts import accounts, bench
from bot.services.accounts import dates as account_dates
from bot.services.binder import front, pack, pages, search
from bot.services.results import mirror, period_page
from bot.services.results.balance import QuietMonths, own_balance
from bot.services.sessions import sessions, sharing
from bot.services.team import setup
from tests.services.counting import calls
from tests.services.kept_results import keep_result
from tests.services.monday import DANA, MON, SAM, Office, at
from tests.services.rides import sent
from tests.storage.world import statements

pytestmark = pytest.mark.slow

FEW, MANY = 2, 60
"""Sessions held and field days, one a week."""

YEARS = 10
"""Of results, four periods each."""

NOW = at(MON)


def hold(office: Office, week: int) -> int:
    """A session of some weeks ago, and a field day on the day after; the session's id."""
    now = NOW - timedelta(weeks=week)
    form = office.asks(sessions.start, DANA, SAM, f"session-{week}", now)
    draft = form.draft
    said = TopicNotes("win the north", f"changed {week}", "call Jo")
    first = StepEntry.saying(draft.form, SAM, draft.topic_set, draft.steps[0], said)
    office.asks(sessions.save_step, DANA, first, now)
    last = StepEntry.saying(
        draft.form, SAM, draft.topic_set, CLOSE, CloseEntry(draft.day, "", "ok")
    )
    held = office.asks(sessions.hold, DANA, last, now)
    notes = FieldDayNotes((Visit("Acme", "Jo Lee", "a trial"),), focus="next steps")
    entry = FieldDayEntry(SAM, draft.day - timedelta(days=1), notes)
    office.asks(field_days.log_step, DANA, sent(entry, f"field-day-{week}"), now)
    return held.logged.touch.id


def keep_year(office: Office, year: int, *reps: str) -> None:
    """The quarters of a year so many years ago."""
    for rep in reps:
        for month in (1, 4, 7, 10):
            first = date(NOW.year - year, month, 1)
            period = Period(first, first + timedelta(days=89))
            keep_result(
                office.database, office.workspace_id, DANA, rep, (first, 20, 3), period=period
            )


def test_statements_are_the_same_for_any_history(office: Office) -> None:
    office.team(DANA, SAM, now=NOW - timedelta(weeks=MANY + 2))
    held = [hold(office, week) for week in range(MANY, MANY - FEW, -1)]
    for year in range(FEW):
        keep_year(office, year, SAM)

    (acme,) = office.asks(accounts.of_team, DANA, 0, NOW).accounts
    accounts.tick_key(office.database, office.actor(DANA), acme.id, NOW, is_key=True)
    dated = iter(range(2))

    def newest() -> int:
        return held[-1]

    costs: dict[str, Callable[[], object]] = {
        "the form of a session": lambda: office.asks(sessions.start, DANA, SAM, "form", NOW),
        "the first page of the binder": lambda: office.asks(pages.open_binder, DANA, SAM, NOW),
        "a page further back": lambda: office.asks(
            pages.open_binder, DANA, SAM, NOW, (NOW.date(), 0)
        ),
        "a section of it": lambda: office.asks(
            search.find, DANA, Wanted(SAM, kind=InteractionKind.SESSION), NOW
        ),
        "another reason": lambda: office.asks(front.reasons_with, DANA, SAM, 0, NOW),
        "an entry": lambda: office.asks(pages.entry, DANA, newest(), NOW),
        "a search": lambda: office.asks(
            search.find, DANA, Wanted(SAM, "north", InteractionKind.SESSION), NOW
        ),
        "results in the binder": lambda: office.asks(
            search.results, DANA, Wanted(SAM, results=True), NOW
        ),
        "the page of a period": lambda: office.asks(
            period_page.page,
            DANA,
            office.asks(period_page.to_write, DANA, NOW).periods[0],
            "words",
            frozenset(),
            NOW,
        ),
        "plans": lambda: office.asks(search.plans, DANA, SAM, NOW),
        "a topic's history": lambda: office.asks(search.history, DANA, SAM, "territory", NOW),
        "what is shared": lambda: office.asks(sharing.preview, DANA, newest(), NOW),
        "a day to propose": lambda: office.asks(
            appointments.open_form, DANA, SAM, InteractionKind.SESSION, NOW
        ),
        "the transition pack of a rep": lambda: office.asks(pack.read_rep, DANA, SAM, None, NOW),
        "the transition pack of a team": lambda: office.asks(pack.read_team, DANA, None, NOW),
        "the bench": lambda: office.asks(bench.of_team, DANA, 0, NOW),
        "a field day to propose": lambda: office.asks(
            appointments.open_form, DANA, SAM, InteractionKind.FIELD_DAY, NOW
        ),
        "dates of an account": lambda: office.asks(
            account_dates.add_typed, DANA, "acme renewal 1 March", f"dates {next(dated)}", NOW
        ),
        "a rep's Home": lambda: office.asks(home.home, SAM, NOW),
        "an account": lambda: office.asks(accounts.find, DANA, "acme", NOW),
        "App Home": lambda: office.asks(home.home, DANA, NOW),
        "App Home with the line of the balance": lambda: office.asks(
            home.home, DANA, NOW, QuietMonths()
        ),
        "the mirror": lambda: office.asks(mirror.front, DANA, NOW),
        "balance": lambda: office.asks(own_balance, DANA, NOW),
        "results in it": lambda: office.asks(mirror.results_of, DANA, "", NOW),
    }

    def counted() -> dict[str, int]:
        found = {}
        for name, cost in costs.items():
            with statements(office.database) as sent:
                worked.setdefault(name, []).append(calls(cost))
            found[name] = len(sent)
        return found

    worked: dict[str, list[int]] = {}

    few = counted()
    held += [hold(office, week) for week in range(MANY - FEW, 0, -1)]
    for year in range(FEW, YEARS):
        keep_year(office, year, SAM)
    assert counted() == few
    line = few.pop("App Home with the line of the balance")
    assert line - few["App Home"] <= 10
    # Pages are full by then, and so is what is looked back on; of thirty times as much history that
    # is all.
    assert [name for name, (less, more) in worked.items() if more > less * 3.5] == []
    assert max(few.values()) <= 32, few
    assert few["the first page of the binder"] <= 26
    assert few["the transition pack of a rep"] <= 12
    assert few["the transition pack of a team"] <= 13
    assert few["a page further back"] <= 6


def test_a_binder_asks_as_much_on_a_team_of_many_as_of_two(office: Office) -> None:
    def asked(*reps: str) -> int:
        for rep in reps:
            office.meets(rep)
        office.team(DANA, *reps, now=NOW - timedelta(weeks=2))
        for rep in reps:
            office.promises(Owner.MANAGER, rep, "a price sheet", NOW.date(), NOW)
        office.week(NOW)
        with statements(office.database) as sent:
            shown = office.asks(pages.open_binder, DANA, SAM, NOW).front
        assert shown is not None
        assert shown.week is not None
        assert len(shown.promises) == 1
        return len(sent)

    two = asked(SAM, "ULENA")
    assert asked(SAM, "ULENA", *(f"UREP{number}" for number in range(20))) == two


def test_the_mirror_asks_as_much_for_sixty_reps_as_for_two(office: Office) -> None:
    def asked(*reps: str) -> list[int]:
        for rep in reps:
            office.meets(rep)
        office.team(DANA, *reps, now=NOW - timedelta(weeks=2))
        keep_year(office, 0, *reps)
        with statements(office.database) as opened:
            assert len(office.asks(mirror.front, DANA, NOW).reps) == len(reps)
        with statements(office.database) as turned:
            shown = office.asks(mirror.results_of, DANA, "", NOW)
        assert len(shown.by_rep) == len(reps)
        return [len(opened), len(turned)]

    two = asked(SAM, "ULENA")
    assert asked(SAM, "ULENA", *(f"UREP{number}" for number in range(58))) == two
    assert max(two) <= 21, two


def test_the_bench_asks_as_much_for_many_reps_as_for_two(office: Office) -> None:
    def asked(*reps: str) -> list[int]:
        for rep in reps:
            office.meets(rep)
        office.team(DANA, *reps, now=NOW - timedelta(weeks=2))
        for rep in reps:
            notes = FieldDayNotes((Visit(f"Firm of {rep}", "Jo Lee", "a trial"),))
            entry = FieldDayEntry(rep, NOW.date(), notes)
            office.asks(field_days.log_step, DANA, sent(entry, f"ride {rep}"), NOW)
        for one in office.asks(accounts.of_team, DANA, 0, NOW).accounts:
            accounts.tick_key(office.database, office.actor(DANA), one.id, NOW, is_key=True)
        with statements(office.database) as opened:
            shown = office.asks(bench.of_team, DANA, 0, NOW)
        assert shown.count == shown.known_alone == len(reps)
        with statements(office.database) as proposed:
            kind = InteractionKind.FIELD_DAY
            form = office.asks(appointments.open_form, DANA, SAM, kind, NOW)
        assert form.meet is not None
        notes = FieldDayNotes(strength="listens first", focus="next steps")
        entry = FieldDayEntry(SAM, NOW.date(), notes)
        with statements(office.database) as logged:
            again = sent(entry, f"again with {len(reps)}")
            office.asks(field_days.log_step, DANA, again, NOW)
        return [len(opened), len(proposed), len(logged)]

    two = asked(SAM, "ULENA")
    assert asked(SAM, "ULENA", *(f"UREP{number}" for number in range(20))) == two


def test_the_pack_of_a_team_asks_as_much_for_sixty_reps_as_for_two(office: Office) -> None:
    def asked(*reps: str) -> int:
        for rep in reps:
            office.meets(rep)
        office.team(DANA, *reps, now=NOW - timedelta(weeks=2))
        for rep in reps:
            office.promises(Owner.MANAGER, rep, f"sheet {len(reps)}", NOW.date(), NOW)
        with statements(office.database) as sent:
            found = office.asks(pack.read_team, DANA, None, NOW).pack
        assert len(found.reps) == len(reps)
        assert all(one.promises for one in found.reps)
        return len(sent)

    two = asked(SAM, "ULENA")
    assert asked(SAM, "ULENA", *(f"UREP{number}" for number in range(58))) == two


def test_app_home_asks_as_much_for_many_reps_as_for_two(office: Office) -> None:
    def asked(*reps: str) -> int:
        for rep in reps:
            office.meets(rep)
        office.team(DANA, *reps, now=NOW - timedelta(weeks=2))
        for rep in reps:
            day = NOW.date() - timedelta(days=3)
            plan = AppointmentEntry(rep, InteractionKind.SESSION, day + timedelta(days=9), None)
            office.asks(appointments.plan, DANA, plan, f"plan {rep}", NOW)
            until = NOW.date() + timedelta(days=2)
            office.asks(setup.add_time_off, DANA, rep, NOW.date(), until, NOW, f"off {rep}")
        with statements(office.database) as sent:
            shown = office.asks(home.home, DANA, NOW).manager
        assert shown is not None
        assert len(shown.coming) == len(shown.away) == len(reps)
        return len(sent)

    two = asked(SAM, "ULENA")
    assert asked(SAM, "ULENA", *(f"UREP{number}" for number in range(20))) == two


def test_that_a_month_says_nothing_is_found_out_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW - timedelta(weeks=2))
    office.week(NOW)
    quiet = QuietMonths()

    def asked(now: datetime) -> int:
        with statements(office.database) as sent:
            office.asks(home.home, DANA, now, quiet)
        return len(sent)

    with statements(office.database) as without:
        office.asks(home.home, DANA, NOW)
    assert asked(NOW) > len(without)
    assert asked(NOW) == len(without)
    assert asked(NOW + timedelta(days=31)) > len(without)
