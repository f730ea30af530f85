"""What a press on the list answers, and the forms around it, as a manager reads them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.promises import Owner, Promise
from bot.domain.team.calendar import USUAL
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import AwayEntry
from bot.domain.todo.line import TodoLineError, TodoLineProblem
from bot.domain.todo.lists import IssuesView, SlotForm, SlotState, WhyView
from bot.domain.todo.ranking import rank
from bot.domain.todo.reasons import IssueEntry, IssueOfTheDay, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.round_up import EndedIssue, RoundUp
from bot.domain.workspaces.refusals import BadField
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction
from bot.views.block_kit.refusals import sentence
from bot.views.contacts import touch
from bot.views.team import away
from bot.views.todo import answers, forms, home, issues, round_up, why
from bot.views.todo.list import build_list
from tests.views.weeks import MONDAY, TUESDAY, contact, day, person, pressed, read, row, week

HERE = Metadata(subject=10, form="f1")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
SAM = person("Sam Stone", 10)
SLOT = row(10, "Sam Stone").slot
ABOUT = "You told Sam: “Acme price sheet”, by Wednesday."
TOUCH = Interaction(
    5, InteractionKind.TOUCH, 1, SAM, 1, None, TUESDAY, NOW, NOW, ABOUT, False, None
)
LOGGED = Logged(TOUCH, (), TUESDAY)
PROMISE = Promise(
    id=7,
    team_id=1,
    rep=SAM,
    owner=Owner.MANAGER,
    what="Acme price sheet",
    made_on=MONDAY,
    due_on=day(2),
    raised_on=None,
    kept_on=None,
    dropped_on=None,
    closing_words="",
    interaction_id=4,
    deleted=False,
    handed_to=None,
    answer=None,
    shown=True,
)
PRICE = IssueOfTheDay(1, "price change", MONDAY, day(4))
PLANT = IssueOfTheDay(2, "Northwind's new plant", day(7), day(11))


def state(**fields: dict[str, Any]) -> dict[str, Any]:
    """The state that Slack sends, a field each."""
    return {"values": {name: {"value": value} for name, value in fields.items()}}


def test_help_shows_each_right_form() -> None:
    lines = " ".join(read(kit.message(answers.USAGE)))
    for form in ("/todo ", "/todo next", "/todo issue price change until friday", "/todo away"):
        assert form in lines


def test_a_rep_is_moved_to_another_day_that_is_left() -> None:
    days = tuple(day(number) for number in (1, 2, 3))
    form = forms.build_move_form(SlotForm(SLOT, days, TUESDAY), HERE)
    assert read(form) == ["Sam Stone, on Tuesday now", "To: ( Tomorrow, Wed 2 Dec )"]
    options = form["blocks"][1]["element"]["options"]
    assert [o["text"]["text"] for o in options] == ["Tomorrow, Wed 2 Dec", "Thu 3 Dec"]
    chosen = state(day={"selected_option": options[1]})
    assert forms.parse_move_form(chosen) == day(3)


def test_a_rep_of_an_earlier_day_can_be_moved_to_today() -> None:
    facts = SlotForm(replace(SLOT, day=MONDAY), (TUESDAY,), TUESDAY)
    assert read(forms.build_move_form(facts, HERE)) == [
        "Sam Stone",
        "To: ( Today, Tue 1 Dec )",
    ]


@pytest.mark.parametrize("days", [(), (TUESDAY,)])
def test_without_another_day_there_is_nothing_to_send(days: tuple[date, ...]) -> None:
    form = forms.build_move_form(SlotForm(SLOT, days, TUESDAY), HERE)
    assert read(form) == ["No other day of this week is left for Sam Stone."]
    assert "submit" not in form


@pytest.mark.parametrize("value", [None, {"value": "soon"}])
def test_a_day_that_is_none_is_refused_at_its_field(value: dict[str, str] | None) -> None:
    with pytest.raises(BadField) as refused:
        forms.parse_move_form(state(day={"selected_option": value}))
    assert refused.value.field == "day"


def test_a_rep_is_left_out_with_a_word_why_for_the_manager_alone() -> None:
    form = forms.build_not_this_week_form(SlotForm(SLOT, (TUESDAY,), TUESDAY), HERE)
    assert read(form) == [
        "Sam Stone is back on the list next week.",
        "A word why (optional): ( )",
        "  Only you see it.",
    ]
    assert form["submit"]["text"] == "Not this week"
    assert forms.parse_not_this_week_form(state(why={"value": " at the fair "})) == ("at the fair")
    assert forms.parse_not_this_week_form(state(why={"value": None})) == ""


def test_an_issue_is_of_this_week_unless_said_otherwise() -> None:
    form = issues.build_issue_form("", None, None, HERE, TUESDAY, USUAL)
    assert read(form)[2:] == ["From: ( 2026-12-01 )", "Until: ( 2026-12-04 )"]
    filled = issues.build_issue_form("price change", day(7), day(8), HERE, TUESDAY, USUAL)
    assert read(filled)[0] == "What is it?: ( price change )"
    assert read(filled)[2:] == ["From: ( 2026-12-07 )", "Until: ( 2026-12-08 )"]
    sent = state(
        text={"value": " price change "},
        starts_on={"selected_date": "2026-12-01"},
        ends_on={"selected_date": "2026-12-04"},
    )
    assert issues.parse_issue_form(sent) == IssueEntry("price change", TUESDAY, day(4))


def test_issues_that_stand_can_be_ended() -> None:
    shown = issues.build_issues(IssuesView((PRICE, PLANT), TUESDAY))
    assert read(shown) == [
        "Issue of the day: “price change”, until Fri 4 Dec",
        "[What was said] [End it]",
        "Issue of the day: “Northwind's new plant”, Mon 7 Dec to Fri 11 Dec",
        "[What was said] [End it]",
        "[Set another]",
    ]
    ends = [found.subject for step, found in pressed(shown) if step == TodoAction.ISSUE_END]
    assert ends == [1, 2]
    assert read(issues.build_issue_set(PRICE, TUESDAY)) == [
        "Set: “price change”, until Fri 4 Dec. It is one more reason to talk to each of your reps. "
        "[End it]"
    ]


def test_without_an_issue_there_is_a_way_to_set_one() -> None:
    assert read(issues.build_issues(IssuesView((), TUESDAY)))[-1] == "[Set one]"


def test_sixty_issues_fit_in_a_message() -> None:
    many = tuple(replace(PRICE, id=number, text="&" * 200) for number in range(60))
    lines = read(issues.build_issues(IssuesView(many, TUESDAY)))
    assert lines[-1] == "[Set another]"
    assert any(re.fullmatch(r" *And \d+ later\.", line) for line in lines)


def test_days_away_are_entered_and_taken_back() -> None:
    offs = [
        (TimeOff(1, day(-9), day(-8)), None),
        (TimeOff(2, day(2), day(3)), None),
        (TimeOff(3, day(21), None, 10), SAM),
    ]
    form = away.build_away_form(offs, None, TUESDAY, HERE)
    assert read(form) == [
        "From: ( 2026-12-01 )",
        "To (optional): ( )",
        "  The last day away. Empty while you do not know.",
        "Who stands in (optional): ( )",
        "  Gets your list, without anything private. With nobody here, the list waits.",
        "Your time off",
        "Wed 2 Dec to Thu 3 Dec [Remove]",
        "From Mon 21 Dec, until further notice · Sam Stone stands in [Remove]",
    ]
    assert [found.subject for _, found in pressed(form)] == [2, 3]


def test_the_away_form_keeps_what_was_said_and_reads_it_back() -> None:
    entry = AwayEntry(day(2), day(3), "U10")
    form = away.build_away_form([], entry, TUESDAY, HERE)
    assert form["blocks"][2]["element"]["initial_user"] == "U10"
    sent = state(
        starts_on={"selected_date": "2026-12-02"},
        ends_on={"selected_date": "2026-12-03"},
        stand_in={"selected_user": "U10"},
    )
    assert away.parse_away_form(sent) == entry
    bare = state(
        starts_on={"selected_date": "2026-12-02"},
        ends_on={"selected_date": None},
        stand_in={"selected_user": None},
    )
    assert away.parse_away_form(bare) == AwayEntry(day(2), None, None)


def test_many_days_away_fit_in_a_form() -> None:
    offs = [(TimeOff(number, day(number), day(number)), SAM) for number in range(2, 90)]
    assert read(away.build_away_form(offs, None, TUESDAY, HERE))[-1] == "  And 68 later."


def test_who_has_the_list_meanwhile_is_said() -> None:
    off = TimeOff(2, day(21), day(25), 10)
    assert read(away.build_away_saved(off, SAM, TUESDAY)) == [
        "You are away Mon 21 Dec to Fri 25 Dec. Sam Stone gets your list meanwhile, without "
        "anything private."
    ]
    assert read(away.build_away_saved(replace(off, ends_on=None), None, TUESDAY)) == [
        "You are away from Mon 21 Dec, until further notice. Your list waits for you."
    ]


FACTS = ReasonFacts(
    rep_id=10,
    name="Sam",
    monday=MONDAY,
    today=TUESDAY,
    promises=(PROMISE,),
    issues=(PRICE,),
    first_line="the Acme renewal",
)
RANKING = rank(FACTS)


def why_facts(reason: Reason, last_kind: ReasonKind | None = None) -> WhyView:
    return WhyView(SAM, SLOT, reason, RANKING, last_kind, TUESDAY)


def test_why_shows_the_reason_then_all_others_with_their_facts() -> None:
    lines = read(why.build_why(why_facts(RANKING[0].reason)))
    assert lines[0] == f"Sam Stone · {RANKING[0].reason.text}"
    assert lines[1] == f"  {RANKING[0].reason.source} · {RANKING[0].because}"
    assert lines[2] == "The others, best first"
    said = [line for ranked in RANKING[1:] for line in _said(ranked.reason, ranked.because)]
    assert lines[3:-1] == said
    assert not any(str(ranked.weight) in line for ranked in RANKING for line in lines)


def _said(reason: Reason, because: str) -> list[str]:
    return [reason.text, f"  {reason.source} · {because}"]


def test_why_says_when_others_come_first_and_when_the_facts_are_gone() -> None:
    second = read(why.build_why(why_facts(RANKING[1].reason)))
    assert second[2].startswith("  Others come before it by now")
    gone = Reason(ReasonKind.RAISED, "promise:99", "Sam raised: “x”.", "Noted on Mon 2 Nov")
    assert read(why.build_why(why_facts(gone)))[1] == "  Noted on Mon 2 Nov"


@pytest.mark.parametrize("kind", ReasonKind)
def test_why_says_that_kinds_take_turns(kind: ReasonKind) -> None:
    last = read(why.build_why(why_facts(RANKING[0].reason, kind)))[-1]
    assert "other kinds take turns. Last week it was " in last
    assert "{" not in last


def test_a_very_long_ranking_fits() -> None:
    many = tuple(
        replace(
            RANKING[0],
            reason=replace(RANKING[0].reason, about=f"promise:{number}", text="&*_" * 150),
        )
        for number in range(90)
    )
    lines = read(why.build_why(replace(why_facts(many[0].reason), ranking=many)))
    assert "  And 59 more." in lines


def test_a_reason_is_a_line_above_a_form() -> None:
    reason = Reason(ReasonKind.RAISED, "promise:1", "“_a_ <b>”", "From your contact on Thu 12 Nov")
    shown = kit.message("x", [touch.build_reason_line(reason)])
    assert read(shown) == ["This week: “ˍaˍ <b>” · From your contact on Thu 12 Nov"]
    long = replace(reason, text="&" * 900, source="<" * 900)
    read(kit.message("x", [touch.build_reason_line(long)]))


HOME = week(
    [
        row(1, "Lena Fox", MONDAY),
        row(2, "Raj Rao"),
        row(3, "Tom Ash", day(3)),
        row(4, "Sam Stone", MONDAY, SlotState.DONE, contact=contact(MONDAY)),
        row(5, "Ben Oda", day(3), SlotState.NOT_THIS_WEEK, why="at the fair"),
        row(6, "Ines Ortega", None, SlotState.AWAY),
    ]
)


def test_home_shows_today_and_counts_the_rest() -> None:
    shown = kit.home(home.build_home_week(HOME, 12))
    assert read(shown) == [
        "Today · 1 later this week · 1 not this week · 1 away",
        "Lena Fox · Ask Lena Fox what went well lately that nobody noticed. [Done]",
        "Raj Rao · Ask Raj Rao what went well lately that nobody noticed. [Done]",
    ]
    done = [found.subject for step, found in pressed(shown) if step == TodoAction.DONE]
    assert done == [1, 2]


@pytest.mark.parametrize("room", [1, 2, 5, 12])
def test_home_keeps_within_its_room(room: int) -> None:
    facts = week([row(number, f"R{number} " + "&*" * 40) for number in range(60)])
    blocks = home.build_home_week(facts, room)
    assert len(blocks) <= room
    assert f"Today · {60 - (room - 1)} more today" in read(kit.home(blocks))


def test_home_of_a_team_without_reps_has_no_week() -> None:
    assert home.build_home_week(week([]), 12) == []


def test_home_after_the_week_has_nothing_to_do() -> None:
    shown = kit.home(home.build_home_week(replace(HOME, over=True, today=day(5)), 12))
    (line,) = read(shown)
    assert line.endswith("1 done · 3 stayed open · 1 not this week · 1 away")


@pytest.mark.parametrize("problem", TodoLineProblem)
def test_a_line_that_is_not_understood_gets_the_right_form(problem: TodoLineProblem) -> None:
    words = sentence(TodoLineError(problem, "<2026-02-30>"))
    assert "`/todo" in words
    assert "<" not in words


UNKIND = re.compile(
    r"\b(silent|silence|not talked|haven't|hasn't|no contact|\w+ ago|for \d+ (day|week)s?"
    r"|overdue|late|behind|missed|failed|should have|he|she|his|her|him)\b|%",
    re.IGNORECASE,
)


def test_no_view_speaks_of_silence_or_blames_anyone() -> None:
    offs = [(TimeOff(3, day(21), None, 10), SAM)]
    views: list[Any] = [
        *(
            build_list(replace(HOME, **more))
            for more in ({}, {"over": True}, {"preview": True}, {"rest": True}, {"today": day(4)})
        ),
        forms.build_next_time_form(SlotForm(SLOT, (), TUESDAY), HERE),
        kit.message(answers.USAGE),
        forms.build_move_form(SlotForm(SLOT, (day(2),), TUESDAY), HERE),
        forms.build_not_this_week_form(SlotForm(SLOT, (), TUESDAY), HERE),
        issues.build_issues(IssuesView((PRICE,), TUESDAY)),
        round_up.build_round_up(RoundUp(PRICE, (), (SAM,), TUESDAY)),
        round_up.build_round_up(RoundUp(PRICE, (), (SAM,), day(9))),
        round_up.build_add_form(RoundUp(PRICE, (), (SAM,), TUESDAY), HERE),
        kit.message("x", round_up.ended_blocks([EndedIssue(PRICE, 0, False)])),
        away.build_away_form(offs, None, TUESDAY, HERE),
        *(why.build_why(why_facts(RANKING[1].reason, kind)) for kind in ReasonKind),
        kit.home(home.build_home_week(HOME, 12)),
    ]
    for shown in views:
        for line in read(shown):
            assert not UNKIND.search(line), line
