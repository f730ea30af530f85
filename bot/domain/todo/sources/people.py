"""Reasons from who comes, comes back, and what was noted of a rep at the start."""

from collections.abc import Iterator

from bot.domain.team.calendar import DAYS, date_words
from bot.domain.todo.reasons import Days, Found, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.words import words


def welcome_back(facts: ReasonFacts) -> Iterator[Found]:
    """The rep is back from days away."""
    if facts.back is not None:
        back, time_off = facts.back
        ahead = back > facts.today and back >= facts.begins
        when = f" on {DAYS[back.weekday()]}" if ahead else ""
        text = f"{facts.name} is back{when}. Say welcome; share what moved."
        source = f"{facts.name}'s time off"
        reason = Reason(ReasonKind.WELCOME_BACK, f"time_off:{time_off}", text, source)
        because = f"The first working day back is {date_words(back, facts.today)}."
        yield Found(reason, because, Days(back, back))


def new_on_team(facts: ReasonFacts) -> Iterator[Found]:
    """The rep has joined."""
    if facts.joined_on is not None:
        whose = "the" if facts.teller else "your"
        welcome = "Say welcome; ask what would make the first weeks easier."
        text = f"{facts.name} is new on {whose} team. {welcome}"
        source = f"On the team from {date_words(facts.joined_on, facts.today)}"
        reason = Reason(ReasonKind.NEW_ON_TEAM, f"joined:{facts.place_id}", text, source)
        yield Found(reason, f"{source}.", Days(facts.joined_on, facts.joined_on))


def first_line(facts: ReasonFacts) -> Iterator[Found]:
    """What was noted of the rep at set-up, by whoever managed them then."""
    if facts.first_line:
        text = f"Noted for {facts.name}: “{words(facts.first_line)}”. A good place to pick up."
        source = f"The line about {facts.name}"
        reason = Reason(ReasonKind.FIRST_LINE, f"line:{facts.place_id}", text, source)
        yield Found(reason, "It was noted at the start.")


def next_time(facts: ReasonFacts) -> Iterator[Found]:
    """What was noted for the next time, by whoever managed the rep then."""
    if facts.next_time is not None:
        text = f"For next time with {facts.name}: “{words(facts.next_time.text)}”."
        source = f"From the list of the week of {date_words(facts.next_time.monday, facts.today)}"
        about = f"next_time:{facts.next_time.slot}"
        reason = Reason(ReasonKind.NEXT_TIME, about, text, source)
        yield Found(reason, "It was written under “Next time”.")
