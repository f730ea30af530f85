"""For how long things are kept: what goes once it is older, by which date, and what outlives it.

Source: “Data” of the product's description: what stands now outlives its source, and deleting is
soft for thirty days, then real. A workspace keeps everything until somebody deletes it, unless
whoever runs it says for how many months. Days are those of UTC: what is old is so by months, and
who is where makes no difference to it.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

MOST_MONTHS = 1200
"""A hundred years: what is meant by more is for ever."""

TAKEN_BACK_WITHIN = timedelta(days=30)
"""For as long as that somebody may find that what took another's place was a mistake."""

LIST_LASTS = timedelta(days=6)
"""From the Monday that names a list to the last day of its week."""


class Kind(StrEnum):
    """What goes by itself, in the order in which it does: what leads to something goes before it,
    and what is settled by something goes with it or before."""

    SAVE_IT_PLANS = "save-it plans"
    PROMISES = "promises"
    APPOINTMENTS = "appointments"
    MARKET_NOTES = "market notes"
    TOUCHES = "touches"
    SESSIONS = "strategy sessions"
    FIELD_DAYS = "field days"
    TEAM_PROMISES = "team promises"
    MEETINGS = "team meetings"
    ITEMS = "agenda items"
    LISTS = "to-do lists"
    ISSUES = "issues of the day"
    RESULTS = "results"
    PERIOD_WORDS = "words on the page of a period"
    ACCOUNT_DATES = "account dates"
    FIRST_LINES = "lines at set-up"
    PROGRESS = "progress named"
    PLANS_BEFORE = "plans that others followed"
    FOCUSES_BEFORE = "focuses that others followed"
    HANDOVERS = "handovers"
    MEMBERSHIPS = "memberships"
    NOTES = "private notes"
    DRAFTS = "drafts"
    TIME_OFF = "days off"
    SUBMISSIONS = "forms sent"
    AUDITS = "records of exports and imports"


@dataclass(frozen=True)
class Rule:
    """`tables` lose rows (or a column's words, named `table.column`) once what `by` says is older
    than what is kept; `outlives` says what stays all the same, "" for nothing. `of_team`: looked
    for team by team."""

    tables: tuple[str, ...]
    by: str
    outlives: str = ""
    of_team: bool = True


_CONTACT = ("interaction", "sharing")

RULES: Mapping[Kind, Rule] = MappingProxyType(
    {
        Kind.SAVE_IT_PLANS: Rule(
            ("save_it_plan", "save_it_step", "save_it_answer"),
            "the last day of its period",
            "its steps, as promises of their own",
        ),
        Kind.PROMISES: Rule(
            ("promise", "cleared", "ticked_promise", "laid_step"),
            "the day it was kept or dropped, or the time asked for was had",
            "what is open, however old; steps of a save-it plan that is kept",
        ),
        Kind.APPOINTMENTS: Rule(
            ("appointment", "preparation"),
            "its day, or that of the contact in which it was held",
            "what is to come, with what was prepared for it",
        ),
        Kind.MARKET_NOTES: Rule(
            ("market_note", "market_note_tag", "market_tag", "market_tag_spelling"),
            "the day it was heard",
            "a tag that another note has",
        ),
        Kind.TOUCHES: Rule(_CONTACT, "the day of the contact", "what was raised and is open"),
        Kind.SESSIONS: Rule(
            (*_CONTACT, "session", "session_topic"),
            "the day of the contact",
            "each topic's plan, with what its rep remembers otherwise; open next steps, shown to "
            "the rep where they were; dates of accounts to come",
        ),
        Kind.FIELD_DAYS: Rule(
            (*_CONTACT, "field_day", "visit"),
            "the day of the contact",
            "the last focus with each rep; who knows whom, since when; accounts; open actions; "
            "dates of accounts to come",
        ),
        Kind.TEAM_PROMISES: Rule(
            ("team_promise",), "the day it was kept or dropped", "what is open"
        ),
        Kind.MEETINGS: Rule(
            ("meeting", "carried", "swap", "agenda_item"),
            "the day of the meeting, with what was done in it",
            "open items and team promises",
        ),
        Kind.ITEMS: Rule(("agenda_item", "carried"), "the day it was dropped", "open items"),
        Kind.LISTS: Rule(("todo_list", "slot"), "the last day of its week"),
        Kind.ISSUES: Rule(("issue_of_the_day", "issue_answer"), "its last day"),
        Kind.RESULTS: Rule(
            ("result", "reading"), "the last day of the period", "periods that run, whole"
        ),
        Kind.PERIOD_WORDS: Rule(("period_words",), "the last day of the period"),
        Kind.ACCOUNT_DATES: Rule(
            ("account_date", "account_date_source"), "the date itself", "dates to come"
        ),
        Kind.FIRST_LINES: Rule(("membership.first_line",), "the rep's first day on the team"),
        Kind.PROGRESS: Rule(
            ("plan.progress",), "the day of a session that is gone", "the plan itself"
        ),
        Kind.PLANS_BEFORE: Rule(
            ("plan",),
            "the day of a session that is gone",
            "while a session that says another plan can still be taken back",
        ),
        Kind.FOCUSES_BEFORE: Rule(
            ("standing_focus",),
            "the day of a field day that is gone",
            "while a field day that says another can still be taken back",
        ),
        Kind.HANDOVERS: Rule(("handover",), "the day it was settled, or else offered"),
        Kind.MEMBERSHIPS: Rule(
            ("membership", "plan", "standing_focus"),
            "the day the rep left, where nothing else is left of them on the team",
            "the plan and focus of whoever is there",
        ),
        Kind.NOTES: Rule(("note",), "the day it was written", of_team=False),
        Kind.DRAFTS: Rule(("draft",), "the day it was last touched", of_team=False),
        Kind.TIME_OFF: Rule(
            ("time_off", "ticked_promise"), "the last day", "days off without an end", of_team=False
        ),
        Kind.SUBMISSIONS: Rule(
            ("submission",), "the day on which it was first seen to be there", of_team=False
        ),
        Kind.AUDITS: Rule(("audit",), "the day of the record", of_team=False),
    }
)
"""One row a kind: a test holds them and `STAYS` against the tables that there are."""

STAYS: Mapping[str, str] = MappingProxyType(
    {
        "workspace": "where all of it is",
        "person": "who somebody is, for as long as anything names them",
        "erased": "who was erased, so that nothing of them comes back",
        "team": "settings as they stand",
        "membership_question": "a Not so stands as long as the place on the first team does; the "
        "others go after five weeks",
        "ramp_step": "a setting of the team",
        "topic_set": "a setting of the team, in versions that plans name",
        "topic": "a setting of the team, in versions that plans name",
        "metric": "what a team counts: a setting",
        "director": "whom a manager shares with now",
        "account": "stands for as long as a visit, a date, a note or somebody's acquaintance does",
        "account_spelling": "goes with its account",
        "acquaintance": "the relationship map: who knows whom now",
        "move": "that a rep moved, and so where they read what went along; no word is in it",
        "transition": "who has an account now",
        "export": "goes a month after it was over; holds no word that people wrote",
        "calendar_address": "where a calendar is subscribed to, until its person ends it",
        "schedule": "what is due next",
        "delivery": "goes five weeks after it was settled; holds no word that people wrote",
        "posted_message": "where a message stands; holds no word that people wrote",
    }
)
"""Tables of which nothing goes by its age, each with why."""


def is_months(months: int) -> bool:
    """Whether that is a number of months that things can be kept for."""
    return 1 <= months <= MOST_MONTHS


@dataclass(frozen=True)
class Kept:
    """What a workspace keeps as of a moment: from `day` on, which in UTC begins at `at`. `settled`:
    what happened before then has stood for as long as a mistake is usually found in."""

    day: date
    settled: date

    @property
    def at(self) -> datetime:
        return datetime.combine(self.day, time(), UTC)

    @property
    def monday(self) -> date:
        """The first Monday whose list is kept: its week is not over before `day`."""
        return self.day - LIST_LASTS


def kept_at(now: datetime, months: int) -> Kept:
    """What is kept then by whoever keeps things for so many months: the same day so many months
    ago and later, the last of its month where that has no such day."""
    today = now.astimezone(UTC).date()
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    if years < 1:
        return Kept(date.min + LIST_LASTS, today - TAKEN_BACK_WITHIN)
    day = min(today.day, monthrange(years, month + 1)[1])
    return Kept(date(years, month + 1, day), today - TAKEN_BACK_WITHIN)


def months_words(months: int) -> str:
    """So many months in words, as years where they are whole."""
    years, rest = divmod(months, 12)
    count, what = (months, "month") if rest else (years, "year")
    return f"{count} {what}{'s' if count > 1 else ''}"
