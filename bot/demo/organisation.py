"""A sales organisation with twelve weeks behind it, for trying Windshield without Slack.

All of it is kept through the services, as if people had done it on those days; nothing is random
that does not come out the same every time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from bot.context import AppContext
from bot.demo import further, handing_over, results
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.drafts import DraftKind, DraftStep
from bot.domain.field_days import FIRST, FieldDayEntry, FieldDayNotes, typed_of
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.results.results import Period
from bot.domain.sessions.sessions import CLOSE, CloseEntry, StepEntry, TopicNotes, TopicShape
from bot.domain.sessions.steps import Step, as_typed
from bot.domain.team.calendar import instant, local_date, monday_of
from bot.domain.todo.lists import SlotState
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.people import Actor, zone_named
from bot.screens.team.people import ensure_profiles
from bot.services import field_days, promises
from bot.services.contacts import private_notes, touches
from bot.services.meetings import agenda, agenda_view, meetings
from bot.services.meetings import notes as meeting_notes
from bot.services.results import director, saving
from bot.services.sessions import sessions, sharing
from bot.services.team import introductions, setup
from bot.services.todo import issues, lists, rows
from slack_sandbox import Person, Sandbox

WEEKS = 12
CHANNELS = ("call", "call", "video", "chat", "in person", "email", "voicemail", "")

ABOUT = (
    "the {account} renewal, they want a longer term",
    "how the {account} demo went",
    "{account}: new buyer, meeting next week",
    "pipeline for the quarter, two deals moved up",
    "the price sheet for {account}",
    "{account} went quiet after the pilot, thinking about who else to call",
    "their week, and the trade fair",
    "{account} asked for a reference customer",
    "the handover at {account}",
    "a win at {account}, said well done",
    "preparing the {account} review",
    "a competitor at {account}, sixty days to pay",
)
NEXT_TIME = "ask how the demo went, and who was there"
NEXT_TIME_IN = 5
"""One in so many rows that are done has a line for the next time."""

RAISED = (
    "quotes take four days",
    "the demo laptop is too slow",
    "two leads went to the wrong region",
    "no time for new business with all the reporting",
    "the price sheet misses the bundles",
    "customers ask for a longer trial",
)
MANAGER_PROMISES = (
    "join the {account} call",
    "price sheet for {account}",
    "talk to legal about the {account} contract",
    "a second pair of hands for the fair",
    "an answer on the {account} discount",
)
REP_PROMISES = (
    "call three dormant accounts",
    "{account} renewal signed",
    "lead the {account} demo",
    "write up the {account} pilot",
    "meet the new buyer at {account}",
)
FIRST_LINES = (
    "the {account} renewal",
    "getting to know {account}",
    "I promised a second demo laptop",
    "building a pipeline in the north",
    "",
)
NOTES = (
    "Wants to lead a team one day. Think about what to hand over.",
    "Two big reviews fall into one week in May; offer to take one.",
    "Has an idea for the trade fair. Ask about it before the agenda goes out.",
)
PLANS = (
    "win the north, {account} first",
    "two new contacts at {account} each month",
    "five first meetings a week until the fair",
    "renew {account} before the price change",
)
CHANGED = (
    "the buyer at {account} moved on",
    "{account} asked for a longer trial",
    "two deals moved up, one away",
)
MET = ("Jo Lee", "Kim Ray and Ann Bo", "Pat Quist", "Jo Lee & Max Orr")
OUTCOMES = ("wants a trial", "happy with the service", "asks for terms in writing", "")
RESULTS = "visits as planned, new meetings a little behind"
STRENGTHS = ("listens first", "knows the plant by heart", "asks good questions")
FOCUSES = ("asking for the next step", "bringing the buyer in early", "shorter first meetings")
TOPICS = (
    "trade fair in May: who comes along?",
    "field: customers ask for shorter contracts",
    "win: the whole of last week's demos were ours",
    "quotes: what would make them faster?",
    "field: purchasing is moving to head offices",
    "skill: opening a cold call",
)
ACCOUNTS = ("Acme", "Hooli", "Northwind", "Initech", "Globex", "Umbrella", "Stark", "Wayne")


@dataclass(frozen=True)
class Team:
    """A manager, the reps, their channel, and where they are; `director` is with whom the manager
    shares whether things are happening."""

    name: str
    zone: str
    country: str
    manager: Person
    reps: Sequence[Person]
    channel: str
    director: Person | None = None


DIRECTOR = "Lea Diaz"
SHARED = 2
"""So many of the teams are shared with the director; it is off until its manager shares it."""

TEAMS = (
    (
        "emea",
        "Europe/Berlin",
        "DE-BE",
        "Dana Moss",
        (
            "Sam Stone",
            "Lena Fox",
            "Raj Rao",
            "Ines Ortega",
            "Tom Ash",
            "Ada Ek",
            "Ben Cole",
            "Mia Lo",
        ),
    ),
    (
        "americas",
        "America/New_York",
        "US",
        "Marcus Lind",
        ("Zoe Park", "Omar Diaz", "Kate Byrne", "Luis Prado", "Nora Webb", "Eli Grant"),
    ),
    (
        "india",
        "Asia/Kolkata",
        "IN",
        "Priya Nair",
        ("Arjun Mehta", "Divya Shah", "Kabir Singh", "Leela Das", "Rohan Iyer"),
    ),
)


def found(slack: Sandbox) -> list[Team]:
    """Everyone in Slack, with a channel for each team and one for all."""
    teams = []
    for name, zone, country, manager_name, rep_names in TEAMS:
        manager = slack.add_person(manager_name, tz=zone, title="Sales manager")
        reps = [slack.add_person(rep, tz=zone, title="Account executive") for rep in rep_names]
        channel = slack.add_channel(f"{name}-sales", [manager, *reps])
        teams.append(Team(name, zone, country, manager, reps, channel))
    boss = slack.add_person(DIRECTOR, tz="Europe/London", title="Sales director")
    everyone = [person for team in teams for person in (team.manager, *team.reps)]
    slack.add_channel("general", [*everyone, boss])
    return [*(replace(team, director=boss) for team in teams[:SHARED]), *teams[SHARED:]]


def live(app: AppContext, workspace_id: int, teams: Sequence[Team], now: datetime) -> None:
    """Twelve weeks of each team, up to `now`."""
    for number, team in enumerate(teams):
        _Past(app, Actor(workspace_id, team.manager.id), team, Random(number)).live(now)  # noqa: S311
    dana, marcus, priya = (Actor(workspace_id, team.manager.id) for team in teams)
    handing_over.hand_account_on(app.database, dana, teams[0].reps, now, "an account")
    handing_over.offer_rep(app.database, marcus, teams[1].reps, priya.slack_id, now, "a rep")


class _Past:
    """What a manager and a team did."""

    def __init__(self, app: AppContext, actor: Actor, team: Team, dice: Random) -> None:
        self.app = app
        self.database = app.database
        self.actor = actor
        self.team = team
        self.dice = dice
        self.forms = 0
        self.promised: list[tuple[date, int]] = []
        self.quarters: list[Period] = []
        self.imported = date.min
        self.offered: set[str] = set()

    def live(self, now: datetime) -> None:
        today = local_date(now, zone_named(self.team.zone))
        first = monday_of(today) - timedelta(weeks=WEEKS)
        self.quarters = results.quarters(today)
        # The team is there for both quarters; its manager has been writing down for twelve weeks.
        self._begin(self._at(self.quarters[0].start, 7))
        self.imported = self.quarters[0].start
        for week in range(WEEKS):
            monday = first + timedelta(weeks=week)
            self._results(monday - timedelta(days=1), self._at(monday, 7))
            if week == 0:
                self._plan_to_save(monday)
            self._week(monday)
            self._ride_and_sit_down(week, monday)
            self._meet(monday)
        friday = instant(monday_of(today) - timedelta(days=3), time(9), zone_named(self.team.zone))
        further.round_up_issue(self.database, self.actor, self.team.reps, friday, self._form())
        further.look_ahead(self.database, self.actor, today, now, self._form())
        further.tell_the_team(self.database, self.actor, now, self._form())
        self._gather(now)
        self._results(today - timedelta(days=1), now)
        for rep, days in ((1, 9), (3, 2)):
            # Somebody is back this week, and somebody is away for it.
            off = today - timedelta(days=days + 3), today - timedelta(days=3)
            if rep == 3:
                off = monday_of(today), monday_of(today) + timedelta(days=6)
            who = self.team.reps[rep].id
            setup.add_time_off(self.database, self.actor, who, *off, now)
        if self.team.director is not None:
            ensure_profiles(self.app, self.actor.workspace_id, [self.team.director.id])
            director.share(self.database, self.actor, self.team.director.id, now)
        entry = IssueEntry("price change on 1 January", today, today + timedelta(days=9))
        issues.set_issue(self.database, self.actor, entry, None, now)

    def _begin(self, now: datetime) -> None:
        reps = [rep.id for rep in self.team.reps]
        ensure_profiles(self.app, self.actor.workspace_id, [self.actor.slack_id, *reps])
        changed = setup.choose_reps(self.database, self.actor, reps, now)
        changes = {
            "channel": self.team.channel,
            "country": self.team.country,
            "meeting_days": (0,),
            "meeting_time": time(9, 30),
        }
        setup.change_settings(self.database, self.actor, changes, now)
        lines = {rep: self._words(FIRST_LINES) for rep in reps}
        setup.set_first_lines(self.database, self.actor, lines, now)
        for member in changed.added:
            introductions.claim(self.database, self.actor, member.id, now)

    def _week(self, monday: date) -> None:
        made = lists.this_week(self.database, self.actor, self._at(monday, 8))
        for row in made.rows:
            if row.state is not SlotState.OPEN or self.dice.random() < 0.12:
                continue
            day = row.slot.day or monday
            self._contact(row.slot.id, row.slot.rep.slack_id, self._at(day, 10))
        self._close_promises(monday + timedelta(days=4))

    def _ride_and_sit_down(self, week: int, monday: date) -> None:
        """Every third week a session with each rep, every sixth a field day."""
        for place, rep in enumerate(self.team.reps):
            day = monday + timedelta(days=place % 4)
            if week % 3 == place % 3:
                self._session(rep.id, self._at(day, 14))
            if week % 6 == place % 6:
                self._field_day(place, week, day, self._at(day, 17))

    def _meet(self, monday: date) -> None:
        """The team meets on Monday morning: two items are gathered, and most are ticked."""
        before, after = (
            self._at(monday, 8),
            instant(monday, time(12), zone_named(self.team.zone)),
        )
        for words in self.dice.sample(TOPICS, 2):
            self._add(self.actor, words, before)
        agenda = agenda_view.view(self.database, self.actor, None, before)
        if agenda.agenda is not None and self.dice.random() < 0.85:
            meeting = agenda.agenda.meeting.id
            for item in agenda.agenda.items:
                meeting_notes.tick(self.database, self.actor, meeting, item.id, after)
        with self.database.writing(self.actor.workspace_id) as tx:
            meetings.roll_over(tx, [agenda.team.id], after)

    def _gather(self, now: datetime) -> None:
        """What is on the agenda of the meeting to come: one item waits for the manager."""
        rep = Actor(self.actor.workspace_id, self.team.reps[0].id)
        self._add(self.actor, "price change on 1 January: which customers first?", now)
        self._add(self.actor, "win: two renewals came in early", now)
        self._add(rep, "field: a competitor offers sixty days to pay", now)

    def _results(self, through: date, now: datetime) -> None:
        """What was not imported yet, up to that day."""
        reps = [rep.id for rep in self.team.reps]
        read = results.days_read(self.quarters, self.imported, through)
        workspace = self.actor.workspace_id
        results.bring_in(self.database, workspace, reps, self.quarters, read, now)
        self.imported = through

    def _plan_to_save(self, monday: date) -> None:
        """Somebody's last quarter was in question; when it was over, the two said what helped."""
        last, rep = self.quarters[0], self.team.reps[results.SAVED_BY].id
        made = results.plan_to_save(self.database, self.actor, rep, last, self._at(monday, 9))
        for step in made.steps:
            promises.fulfil(
                self.database, self.actor, step.id, self._at(step.due_on or last.end, 16)
            )
        over = self._at(last.end + timedelta(days=1), 9)
        saving.close(self.database, self.actor, made.plan.id, results.HELPED, over)

    def _add(self, who: Actor, words: str, now: datetime) -> None:
        agenda.add_line(self.database, who, words, None, self._form(), now)

    def _session(self, rep: str, now: datetime) -> None:
        form = sessions.start(self.database, self.actor, rep, self._form(), now)
        draft = form.draft
        plan, changed = self._words(PLANS), self._words(CHANGED)
        due_on = draft.day + timedelta(days=14)
        next_step = as_typed([Step(self._words(REP_PROMISES), due_on=due_on)])
        said = TopicNotes(plan, changed, next_step)
        topic = draft.topics[self.dice.randrange(len(draft.topics))]
        if topic.shape is TopicShape.NUMBER:
            said = replace(said, activity="visits to new accounts", a_week=3)
        step = StepEntry.saying(draft.form, rep, draft.topic_set, topic.key, said)
        sessions.save_step(self.database, self.actor, step, now)
        close = CloseEntry(draft.day, RESULTS, "good talk, thank you")
        last = StepEntry.saying(draft.form, rep, draft.topic_set, CLOSE, close)
        held = sessions.hold(self.database, self.actor, last, now)
        self.promised += [(draft.day, promise.id) for promise in held.logged.raised]
        if rep in (self.team.reps[place].id for place in handing_over.SHARED):
            sharing.share(self.database, self.actor, held.logged.touch.id, rep, now)

    def _field_day(self, place: int, week: int, day: date, now: datetime) -> None:
        visits = tuple(
            Visit(account, self.dice.choice(MET), self.dice.choice(OUTCOMES))
            for account in self.dice.sample(ACCOUNTS, 2)
        )
        notes = FieldDayNotes(
            visits, strength=self.dice.choice(STRENGTHS), focus=self.dice.choice(FOCUSES)
        )
        rep = self.team.reps[place].id
        entry = FieldDayEntry(rep, day, further.of_day(place, week, notes, self.offered))
        form = self._form()
        step = DraftStep(DraftKind.FIELD_DAY, form, FIRST, typed_of(entry), rep=rep)
        made = field_days.log_step(self.database, self.actor, step, now)
        if place in further.SHARED:
            sharing.share(self.database, self.actor, made.logged.touch.id, rep, now)

    def _contact(self, slot: int, rep: str, now: datetime) -> None:
        if self.dice.random() < 0.35:
            done = lists.done(self.database, self.actor, slot, now)
            if done is None:
                return
            touch = done.touch
            if slot % NEXT_TIME_IN == 0:
                rows.note_next_time(self.database, self.actor, slot, NEXT_TIME, now)
        else:
            line = f"<@{rep}> {self.dice.choice(CHANNELS)} {self._words(ABOUT)}"
            touch = touches.log_line(self.database, self.actor, line, now)[0].touch
        today, chance = touch.occurred_on, self.dice.random()
        soon = today + timedelta(days=self.dice.randint(3, 9))
        if chance < 0.16:
            entry = PromiseEntry(rep, Owner.MANAGER, self.dice.choice(RAISED), soon)
            form = self._form()
            made = promises.raise_in_contact(self.database, self.actor, touch.id, entry, form, now)
            self.promised.append((soon, made.promise.id))
        elif chance < 0.45:
            own = chance < 0.25
            what = self._words(MANAGER_PROMISES if own else REP_PROMISES)
            entry = PromiseEntry(rep, Owner.MANAGER if own else Owner.REP, what, soon)
            made = promises.make(self.database, self.actor, entry, self._form(), now, raised=False)
            self.promised.append((soon, made.promise.id))
            # Two of three steps noted for a rep are agreed to by now.
            if not own and made.promise.id % 3:
                as_rep = Actor(self.actor.workspace_id, rep)
                promises.agree(self.database, as_rep, made.promise.id, now)
        elif chance < 0.52:
            note = self.dice.choice(NOTES)
            private_notes.add(self.database, self.actor, touch.id, note, self._form())

    def _close_promises(self, friday: date) -> None:
        """Most of what was due by then has been kept."""
        for due, promise in [one for one in self.promised if one[0] <= friday]:
            if self.dice.random() < 0.75:
                promises.fulfil(self.database, self.actor, promise, self._at(due, 16))
                self.promised.remove((due, promise))

    def _words(self, choices: Sequence[str]) -> str:
        return self.dice.choice(choices).format(account=self.dice.choice(ACCOUNTS))

    def _form(self) -> str:
        self.forms += 1
        return f"{self.team.name}-{self.forms}"

    def _at(self, day: date, hour: int) -> datetime:
        return instant(day, time(hour, self.dice.randint(0, 40)), zone_named(self.team.zone))
