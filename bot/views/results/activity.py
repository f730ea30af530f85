"""The number a week of a save-it plan: what happened, and the question to its rep."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from slack_sdk.models.blocks import BlockElement

from bot.domain.results.activity import Activity, ActivityAsked, PlanPage, Stretch, Week, count_of
from bot.domain.results.need import number_words
from bot.domain.results.saving import SaveItPlan
from bot.domain.team.calendar import dates_words
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View
from bot.views.results.figures import amount_words

SHOWN = 4
"""Weeks of a plan beside other things; its own page has all."""

WEEKEND = 2
"""Days after the last working day on which its week is still this week."""

MENU = (("Stop asking", MirrorAction.ACTIVITY_STOP),)


def stretch_words(one: Stretch, today: date) -> str:
    """14–18 Dec: 4, and of what, where that is not what the plan says by now."""
    amount = amount_words(one.count, one.metric) if one.metric else f"{one.count:,f}"
    return f"{_days(one.first, one.last, today)}: {amount} {one.counted}".rstrip()


def activity_words(activity: Activity, today: date, most: int = SHOWN) -> str:
    """What happened, the latest of it, in one line; "" where nothing is known."""
    return " · ".join(stretch_words(one, today) for one in activity.stretches[-most:])


def activity_line(plan: SaveItPlan, known: Activity, today: date, most: int = SHOWN) -> str:
    """The same with what is counted, for the manager."""
    return kit.escape(f"{plan.leading} so far: {activity_words(known, today, most)}")


def activity_lines(view: PlanPage) -> list[str]:
    """All that happened, for the page of the plan; none where nothing is known."""
    known = view.activity
    if not known.stretches:
        return []
    return [activity_line(view.plan, known, view.today, len(known.stretches))]


def asked_words(view: PlanPage) -> str:
    """For the manager: where the number comes from; "" where nothing more comes."""
    plan, name = view.plan, kit.escape(view.plan.rep.name)
    if plan.closed_on is not None:
        return ""
    if view.activity.is_counted:
        return "The number is followed from your team's results."
    if plan.asks_ended:
        return f"{name} is not asked for the number."
    day = kit.date_words(plan.check_on, view.today)
    if plan.check_on < view.today:
        return f"{name} was asked for the number until {day}."
    return f"{name} is asked for the number at the end of each week, until {day}."


def control(plan: SaveItPlan, known: Activity) -> BlockElement | None:
    """What a rep can do about the number of a plan of theirs, on Home."""
    if known.is_counted:
        return None
    spoken = f": {plan.leading}"
    if plan.asks_ended:
        here, label = Metadata(subject=plan.id), "Ask me each week"
        return kit.button(label, MirrorAction.ACTIVITY_AGAIN, here, spoken=f"{label}{spoken}")
    if known.week is None:
        return None
    here = Metadata(subject=plan.id, day=known.week.monday.isoformat())
    label = "Answer" if known.week.said is None else "Change number"
    return kit.button(label, MirrorAction.ACTIVITY, here, spoken=f"{label}{spoken}")


def build_question(asked: ActivityAsked) -> Message:
    """To the rep of a plan, once a week; and what stands there once they said it, want to be asked
    no more, or the plan is over. Its first line, which a lock screen shows, has no word of it."""
    plan, week, today = asked.plan, asked.week, asked.today
    here = Metadata(subject=plan.id, day=week.monday.isoformat())
    text = f"For your save-it plan with {asked.team.manager.name}"
    manager = kit.bold(asked.team.manager.name)
    head = kit.section(f"For your save-it plan with {manager}")
    said = [_said(asked)] if week.said is not None else []
    if not asked.is_open:
        return kit.message(text, [head, *kit.lines([*said, "It is over; nothing more is asked."])])
    if plan.asks_ended:
        again = kit.button("Ask me again", MirrorAction.ACTIVITY_AGAIN, here)
        words = "\n".join([*said, "You are not asked for this number any more."])
        return kit.message(text, [head, kit.section(words, again)])
    menu = kit.step_menu(MirrorAction.ACTIVITY_MENU, MENU, here)
    label = "Change number" if said else "Answer"
    buttons = kit.actions([kit.button(label, MirrorAction.ACTIVITY, here), menu])
    if said:
        return kit.message(text, [head, *kit.lines(said), buttons])
    a_week = number_words(Decimal(plan.a_week))
    question = question_words(plan.leading, week, today)
    why = (
        f"Asked once a week, until {kit.date_words(plan.check_on, today)} or until the plan is "
        f"closed. You and {manager} see what you say; no answer is fine. *Stop asking*, under ⋯, "
        "ends it."
    )
    ask = kit.section(f"{question} The plan says {a_week} a week.")
    return kit.message(text, [head, ask, buttons, kit.context(why)])


def build_form(asked: ActivityAsked, metadata: Metadata) -> View:
    """One number, of one week."""
    week = asked.week
    label = f"How many {asked.counted}, {_days(week.first, week.last, asked.today)}"
    hint = (
        "A whole number; 0 is one too. Left empty, nothing is known of the week, and nothing is "
        f"shown. {asked.team.manager.name} sees it beside the plan."
    )
    box = kit.text_input(initial=str(week.said.count) if week.said else "", limit=60)
    field = kit.field("count", label, box, optional=True, hint=hint)
    return kit.modal("Number of the week", Form.ACTIVITY, [field], metadata, submit="Save")


def parse_form(state: Mapping[str, Any]) -> int | None:
    """The number, None for nothing. Raises BadField for what is none."""
    return count_of(Fields(state).text("count"))


def question_words(counted: str, week: Week, today: date) -> str:
    """How many visits this week, 14–18 Dec?"""
    return f"How many {kit.bold(counted)} {_week(week, today)}?"


def _said(asked: ActivityAsked) -> str:
    said, week = asked.week.said, asked.week
    assert said is not None
    words = kit.escape(f"You said {said.count:,} {said.counted}, ")
    return f"{words}{_days(week.first, week.last, asked.today)}."


def _week(week: Week, today: date) -> str:
    """This week, or one that is over, and its days: a message stands longer than its week."""
    days = _days(week.first, week.last, today)
    return f"this week, {days}" if (today - week.last).days <= WEEKEND else f"in the week of {days}"


def _days(first: date, last: date, today: date) -> str:
    return kit.date_words(last, today) if first == last else dates_words(first, last)
