"""The check day of a save-it plan: the two look at it together."""

from collections.abc import Iterator

from bot.domain.results.saving import SaveItPlan
from bot.domain.team.calendar import date_words
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import name_words

PLAN = "save_it_plan"
"""Before the id of a plan, in what a reason is about."""


def check_days(facts: ReasonFacts) -> Iterator[Found]:
    """The plans whose day has come by the end of the week, until they are closed."""
    for plan in facts.saving:
        if plan.check_on <= facts.ends:
            text = (
                f"You and {facts.name} look at the plan for {name_words(plan.metric)} together. "
                "Ask what helps."
            )
            source = f"Save-it plan of {date_words(plan.made_on, facts.today)}"
            reason = Reason(ReasonKind.CHECK_DAY, about_plan(plan), text, source)
            its_day = "Its day was" if plan.check_on < facts.today else "Its day is"
            because = f"{its_day} {date_words(plan.check_on, facts.today)}."
            yield Found(reason, because, Days(first=plan.check_on))


def about_plan(plan: SaveItPlan) -> str:
    """What the reason is about."""
    return f"{PLAN}:{plan.id}"


def plan_of(about: str) -> int | None:
    """The plan that a reason is about, by what it names; None for any other."""
    kind, _, number = about.partition(":")
    return int(number) if kind == PLAN else None
