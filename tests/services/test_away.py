"""A manager's own days away: which can be, who may stand in, and what follows at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from bot.domain.delivery import MessageKind
from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import BadField, FieldError, NoTeam, Refusal
from bot.services.team import away, people, setup
from tests.services.monday import (
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    SAM,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
)

LIST = MessageKind.TODO_LIST
BOT, GONE = "U0BOT", "U0GONE"
Days = tuple[date, date | None, str | None]


@pytest.fixture(autouse=True)
def bot_and_gone(office: Office) -> None:
    profiles = [Profile(BOT, "Standup", bot=True), Profile(GONE, "Al Past", active=False)]
    people.save(office.database, office.workspace_id, profiles, at(MON))


def days_away(office: Office, now: date = MON, who: str = DANA) -> list[Days]:
    """The days that a manager is away, and who stands in."""
    found = office.asks(away.days_away, who, at(now)).time_off
    return [(off.starts_on, off.ends_on, by.slack_id if by else None) for off, by in found]


def test_days_away_are_kept_with_who_stands_in(office: Office) -> None:
    kept, stand_in, today = office.asks(away.add, DANA, AwayEntry(TUE, WED, KEN), "f", at(MON))
    assert (kept.starts_on, kept.ends_on, kept.stand_in_id) == (TUE, WED, office.person(KEN).id)
    assert stand_in is not None
    assert (stand_in.slack_id, today) == (KEN, MON)
    office.leaves(FRI, None, None, at(MON))
    assert days_away(office) == [(TUE, WED, KEN), (FRI, None, None)]


@pytest.mark.parametrize(
    ("entry", "field", "flaw"),
    [
        (AwayEntry(WED, TUE, None), "ends_on", FieldError.BEFORE_START),
        (AwayEntry(MON - WEEK, SUN - WEEK, None), "ends_on", FieldError.PAST_DAY),
        (AwayEntry(SUN - WEEK, None, None), "starts_on", FieldError.PAST_DAY),
        (AwayEntry(TUE, WED, DANA), "stand_in", FieldError.NOT_A_STAND_IN),
        (AwayEntry(TUE, WED, BOT), "stand_in", FieldError.NOT_A_STAND_IN),
        (AwayEntry(TUE, WED, GONE), "stand_in", FieldError.NOT_A_STAND_IN),
        (AwayEntry(TUE, WED, "U0STRANGER"), "stand_in", FieldError.NOT_A_STAND_IN),
    ],
)
def test_days_and_stand_ins_that_cannot_be_are_refused(
    office: Office, entry: AwayEntry, field: str, flaw: FieldError
) -> None:
    due = office.next_at(office.team_id(DANA), LIST)
    with pytest.raises(BadField) as refusal:
        office.asks(away.add, DANA, entry, "f", at(MON))
    assert (refusal.value.field, refusal.value.flaw) == (field, flaw)
    assert days_away(office) == []
    assert office.next_at(office.team_id(DANA), LIST) == due


def test_today_and_days_that_have_begun_can_still_be_said(office: Office) -> None:
    office.leaves(MON, MON, None, at(MON))
    office.leaves(MON - WEEK, MON, KEN, at(MON))
    assert days_away(office) == [(MON - WEEK, MON, KEN), (MON, MON, None)]
    assert days_away(office, TUE) == [], "what is over is not shown"


@pytest.mark.both
def test_the_same_form_twice_is_once_and_the_stand_in_named_last_stands(office: Office) -> None:
    def add(_: int) -> None:
        office.leaves(TUE, WED, KEN, at(MON))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(4), timeout=20))
    assert days_away(office) == [(TUE, WED, KEN)]
    office.leaves(TUE, WED, KIM, at(MON))
    assert days_away(office) == [(TUE, WED, KIM)]
    office.leaves(TUE, WED, None, at(MON))
    assert days_away(office) == [(TUE, WED, None)]


def test_a_stand_in_may_be_anyone_else_also_another_manager(office: Office) -> None:
    office.team(KIM, INES)
    office.leaves(TUE, WED, KEN, at(MON))
    office.leaves(THU, FRI, KIM, at(MON))
    assert days_away(office) == [(TUE, WED, KEN), (THU, FRI, KIM)]


def test_a_rep_says_so_for_every_team_and_names_nobody(office: Office) -> None:
    office.team(KIM, SAM, INES)
    for _ in range(2):
        office.asks(away.add, SAM, AwayEntry(TUE, WED, None), "f", at(MON))
    assert days_away(office, who=SAM) == [(TUE, WED, None)]
    for manager in (DANA, KIM):
        assert office.row(SAM, at(MON), manager).slot.day not in (TUE, WED)
    (own,) = office.asks(away.days_away, SAM, at(MON)).time_off
    office.asks(setup.remove_time_off, DANA, SAM, own[0].id, at(MON))
    assert days_away(office, who=SAM) == [(TUE, WED, None)]
    office.asks(away.remove, SAM, own[0].id, at(MON))
    assert days_away(office, who=SAM) == []


@pytest.mark.parametrize("who", [KEN, "U0STRANGER"])
def test_only_who_is_on_a_team_is_away_here(office: Office, who: str) -> None:
    with pytest.raises(NoTeam):
        office.asks(away.add, who, AwayEntry(TUE, WED, None), "f", at(MON))
    with pytest.raises(Refusal):
        office.asks(away.remove, who, 1, at(MON))


def test_nobody_takes_back_days_of_another(office: Office) -> None:
    office.team(KIM, INES)
    own = office.leaves(TUE, WED, None, at(MON))
    rep = office.is_away(LENA, TUE, WED, at(MON))
    office.asks(away.remove, KIM, own, at(MON))
    for wrong in (rep, 10_000):
        office.asks(away.remove, DANA, wrong, at(MON))
    assert days_away(office) == [(TUE, WED, None)]
    assert office.row(LENA, at(TUE)).slot.day not in (TUE, WED)
    assert office.asks(away.remove, DANA, own, at(MON)).time_off == ()


def test_a_stand_in_named_in_the_week_has_the_list_at_once(office: Office) -> None:
    team = office.team_id(DANA)
    office.posts(at(MON, 8), team)
    office.leaves(WED, FRI, KEN, at(WED))
    assert office.next_at(team, LIST) == at(WED)
    sent = office.posts(at(WED), team, "2.0")
    assert sent.reader.slack_id == KEN
    assert office.week(at(WED), KEN).rows == sent.facts.rows


def test_back_sooner_than_planned_the_list_comes_at_once(office: Office) -> None:
    team = office.team_id(DANA)
    days = office.leaves(MON, FRI, None, at(MON - timedelta(days=3)))
    assert office.next_at(team, LIST) == at(MON + WEEK, 8)
    office.asks(away.remove, DANA, 10_000, at(TUE))
    assert office.next_at(team, LIST) == at(MON + WEEK, 8)
    office.asks(away.remove, DANA, days, at(WED))
    assert office.next_at(team, LIST) == at(WED)
    assert office.posts(at(WED), team).reader.slack_id == DANA


def test_days_away_to_come_send_nothing_now(office: Office) -> None:
    team = office.team_id(DANA)
    office.asks(setup.change_settings, DANA, {}, at(TUE))
    for starts_on, stand_in in ((THU, None), (FRI, KEN), (MON + WEEK, KEN)):
        office.leaves(starts_on, starts_on, stand_in, at(TUE))
    assert office.next_at(team, LIST) == at(FRI, 8), "for the stand-in, when the day has come"


def test_days_away_move_reps_on_the_list_that_stands(office: Office) -> None:
    team = office.team_id(DANA)
    given = {row.slot.day for row in office.posts(at(MON, 8), team).facts.rows}
    assert WED in given
    before = office.wanted(team)
    office.leaves(WED, WED, None, at(MON))
    assert office.wanted(team) > before
    assert WED not in {row.slot.day for row in office.week(at(MON)).rows}


def test_nobody_stands_in_before_or_after(office: Office) -> None:
    office.leaves(TUE, WED, KEN, at(MON))
    assert len(office.week(at(TUE), KEN).rows) == 3
    for now in (at(MON), at(THU)):
        with pytest.raises(NoTeam):
            office.week(now, KEN)


def test_a_rep_of_the_team_does_not_stand_in(office: Office) -> None:
    with pytest.raises(BadField) as refused:
        office.asks(away.add, DANA, AwayEntry(MON, FRI, SAM), "f", at(MON))
    assert (refused.value.field, refused.value.flaw) == ("stand_in", FieldError.ON_THE_TEAM)
