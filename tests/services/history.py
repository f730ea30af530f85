"""A team that has everything an export may have, for as many reps and weeks as are wanted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from bot.domain.accounts.visits import Led
from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import Practice
from bot.domain.meetings.meetings import Dropped
from bot.domain.promises import Owner
from bot.domain.results.results import Better, MetricKind
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.settings import DEFAULT_SECTIONS, Direction, MeetingSettings, TeamSettings
from bot.domain.todo.reasons import ReasonKind
from storage.accounts import accounts, acquaintances, market
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.models import (
    AccountDate,
    AccountDateSource,
    AgendaItem,
    Appointment,
    Carried,
    Cleared,
    FieldDay,
    Interaction,
    IssueAnswer,
    IssueOfTheDay,
    MarketNote,
    Meeting,
    Membership,
    Metric,
    Promise,
    Reading,
    Result,
    SaveItAnswer,
    SaveItPlan,
    SaveItStep,
    Session,
    SessionTopic,
    Sharing,
    Slot,
    TeamPromise,
    TimeOff,
    TodoList,
    Transition,
    Visit,
)
from storage.sessions import plans, sessions
from storage.team import teams
from tests.services.counting import PATIENCE
from tests.storage.own_rows import select_own, update_own
from tests.storage.world import add_people

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MONDAY = NOW.date()
WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
SETTINGS = TeamSettings(
    zone="Europe/Berlin",
    channel="C0TEAM",
    country="DE-BY",
    meeting_days=(0,),
    meeting_time=time(9),
    meeting=MeetingSettings(place="Room 2"),
)

EACH_WEEK, EVERY_OTHER, EVERY_FOURTH = 1, 2, 4
"""Touches, slots and meetings; sessions; field days, issues of the day, days away."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class History:
    """A manager's team with its past, and how much of each kind there is to export."""

    manager: str
    team_id: int
    counts: dict[str, int]


def seed(
    database: Database,
    workspace_id: int,
    manager: str,
    *,
    reps: int,
    weeks: int,
    patience: float = PATIENCE,
) -> History:
    """That manager's team with so many reps and so many weeks behind it, the current one the last.

    Every week a touch and a slot a rep and a meeting with two items; every other a session with
    each rep, which was planned, is shared and left a promise; every fourth a field day with two
    visits, and days away. `patience` in seconds.
    """
    with database.writing(workspace_id, patience=patience) as tx:
        names = [f"{manager}X{number:03}" for number in range(reps)]
        people = add_people(tx, [manager, *names])
        own = people.pop(manager)
        team_id = teams.create(tx, own, SETTINGS, NOW)
        return _Past(tx, team_id, own, list(people.values()), weeks).write(manager)


def outlive_a_meeting(tx: Transaction) -> None:
    """The first thing that was promised to the team stands, and its meeting does not any more."""
    first = tx.first(select_own(TeamPromise, TeamPromise.id).order_by(TeamPromise.id))
    update_own(tx, TeamPromise, TeamPromise.id == first.id, meeting_id=None)


def counts_of(document: Mapping[str, Any]) -> dict[str, int]:
    """How much of each kind an export has, to compare with what a history has."""
    nested = {
        "topics": ("sessions", "topics"),
        "visits": ("field_days", "visits"),
        "slots": ("todo_lists", "slots"),
        "items": ("meetings", "items"),
        "team_promises": ("meetings", "team_promises"),
    }
    found = {name: len(rows) for name, rows in document.items() if isinstance(rows, list)}
    for name, (outer, inner) in nested.items():
        found[name] = sum(len(one[inner]) for one in document[outer])
    found["scheduled"] = sum(
        one["scheduled_for"] is not None for one in (*document["sessions"], *document["field_days"])
    )
    found["shared"] = sum(
        one["rep_words"] != "" for one in (*document["sessions"], *document["field_days"])
    )
    return found


class _Past:
    """What is written for one team."""

    def __init__(
        self, tx: Transaction, team_id: int, manager: int, reps: list[int], weeks: int
    ) -> None:
        self.tx = tx
        self.team_id = team_id
        self.manager = manager
        self.reps = reps
        self.mondays = [MONDAY - n * WEEK for n in reversed(range(weeks))]
        self.counts: dict[str, int] = {}

    def write(self, manager: str) -> History:
        self._places()
        self._meetings()
        touches = self._contacts(InteractionKind.TOUCH, EACH_WEEK)
        held = self._contacts(InteractionKind.SESSION, EVERY_OTHER)
        out = self._contacts(InteractionKind.FIELD_DAY, EVERY_FOURTH)
        self._lists(held[0][0])
        self._sessions([one for one, *_ in held])
        self._field_days([one for one, *_ in out])
        self._heard(out)
        self._planned_and_shared(InteractionKind.SESSION, held)
        self._planned_and_shared(InteractionKind.FIELD_DAY, out)
        plans.follow(self.tx, [(self.team_id, rep) for rep in self.reps])
        self.counts["plans"] = len(DEFAULT_TOPICS) * len({rep for _, rep, _ in held})
        self._promises(touches[: len(self.reps)], held, out)
        self._rest()
        self.counts |= {"scheduled": len(held) + len(out), "shared": len(held) + len(out)}
        return History(manager, self.team_id, self.counts)

    def _add(self, model: Any, rows: Rows, name: str | None = None) -> list[int]:
        """New rows; their ids. `name` is what the export calls them."""
        ask = self.tx.connection.execute
        before = ask(select(func.coalesce(func.max(model.id), 0))).scalar_one()
        self.tx.insert_all(model, rows)
        if name is not None:
            self.counts[name] = self.counts.get(name, 0) + len(rows)
        return list(ask(select(model.id).where(model.id > before).order_by(model.id)).scalars())

    def _places(self) -> None:
        """The first rep has left and come back, and has a rhythm of its own."""
        rows = [
            {"team_id": self.team_id, "rep_id": rep, "joined_on": date(2016, 1, 4)}
            | {"left_on": None, "first_line": "price sheet"}
            | dict.fromkeys(("session_ideal", "field_day_ideal", "contact_ideal"), 9)
            | dict.fromkeys(("session_latest", "field_day_latest", "contact_latest"), 12)
            for rep in self.reps
        ]
        left = {**rows[0], "joined_on": date(2015, 1, 5), "left_on": date(2015, 9, 1)}
        self._add(Membership, [left, *rows])
        self.counts |= {"reps": len(self.reps), "transition_packs": len(self.reps)}

    def _lists(self, session: int) -> None:
        """Each slot has a question, but the first, which quotes that session."""
        own = {"team_id": self.team_id}
        lists = self._add(
            TodoList, [{**own, "monday": day, "made_at": NOW} for day in self.mondays], "todo_lists"
        )
        question = {
            "kind": ReasonKind.OPEN_QUESTION,
            "about": "question:1",
            "text": "Ask what went well.",
            "source": "An open question",
        }
        plan = {
            "kind": ReasonKind.PLAN,
            "about": f"plan:{session}:territory",
            "text": "Rep plans: “win the north”. Ask what would help.",
            "source": "From your session",
        }
        self._add(
            Slot,
            [
                {
                    "todo_list_id": one,
                    "rep_id": rep,
                    "day": monday + DAY,
                    "not_this_week": None,
                    "next_time": "ask how the demo went",
                    **(plan if (one, rep) == (lists[0], self.reps[0]) else question),
                }
                for one, monday in zip(lists, self.mondays, strict=True)
                for rep in self.reps
            ],
            "slots",
        )

    def _meetings(self) -> None:
        meetings = self._add(
            Meeting,
            [
                {
                    "team_id": self.team_id,
                    "planned_for": day,
                    "planned_day": day,
                    "planned_at": time(9),
                    "day": day,
                    "at": time(9),
                    "minutes": 45,
                    "place": "Room 2",
                    "lead": 60,
                    "sections": DEFAULT_SECTIONS,
                    "leader_id": self.reps[0],
                    "dropped": Dropped.CANCELLED if day == MONDAY else None,
                }
                for day in self.mondays
            ],
            "meetings",
        )
        done = [self._item(f"done {one}", done_in=one) for one in meetings]
        carried = [self._item(f"carried {one}", done_in=None) for one in meetings]
        self._add(AgendaItem, done, "items")
        self._add(
            Carried,
            [
                {"meeting_id": meeting, "item_id": item}
                for meeting, item in zip(
                    meetings, self._add(AgendaItem, carried, "items"), strict=True
                )
            ],
        )
        promised = [
            {
                "team_id": self.team_id,
                "meeting_id": one,
                "owner_id": self.reps[0],
                "what": "ask finance",
                "made_on": day,
                "due_on": day + WEEK,
                "kept_on": day + DAY,
            }
            for one, day in zip(meetings, self.mondays, strict=True)
        ]
        self._add(TeamPromise, promised, "team_promises")

    def _item(self, text: str, **values: Any) -> dict[str, Any]:
        return {
            "team_id": self.team_id,
            "author_id": self.manager,
            "heard_by_id": self.reps[0],
            "text": text,
            "section": "ahead",
            "minutes": 5,
            "direction": Direction.REAR_VIEW,
            "approved": True,
            "added_on": MONDAY,
            "outcome": "settled",
            **values,
        }

    def _contacts(self, kind: InteractionKind, every: int) -> list[tuple[int, int, date]]:
        """Contacts of that kind with every rep, the newest week first: the id of each, whom with,
        and when."""
        happened = [(rep, day + DAY) for day in self.mondays[::-1][::every] for rep in self.reps]
        rows = [
            {
                "kind": kind,
                "team_id": self.team_id,
                "rep_id": rep,
                "author_id": self.manager,
                "channel": Channel.CALL if kind is InteractionKind.TOUCH else None,
                "occurred_on": day,
                "occurred_at": datetime.combine(day, time(11), UTC),
                "recorded_at": datetime.combine(day, time(12, 30, 1, 5), UTC),
                "about": "the Acme renewal" if kind is InteractionKind.TOUCH else "",
            }
            for rep, day in happened
        ]
        name = "touches" if kind is InteractionKind.TOUCH else f"{kind}s"
        ids = self._add(Interaction, rows, name)
        return [(one, rep, day) for one, (rep, day) in zip(ids, happened, strict=True)]

    def _sessions(self, held: list[int]) -> None:
        topic_set = sessions.add_set(self.tx, self.team_id, 1, DEFAULT_TOPICS)
        topics = sessions.topics(self.tx, self.team_id, topic_set)
        words = {"results": "ahead of plan", "shared_note": "thank you"}
        self._add(
            Session,
            [{"interaction_id": one, "topic_set_id": topic_set, **words} for one in held],
        )
        said = {"plan": "win the north", "changed": "two closed", "next_step": "call Jo"}
        said_in_numbers = {"activity": "visits to new accounts", "a_week": 3}
        self._add(
            SessionTopic,
            [
                {"interaction_id": one, "topic_id": topic.id, "progress": True}
                | said
                | said_in_numbers
                for one in held
                for topic in topics
            ],
            "topics",
        )

    def _field_days(self, out: list[int]) -> None:
        words = {
            "rep_view": "went well",
            "strength": "listens first",
            "focus": "the next step",
            "market": "a price war",
            "practice": Practice.TOGETHER,
        }
        self._add(FieldDay, [{"interaction_id": one, **words} for one in out])
        details = {"outcome": "a trial", "role": "buyer", "next_step": "send terms"}
        known = accounts.ensure(self.tx, self.team_id, ["Acme", "Hooli"])
        self._add(
            Visit,
            [
                {"interaction_id": one, "place": place, "account": account, "people": "Jo Lee"}
                | {"account_id": known[account], "led_by": Led.REP, **details}
                for one in out
                for place, account in enumerate(("Acme", "Hooli"))
            ],
            "visits",
        )
        acquaintances.follow(self.tx, known.values())
        for account in known.values():
            accounts.tick_key(self.tx, account, is_key=True)
        self.counts["accounts"] = len(known) if out else 1  # which passes on
        said = {"team_id": self.team_id, "account_id": known["Acme"], "what": "renewal"}
        said |= {"day": MONDAY, "written_day": MONDAY, "done_on": MONDAY}
        made = self._add(AccountDate, [said for _ in out], "account_dates")
        self._add(
            AccountDateSource,
            [
                {"date_id": one, "contact_id": contact, "written": "Acme", "noted_on": MONDAY}
                for one, contact in zip(made, out, strict=True)
            ],
        )

    def _heard(self, out: list[tuple[int, int, date]]) -> None:
        account = accounts.named(self.tx, self.team_id, "Acme")
        tagged, _ = market.add_tag(self.tx, self.team_id, "price")
        notes = self._add(
            MarketNote,
            [
                {
                    "team_id": self.team_id,
                    "interaction_id": one,
                    "author_id": self.manager,
                    "rep_id": rep,
                    "heard_on": day,
                    "account_id": account,
                    "account": "Acme",
                    "text": "a price war",
                    "place": 0,
                }
                for one, rep, day in out
            ],
            "market_notes",
        )
        market.set_tags(self.tx, {one: [tagged] for one in notes})

    def _planned_and_shared(
        self, kind: InteractionKind, contacts: list[tuple[int, int, date]]
    ) -> None:
        self._add(
            Appointment,
            [
                {
                    "team_id": self.team_id,
                    "rep_id": rep,
                    "kind": kind,
                    "day": day,
                    "made_on": day - WEEK,
                    "after_contact": one - 1,
                }
                for one, rep, day in contacts
            ],
        )
        self._add(
            Sharing,
            [
                {
                    "interaction_id": one,
                    "rep_id": rep,
                    "shared_at": NOW,
                    "seen_at": NOW,
                    "rep_words": "I want Acme too",
                    "objection": "we agreed on Acme first",
                    "objection_beside": True,
                }
                for one, rep, *_ in contacts
            ],
        )

    def _promises(self, *contacts: list[tuple[int, int, date]]) -> None:
        """One from each of those contacts, and one that was raised and closed."""
        rows = [
            {
                "team_id": self.team_id,
                "rep_id": rep,
                "owner": Owner.REP,
                "what": "send the sheet",
                "made_on": day,
                "due_on": day + WEEK,
                "kept_on": day + DAY,
                "closing_words": "",
                "interaction_id": one,
                "topic_key": "pipeline",
                "ramp_day": 7,
            }
            for those in contacts
            for one, rep, day in those
        ]
        none = {"due_on": None, "kept_on": None, "interaction_id": None, "topic_key": ""}
        raised = {"raised_on": MONDAY, "dropped_on": MONDAY, "closing_words": "solved"}
        self._add(Promise, rows, "promises")
        (done,) = self._add(
            Promise, [{**rows[0], "owner": Owner.MANAGER, **none, **raised}], "promises"
        )
        line = {"text": "quotes go out in two days now", "month": MONDAY.replace(day=1)}
        said = {"asked": True, "answer": ClearedAnswer.YES, "posted_on": MONDAY, "gone": False}
        self._add(Cleared, [{"team_id": self.team_id, "promise_id": done, **line, **said}])

    def _rest(self) -> None:
        months = self.mondays[::-1][::EVERY_FOURTH]
        self._add(
            TimeOff,
            [
                {"person_id": who, "starts_on": day, "ends_on": day + DAY}
                for day in months
                for who in (self.manager, *self.reps)
            ],
            "time_off",
        )
        span = {"team_id": self.team_id, "text": "price change"}
        issues = self._add(
            IssueOfTheDay,
            [{**span, "starts_on": day, "ends_on": day + DAY} for day in months],
            "issues_of_the_day",
        )
        said: dict[str, Any] = {"text": "Acme will ask", "noted_on": MONDAY, "not_so_on": MONDAY}
        self._add(
            IssueAnswer,
            [{"issue_id": one, "rep_id": rep, **said} for one in issues for rep in self.reps],
        )
        self._results()
        acme = accounts.named(self.tx, self.team_id, "Acme")
        passing: dict[str, Any] = {"team_id": self.team_id, "leaves_id": self.reps[0]}
        passing |= {"takes_over_id": self.reps[-1], "account_id": acme, "day": MONDAY}
        self._add(
            Transition,
            [{**passing, "planned_on": MONDAY, "introduced_on": MONDAY}],
            "transitions",
        )

    def _results(self) -> None:
        """A reading a week of each rep's month."""
        made: dict[str, Any] = {"key": "visits", "name": "Visits", "unit": "visits"}
        made |= {"kind": MetricKind.LAGGING, "chosen": True, "better": Better.MORE}
        (metric,) = self._add(Metric, [{"team_id": self.team_id, **made}])
        months = sorted({day.replace(day=1) for day in self.mondays})
        spans = [(rep, month) for rep in self.reps for month in months]
        ids = self._add(
            Result,
            [
                {"team_id": self.team_id, "rep_id": rep, "metric_id": metric}
                | {"starts_on": month, "ends_on": month + 27 * DAY}
                for rep, month in spans
            ],
        )
        of = dict(zip(spans, ids, strict=True))
        self._add(
            Reading,
            [
                {"result_id": of[rep, day.replace(day=1)], "as_of": day}
                | {"target": Decimal(20), "actual": Decimal("7.5")}
                for rep in self.reps
                for day in self.mondays
            ],
            "results",
        )
        self._save_it_plans(metric, months)

    def _save_it_plans(self, metric: int, months: list[date]) -> None:
        """A plan a month of each rep's, its one step a promise of theirs."""
        spans = [(rep, month) for rep in self.reps for month in months]
        plan: dict[str, Any] = {"team_id": self.team_id, "metric_id": metric, "a_week": 5}
        plan |= {"leading": "visits", "helper": "Kim", "helped": "the list"}
        plans = self._add(
            SaveItPlan,
            [
                plan
                | {"rep_id": rep, "starts_on": month, "ends_on": month + 27 * DAY}
                | {"made_on": month, "check_on": month + 14 * DAY, "closed_on": month + 14 * DAY}
                for rep, month in spans
            ],
            "save_it_plans",
        )
        promise = {"team_id": self.team_id, "owner": Owner.REP, "what": "call", "closing_words": ""}
        steps = self._add(
            Promise,
            [promise | {"rep_id": rep, "made_on": month} for rep, month in spans],
            "promises",
        )
        self._add(
            SaveItStep,
            [{"plan_id": one, "promise_id": step} for one, step in zip(plans, steps, strict=True)],
        )
        self._add(
            SaveItAnswer,
            [
                {"plan_id": one, "monday": month, "count": 4, "counted": "visits"}
                for one, (_, month) in zip(plans, spans, strict=True)
            ],
        )
