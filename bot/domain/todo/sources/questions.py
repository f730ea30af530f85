"""Open questions: reasons that there always are."""

from collections.abc import Iterator

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
)

QUESTIONS_A_WEEK = 3


def questions(facts: ReasonFacts) -> Iterator[Found]:
    """Another few each week."""
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
        yield Found(reason, "Always a good question, another one each week.", lift=-turn)


def question_asked(reason: Reason) -> str:
    """What an open question asks for, as the subject of a contact."""
    question = QUESTIONS[int(reason.about.partition(":")[2]) % len(QUESTIONS)]
    return question.removeprefix("Ask {name} ").rstrip(".")
