"""Reasons from sessions and field days: what came of the last, and the next."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.accounts.bench import why_meet
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.coverage import COMPONENT_OF
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import DAYS, date_words
from bot.domain.todo.origins import Origin
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import name_words, otherwise_words, whose, words

APPOINTMENTS = {
    InteractionKind.SESSION: ("strategy session", "Ask what {name} wants to cover."),
    InteractionKind.FIELD_DAY: ("field day", "Ask {name} which customer matters most."),
}

OFFERS = {
    Component.SESSION: "your next strategy session",
    Component.FIELD_DAY: "your next field day",
}

CONTACT = "contact"
"""Before the id of a touch that is gone on from, in what a reason is about."""


def progress(facts: ReasonFacts) -> Iterator[Found]:
    """What moved ahead, as it was named in the last session."""
    for named in facts.plans:
        if named.progress:
            moved = words(named.progress)
            text = f"{facts.name} moved ahead, under {named.title}: “{moved}”. Say you noticed."
            day = date_words(named.agreed_on, facts.today)
            about = f"progress:{named.session}:{named.key}"
            source = _from("session", facts, named.earlier, day)
            beside = otherwise_words(named.otherwise, facts)
            reason = Reason(ReasonKind.PROGRESS, about, text, source, beside)
            yield Found(reason, f"{named.earlier or 'You'} named it in the session of {day}.")


def plans(facts: ReasonFacts) -> Iterator[Found]:
    """The plans of the last session. Topics take turns, another one first each week."""
    weeks = facts.monday.toordinal() // 7
    standing = [plan for plan in facts.plans if plan.text]
    for place, plan in enumerate(standing):
        text = f"{facts.name} plans, under {plan.title}: “{words(plan.text)}”. Ask what would help."
        day = date_words(plan.agreed_on, facts.today)
        about = f"plan:{plan.session}:{plan.key}"
        beside = otherwise_words(plan.otherwise, facts)
        source = _from("session", facts, plan.earlier, day)
        reason = Reason(ReasonKind.PLAN, about, text, source, beside)
        turn = (place - weeks) % len(standing)
        yield Found(reason, f"From the session of {day}.", lift=-turn)


def focus(facts: ReasonFacts) -> Iterator[Found]:
    """What the rep works on since the last field day."""
    if facts.focus is not None:
        text = f"{facts.name} is working on “{words(facts.focus.text)}”. Ask what helps with it."
        day = date_words(facts.focus.agreed_on, facts.today)
        about = f"focus:{facts.focus.field_day}"
        beside = otherwise_words(facts.focus.otherwise, facts)
        source = _from("field day", facts, facts.focus.earlier, day)
        reason = Reason(ReasonKind.FOCUS, about, text, source, beside)
        yield Found(reason, f"The focus of {whose(facts.focus.earlier)} field day on {day}.")


def _from(what: str, facts: ReasonFacts, earlier: str | None, day: str) -> str:
    """Where it comes from: the manager's own talk, or one that an earlier manager had."""
    if earlier is None:
        return f"From your {what} on {day}"
    return f"From {facts.name}'s {what} with {earlier}, {day}"


def planned(facts: ReasonFacts) -> Iterator[Found]:
    """A session or field day of this week."""
    for one in facts.coming:
        if not max(facts.begins, facts.today) <= one.day <= facts.ends:
            continue
        what, ask = APPOINTMENTS[one.kind]
        day = DAYS[one.day.weekday()]
        of = whose(facts.teller) if facts.teller else "Your"
        if facts.teller:
            ask = "Ask {name} what would help before then."
        text = f"{of} {what} with {facts.name} is on {day}. {ask.format(name=facts.name)}"
        source = f"Planned for {date_words(one.day, facts.today)}"
        reason = Reason(ReasonKind.PLANNED, f"appointment:{one.id}", text, source)
        yield Found(reason, f"{source}.", Days(one.day, one.day))


def components_due(facts: ReasonFacts) -> Iterator[Found]:
    """A day to offer for what is next by the rhythm."""
    # Half the team a week: a list that says the same of everyone helps nobody.
    if (facts.monday.toordinal() // 7 + facts.place_id) % 2:
        return
    planned_ones = {COMPONENT_OF[one.kind] for one in facts.coming}
    for component in facts.due:
        if component in planned_ones or component not in OFFERS:
            continue
        text = f"Offer {facts.name} a day for {OFFERS[component]}."
        if component is Component.FIELD_DAY and facts.meet is not None:
            meet = replace(facts.meet, name=name_words(facts.meet.name))
            text = f"{text} {why_meet(meet, facts.name)}"
        source = "How often you meet"
        reason = Reason(ReasonKind.DUE, f"due:{component}", text, source)
        yield Found(reason, "By the team's rhythm it is next.")


def origin_of_follow_up(about: str) -> Origin:
    """The contact, or where the line noted at set-up stands."""
    return Origin.CONTACT if about.startswith(f"{CONTACT}:") else Origin.SETTINGS


def follow_up(facts: ReasonFacts) -> Iterator[Found]:
    """What came of what was last talked about; or of the line noted at set-up, where that was last
    week's reason."""
    if facts.talked is not None:
        day = date_words(facts.talked.occurred_on, facts.today)
        text = f"With {facts.name} it was about “{words(facts.talked.about)}”."
        source, about = f"From the contact on {day}", f"{CONTACT}:{facts.talked.id}"
    elif facts.first_line and facts.last_kind is ReasonKind.FIRST_LINE:
        text = f"Noted for {facts.name}: “{words(facts.first_line)}”."
        source = f"The line about {facts.name}"
        about = f"line:{facts.place_id}:again"
    else:
        return
    reason = Reason(ReasonKind.FOLLOW_UP, about, f"{text} Ask what came of it.", source)
    yield Found(reason, "It came up lately, and it is a good place to go on.")
