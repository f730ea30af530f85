"""What lies further ahead in the demo: a competitor's offer that spreads, key accounts that one rep
alone knows, an account date, an issue of the day that is over, a strength that fits a focus, and
something that was raised and is done.

Nothing here is drawn by lot, so that all else in the demo stays as it is."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.cleared import ClearedWords
from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep, Typed
from bot.domain.field_days import FieldDayNotes
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.people import Actor
from bot.services.accounts import accounts, dates
from bot.services.contacts import cleared
from bot.services.todo import issues, round_up
from slack_sandbox import Person
from storage.database.engine import Database

OFFER = "a competitor offers sixty days to pay #payment-terms"
SPREADS_FROM = 8
"""The week of the twelve in which the offer is heard first: all that follow are within thirty
days."""

BEFORE = {
    2: "wants deliveries twice a week #delivery",
    3: "plans a second plant #new-plant",
    4: "asks for shorter delivery times #delivery",
}
"""What was heard in earlier weeks, at too few customers to be proposed for the team."""

KEY_ACCOUNTS = {0: Visit("Vandelay", "Ida Holm"), 2: Visit("Tyrell", "Leo Bryant")}
"""Where the rep of that place alone has been, with whom they met there."""

STRENGTHS = {1: "opens first meetings well"}
FOCUSES = {4: "shorter first meetings"}
SHARED = frozenset({*STRENGTHS, *FOCUSES})
"""Places of reps who read what was written down of their field days."""

DATED, RENEWAL = "Vandelay", timedelta(days=44)
"""The date of that account: it is on the list six weeks before, and again two weeks before."""

ISSUE = "the new delivery times"
SAID = (
    "two customers will ask for it in writing",
    "most are glad, as long as Mondays stay",
    "nobody asked so far",
)

TOLD = "It is dealt with: thank you for saying so"
"""In the words of the manager, whatever was raised."""


def of_day(place: int, week: int, notes: FieldDayNotes, heard: set[str]) -> FieldDayNotes:
    """A field day with the rep of that place on the team, in that week of the twelve; `heard` are
    the accounts that have the offer by then, and is added to."""
    return replace(
        notes,
        visits=(*notes.visits, KEY_ACCOUNTS[place]) if place in KEY_ACCOUNTS else notes.visits,
        strength=STRENGTHS.get(place, notes.strength),
        focus=FOCUSES.get(place, notes.focus),
        market=_market(week, [visit.account for visit in notes.visits], heard),
    )


def _market(week: int, visited: list[str], heard: set[str]) -> str:
    if week < SPREADS_FROM:
        return f"{visited[0]}: {BEFORE[week]}" if week in BEFORE else ""
    account = next((one for one in visited if one not in heard), visited[0])
    heard.add(account)
    return f"{account}: {OFFER}"


def look_ahead(database: Database, actor: Actor, today: date, now: datetime, form: str) -> None:
    """Key accounts are ticked, and one of them has a date. Writes."""
    for visit in KEY_ACCOUNTS.values():
        page = accounts.find(database, actor, visit.account, now).page
        if page is not None:
            accounts.tick_key(database, actor, page.account.id, now, is_key=True)
    dates.add_typed(database, actor, f"{DATED} renewal {today + RENEWAL}", form, now)


def round_up_issue(
    database: Database, actor: Actor, reps: Sequence[Person], friday: datetime, form: str
) -> None:
    """That Friday is the last day of an issue, and some said something to it. Writes."""
    day = friday.date()
    entry = IssueEntry(ISSUE, day - timedelta(days=1), day)
    issue = issues.set_issue(database, actor, entry, f"{form}-issue", friday)
    for number, (rep, words) in enumerate(zip(reps, SAID, strict=False)):
        round_up.add(database, actor, issue.id, rep.id, words, f"{form}-said-{number}", friday)


def tell_the_team(database: Database, actor: Actor, now: datetime, form: str) -> None:
    """A line is written of what was raised and done last month, and whoever raised it is asked;
    none where nothing was. Writes."""
    month = cleared.to_tell(database, actor, now)
    if month is None:
        return
    words = {month.items[0].promise.id: ClearedWords(TOLD)}
    sent = DraftStep(DraftKind.CLEARED, form, ONE_STEP, Typed(), day=month.month)
    cleared.write(database, actor, sent, words, now)
    cleared.ask(database, actor, month.month, now)
