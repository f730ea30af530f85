"""Account dates as they are kept: through edits, at once, and when what said them goes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.accounts.accounts import AccountEntry
from bot.domain.accounts.dates import AccountDate, DateEntry
from bot.domain.accounts.visits import Visit, VisitDetails, VisitHeard
from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.domain.todo.reasons import ReasonKind
from bot.services import field_days, home
from bot.services.accounts import accounts, dates
from bot.services.contacts import touches
from bot.services.todo import lists
from storage.accounts import dates as rows
from storage.contacts import interactions
from tests.services.monday import DANA, LENA, MON, SAM, WEEK, Office, at
from tests.services.rides import sent

NOW = at(MON)
MARCH = date(2027, 3, 1)
AT_ONCE = 4


def rides(office: Office, *visits: Visit, form: str = "a form") -> int:
    """A field day with those visits; its contact."""
    entry = FieldDayEntry(SAM, MON, FieldDayNotes(visits))
    return office.asks(field_days.log_step, DANA, sent(entry, form), NOW).logged.touch.id


def kept(office: Office) -> list[AccountDate]:
    with office.database.reading(office.workspace_id) as tx:
        return rows.of_team(tx, office.team_id(DANA))


def said(office: Office) -> list[tuple[str, str, date]]:
    return [(one.account, one.what, one.day) for one in kept(office)]


def test_what_was_said_stands_when_its_field_day_is_too_old_and_goes_when_it_was_deleted(
    office: Office,
) -> None:
    office.team(DANA, SAM, now=NOW)
    old = rides(office, Visit("Acme", "Jo Lee", "renewal 1 March"))
    with office.database.writing(office.workspace_id) as tx:
        interactions.remove(tx, [old])
    assert said(office) == [("Acme", "renewal", MARCH)]
    assert kept(office)[0].contact is None
    wrong = rides(office, Visit("Hooli", "Jo Lee", "audit 3 March"), form="another")
    office.asks(touches.take_back, DANA, wrong, NOW)
    assert said(office) == [("Acme", "renewal", MARCH)]
    with office.database.writing(office.workspace_id) as tx:
        interactions.remove(tx, [wrong])
    assert said(office) == [("Acme", "renewal", MARCH)]
    page = office.asks(accounts.of_team, DANA, 0, NOW)
    assert [one.name for one in page.accounts] == ["Acme"]


def test_the_same_date_heard_twice_is_there_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 1 March"))
    second = rides(office, Visit("ACME", "", "Renewal 1 March, audit 3 May"), form="another")
    assert said(office) == [("Acme", "renewal", MARCH), ("Acme", "audit", date(2027, 5, 3))]
    # Done, it is not heard anew.
    office.asks(dates.done, DANA, kept(office)[0].id, NOW)
    rides(office, Visit("Acme", "", "renewal 1 March"), form="a third")
    assert len(said(office)) == 2
    # The next step of a visit is read with its outcome, and neither twice.
    details = VisitDetails(next_step="tender 4 May")
    office.asks(field_days.detail, DANA, second, 0, details, VisitHeard(""), NOW)
    office.asks(field_days.detail, DANA, second, 0, details, VisitHeard(""), NOW)
    assert [what for _, what, _ in said(office)] == ["renewal", "audit", "tender"]


@pytest.mark.both
def test_a_date_that_is_said_several_times_at_once_is_said_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", ""))
    page = office.asks(accounts.find, DANA, "Acme", NOW).page
    assert page is not None
    entry = DateEntry("renewal", MARCH)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = [
            pool.submit(office.asks, dates.add, DANA, page.account.id, entry, "the form", NOW)
            for _ in range(AT_ONCE)
        ]
    assert [one.exception() for one in made] == [None] * AT_ONCE
    assert said(office) == [("Acme", "renewal", MARCH)]
    mended = DateEntry("renewal", MARCH + timedelta(days=7))
    office.asks(dates.add, DANA, page.account.id, mended, "the form", NOW)
    assert said(office) == [("Acme", "renewal", mended.day)]


def test_it_comes_up_in_its_week_and_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", f"renewal {(MON + 7 * WEEK).isoformat()}"))

    def is_there(week: int) -> bool:
        office.week(at(MON + week * WEEK))
        ranking = office.asks(lists.why, DANA, SAM, at(MON + week * WEEK)).ranking
        return ReasonKind.ACCOUNT_DATE in [one.reason.kind for one in ranking]

    assert not is_there(0)
    assert is_there(1)
    assert office.row(SAM, at(MON + WEEK)).reason.kind is ReasonKind.ACCOUNT_DATE
    office.done(SAM, at(MON + WEEK))
    assert [is_there(week) for week in (2, 3, 4)] == [False] * 3
    assert is_there(5)


def taken_back(office: Office, contact: int) -> None:
    office.asks(touches.take_back, DANA, contact, NOW)


def typed(office: Office, words: str, form: str = "typed") -> AccountDate:
    (shown,) = office.asks(dates.add_typed, DANA, words, form, NOW)
    return shown.one


def sources(office: Office) -> list[list[int | None]]:
    return [[source.contact for source in one.sources] for one in kept(office)]


def test_heard_again_while_the_first_field_day_was_deleted_it_is_one_date(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    first = rides(office, Visit("Acme", "", "renewal 1 March"))
    taken_back(office, first)
    assert said(office) == []
    second = rides(office, Visit("acme", "", "Renewal 1 March"), form="another")
    assert sources(office) == [[second]]
    office.asks(touches.put_back, DANA, first, NOW)
    assert sources(office) == [[first, second]]
    # It stands as long as one of them says it.
    taken_back(office, second)
    assert sources(office) == [[first]]
    with office.database.writing(office.workspace_id) as tx:
        interactions.remove(tx, [second])
    assert sources(office) == [[first]]
    rides(office, Visit("Acme", "", "wants a trial"), form="a form")
    assert said(office) == []


def test_typed_and_heard_it_is_one_date_with_both_sources(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    heard = rides(office, Visit("Acme", "", "renewal 1 March"))
    (shown,) = office.asks(dates.add_typed, DANA, "acme Renewal 1 March", "typed", NOW)
    assert shown.already
    assert sources(office) == [[heard, None]]
    # The same line sent again, or by the page, says nothing more that is seen.
    typed(office, "acme Renewal 1 March")
    assert sources(office) == [[heard, None]]
    # The visit says it no more; it was typed.
    rides(office, Visit("Acme", "", "wants a trial"))
    assert sources(office) == [[None]]
    rides(office, Visit("Acme", "", "renewal 1 March"), form="another")
    assert len(kept(office)) == 1
    assert len(sources(office)[0]) == 2


def test_what_is_typed_means_that_day_be_it_done_gone_or_moved_since(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 1 March"))
    (one,) = kept(office)
    for change in (dates.done, dates.remove):
        office.asks(change, DANA, one.id, NOW)
        assert typed(office, "acme renewal 1 March", f"{change}").stands
        assert [each.id for each in kept(office)] == [one.id]
    office.asks(dates.move, DANA, one.id, MARCH + timedelta(days=7), NOW)
    assert typed(office, "acme renewal 1 March", "moved").day == MARCH
    assert [each.id for each in kept(office)] == [one.id]


def test_what_was_removed_and_is_heard_elsewhere_is_there_again_and_once(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 1 March"))
    (one,) = kept(office)
    office.asks(dates.remove, DANA, one.id, NOW)
    # The same words of the same day say nothing new.
    rides(office, Visit("Acme", "", "renewal 1 March, wants a trial"))
    assert said(office) == []
    rides(office, Visit("Acme", "", "renewal 1 March"), form="another")
    assert [each.id for each in kept(office)] == [one.id]
    office.asks(dates.put_back, DANA, one.id, NOW)
    assert len(kept(office)) == 1


def test_moved_to_where_it_stands_already_both_are_one(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 1 March, renewal 8 March"))
    first, second = kept(office)
    page = office.asks(dates.move, DANA, first.id, second.day, NOW)
    assert [(each.id, each.day) for each in page.dates] == [(first.id, second.day)]
    rides(office, Visit("Acme", "", "renewal 1 March, renewal 8 March, a trial"))
    assert [each.id for each in kept(office)] == [first.id]


def test_moved_done_and_removed_each_have_a_way_back(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 1 March"))
    (one,) = kept(office)
    office.asks(dates.move, DANA, one.id, MARCH + timedelta(days=7), NOW)
    assert kept(office) == [replace(one, day=MARCH + timedelta(days=7), sequence=1)]
    office.asks(dates.move_back, DANA, one.id, MARCH, NOW)
    # A calendar that took it is told of each move, back too.
    before = kept(office)
    assert before == [replace(one, sequence=2)]
    for change in (dates.done, dates.remove):
        office.asks(change, DANA, one.id, NOW)
        assert kept(office) != before
        office.asks(dates.put_back, DANA, one.id, NOW)
        assert kept(office) == before


def test_a_day_that_is_over_is_no_date_of_a_visit(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", f"audit {MON - timedelta(days=3)}, renewal 1 March"))
    assert said(office) == [("Acme", "renewal", MARCH)]


def test_under_three_spellings_renamed_and_merged_it_is_one_date(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    names = ("Acme Robotics", "Acme Robotics Ltd", "ARL")
    days = [rides(office, Visit(name, "", "renewal 1 March"), form=name) for name in names]
    assert len(kept(office)) == 3
    pages = [office.asks(accounts.find, DANA, name, NOW).page for name in names]
    ids = [page.account.id for page in pages if page is not None]
    # Done under one of them it is done.
    office.asks(dates.done, DANA, kept(office)[2].id, NOW)
    for other in ids[1:]:
        office.asks(accounts.merge, DANA, other, ids[0], NOW)
    assert sources(office) == [days]
    assert kept(office)[0].done_on == MON
    office.asks(accounts.call, DANA, ids[0], AccountEntry("Acme"), NOW)
    assert said(office) == [("Acme", "renewal", MARCH)]
    # Apart again, each has what was typed with its name.
    (account,) = office.asks(accounts.of_team, DANA, 0, NOW).accounts
    page = office.asks(accounts.page, DANA, account.id, NOW)
    (spelling,) = (one for one in page.others if one.name == "ARL")
    office.asks(accounts.split, DANA, account.id, spelling.id, NOW)
    assert said(office) == [("Acme", "renewal", MARCH), ("ARL", "renewal", MARCH)]
    assert sources(office) == [days[:2], days[2:]]


def test_two_dates_in_a_line_are_kept_and_the_line_sent_again_says_them_anew(
    office: Office,
) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", ""))
    line = "acme renewal 1 March and audit 3 May"
    for _ in range(2):
        shown = office.asks(dates.add_typed, DANA, line, "typed", NOW)
        assert [(each.one.what, each.already) for each in shown] == [
            ("renewal", False),
            ("audit", False),
        ]
    assert len(kept(office)) == 2
    office.asks(dates.add_typed, DANA, "acme renewal 1 March", "typed", NOW)
    assert said(office) == [("Acme", "renewal", MARCH)]


def test_a_date_where_nobody_knows_them_is_on_the_managers_home(office: Office) -> None:
    office.team(DANA, SAM, now=NOW)
    rides(office, Visit("Acme", "", "renewal 4 January"))
    office.week(NOW)

    def named() -> list[str]:
        shown = office.asks(home.home, DANA, at(MON + WEEK)).manager
        assert shown is not None
        return [one.what for one in shown.of_nobody]

    assert named() == []
    office.place(SAM, MON, MON + timedelta(days=2), NOW)
    assert named() == ["renewal"]
    # Six weeks before, and not sooner.
    typed(office, "acme audit 3 May")
    assert named() == ["renewal"]


def test_a_rep_reads_on_their_home_what_is_soon_at_their_own_accounts(office: Office) -> None:
    office.team(DANA, SAM, LENA, now=NOW)
    rides(office, Visit("Acme", "", "renewal 4 January, audit 3 May"))

    def read(rep: str) -> list[str]:
        (page,) = office.asks(home.home, rep, NOW).on_teams
        return [one.what for one in page.dates]

    assert read(SAM) == ["renewal"]
    assert read(LENA) == []
    (one, _) = kept(office)
    office.asks(dates.done, DANA, one.id, NOW)
    assert read(SAM) == []
