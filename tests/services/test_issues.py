"""Issues of the day: what can be set, who ends which, and that the list is drawn anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.domain.todo.lists import ISSUE_LIMIT
from bot.domain.todo.reasons import IssueEntry, IssueOfTheDay, ReasonKind
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, NoTeam
from bot.services.todo import issues, lists
from tests.services.monday import (
    BERLIN,
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NEW_YORK,
    RAJ,
    SAM,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
)

ENTRY = IssueEntry("price change", MON, FRI)


def sets(
    office: Office, entry: IssueEntry = ENTRY, form: str | None = None, who: str = DANA
) -> IssueOfTheDay:
    return office.asks(issues.set_issue, who, entry, form, at(MON))


def standing(office: Office, day: date = MON, who: str = DANA) -> list[str]:
    return [issue.text for issue in office.asks(issues.standing, who, at(day)).issues]


def test_an_issue_stands_from_when_it_is_set_to_its_last_day(office: Office) -> None:
    sets(office, IssueEntry("  new terms ", WED, THU))
    assert standing(office, MON) == ["new terms"], "also while it is still to come"
    assert standing(office, THU) == ["new terms"]
    assert standing(office, FRI) == []


def test_several_stand_beside_each_other_soonest_first(office: Office) -> None:
    sets(office, IssueEntry("later", FRI, FRI))
    sets(office, IssueEntry("sooner", MON, SUN))
    sets(office, IssueEntry("one day", MON, MON))
    assert standing(office) == ["sooner", "one day", "later"]


@pytest.mark.parametrize(
    ("entry", "field", "flaw"),
    [
        (IssueEntry("  ", MON, FRI), "text", FieldError.MISSING),
        (IssueEntry("x" * 3000, MON, FRI), "text", FieldError.TOO_LONG),
        (IssueEntry("x" * (ISSUE_LIMIT + 1), MON, FRI), "text", FieldError.TOO_LONG),
        (IssueEntry("x", MON - WEEK, SUN - WEEK), "ends_on", FieldError.PAST_DAY),
        (IssueEntry("x", FRI, THU), "ends_on", FieldError.BEFORE_START),
    ],
)
def test_words_and_days_that_cannot_be_are_refused(
    office: Office, entry: IssueEntry, field: str, flaw: FieldError
) -> None:
    with pytest.raises(BadField) as refusal:
        sets(office, entry)
    assert (refusal.value.field, refusal.value.flaw) == (field, flaw)
    assert standing(office) == []


def test_the_longest_text_and_the_shortest_span_are_kept_as_typed(office: Office) -> None:
    typed = "*Ä* <@U1> & “q” 'q' \\ %s {0}\n🎉".ljust(ISSUE_LIMIT, "x")
    assert sets(office, IssueEntry(typed, MON, MON)).text == typed
    assert standing(office) == [typed]


def test_over_is_what_is_over_on_the_managers_wall(office: Office) -> None:
    late = at(TUE, 3)
    office.meets(DANA, NEW_YORK)
    until_monday = IssueEntry("x", MON, MON)
    assert office.asks(issues.set_issue, DANA, until_monday, None, late).ends_on == MON
    office.meets(DANA, BERLIN)
    with pytest.raises(BadField):
        office.asks(issues.set_issue, DANA, until_monday, None, late)


@pytest.mark.both
def test_the_same_form_twice_at_once_is_one_issue_and_mended_it_is_replaced(office: Office) -> None:
    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda _: sets(office, form="f"), range(3), timeout=20))
    assert {issue.id for issue in made} == {made[0].id}
    mended = sets(office, IssueEntry("price rise", TUE, WED), "f")
    assert mended == IssueOfTheDay(made[0].id, "price rise", TUE, WED)
    assert standing(office) == ["price rise"]


def test_the_id_of_anothers_form_is_as_if_unknown(office: Office) -> None:
    office.team(KIM, INES)
    sets(office, form="dana's")
    sets(office, IssueEntry("mine now", MON, FRI), "dana's", KIM)
    sets(office, IssueEntry("new terms", MON, FRI), "dana's")
    assert (standing(office), standing(office, who=KIM)) == (["new terms"], ["mine now"])


def test_an_issue_that_was_ended_is_over(office: Office) -> None:
    ended = sets(office)
    stays = sets(office, IssueEntry("new terms", MON, FRI))
    left = office.asks(issues.end, DANA, ended.id, at(TUE))
    assert left.issues == (stays,)
    for again in (at(TUE), at(THU)):
        with pytest.raises(Gone):
            office.asks(issues.end, DANA, ended.id, again)
    with pytest.raises(Gone):
        office.asks(issues.end, DANA, stays.id, at(MON + WEEK))
    assert standing(office, TUE) == ["new terms"]


def test_an_issue_that_is_still_to_come_can_be_ended(office: Office) -> None:
    coming = sets(office, IssueEntry("later", FRI, FRI))
    assert office.asks(issues.end, DANA, coming.id, at(MON)).issues == ()
    assert standing(office, FRI) == []


def test_nobody_ends_the_issue_of_another(office: Office) -> None:
    office.team(KIM, INES)
    issue = sets(office)
    with pytest.raises(Gone):
        office.asks(issues.end, KIM, issue.id, at(MON))
    with pytest.raises(Gone):
        office.asks(issues.end, DANA, issue.id + 100, at(MON))
    assert standing(office) == ["price change"]


@pytest.mark.parametrize("who", [KEN, "U0STRANGER"])
def test_without_a_team_there_are_none(office: Office, who: str) -> None:
    for ask in (lambda: sets(office, who=who), lambda: standing(office, who=who)):
        with pytest.raises(NoTeam):
            ask()
    with pytest.raises(NoTeam):
        office.asks(issues.end, who, 1, at(MON))


def test_an_issue_is_a_reason_for_everyone_until_it_ends(office: Office) -> None:
    issue = sets(office)
    kinds = sorted(office.row(rep, at(MON)).reason.kind for rep in (SAM, LENA, RAJ))
    question = ReasonKind.OPEN_QUESTION
    assert kinds == [ReasonKind.ISSUE_OF_THE_DAY, question, question], "a third, and not the list"
    for rep in (SAM, LENA, RAJ):
        ranking = office.asks(lists.why, DANA, rep, at(MON)).ranking
        assert ranking[0].reason.about == f"issue:{issue.id}"
    team = office.team_id(DANA)
    assert office.posts(at(MON), team).facts.issues == (issue,)
    before = office.wanted(team)
    office.asks(issues.end, DANA, issue.id, at(TUE))
    sets(office, IssueEntry("new terms", MON + WEEK, FRI + WEEK))
    assert office.wanted(team) == before + 2
    week = office.week(at(TUE))
    assert {row.reason.kind for row in week.rows} == {ReasonKind.OPEN_QUESTION}
    assert week.issues == ()
