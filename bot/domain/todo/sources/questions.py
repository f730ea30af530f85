"""Open questions: reasons that there always are."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.domain.todo.reasons import Found, Reason, ReasonFacts, ReasonKind

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
    "Ask {name} which first meeting is coming up, and what would make it a good one.",
    "Ask {name} what the rest of the company should know from the field.",
    "Ask {name} which colleague would be good to spend a day with.",
    "Ask {name} what saves time in the week, and what costs it.",
    "Ask {name} which customer would make a good reference.",
    "Ask {name} what would be worth a try that nobody here has tried yet.",
    "Ask {name} which customers ask something that has no good answer yet.",
    "Ask {name} what you could do differently as a manager.",
    "Ask {name} which account could grow, and what that would take.",
    "Ask {name} what deserves a small celebration.",
    "Ask {name} what a customer said that is still on the mind.",
    "Ask {name} what would be a good use of an hour together.",
)

"""Kept by their place among them: a new one comes last."""

QUESTIONS_A_WEEK = 3


def questions(facts: ReasonFacts) -> Iterator[Found]:
    """Those that are this rep's in this week, the first of them before the others."""
    for turn, place in enumerate(facts.questions):
        reason = Reason(
            ReasonKind.OPEN_QUESTION,
            f"question:{place}",
            QUESTIONS[place].format(name=facts.name),
            "An open question",
        )
        yield Found(reason, "Always a good question, another one each week.", lift=-turn)


def question_of(reason: Reason) -> int | None:
    """Which open question a reason is, by its place among them all; None for another kind."""
    if reason.kind is not ReasonKind.OPEN_QUESTION:
        return None
    return int(reason.about.partition(":")[2]) % len(QUESTIONS)


def questions_of_week(
    reps: Sequence[int],
    turn: int,
    *,
    asked: Mapping[int, Sequence[int]],
    standing: Mapping[int, int],
) -> dict[int, tuple[int, ...]]:
    """The questions of each rep in a week, the first before the others.

    No two of a list are alike while there are enough of them, and nobody's is the one that came
    last: `asked` are those of the weeks before, by rep, the latest first. `standing` are those
    that stand on the list already. `turn` is another number each week.
    """
    used = Counter(standing.values())
    given: dict[int, list[int]] = {rep: [] for rep in reps}
    for _ in range(QUESTIONS_A_WEEK):
        for place, rep in enumerate(reps):
            own, before = given[rep], asked.get(rep, ())
            # What stands for the rep is nobody else's, and keeps its turn among the rep's own.
            others = used - Counter([standing[rep]]) if rep in standing else used
            # Each rep begins elsewhere, and elsewhere each week.
            start = QUESTIONS_A_WEEK * place + (QUESTIONS_A_WEEK + 2) * turn
            new = _least_used({*before[:1], *own}, others, before, start)
            own.append(new)
            if new != standing.get(rep):
                used[new] += 1
    for rep, stands in standing.items():
        if rep in given and stands not in given[rep]:
            given[rep] = [stands, *given[rep][:-1]]
    return {rep: tuple(own) for rep, own in given.items()}


def _least_used(
    taken: Collection[int], used: Mapping[int, int], before: Collection[int], start: int
) -> int:
    """The question that is asked least on the list, then one that was not asked lately, then the
    next from `start` on."""
    return min(
        (one for one in range(len(QUESTIONS)) if one not in taken),
        key=lambda one: (used.get(one, 0), one in before, (one - start) % len(QUESTIONS)),
    )


def question_asked(question: str) -> str:
    """What an open question asks for, as the subject of a contact."""
    return question.removeprefix("Ask {name} ").rstrip(".")
