"""From week to week: what stayed open comes sooner, kinds take turns, and news is welcomed once."""

from datetime import timedelta

from bot.domain.promises import Owner
from bot.domain.todo.ranking import CARRIED
from bot.domain.todo.reasons import IssueEntry, ReasonKind
from bot.services import promises
from bot.services.team import setup
from bot.services.todo import issues, lists, rows
from tests.services.monday import (
    DANA,
    FRI,
    INES,
    KIM,
    LENA,
    MON,
    RAJ,
    SAM,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
)

NEXT = MON + WEEK
LINE, QUESTION = ReasonKind.FIRST_LINE, ReasonKind.OPEN_QUESTION


def line(office: Office, rep: str) -> None:
    """Dana has noted a line about that rep."""
    lines = {rep: "the Acme renewal"}
    office.asks(setup.set_first_lines, DANA, lines, at(MON - WEEK))


def test_what_stayed_open_has_priority_next_monday(office: Office) -> None:
    office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    line(office, SAM)
    slot = office.slot(SAM, at(MON))
    ranking = office.asks(lists.why, DANA, SAM, at(MON)).ranking
    about = next(one.reason.about for one in ranking if one.reason.kind is LINE)
    office.asks(rows.choose_reason, DANA, slot, about, at(MON))
    office.is_away(SAM, WED, FRI, at(TUE))
    office.week(at(NEXT))
    why = office.asks(lists.why, DANA, SAM, at(NEXT))
    carried = next(one for one in why.ranking if one.reason.kind is LINE)
    assert carried.weight == 40 + CARRIED
    assert "stayed open last week" in carried.because
    assert (why.reason.kind, why.last_kind) == (ReasonKind.PROMISE_OWED, None)


def test_what_was_done_or_left_out_or_of_someone_away_is_not_carried(office: Office) -> None:
    for rep in (SAM, LENA, RAJ):
        line(office, rep)
    assert {office.row(rep, at(MON)).reason.kind for rep in (SAM, LENA, RAJ)} == {LINE}
    office.done(SAM, at(MON))
    office.asks(lists.not_this_week, DANA, office.slot(LENA, at(MON)), "", at(MON))
    office.is_away(RAJ, MON, FRI, at(MON))
    office.week(at(NEXT))
    for rep in (SAM, LENA, RAJ):
        why = office.asks(lists.why, DANA, rep, at(NEXT))
        assert not any("stayed open" in ranked.because for ranked in why.ranking)


def test_the_same_kind_is_not_used_two_weeks_running(office: Office) -> None:
    first = office.promises(Owner.REP, SAM, "call Hooli", FRI, at(MON))
    office.asks(promises.fulfil, DANA, first, at(MON))
    second = office.promises(Owner.REP, SAM, "lead the demo", FRI, at(MON))
    office.asks(promises.fulfil, DANA, second, at(MON))
    theme = IssueEntry("price change", MON, FRI + WEEK)
    office.asks(issues.set_issue, DANA, theme, None, at(MON))
    assert office.row(SAM, at(MON)).reason.kind is ReasonKind.PROMISE_KEPT
    office.done(SAM, at(MON))
    row = office.row(SAM, at(NEXT))
    assert row.reason.kind is ReasonKind.ISSUE_OF_THE_DAY
    why = office.asks(lists.why, DANA, SAM, at(NEXT))
    assert why.last_kind is ReasonKind.PROMISE_KEPT
    assert any(
        ranked.reason.about == f"kept:{second}" and "its turn last week" in ranked.because
        for ranked in why.ranking
    )


def test_what_is_owed_comes_again_until_it_is_kept(office: Office) -> None:
    owed = office.promises(Owner.MANAGER, SAM, "the price sheet", MON, at(MON))
    for week in range(3):
        assert office.row(SAM, at(MON + week * WEEK)).reason.about == f"promise:{owed}"
        office.done(SAM, at(MON + week * WEEK))
    office.asks(promises.fulfil, DANA, owed, at(MON + 2 * WEEK))
    assert office.row(SAM, at(MON + 3 * WEEK)).reason.kind is QUESTION


def test_a_line_is_said_once_and_a_question_is_never_the_same_twice_running(office: Office) -> None:
    line(office, SAM)
    seen = []
    for week in range(6):
        row = office.row(SAM, at(MON + week * WEEK))
        seen.append(row.reason)
        office.done(SAM, at(MON + week * WEEK))
    follow_up = ReasonKind.FOLLOW_UP
    assert [reason.kind for reason in seen] == [LINE, follow_up] + [QUESTION] * 3 + [LINE]
    asked = [reason.about for reason in seen[2:5]]
    assert len(set(asked)) == 3


def test_a_line_that_stayed_open_is_still_there(office: Office) -> None:
    line(office, SAM)
    for week in range(3):
        assert office.row(SAM, at(MON + week * WEEK)).reason.kind is LINE


def test_welcome_back_comes_in_the_week_of_the_return(office: Office) -> None:
    office.is_away(SAM, MON, FRI + WEEK + timedelta(days=3), at(MON - WEEK))
    assert [office.row(SAM, at(day)).state.value for day in (MON, NEXT)] == ["away", "away"]
    back = office.row(SAM, at(NEXT + WEEK))
    assert (back.state.value, back.slot.day) == ("open", TUE + 2 * WEEK)
    assert back.reason.text == "Sam is back on Tuesday. Say welcome; share what moved."
    office.done(SAM, at(TUE + 2 * WEEK))
    assert office.row(SAM, at(NEXT + 2 * WEEK)).reason.kind is QUESTION, "and once"


def test_who_is_back_on_friday_is_welcomed_on_friday(office: Office) -> None:
    office.is_away(SAM, MON - WEEK, THU, at(MON - 2 * WEEK))
    row = office.row(SAM, at(MON))
    assert (row.slot.day, row.reason.kind) == (FRI, ReasonKind.WELCOME_BACK)


def test_someone_new_is_welcomed_and_the_first_team_is_not(office: Office) -> None:
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(WED))
    assert office.row(INES, at(WED)).reason.text == (
        "Ines is new on your team. Say welcome; ask what would make the first weeks easier."
    )
    assert office.row(SAM, at(WED)).reason.kind is QUESTION
    office.done(INES, at(THU))
    assert office.row(INES, at(NEXT)).reason.kind is QUESTION
    office.team(KIM, SAM, INES, now=at(MON))
    assert office.row(INES, at(MON), KIM).reason.kind is QUESTION


def test_someone_who_came_last_week_and_stayed_open_is_still_welcomed(office: Office) -> None:
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(THU))
    office.week(at(THU))
    assert office.row(INES, at(NEXT)).reason.kind is ReasonKind.NEW_ON_TEAM
    assert office.row(INES, at(NEXT + WEEK)).reason.kind is not ReasonKind.NEW_ON_TEAM


def test_a_contact_that_is_backdated_counts_in_the_week_it_belongs_to(office: Office) -> None:
    line(office, SAM)
    office.week(at(MON))
    assert office.row(SAM, at(NEXT)).reason.kind is LINE
    team = office.team_id(DANA)
    office.posts(at(NEXT), team)
    before = office.wanted(team, NEXT)
    office.touches(SAM, FRI, at(NEXT), "backdated")
    assert office.wanted(team, NEXT) == before + 1, "this week goes by the week before"
    assert office.row(SAM, at(NEXT)).reason.text == (
        "Noted for Sam: “the Acme renewal”. Ask what came of it."
    ), "the line was said on Friday"


def test_a_channel_is_suggested_that_differs_from_last_time(office: Office) -> None:
    suggested = []
    for week in range(4):
        suggested.append(office.row(SAM, at(MON + week * WEEK)).channel)
        office.done(SAM, at(MON + week * WEEK))
    assert len(set(suggested)) == 4
