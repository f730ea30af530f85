"""Reasons from issues of the day."""

from collections.abc import Iterator

from bot.domain.team.calendar import date_words
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import whose, words

ISSUE_QUESTIONS = (
    "ask {name} which customers it touches first.",
    "ask {name} what customers will say to it.",
    "ask {name} what would help to explain it.",
)
"""In turns, so that a list does not say the same of everyone."""


def issues(facts: ReasonFacts) -> Iterator[Found]:
    """Those that the manager set for days of this week."""
    for issue in facts.issues:
        if issue.starts_on > facts.ends or issue.ends_on < max(facts.today, facts.begins):
            continue
        ask = ISSUE_QUESTIONS[facts.place_id % len(ISSUE_QUESTIONS)].format(name=facts.name)
        text = f"“{words(issue.text)}”: {ask}"
        ahead = issue.starts_on > facts.today
        since = f" from {date_words(issue.starts_on, facts.today)}" if ahead else ""
        until = date_words(issue.ends_on, facts.today)
        issue_of = f"{whose(facts.teller)} issue" if facts.teller else "Issue"
        source = f"{issue_of} of the day,{since} until {until}"
        reason = Reason(ReasonKind.ISSUE_OF_THE_DAY, f"issue:{issue.id}", text, source)
        days = Days(issue.starts_on, issue.ends_on)
        yield Found(reason, "It touches everyone on the team.", days)
