"""The kinds of reasons: one table of all that goes for each."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.team.settings import Direction
from bot.domain.todo.origins import Origin, ReasonSource
from bot.domain.todo.reasons import Found, Reason, ReasonFacts, ReasonKind, StandInReads
from bot.domain.todo.sources import (
    accounts,
    issues,
    people,
    promises,
    questions,
    results,
    saving,
    talks,
    thanks,
)
from bot.domain.workspaces.people import Person

Source = Callable[[ReasonFacts], Iterable[Found]]

OriginOf = Callable[[str], Origin]
"""Where a reason comes from whose kind has two places, by what it is about."""


@dataclass(frozen=True)
class KindOfReason:
    """All that goes for a kind of reason.

    `weight`: the higher, the sooner, in the order that people find natural: what is owed, then what
    is open. `called`: what it is, to the manager; `{name}` is the rep. `source` finds such reasons
    among what is known, and words them. `origin` is what **Where it comes from** opens; None for
    what comes from nowhere but itself, of which no source is named either. `stand_in`: whether a
    colleague who stands in reads it; there is no usual answer, somebody decides. `direction`:
    whether a contact for it looks back at results or ahead, which somebody decides too. `once`:
    said once, it is said; asked again in the same words it would be a form letter. `takes_turns`:
    it is not used two weeks in a row where another is near, and fills at most a third of a list;
    what does not comes again until it is closed. `of_everyone`: it is the same for every rep, so
    that beyond its third a question of their own is better. `of_a_contact`: its `about` names the
    session or field day that it is from. `of_numbers`: it is about a result; all such kinds
    together fill at most a quarter of a list.
    `in_time`: of those, it is about what can still be saved, which has its part of that quarter
    first. `asks_for_plan`: its row has **Save-it plan**. `always`: there is one for every rep in
    any week, for whoever has nothing else, so that no share of a list limits it. `settled`: once it
    was said, its words are not gone on from: a promise comes up while it is open, and a thank-you
    was one. `thanks`: how thanks before the team begin, to the rep of that name, where it
    recognises something. `subject`: what a contact was about that had it, where it quotes nobody's
    words. `unsaid`: the words it quotes were written for the manager alone, and no contact is about
    them, which its rep may have in a copy. `of_others`: it may quote what was said of another rep.
    """

    weight: int
    called: str
    source: Source
    origin: Origin | OriginOf | None
    stand_in: StandInReads
    direction: Direction
    once: bool = False
    takes_turns: bool = True
    of_everyone: bool = False
    of_a_contact: bool = False
    of_numbers: bool = False
    in_time: bool = False
    asks_for_plan: bool = False
    always: bool = False
    settled: bool = False
    thanks: Callable[[str, Reason], str] | None = None
    subject: str = ""
    unsaid: bool = False
    of_others: bool = False


AHEAD, BACK = Direction.FORWARD, Direction.REAR_VIEW

KINDS: Mapping[ReasonKind, KindOfReason] = {
    ReasonKind.PROMISE_OWED: KindOfReason(
        100,
        "a promise of yours",
        promises.owed,
        Origin.PROMISE,
        StandInReads.TICKED,
        AHEAD,
        takes_turns=False,
        settled=True,
        subject="a promise",
    ),
    ReasonKind.RAISED: KindOfReason(
        90,
        "something {name} raised",
        promises.raised,
        Origin.PROMISE,
        StandInReads.NEVER,
        AHEAD,
        takes_turns=False,
        settled=True,
        subject="what was raised",
    ),
    ReasonKind.REP_PROMISE: KindOfReason(
        80,
        "{name}'s own promise",
        promises.offered,
        Origin.PROMISE,
        StandInReads.TICKED,
        AHEAD,
        settled=True,
        subject="a promise",
    ),
    ReasonKind.WELCOME_BACK: KindOfReason(
        70,
        "a welcome back",
        people.welcome_back,
        Origin.SETTINGS,
        StandInReads.ALWAYS,
        AHEAD,
        once=True,
        subject="welcome back",
    ),
    ReasonKind.NEW_ON_TEAM: KindOfReason(
        70,
        "a welcome to the team",
        people.new_on_team,
        Origin.SETTINGS,
        StandInReads.ALWAYS,
        AHEAD,
        once=True,
        subject="the first weeks on the team",
    ),
    ReasonKind.RAMP_STEP: KindOfReason(
        70,
        "a step of {name}'s first weeks",
        promises.ramp_steps,
        Origin.PROMISE,
        StandInReads.TICKED,
        AHEAD,
        subject="the first weeks on the team",
    ),
    ReasonKind.PROMISE_KEPT: KindOfReason(
        60,
        "a promise kept",
        promises.kept,
        Origin.PROMISES,
        StandInReads.TICKED,
        AHEAD,
        once=True,
        thanks=thanks.for_a_promise,
        settled=True,
        subject="a promise kept",
    ),
    ReasonKind.PROGRESS: KindOfReason(
        60,
        "progress from a session",
        talks.progress,
        Origin.CONTACT,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        of_a_contact=True,
        thanks=thanks.for_progress,
        settled=True,
    ),
    ReasonKind.RESULT_AHEAD: KindOfReason(
        60,
        "a result ahead of plan",
        results.ahead,
        Origin.FIGURES,
        StandInReads.NEVER,
        BACK,
        once=True,
        of_numbers=True,
        thanks=thanks.for_a_result,
        subject="what goes well",
    ),
    ReasonKind.EARLY_WARNING: KindOfReason(
        57,
        "a result that can still be made",
        results.early_warning,
        Origin.FIGURES,
        StandInReads.NEVER,
        AHEAD,
        of_numbers=True,
        asks_for_plan=True,
        in_time=True,
        subject="what would help just now",
        unsaid=True,
        of_others=True,
    ),
    ReasonKind.NEXT_PERIOD: KindOfReason(
        52,
        "the next period's first weeks",
        results.next_period,
        Origin.FIGURES,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        of_numbers=True,
        subject="the weeks to come",
    ),
    ReasonKind.CHECK_DAY: KindOfReason(
        85,
        "the day to look at a plan",
        saving.check_days,
        Origin.SAVE_IT_PLAN,
        StandInReads.NEVER,
        AHEAD,
        asks_for_plan=True,
        subject="the save-it plan",
    ),
    ReasonKind.INTRODUCTION: KindOfReason(
        55,
        "an introduction to make",
        accounts.introductions,
        accounts.origin_of_introduction,
        StandInReads.NEVER,
        AHEAD,
        subject="an introduction to make",
    ),
    ReasonKind.ACCOUNT_DATE: KindOfReason(
        54,
        "a date at an account",
        accounts.dates,
        Origin.ACCOUNT_DATE,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        subject="a date at an account",
        unsaid=True,
        of_others=True,
    ),
    ReasonKind.ISSUE_OF_THE_DAY: KindOfReason(
        50,
        "an issue of the day",
        issues.issues,
        Origin.ISSUES,
        StandInReads.ALWAYS,
        AHEAD,
        once=True,
        of_everyone=True,
    ),
    ReasonKind.NEXT_TIME: KindOfReason(
        48,
        "what was noted for next time",
        people.next_time,
        Origin.NOTED,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        subject="what to come back to",
        unsaid=True,
    ),
    ReasonKind.PLAN: KindOfReason(
        45,
        "a plan from a session",
        talks.plans,
        Origin.CONTACT,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        of_a_contact=True,
    ),
    ReasonKind.FOCUS: KindOfReason(
        45,
        "the focus of a field day",
        talks.focus,
        Origin.CONTACT,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        of_a_contact=True,
    ),
    ReasonKind.FIRST_LINE: KindOfReason(
        40,
        "the line about {name}",
        people.first_line,
        Origin.SETTINGS,
        StandInReads.NEVER,
        AHEAD,
        once=True,
    ),
    ReasonKind.PLANNED: KindOfReason(
        35,
        "something planned",
        talks.planned,
        Origin.APPOINTMENT,
        StandInReads.ALWAYS,
        AHEAD,
        subject="what to cover next time",
    ),
    ReasonKind.FOLLOW_UP: KindOfReason(
        33,
        "what you last talked about",
        talks.follow_up,
        talks.origin_of_follow_up,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        settled=True,
    ),
    ReasonKind.DUE: KindOfReason(
        30,
        "a day to offer",
        talks.components_due,
        Origin.SETTINGS,
        StandInReads.NEVER,
        AHEAD,
        once=True,
        of_everyone=True,
        subject="a day for the next time",
    ),
    ReasonKind.OPEN_QUESTION: KindOfReason(
        10, "an open question", questions.questions, None, StandInReads.ALWAYS, AHEAD, always=True
    ),
}
"""The one table of kinds. What a stand-in reads is what is allowed here, and nothing else."""


def origin_of(reason: Reason) -> Origin | None:
    """What a reason comes from; None where it comes from nowhere but itself."""
    origin = KINDS[reason.kind].origin
    return origin(reason.about) if callable(origin) else origin


def source_of(rep: Person, reason: Reason) -> ReasonSource:
    """Where that reason comes from, and which one it is."""
    number = reason.about.split(":")[1]
    return ReasonSource(
        rep, origin_of(reason), reason.about, int(number) if number.isdecimal() else 0
    )


def contact_of(reason: Reason) -> int | None:
    """The session or field day whose words a reason quotes, by the id of that contact; None where
    it quotes none of any."""
    return int(reason.about.split(":")[1]) if KINDS[reason.kind].of_a_contact else None
