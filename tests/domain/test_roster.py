"""Which lines of a roster file are taken, and what is said of the others."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.team.file_rows import FileRow, Rejection, quoted
from bot.domain.team.roster import CheckedRoster, Directory, RosterLine, check_roster
from bot.domain.workspaces.people import Profile

reproducible = settings(derandomize=True, deadline=None)

PEOPLE = [
    Profile("UDANA", "Dana Moss", "Europe/Berlin", email="dana@example.com"),
    Profile("UMIRA", "Mira Lund", "Europe/Oslo", email="mira@example.com"),
    Profile("UNOOR", "Noor Haddad", "Asia/Dubai"),
    Profile("USAM", "Sam Stone", "America/New_York", email="Sam@Example.com"),
    Profile("WRAJ", "Raj Rao", "Asia/Kolkata"),
    Profile("UGONE", "Gone Girl", active=False, email="gone@example.com"),
    Profile("UBOT", "Botty", bot=True),
]


def is_known_country(code: str) -> bool:
    return code in ("DE", "DE-BY", "NO")


def row(line: int, manager: str, rep: str, **columns: str) -> FileRow:
    return FileRow(line, {"manager_id": manager, "rep_id": rep, **columns})


def check(*rows: FileRow | Rejection, people: Sequence[Profile] = PEOPLE) -> CheckedRoster:
    return check_roster(rows, Directory(people), is_known_country)


def reasons(checked: CheckedRoster) -> dict[int, str]:
    return {rejection.line: rejection.reason for rejection in checked.rejected}


def test_a_good_line_is_taken_with_its_settings() -> None:
    checked = check(
        row(2, " UDANA ", "USAM", time_zone="Europe/Berlin", channel_id="C012", country="DE-BY"),
        row(3, "UDANA", "WRAJ", time_zone="", channel_id=" ", country=""),
    )
    assert checked.lines == (
        RosterLine(2, "UDANA", "USAM", "Europe/Berlin", "C012", "DE-BY"),
        RosterLine(3, "UDANA", "WRAJ", None, None, None),
    )
    assert checked.rejected == ()


def test_people_are_found_by_address_in_any_case() -> None:
    checked = check(row(2, "dana@example.com", "SAM@example.COM"))
    assert checked.lines == (RosterLine(2, "UDANA", "USAM", None, None, None),)


def test_an_address_of_someone_who_left_is_that_of_who_has_it_now() -> None:
    again = Profile("UNEW", "New Here", email="gone@example.com")
    for people in ([*PEOPLE, again], [again, *PEOPLE]):
        checked = check(row(2, "UDANA", "gone@example.com"), people=people)
        assert [line.rep for line in checked.lines] == ["UNEW"]


def test_ids_codes_and_zones_may_be_in_small_letters() -> None:
    people = [Profile("U0DANA1", "Dana Moss"), Profile("U0SAM2", "Sam Stone")]
    typed = row(
        2, "u0dana1", " U0sam2", country="de-by", channel_id="c0sales3", time_zone="europe/berlin"
    )
    same = row(3, "U0DANA1", "U0SAM2", country="DE-BY", time_zone="Europe/Berlin ")
    checked = check(typed, same, people=people)
    assert reasons(checked) == {}
    assert checked.lines[0] == RosterLine(
        2, "U0DANA1", "U0SAM2", "Europe/Berlin", "C0SALES3", "DE-BY"
    )


def test_addresses_need_a_scope() -> None:
    people = [Profile("UDANA", "Dana Moss"), Profile("USAM", "Sam Stone")]
    checked = check(row(2, "UDANA", "sam@example.com"), people=people)
    assert reasons(checked) == {2: "e-mail addresses need the scope users:read.email"}


NO_DAY = "“{}” is not a date such as 2026-11-30"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(7, "", "USAM"), "manager_id is empty"),
        (row(7, "UDANA", "  "), "rep_id is empty"),
        (row(7, "UDANA", "Sam"), "“Sam” is not a Slack user id, such as U012AB3CD"),
        (row(7, "UDANA", "usam"), "“usam” is not a Slack user id, such as U012AB3CD"),
        (row(7, "UDANA", "UNOBODY"), "Slack knows nobody as “UNOBODY”"),
        (row(7, "UDANA", "no@example.com"), "Slack knows nobody as “no@example.com”"),
        (row(7, "UDANA", "UBOT"), "“UBOT” is a bot"),
        (row(7, "UGONE", "USAM"), "“UGONE” is deactivated in Slack"),
        (row(7, "UDANA", "UDANA"), "the manager and the rep are the same person"),
        (row(7, "dana@example.com", "UDANA"), "the manager and the rep are the same person"),
        (
            row(7, "UDANA", "USAM", time_zone="Berlin"),
            "“Berlin” is not a time zone, such as Europe/Berlin",
        ),
        (
            row(7, "UDANA", "USAM", channel_id="#sales"),
            "“#sales” is not a channel id, such as C012AB3CD",
        ),
        (
            row(7, "UDANA", "USAM", country="Germany"),
            "“Germany” is not a country or region with known holidays, such as DE or DE-BY",
        ),
        (row(7, "UDANA", "USAM", until="30.11.2026"), NO_DAY.format("30.11.2026")),
        (row(7, "UDANA", "USAM", until="2026-11-31"), NO_DAY.format("2026-11-31")),
        (row(7, "UDANA", "USAM", until="tomorrow"), NO_DAY.format("tomorrow")),
        (row(7, "", "UBOT"), "manager_id is empty; “UBOT” is a bot"),
        (Rejection(7, "3 values for 2 columns"), "3 values for 2 columns"),
    ],
)
def test_a_bad_line_is_rejected_with_every_reason(bad: FileRow | Rejection, reason: str) -> None:
    checked = check(row(6, "UDANA", "WRAJ"), bad, row(8, "UDANA", "USAM"))
    assert reasons(checked) == {7: reason}
    assert [line.line for line in checked.lines] == [6, 8]


def test_lines_that_disagree_with_an_earlier_one_about_the_team_are_rejected() -> None:
    checked = check(
        row(2, "UDANA", "USAM"),
        row(3, "UDANA", "WRAJ", channel_id="C1", country="DE"),
        row(4, "UDANA", "UNOOR", channel_id="C2"),
        row(5, "UDANA", "UMIRA", channel_id="C1", country="NO"),
        row(6, "dana@example.com", "USAM", channel_id="C3"),
        row(7, "UMIRA", "USAM", channel_id="C2"),
    )
    assert reasons(checked) == {
        4: "channel_id of this team is “C2” here, but “C1” on line 3",
        5: "country of this team is “NO” here, but “DE” on line 3",
        6: "channel_id of this team is “C3” here, but “C1” on line 3",
    }


def test_what_a_rejected_line_says_of_its_team_counts_as_said() -> None:
    checked = check(
        row(2, "UDANA", "UBOT", channel_id="C1"), row(3, "UDANA", "USAM", channel_id="C2")
    )
    assert list(reasons(checked)) == [2, 3]


def test_lines_that_disagree_about_the_last_day_of_a_seat_are_rejected() -> None:
    checked = check(
        row(2, "UDANA", "USAM", until=" 2026-11-30 "),
        row(3, "UMIRA", "USAM", until="2026-12-31"),
        row(4, "UDANA", "USAM"),
        row(5, "UDANA", "USAM", until="2026-12-01"),
    )
    assert [line.until for line in checked.lines] == [date(2026, 11, 30), date(2026, 12, 31), None]
    assert reasons(checked) == {
        5: "until of this seat is “2026-12-01” here, but “2026-11-30” on line 2"
    }
    assert checked.unclear == {"USAM"}


def test_a_line_that_is_there_twice_is_taken_twice() -> None:
    checked = check(row(2, "UDANA", "USAM"), row(3, "UDANA", "USAM"))
    assert len(checked.lines) == 2


def test_a_rejection_stays_on_one_short_line() -> None:
    assert quoted("a\nb\x1b[31m") == "“a�b�[31m”"
    assert quoted("x" * 41) == "“" + "x" * 40 + "…”"


untils = st.sampled_from(["", "2026-11-30", "2026-12-01", "30.11.2026", "9999-12-31"])
ids = st.sampled_from([profile.slack_id for profile in PEOPLE] + ["", "nobody"])


@reproducible
@given(st.lists(st.tuples(ids, ids, st.sampled_from(["", "C1", "C2", "bad"]), untils)))
def test_whatever_the_file_says_lines_are_sound(lines: list[tuple[str, str, str, str]]) -> None:
    rows: list[FileRow] = [
        row(n, m, r, channel_id=c, until=u) for n, (m, r, c, u) in enumerate(lines, start=2)
    ]
    checked = check(*rows)
    numbers = [line.line for line in checked.lines] + [bad.line for bad in checked.rejected]
    assert sorted(numbers) == [entry.line for entry in rows]
    channels: dict[str, set[str]] = {}
    ends: dict[tuple[str, str], set[date]] = {}
    for line in checked.lines:
        channels.setdefault(line.manager, set()).update(filter(None, [line.channel]))
        ends.setdefault(line.pair, set()).update(filter(None, [line.until]))
        assert line.manager != line.rep
    assert all(len(said) <= 1 for said in channels.values())
    assert all(len(said) <= 1 for said in ends.values())
    assert all(rejection.reason for rejection in checked.rejected)
