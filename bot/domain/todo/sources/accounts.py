"""Reasons from accounts: who is to be introduced to whom there, and what is on some day."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.accounts.dates import LEADS, AccountDate, lead_of
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.calendar import date_words
from bot.domain.todo.origins import Origin
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import name_words, names_listed, whose, words
from bot.domain.workspaces.words import within

KEY_ACCOUNT = 4
"""What an introduction gains at a key account, or where it was planned, before the others."""

ABOUT_DATE = "account_date"
"""Before the id of an account date, its day and how many days ahead it is, in what a reason is
about: moved, it is another."""

PASSING = "transition"
"""Before the id of a transition."""

SOONER = 3
"""What an account date gains two weeks ahead."""

FROM = {
    InteractionKind.SESSION: "From {whose} session on",
    InteractionKind.FIELD_DAY: "From {whose} field day on",
    None: "The date noted on",
}


def introductions(facts: ReasonFacts) -> Iterator[Found]:
    """Those still to be made."""
    yield from _known_alone(facts)
    yield from _passing(facts)


def origin_of_introduction(about: str) -> Origin:
    """The transition that was planned, or those to be planned with who leaves."""
    return Origin.TRANSITION if about.startswith(f"{PASSING}:") else Origin.TRANSITIONS


def dates(facts: ReasonFacts) -> Iterator[Found]:
    """What is on some day at an account that the rep has: once six weeks ahead, once two."""
    for one in facts.dates:
        lead = lead_of(one, max(facts.begins, facts.today), facts.ends)
        if lead is None:
            continue
        day, account = date_words(one.day, facts.today), name_words(one.account)
        text = (
            f"{account}'s “{words(one.what)}” is on {day}. "
            f"Ask {facts.name} who there should hear from us before."
        )
        about = f"{ABOUT_DATE}:{one.id}:{one.day.isoformat()}:{lead.days}"
        source = source_words(one, facts.today)
        reason = Reason(ReasonKind.ACCOUNT_DATE, about, text, source)
        span = Days(first=one.day - lead, last=one.day - timedelta(days=1))
        because = f"It is on {day}, and comes up six and two weeks before."
        yield Found(reason, because, span, SOONER if lead == LEADS[-1] else 0)


def source_words(one: AccountDate, today: date) -> str:
    """Where a date was said: the first of each kind."""
    said = [
        f"{FROM[each.kind].format(whose=whose(each.earlier))} {date_words(each.noted_on, today)}"
        for each in one.first_of_kinds
    ]
    return " and ".join([said[0], *map(within, said[1:])])


def _known_alone(facts: ReasonFacts) -> Iterator[Found]:
    if facts.leaves_on is None:
        return
    day = date_words(facts.leaves_on, facts.today)
    for one in facts.introductions:
        whom = name_words(one.account)
        if one.people:
            whom = f"{names_listed(one.people)} at {whom}"
        text = f"Of the team only {facts.name} knows {whom}. Plan a visit with whoever takes over."
        about = f"introduction:{one.account_id}"
        reason = Reason(ReasonKind.INTRODUCTION, about, text, f"{facts.name}'s field days")
        because = f"{facts.name}'s last day on the team is before {day}."
        lift = KEY_ACCOUNT if one.is_key else 0
        yield Found(reason, because, Days(last=facts.leaves_on), lift)


def _passing(facts: ReasonFacts) -> Iterator[Found]:
    # The form says that until the introduction is made the list of each week brings it up.
    for one in facts.passing:
        planned, whom = one.transition, names_listed(one.people)
        day, account = date_words(planned.day, facts.today), name_words(planned.account)
        if one.here:
            other = planned.takes_over.name
            ahead = f"takes over {account} from {day} on"
            takes = ahead if planned.day > facts.today else f"has taken over {account}"
            ask = f"to introduce {other} to {whom}" if whom else "for an introduction there"
            text = f"{other} {takes}. Ask {facts.name} {ask}."
        else:
            know = f"get to know {whom}" if whom else "meet everyone there"
            text = f"{facts.name} takes over {account}. Ask what would help to {know}."
        source = f"The transition planned on {date_words(planned.planned_on, facts.today)}"
        reason = Reason(ReasonKind.INTRODUCTION, f"{PASSING}:{planned.id}", text, source)
        because = f"{account} passes on {day}, and the introduction is still to be made."
        yield Found(reason, because, Days(last=planned.day), KEY_ACCOUNT, stays=True)
