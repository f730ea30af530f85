"""**Save-it plan**: its form, the plan as its manager reads it, and the line on its rep's Home."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement
from slack_sdk.models.blocks.block_elements import NumberInputElement

from bot.domain.results.activity import Activity, PlanPage
from bot.domain.results.mirror import period_words
from bot.domain.results.results import MetricKind
from bot.domain.results.saving import (
    HELPED_LIMIT,
    MOST_A_WEEK,
    NAME_LIMIT,
    SaveItPlan,
    Saving,
    SavingEntry,
)
from bot.domain.sessions.steps import Step, as_typed
from bot.domain.todo.sources.results import warning_of
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import View
from bot.views.promises.promise import closed_words, promise_words
from bot.views.results.activity import (
    activity_lines,
    activity_words,
    asked_words,
    control,
    question_words,
)
from bot.views.results.figures import own_words

TITLE = "Save-it plan"
EXAMPLE = "call five old accounts by Wed\nme: ask marketing for the list by Tue"


def build_form(view: Saving, metadata: Metadata) -> View:
    """The plan of a warning, as it is or to be written, together with the rep."""
    plan, name = view.plan, view.rep.name
    metric = view.result.metric
    leads = metric.name if metric.kind is MetricKind.LEADING else ""
    blocks = [
        kit.section(f"{kit.bold(name)} · {kit.escape(own_words(view.result, view.today))}"),
        *(
            [kit.context(f"Last time this helped: “{kit.quote(view.helped_before)}”")]
            if view.helped_before
            else []
        ),
        kit.field(
            "steps",
            "Two to four steps",
            kit.text_input(
                initial=as_typed(Step(one.what, one.owner, one.due_on) for one in view.standing),
                multiline=True,
                placeholder=f"{view.rep.first_name}: {EXAMPLE}",
            ),
            hint=(
                "One a line, each with who and by when, else by the day you look at it. "
                "They become promises of you both; "
                f"{name} sees them on Home, as noted by you, until Agreed."
            ),
        ),
        kit.field(
            "a_week",
            "How many a week",
            NumberInputElement(
                is_decimal_allowed=False,
                initial_value=str(plan.a_week) if plan else None,
                min_value="1",
                max_value=str(MOST_A_WEEK),
            ),
        ),
        kit.field(
            "leading",
            "Of what",
            kit.text_input(
                initial=plan.leading if plan else leads, limit=NAME_LIMIT, placeholder="visits"
            ),
            hint=(
                "A leading number of your results is followed from them. Of anything else "
                f"{name} is asked once a week."
            ),
        ),
        kit.field(
            "helper",
            "Who helps",
            kit.text_input(initial=plan.helper if plan else "", limit=NAME_LIMIT),
            optional=True,
        ),
        kit.field(
            "check_on",
            "When you look at it together",
            kit.date_input(view.check_on),
        ),
    ]
    return kit.modal(TITLE, Form.SAVE_IT, blocks, metadata, submit="Save")


def parse_form(state: Mapping[str, Any]) -> SavingEntry:
    """What was typed."""
    fields = Fields(state)
    number = fields.text("a_week").strip()
    return SavingEntry(
        fields.text("steps"),
        int(number) if number.isdecimal() else None,
        fields.text("leading"),
        fields.text("helper"),
        fields.day("check_on"),
    )


def build_plan(view: PlanPage, under: str | None = None) -> View:
    """The plan as it stands, with the ways to change and to close it; opened from the modal `under`
    (`Beneath`, packed)."""
    plan, here = view.plan, Metadata(subject=view.plan.id)
    lines = [kit.bold(plan.rep.name), plan_words(plan, view.today)]
    lines += [
        promise_words(one, view.today) if one.is_open else closed_words(one, view.today)
        for one in view.steps
    ]
    lines += activity_lines(view)
    if plan.closed_on is not None:
        lines.append(f"Closed {kit.date_words(plan.closed_on, view.today)}.")
    if plan.helped:
        lines.append(f"What helped: “{kit.quote(plan.helped)}”")
    buttons: list[BlockElement] = []
    if view.may_change:
        about = warning_of(plan.period, plan.metric)
        change = Metadata(rep=plan.rep.slack_id, text=about)
        name = "Change" if plan.closed_on is None else "Take it up again"
        buttons.append(kit.button(name, MirrorAction.SAVE_IT_CHANGE, change))
    label = "Close the plan" if plan.closed_on is None else "What helped"
    buttons.append(kit.button(label, MirrorAction.SAVE_IT_CLOSE, here))
    asked = asked_words(view)
    blocks = [*kit.lines(lines), *([kit.context(asked)] if asked else []), kit.actions(buttons)]
    return kit.modal(TITLE, Form.READ_ONLY, blocks, Metadata(under=under), close="Close")


def plan_blocks(
    plans: Sequence[SaveItPlan], activities: Mapping[int, Activity], today: date
) -> list[Block]:
    """A rep's own plans, each with what happened and, where there is one, this week's question."""
    blocks: list[Block] = []
    for plan in plans:
        known = activities.get(plan.id, Activity())
        lines = ["*Save-it plan*"] if not blocks else []
        lines += [plan_words(plan, today)]
        if known.stretches:
            lines.append(kit.escape(f"So far: {activity_words(known, today)}"))
        if known.week is not None and known.week.said is None:
            lines.append(question_words(plan.leading, known.week, today))
        blocks.append(kit.section("\n".join(lines), control(plan, known)))
    return blocks


def build_close_form(view: PlanPage, under: str | None = None) -> View:
    """Closing asks what helped, beside what happened of the number."""
    box = kit.text_input(initial=view.plan.helped, limit=HELPED_LIMIT)
    hint = (
        "One line. The next early warning of this number quotes it on your list, "
        "and Acted in time shows it."
    )
    field = kit.field("helped", "What helped?", box, optional=True, hint=hint)
    here = Metadata(subject=view.plan.id, under=under)
    blocks = [*kit.lines(activity_lines(view)), field]
    return kit.modal(TITLE, Form.SAVE_IT_CLOSE, blocks, here, submit="Close the plan")


def parse_close_form(state: Mapping[str, Any]) -> str:
    """What helped."""
    return Fields(state).text("helped")


def check_words(plan: SaveItPlan, today: date) -> str:
    """The day to look at a plan together. Of one that is over nobody knows whether the two did."""
    day = kit.date_words(plan.check_on, today)
    if plan.check_on < today:
        return f"the day to look at it together was {day}"
    return f"you look at it together {day}"


def plan_words(plan: SaveItPlan, today: date) -> str:
    """New meetings, Dec 2026 · 5 visits a week · Kim helps · you look at it together Fri 11 Dec."""
    said = [
        f"{plan.metric}, {period_words(plan.period)}",
        f"{plan.a_week} {plan.leading} a week",
        *([f"{plan.helper} helps"] if plan.helper else []),
        *([check_words(plan, today)] if plan.closed_on is None else []),
    ]
    return kit.escape(" · ".join(said))
