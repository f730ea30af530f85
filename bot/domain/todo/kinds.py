"""The kinds of reasons: where each comes from, what it says, and who may read it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.typed_text import listed, shorten
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.results.coverage import COMPONENT_OF
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import DAYS, date_words
from bot.domain.todo.reasons import Ranked, Reason, ReasonFacts, ReasonKind, StandInReads
from bot.domain.workspaces.names import fold

KEPT_LATELY = timedelta(days=14)

PLANS_LAST = timedelta(days=14)
"""How long before the week a rep's promise was kept, or was to be, and is still talked about."""

NEWS_LASTS = timedelta(days=7)
"""How long before the week someone may have come (back) and still be welcomed in it."""

QUESTIONS = (
    "Ask {name} what went well lately that nobody noticed.",
    "Ask {name} what is in the way that you could clear.",
    "Ask {name} which customer is a pleasure to work with right now, and why.",
    "Ask {name} what customers say lately that the whole team should hear.",
    "Ask {name} what one thing would make next week easier.",
    "Ask {name} which customer you could visit together.",
    "Ask {name} which competitor comes up lately, and how.",
    "Ask {name} what the team could stop doing.",
    "Ask {name} what would be good to learn next, and who could show it.",
    "Ask {name} where a second pair of hands would help most.",
    "Ask {name} who in the company deserves a thank-you from you both.",
    "Ask {name} which deal is the most fun, and what makes it so.",
)

QUESTIONS_A_WEEK = 3

APPOINTMENTS = {
    InteractionKind.SESSION: ("strategy session", "Ask what {name} wants to cover."),
    InteractionKind.FIELD_DAY: ("field day", "Ask {name} which customer matters most."),
}

OFFERS = {
    Component.SESSION: "your next strategy session",
    Component.FIELD_DAY: "your next field day",
}

ISSUE_QUESTIONS = (
    "ask {name} which customers it touches first.",
    "ask {name} what customers will say to it.",
    "ask {name} what would help to explain it.",
)
"""In turns, so that a list does not say the same of everyone."""

WORDS_SHOWN = 200

NAMES_SHOWN = 3

Source = Callable[[ReasonFacts], Iterable[Ranked]]


def _owed(facts: ReasonFacts) -> Iterator[Ranked]:
    for promise in facts.promises:
        later = promise.due_on is not None and promise.due_on > facts.ends
        if _owes(promise, Owner.MANAGER) and promise.raised_on is None and not later:
            yield _of_owed(promise, facts)


def _raised(facts: ReasonFacts) -> Iterator[Ranked]:
    for promise in facts.promises:
        if _owes(promise, Owner.MANAGER) and promise.raised_on is not None:
            yield _of_raised(promise, facts)


def _offered(facts: ReasonFacts) -> Iterator[Ranked]:
    for promise in facts.promises:
        if _owes(promise, Owner.REP) and promise.due_on is not None:
            yield from _of_offered(promise, promise.due_on, facts)


def _kept(facts: ReasonFacts) -> Iterator[Ranked]:
    for promise in facts.promises:
        kept_on = promise.kept_on
        said = promise.answer is not Answer.NOT_SO and not promise.deleted
        if promise.owner is Owner.REP and kept_on is not None and said:
            yield from _of_kept(promise, kept_on, facts)


def _owes(promise: Promise, owner: Owner) -> bool:
    return promise.owner is owner and promise.is_open and promise.answer is not Answer.NOT_SO


def _of_owed(promise: Promise, facts: ReasonFacts) -> Ranked:
    who = facts.teller or "You"
    text = f"{who} told {facts.name}: “{_words(promise.what)}”{_by(promise.due_on, facts)}."
    due = _due(promise.due_on, facts) or ", without a day"
    because = f"{who} owe{'s' if facts.teller else ''} it{due}."
    # Without a date it does not press like one that has come due.
    weight = KINDS[ReasonKind.PROMISE_OWED].weight - (20 if promise.due_on is None else 0)
    return _of_promise(ReasonKind.PROMISE_OWED, promise, text, because, facts, weight)


def between_us_words(name: str) -> str:
    """That a rep raised something between the two of them. Not what: the list is kept and exported,
    and read on a phone beside others."""
    return f"{name} raised something between the two of you."


def _of_raised(promise: Promise, facts: ReasonFacts) -> Ranked:
    taken = ""
    if promise.due_on is not None:
        taken = f" You took it on{_by(promise.due_on, facts)}."
    raised = f"{facts.name} raised: “{_words(promise.what)}”."
    if promise.between_us:
        raised = between_us_words(facts.name)
    text = f"{raised}{taken} Anything to tell {facts.name}?"
    due = promise.due_on is not None and promise.due_on <= facts.ends
    weight = KINDS[ReasonKind.PROMISE_OWED if due else ReasonKind.RAISED].weight
    if promise.due_on is not None and not due:
        # Taken on for a later week, it lets go first what nobody has taken on yet.
        weight -= 5
    because = f"{facts.name} raised it, and it is still open{_due(promise.due_on, facts)}."
    return _of_promise(ReasonKind.RAISED, promise, text, because, facts, weight)


def _of_offered(promise: Promise, due_on: date, facts: ReasonFacts) -> Iterator[Ranked]:
    if not facts.begins - PLANS_LAST <= due_on <= facts.ends:
        return
    # Once its day has passed, to bring it up again and again would be checking up.
    if due_on < facts.begins and f"promise:{promise.id}" in facts.said:
        return
    ahead = due_on >= max(facts.today, facts.begins)
    when = f" for {DAYS[due_on.weekday()]}" if ahead else ""
    who = facts.teller or "You"
    noted = f"{who} noted for {facts.name}{',' if when else ''}{when}"
    plan = f"{facts.name}'s plan{when}" if promise.is_agreed else noted
    text = f"{plan}: “{_words(promise.what)}”. Offer a hand."
    whose = f"{facts.name}'s own promise" if promise.is_agreed else f"{who} noted it"
    because = f"{whose}{_due(due_on, facts)}."
    yield _of_promise(ReasonKind.REP_PROMISE, promise, text, because, facts)


def _of_kept(promise: Promise, kept_on: date, facts: ReasonFacts) -> Iterator[Ranked]:
    if kept_on < facts.begins - KEPT_LATELY:
        return
    did, what = ("kept", "A promise kept") if promise.is_agreed else ("did", "A step done")
    text = f"{facts.name} {did} it: “{_words(promise.what)}”. Say you noticed."
    day = date_words(kept_on, facts.today)
    source = f"{'Kept' if promise.is_agreed else 'Done'} on {day}"
    reason = Reason(ReasonKind.PROMISE_KEPT, f"kept:{promise.id}", text, source)
    yield Ranked(reason, KINDS[reason.kind].weight, f"{what} on {day}.")


def _welcome_back(facts: ReasonFacts) -> Iterator[Ranked]:
    if facts.back is not None:
        back, time_off = facts.back
        ahead = back > facts.today and back >= facts.begins
        when = f" on {DAYS[back.weekday()]}" if ahead else ""
        text = f"{facts.name} is back{when}. Say welcome; share what moved."
        source = f"{facts.name}'s time off"
        reason = Reason(ReasonKind.WELCOME_BACK, f"time_off:{time_off}", text, source)
        because = f"The first working day back is {date_words(back, facts.today)}."
        yield Ranked(reason, KINDS[reason.kind].weight, because)


def _new_on_team(facts: ReasonFacts) -> Iterator[Ranked]:
    if facts.joined_on is not None:
        whose = "the" if facts.teller else "your"
        welcome = "Say welcome; ask what would make the first weeks easier."
        text = f"{facts.name} is new on {whose} team. {welcome}"
        source = f"On the team from {date_words(facts.joined_on, facts.today)}"
        reason = Reason(ReasonKind.NEW_ON_TEAM, f"joined:{facts.place_id}", text, source)
        yield Ranked(reason, KINDS[reason.kind].weight, f"{source}.")


def _introductions(facts: ReasonFacts) -> Iterator[Ranked]:
    yield from _known_alone(facts)
    yield from _passing(facts)


def _known_alone(facts: ReasonFacts) -> Iterator[Ranked]:
    if facts.leaves_on is None:
        return
    day = date_words(facts.leaves_on, facts.today)
    for one in facts.introductions:
        whom = f"{_listed(one.people)} at {one.account}" if one.people else one.account
        text = f"Of the team only {facts.name} knows {whom}. Plan a visit with whoever takes over."
        about = f"introduction:{fold(one.account)}"
        reason = Reason(ReasonKind.INTRODUCTION, about, text, f"{facts.name}'s field days")
        because = f"{facts.name}'s last day on the team is before {day}."
        # A key account before the others.
        weight = KINDS[reason.kind].weight + (4 if one.is_key else 0)
        yield Ranked(reason, weight, because, facts.leaves_on)


def _passing(facts: ReasonFacts) -> Iterator[Ranked]:
    for one in facts.passing:
        planned, whom = one.transition, _listed(one.people)
        day = date_words(planned.day, facts.today)
        if one.here:
            other = planned.takes_over.name
            ahead = f"takes over {planned.account} from {day} on"
            takes = ahead if planned.day > facts.today else f"has taken over {planned.account}"
            ask = f"to introduce {other} to {whom}" if whom else "for an introduction there"
            text = f"{other} {takes}. Ask {facts.name} {ask}."
        else:
            know = f"get to know {whom}" if whom else "meet everyone there"
            text = f"{facts.name} takes over {planned.account}. Ask what would help to {know}."
        source = f"The transition you planned on {date_words(planned.planned_on, facts.today)}"
        reason = Reason(ReasonKind.INTRODUCTION, f"transition:{planned.id}", text, source)
        because = f"{planned.account} passes on {day}, and the introduction is still to be made."
        yield Ranked(reason, KINDS[reason.kind].weight + 4, because, planned.day)


def _issues(facts: ReasonFacts) -> Iterator[Ranked]:
    for issue in facts.issues:
        if issue.starts_on > facts.ends or issue.ends_on < max(facts.today, facts.begins):
            continue
        ask = ISSUE_QUESTIONS[facts.place_id % len(ISSUE_QUESTIONS)].format(name=facts.name)
        text = f"“{_words(issue.text)}”: {ask}"
        ahead = issue.starts_on > facts.today
        since = f" from {date_words(issue.starts_on, facts.today)}" if ahead else ""
        until = date_words(issue.ends_on, facts.today)
        whose = f"{facts.teller}'s" if facts.teller else "Your"
        source = f"{whose} issue of the day,{since} until {until}"
        reason = Reason(ReasonKind.ISSUE_OF_THE_DAY, f"issue:{issue.id}", text, source)
        yield Ranked(reason, KINDS[reason.kind].weight, "It touches everyone on the team.")


def _progress(facts: ReasonFacts) -> Iterator[Ranked]:
    for named in facts.plans:
        if named.progress:
            words = _words(named.progress)
            text = f"{facts.name} moved ahead, under {named.title}: “{words}”. Say you noticed."
            day = date_words(named.agreed_on, facts.today)
            about = f"progress:{named.session}:{named.key}"
            source = f"From your session on {day}"
            beside = _beside(named.otherwise, facts)
            reason = Reason(ReasonKind.PROGRESS, about, text, source, beside)
            yield Ranked(
                reason, KINDS[reason.kind].weight, f"You named it in the session of {day}."
            )


def _plans(facts: ReasonFacts) -> Iterator[Ranked]:
    weeks = facts.monday.toordinal() // 7
    plans = [plan for plan in facts.plans if plan.text]
    for place, plan in enumerate(plans):
        text = (
            f"{facts.name} plans, under {plan.title}: “{_words(plan.text)}”. Ask what would help."
        )
        day = date_words(plan.agreed_on, facts.today)
        about = f"plan:{plan.session}:{plan.key}"
        beside = _beside(plan.otherwise, facts)
        reason = Reason(ReasonKind.PLAN, about, text, f"From your session on {day}", beside)
        # Topics take turns, another one first each week.
        turn = (place - weeks) % len(plans)
        yield Ranked(reason, KINDS[reason.kind].weight - turn, f"From the session of {day}.")


def _focus(facts: ReasonFacts) -> Iterator[Ranked]:
    if facts.focus is not None:
        text = f"{facts.name} is working on “{_words(facts.focus.text)}”. Ask what helps with it."
        day = date_words(facts.focus.agreed_on, facts.today)
        about = f"focus:{facts.focus.field_day}"
        beside = _beside(facts.focus.otherwise, facts)
        reason = Reason(ReasonKind.FOCUS, about, text, f"From your field day on {day}", beside)
        yield Ranked(reason, KINDS[reason.kind].weight, f"The focus of your field day on {day}.")


def _planned(facts: ReasonFacts) -> Iterator[Ranked]:
    for one in facts.coming:
        if not max(facts.begins, facts.today) <= one.day <= facts.ends:
            continue
        what, ask = APPOINTMENTS[one.kind]
        day = DAYS[one.day.weekday()]
        whose = f"{facts.teller}'s" if facts.teller else "Your"
        if facts.teller:
            ask = "Ask {name} what would help before then."
        text = f"{whose} {what} with {facts.name} is on {day}. {ask.format(name=facts.name)}"
        source = f"Planned for {date_words(one.day, facts.today)}"
        reason = Reason(ReasonKind.PLANNED, f"appointment:{one.id}", text, source)
        yield Ranked(reason, KINDS[reason.kind].weight, f"{source}.", one.day)


def _due_components(facts: ReasonFacts) -> Iterator[Ranked]:
    # Half the team a week: a list that says the same of everyone helps nobody.
    if (facts.monday.toordinal() // 7 + facts.place_id) % 2:
        return
    planned = {COMPONENT_OF[one.kind] for one in facts.coming}
    for component in facts.due:
        if component in planned or component not in OFFERS:
            continue
        text = f"Offer {facts.name} a day for {OFFERS[component]}."
        source = "How often you meet"
        reason = Reason(ReasonKind.DUE, f"due:{component}", text, source)
        yield Ranked(reason, KINDS[reason.kind].weight, "By the rhythm you set it is next.")


def _first_line(facts: ReasonFacts) -> Iterator[Ranked]:
    if facts.first_line:
        text = f"You noted for {facts.name}: “{_words(facts.first_line)}”. A good place to pick up."
        source = f"Your line about {facts.name}"
        reason = Reason(ReasonKind.FIRST_LINE, f"line:{facts.place_id}", text, source)
        yield Ranked(reason, KINDS[reason.kind].weight, "What you had in mind at the start.")


def _questions(facts: ReasonFacts) -> Iterator[Ranked]:
    weeks = facts.monday.toordinal() // 7
    # One further after each round, so that every question has its turn as the first of its week;
    # by place, so that two managers of a rep do not ask the same.
    rounds = weeks * QUESTIONS_A_WEEK // len(QUESTIONS)
    first = QUESTIONS_A_WEEK * weeks + rounds + facts.place_id
    for turn in range(QUESTIONS_A_WEEK):
        place = (first + turn) % len(QUESTIONS)
        reason = Reason(
            ReasonKind.OPEN_QUESTION,
            f"question:{place}",
            QUESTIONS[place].format(name=facts.name),
            "An open question",
        )
        because = "Always a good question, another one each week."
        yield Ranked(reason, KINDS[reason.kind].weight - turn, because)


def _listed(names: tuple[str, ...]) -> str:
    """Names in a sentence, the first few of many."""
    shown = [_words(name) for name in names[:NAMES_SHOWN]]
    if len(names) > NAMES_SHOWN:
        return f"{', '.join(shown)} and others"
    return listed(shown)


def _beside(otherwise: str | None, facts: ReasonFacts) -> str | None:
    return f"{facts.name} remembers it differently: “{_words(otherwise)}”." if otherwise else None


def _words(typed: str) -> str:
    """Somebody's words on one line, shortened where they are long."""
    return shorten(" ".join(typed.split()), WORDS_SHOWN)


def _of_promise(
    kind: ReasonKind,
    promise: Promise,
    text: str,
    because: str,
    facts: ReasonFacts,
    weight: int | None = None,
) -> Ranked:
    day = date_words(promise.raised_on or promise.made_on, facts.today)
    whose = f"{facts.teller}'s" if facts.teller else "your"
    source = f"From {whose} contact on {day}" if promise.interaction_id else f"Noted on {day}"
    reason = Reason(kind, f"promise:{promise.id}", text, source)
    return Ranked(reason, weight or KINDS[kind].weight, because, promise.due_on)


def _by(due_on: date | None, facts: ReasonFacts) -> str:
    if due_on is None:
        return ""
    if max(facts.today, facts.begins) <= due_on <= facts.ends:
        return f", by {DAYS[due_on.weekday()]}"
    return f", by {date_words(due_on, facts.today)}"


def _due(due_on: date | None, facts: ReasonFacts) -> str:
    return f", due {date_words(due_on, facts.today)}" if due_on else ""


@dataclass(frozen=True)
class KindOfReason:
    """All that goes for a kind of reason.

    `weight`: the higher, the sooner, in the order that people find natural: what is owed, then what
    is open. `called`: what it is, to the manager; `{name}` is the rep. `source` finds such reasons
    among what is known, and words them. `stand_in`: whether a colleague who stands in reads it;
    there is no usual answer, somebody decides. `once`: said once, it is said; asked again in the
    same words it would be a form letter. `takes_turns`: it is not used two weeks in a row where
    another is near; what does not comes again until it is closed. `of_a_contact`: its `about` names
    the session or field day that it is from. `subject`: what a contact was about that had it, where
    it quotes nobody's words.
    """

    weight: int
    called: str
    source: Source
    stand_in: StandInReads
    once: bool = False
    takes_turns: bool = True
    of_a_contact: bool = False
    subject: str = ""


KINDS: Mapping[ReasonKind, KindOfReason] = {
    ReasonKind.PROMISE_OWED: KindOfReason(
        100, "a promise of yours", _owed, StandInReads.TICKED, takes_turns=False
    ),
    ReasonKind.RAISED: KindOfReason(
        90,
        "something {name} raised",
        _raised,
        StandInReads.NEVER,
        takes_turns=False,
        subject="what was raised",
    ),
    ReasonKind.REP_PROMISE: KindOfReason(80, "{name}'s own promise", _offered, StandInReads.TICKED),
    ReasonKind.WELCOME_BACK: KindOfReason(
        70,
        "a welcome back",
        _welcome_back,
        StandInReads.ALWAYS,
        once=True,
        subject="welcome back",
    ),
    ReasonKind.NEW_ON_TEAM: KindOfReason(
        70,
        "a welcome to the team",
        _new_on_team,
        StandInReads.ALWAYS,
        once=True,
        subject="the first weeks on the team",
    ),
    ReasonKind.PROMISE_KEPT: KindOfReason(
        60, "a promise kept", _kept, StandInReads.TICKED, once=True
    ),
    ReasonKind.PROGRESS: KindOfReason(
        60,
        "progress from a session",
        _progress,
        StandInReads.NEVER,
        once=True,
        of_a_contact=True,
    ),
    ReasonKind.INTRODUCTION: KindOfReason(
        55,
        "an introduction to make",
        _introductions,
        StandInReads.NEVER,
        subject="an introduction to make",
    ),
    ReasonKind.ISSUE_OF_THE_DAY: KindOfReason(
        50, "an issue of the day", _issues, StandInReads.ALWAYS, once=True
    ),
    ReasonKind.PLAN: KindOfReason(
        45, "a plan from a session", _plans, StandInReads.NEVER, once=True, of_a_contact=True
    ),
    ReasonKind.FOCUS: KindOfReason(
        45, "the focus of a field day", _focus, StandInReads.NEVER, once=True, of_a_contact=True
    ),
    ReasonKind.FIRST_LINE: KindOfReason(
        40, "a line of yours", _first_line, StandInReads.NEVER, once=True
    ),
    ReasonKind.PLANNED: KindOfReason(
        35,
        "something planned",
        _planned,
        StandInReads.ALWAYS,
        subject="what to cover next time",
    ),
    ReasonKind.DUE: KindOfReason(
        30,
        "a day to offer",
        _due_components,
        StandInReads.NEVER,
        once=True,
        subject="a day for the next time",
    ),
    ReasonKind.OPEN_QUESTION: KindOfReason(10, "an open question", _questions, StandInReads.ALWAYS),
}
"""The one table of kinds. What a stand-in reads is what is allowed here, and nothing else."""


def contact_of(reason: Reason) -> int | None:
    """The session or field day whose words a reason quotes, by the id of that contact; None where
    it quotes none of any."""
    return int(reason.about.split(":")[1]) if KINDS[reason.kind].of_a_contact else None
