"""Six weeks of two teams in which words of every kind are written, and everything that anybody got
meanwhile, searched for words that were not for them.

Who may read a kind of words is PRODUCT.md's "Who sees what"; a new kind is one entry in `KINDS`.
"""

import logging
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.results.results import Metric, MetricKind, Period
from bot.exchange.json_export import to_json
from bot.services import promises
from bot.services.binder import export
from bot.services.team import setup
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, PromiseAction
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed
from tests.scenarios.workspaces.crawl import Crawler
from tests.scenarios.workspaces.eyes import MARKED, Eyes, watched
from tests.scenarios.workspaces.rehearsal import Rehearsal
from tests.services.kept_results import keep_result

MONDAY = date(2026, 11, 23)
WEEKS = 6
BESIDE = "All who read what was shared: it stands beside it"
STOOD_IN = 2
"""The week in which the manager is away and somebody stands in."""
SAVED_IN = 3
"""The week in which a save-it plan is written."""


class Reader(StrEnum):
    """Who somebody is to what was written."""

    WRITER = "who wrote it"
    OTHER_SIDE = "the manager or rep whom it was written to"
    COPY = "the rep whom it is about, in a copy that they ask for"
    EXPORT = "the export of an operator"


@dataclass
class Story:
    """Both teams; Lena is on both. Pat is in the channel and on no team."""

    world: World
    dana: Person
    otto: Person
    raj: Person
    lena: Person
    tom: Person
    mia: Person
    nora: Person
    kim: Person
    pat: Person
    channel: str
    written: dict[str, tuple["Kind", Person, Person]] = field(default_factory=dict)
    """By marked word: its kind, who wrote it, and to or about whom."""
    beside: dict[str, str] = field(default_factory=dict)
    """What a rep wants to stand beside a marked word, wherever that is."""

    def word(self, kind: "Kind", writer: Person, other: Person) -> str:
        made = f"zwq{kind.name.replace(' ', '').replace('-', '')}{len(self.written)}"
        assert MARKED.fullmatch(made)
        self.written[made] = (kind, writer, other)
        return made

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (
            *(self.dana, self.otto, self.raj, self.lena, self.tom, self.mia, self.nora),
            *(self.kim, self.pat),
        )

    def rep_of(self, week: int) -> Person:
        return (self.raj, self.lena, self.tom)[week % 3]

    def at(self, week: int, weekday: int, hour: int) -> None:
        """Let that time (UTC) come, with a heartbeat at it."""
        day = MONDAY + timedelta(weeks=week, days=weekday)
        self.world.slack.clock.move_to(datetime.combine(day, time(hour), UTC))
        self.world.heart.beat(self.world.slack.clock.now())


@dataclass(frozen=True)
class Kind:
    """A kind of words: who may read them, and how they are written on a weekday of each week."""

    name: str
    readers: frozenset[Reader]
    weekday: int
    write: Callable[[Story, "Kind", int], None] = field(compare=False)


def closes(person: Person) -> None:
    if person.modal is not None:
        person.modal.close_all()


def private_note(story: Story, kind: Kind, week: int) -> None:
    rep = story.rep_of(week)
    story.dana.slash(f"/touch @{rep.name} call about the trial")
    story.dana.picks("Add a note")
    modal(story.dana).fill("Private note", story.word(kind, story.dana, rep))
    modal(story.dana).submit()
    closes(story.dana)
    story.dana.slash(f"/binder @{rep.name}")
    modal(story.dana).picks("Open", beside="about the trial")
    modal(story.dana).clicks("Show private note")
    closes(story.dana)


def note_to_oneself(story: Story, kind: Kind, week: int) -> None:
    rep = story.rep_of(week)
    story.dana.says(f"{rep.name} {story.word(kind, story.dana, rep)}")
    story.dana.opens_home()
    story.dana.clicks(f"Your notes ({week + 1})")
    closes(story.dana)


def file_sent(story: Story, kind: Kind, week: int) -> None:
    """What it is called stands with the contact that is made of it; the note goes."""
    rep = story.rep_of(week)
    story.dana.sends(f"{story.word(kind, story.dana, rep)}.pdf", f"{rep.name} brought the prices")
    story.dana.clicks("Contact")
    modal(story.dana).submit()
    story.dana.clicks("Open contact")
    closes(story.dana)
    story.dana.clicks("Keep as note")
    story.dana.clicks("Delete note")


def line_at_set_up(story: Story, kind: Kind, week: int) -> None:
    rep = story.rep_of(week)
    story.dana.slash(f"/team @{rep.name}")
    story.dana.clicks("Settings")
    modal(story.dana).fill("Working on, or promised", story.word(kind, story.dana, rep))
    modal(story.dana).submit()
    closes(story.dana)


def ramp_step(story: Story, kind: Kind, week: int) -> None:
    """A step for whoever is new on the team, which Mia is."""
    if week != 1:
        return
    story.dana.slash(f"/team @{story.mia.name}")
    story.dana.clicks("Settings")
    modal(story.dana).fill("New on the team", ["Steps for the first weeks, for both of you"])
    modal(story.dana).submit()
    closes(story.dana)
    story.dana.slash("/team")
    modal(story.dana).clicks("New on the team")
    modal(story.dana).clicks("Add a step")
    modal(story.dana).fill("Step", story.word(kind, story.dana, story.mia))
    modal(story.dana).fill("Who takes it", "The new rep")
    modal(story.dana).fill("Days after the first", "18")
    modal(story.dana).submit()
    closes(story.dana)


def next_time(story: Story, kind: Kind, week: int) -> None:
    """In the row of a rep who is done."""
    rep = story.rep_of(week)
    story.dana.slash(f"/touch @{rep.name} call about the list")
    story.dana.slash("/todo")
    shown = story.dana.ephemerals[-1]
    if not shown.press("Next time", f"✓ {rep.name}"):
        # In the menu, where the row asks whether a promise is kept.
        shown.picks("Next time", beside=f"✓ {rep.name}")
    modal(story.dana).fill("What to come back to", story.word(kind, story.dana, rep))
    modal(story.dana).submit()
    closes(story.dana)


def session_not_shared(story: Story, kind: Kind, week: int) -> None:
    if week % 2 == 0:
        holds_session(story.dana, story.rep_of(week), lambda rep: story.word(kind, story.dana, rep))


def step_not_shared(story: Story, kind: Kind, week: int) -> None:
    """A next step, for the manager or the rep, of a session that the rep never gets."""
    if week % 2:
        rep = story.rep_of(week)
        step = story.word(kind, story.dana, rep)
        holds_session(story.dana, rep, lambda _rep: "win the south", step)


def between_us(story: Story, kind: Kind, week: int) -> None:
    """Raised between the two of them; it becomes a promise, which is changed and at last kept."""
    rep, word = story.rep_of(week), story.word(kind, story.dana, story.rep_of(week))
    if week % 2:
        spoken = rep.says("a word about the route?", story.channel)
        story.dana.message_shortcut("They raised something", spoken)
    else:
        story.dana.slash(f"/touch @{rep.name}")
    form = modal(story.dana)
    form.fill("What they raised" if week % 2 else "They raised", word)
    form.fill("Between us", ["Nobody but the two of us reads it"])
    form.submit()
    closes(story.dana)
    page = owed(story.dana)
    if week % 2:
        page.clicks("Kept", beside=word)
        rep.opens_home()
    closes(story.dana)


def raised_by_rep(story: Story, kind: Kind, week: int) -> None:
    """On Home; every second week it is taken on, and at last closed with a word."""
    rep, dana = story.rep_of(week), story.dana
    word = story.word(kind, rep, dana)
    brings_up(rep, word)
    if week % 2:
        owed(dana).clicks("Take it on", beside=word)
        modal(dana).submit()
        closes(dana)


def raised_by_rep_between_us(story: Story, kind: Kind, week: int) -> None:
    rep, dana = story.rep_of(week), story.dana
    word = story.word(kind, rep, dana)
    brings_up(rep, word, between_us=True)
    if week % 2:
        owed(dana).clicks("Close it", beside=word)
        modal(dana).fill(f"A word to {rep.name}", story.word(kind, dana, rep))
        modal(dana).submit()
        closes(dana)


def time_asked_for(story: Story, kind: Kind, week: int) -> None:
    """Between the two of them every second week; a contact of the next week keeps it."""
    rep = story.rep_of(week)
    on_two = rep is story.lena
    rep.opens_home()
    assert rep.home is not None
    rep.home.clicks("Ask for time")
    form = modal(rep)
    if on_two:
        form.fill("With", story.dana.name)
    form.fill("What about", story.word(kind, rep, story.dana))
    form.fill("Between us", ["Nobody but the two of us reads it"])
    form.submit()
    closes(rep)


def written_by_rep(story: Story, kind: Kind, week: int) -> None:
    """As a plain message, and in a command of managers; nothing is pressed, or the form closed."""
    rep = story.rep_of(week)
    rep.says(story.word(kind, rep, story.dana))
    rep.clicks("Raise something")
    closes(rep)
    rep.slash(f"/todo {story.word(kind, rep, story.dana)}")


def brings_up(rep: Person, word: str, *, between_us: bool = False) -> None:
    """**Raise something**, with the manager whose page comes first where there are two."""
    rep.opens_home()
    assert rep.home is not None
    rep.home.clicks("Raise something")
    modal(rep).fill("What", word)
    modal(rep).fill("Between us", ["Nobody but the two of us reads it"] if between_us else [])
    modal(rep).submit()
    closes(rep)


def another_team(story: Story, kind: Kind, week: int) -> None:
    """Of the rep that both teams have, and of another."""
    rep = (story.lena, story.nora)[week % 2]
    holds_session(story.otto, rep, lambda one: story.word(kind, story.otto, one))


def contact(story: Story, kind: Kind, week: int) -> None:
    """By either manager of a rep on both teams."""
    manager = (story.dana, story.otto)[week % 2]
    manager.slash(f"/touch @{story.lena.name} call {story.word(kind, manager, story.lena)}")


def half_filled(story: Story, kind: Kind, _week: int) -> None:
    """A session's form with somebody whom there is no other with, closed on the way each week."""
    story.dana.slash(f"/session @{story.mia.name}")
    if "[Back]" in modal(story.dana).text:
        modal(story.dana).clicks("Back")
    modal(story.dana).fill(modal(story.dana).labels[0], story.word(kind, story.dana, story.mia))
    if "Note for both of you" not in modal(story.dana).labels:
        modal(story.dana).submit()
    closes(story.dana)


def holds_session(
    manager: Person, rep: Person, word: Callable[[Person], str], step: str = ""
) -> None:
    manager.slash(f"/session @{rep.name}")
    modal(manager).fill("Plan", word(rep))
    modal(manager).fill("What changed", word(rep))
    modal(manager).fill("Next step", step)
    while "Note for both of you" not in modal(manager).labels:
        modal(manager).submit()
    modal(manager).fill("Results, looking back", word(rep))
    modal(manager).fill("Note for both of you", word(rep))
    modal(manager).submit()
    closes(manager)


def unsent_preparation(story: Story, kind: Kind, week: int) -> None:
    """Typed, and the form closed."""
    prepares(story, week, story.rep_of(week), lambda rep: story.word(kind, rep, story.dana))
    closes(story.rep_of(week))


def preparation(story: Story, kind: Kind, week: int) -> None:
    rep = story.rep_of(week + 1)
    prepares(story, week, rep, lambda one: story.word(kind, one, story.dana))
    modal(rep).submit()
    closes(rep)


def prepares(story: Story, week: int, rep: Person, word: Callable[[Person], str]) -> None:
    """For a session on the Monday after."""
    day = MONDAY + timedelta(weeks=week, days=7)
    story.dana.slash(f"/binder @{rep.name}")
    story.dana.picks("Plan a session")
    modal(story.dana).fill("Day", day.isoformat())
    modal(story.dana).submit()
    closes(story.dana)
    rep.opens_home()
    assert rep.home is not None
    rep.home.clicks("Prepare")
    modal(rep).fill("Pipeline", word(rep))


def market_note(story: Story, kind: Kind, week: int) -> None:
    """Every second field day is shared; what was heard of the market is not a part of that."""
    rep = story.rep_of(week)
    story.dana.slash(f"/fieldday @{rep.name}")
    modal(story.dana).fill("Visits", f"Northwind {week}: Jo Lee, wants a trial")
    modal(story.dana).fill("One focus", "ask for the next step")
    modal(story.dana).clicks("More")
    modal(story.dana).fill("Heard of market and competitors", story.word(kind, story.dana, rep))
    modal(story.dana).submit()
    closes(story.dana)
    if week % 2:
        shares(story, rep)


def account_date(story: Story, kind: Kind, week: int) -> None:
    """At the customer of the field day before, and near enough to be on lists."""
    word = story.word(kind, story.dana, story.rep_of(week))
    story.dana.slash(f"/binder account Northwind {week} {word} 15 January")


def market_note_of_touch(story: Story, kind: Kind, week: int) -> None:
    """Of a customer and under a tag that are words of their own; the page is looked at, and every
    second week the rep asks for it too. What is sent to the agenda is another story."""
    rep = story.rep_of(week)
    story.dana.slash(f"/touch @{rep.name} call about the market")
    story.dana.picks("Market note")
    modal(story.dana).fill("Market note", f"dearer {story.word(kind, story.dana, rep)}")
    modal(story.dana).fill("Customer", f"Firm {story.word(kind, story.dana, rep)}")
    modal(story.dana).fill("New tag", story.word(kind, story.dana, rep))
    modal(story.dana).submit()
    closes(story.dana)
    story.dana.slash("/binder market")
    for person in (rep, story.kim, story.otto):
        person.slash("/binder market")
        closes(person)


def paired(story: Story, kind: Kind, week: int) -> None:
    """Somebody could show another something: the first who is asked would rather not."""
    if week != 1:
        return
    dana, raj = story.dana, story.raj
    for rep, label in ((story.tom, "One strength"), (raj, "One focus")):
        dana.slash(f"/fieldday @{rep.name}")
        if label == "One focus":
            modal(dana).fill(label, "holding the price")
        modal(dana).clicks("More")
        if label == "One strength":
            modal(dana).fill(label, "holding the price")
        modal(dana).submit()
        shares(story, rep)
    dana.slash("/agenda")
    modal(dana).clicks("Pair them")
    modal(dana).fill("What is shown", story.word(kind, dana, raj))
    modal(dana).submit()
    closes(dana)
    story.world.heart.beat(story.world.slack.clock.now())
    raj.clicks("Not now")


def cleared(story: Story, kind: Kind, week: int) -> None:
    """What was raised and kept in one month is told in the next; nobody has said yes to it yet."""
    dana, raj, now = story.dana, story.raj, story.world.slack.clock.now()
    database, actor = story.world.database, story.world.actor(dana)
    if week == 0:
        entry = PromiseEntry(raj.id, Owner.MANAGER, "quotes take long", None)
        made = promises.make(database, actor, entry, "cleared", now, raised=True)
        promises.fulfil(database, actor, made.promise.id, now)
    dana.opens_home()
    assert dana.home is not None
    if "You said, we did" not in dana.home.text or any(
        one.name == kind.name for one, _, _ in story.written.values()
    ):
        return
    dana.home.clicks("Write it")
    label = "In your words: quotes take long"
    modal(dana).fill(label, story.word(kind, dana, raj))
    modal(dana).submit()
    modal(dana).clicks("Ask them")
    closes(dana)


def offered(story: Story, kind: Kind, week: int) -> None:
    """The team is offered to Kim, who reads no word of what its reps would read, and taken back."""
    if week != 1:
        return
    dana = story.dana
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", story.kim)
    modal(dana).fill("A word of yours", story.word(kind, dana, story.raj))
    modal(dana).submit()
    modal(dana).submit()
    closes(dana)
    story.kim.opens_home()
    dana.opens_home()
    dana.clicks("Take back")


def save_it_plan(story: Story, kind: Kind, week: int) -> None:
    """In the one week whose Friday before leaves a number behind that can still be made."""
    if week != SAVED_IN:
        return
    rep, month = story.rep_of(week), Period(date(2026, 12, 1), date(2026, 12, 31))
    where = (story.world.database, story.world.workspace_id, story.dana.id, rep.id)
    metric = Metric("New meetings", MetricKind.LEADING)
    keep_result(*where, (date(2026, 12, 11), 46, 15), metric=metric, period=month)
    story.dana.slash("/mirror")
    story.dana.ephemerals[-1].clicks("Save-it plan", beside=rep.name)
    word = story.word(kind, story.dana, rep)
    modal(story.dana).fill("Two to four steps", f"call old accounts {word}\nask for help {word}")
    modal(story.dana).fill("How many a week", "5")
    modal(story.dana).fill("Of what", f"visits {word}")
    modal(story.dana).fill("Who helps", word)
    modal(story.dana).fill("When you look at it together", date(2026, 12, 18))
    modal(story.dana).submit()
    closes(story.dana)


def said_to_issue(story: Story, kind: Kind, week: int) -> None:
    """On an issue of one day; every second rep says that it is not what they said."""
    rep, dana = story.rep_of(week), story.dana
    dana.slash(f"/todo issue theme {week} until friday")
    dana.slash("/todo issue")
    dana.ephemerals[-1].clicks("What was said", beside=f"theme {week}")
    modal(dana).clicks("Add what a rep said")
    modal(dana).fill("Rep", rep.name)
    modal(dana).fill("One line of what they said", story.word(kind, dana, rep))
    modal(dana).submit()
    closes(dana)
    if week % 2:
        rep.opens_home()
        assert rep.home is not None
        rep.home.clicks("Not so", beside=f"theme {week}")


def disputed(story: Story, kind: Kind, week: int) -> None:
    """A session is shared; the rep says to the manager alone what was otherwise."""
    if week % 2 == 0:
        holds_session(story.dana, story.rep_of(week), lambda _rep: "win the north")
        disputes(story, story.rep_of(week), story.word(kind, story.rep_of(week), story.dana))


def disputed_beside(story: Story, kind: Kind, week: int) -> None:
    """A session is shared; what the rep remembers otherwise stands beside its words, wherever they
    are from then on."""
    if week % 2:
        rep, written = story.rep_of(week), len(story.written)
        holds_session(story.dana, rep, lambda one: story.word(SHARED, story.dana, one))
        otherwise = story.word(kind, rep, story.dana)
        disputes(story, rep, otherwise, beside=True)
        story.beside |= dict.fromkeys([*story.written][written:-1], otherwise)


def disputes(story: Story, rep: Person, words: str, *, beside: bool = False) -> None:
    shares(story, rep)
    rep.picks("Not how I remember it")
    modal(rep).fill("How do you remember it?", words)
    if beside:
        modal(rep).fill("Who reads it?", BESIDE)
    modal(rep).submit()
    closes(rep)


def shares(story: Story, rep: Person) -> None:
    story.dana.clicks(f"Preview as {rep.name}")
    modal(story.dana).submit()
    closes(story.dana)


WRITER_ALONE = frozenset({Reader.WRITER})
BOTH = frozenset({Reader.WRITER, Reader.OTHER_SIDE})
BOTH_AND_EXPORT = BOTH | {Reader.EXPORT}
AND_EXPORT = WRITER_ALONE | {Reader.EXPORT}
AND_COPY = AND_EXPORT | {Reader.COPY}

SHARED = Kind("shared", BOTH_AND_EXPORT, -1, lambda _story, _kind, _week: None)
"""Written where somebody disputes it."""

KINDS: tuple[Kind, ...] = (
    Kind("private-note", WRITER_ALONE, 0, private_note),
    Kind("note-to-oneself", WRITER_ALONE, 0, note_to_oneself),
    Kind("file-sent", WRITER_ALONE, 0, file_sent),
    Kind("line-at-set-up", AND_COPY, 0, line_at_set_up),
    Kind("ramp-step", BOTH_AND_EXPORT, 0, ramp_step),
    Kind("next-time", frozenset({Reader.WRITER, Reader.EXPORT}), 2, next_time),
    Kind("not-shared", AND_EXPORT, 1, session_not_shared),
    Kind("step-not-shared", AND_EXPORT, 1, step_not_shared),
    Kind("between-us", BOTH, 2, between_us),
    Kind("raised-by-rep", BOTH_AND_EXPORT, 2, raised_by_rep),
    Kind("raised-between-us-by-rep", BOTH, 0, raised_by_rep_between_us),
    Kind("time-asked-for", BOTH, 3, time_asked_for),
    Kind("written-by-rep", WRITER_ALONE, 2, written_by_rep),
    Kind("another-team", AND_EXPORT, 1, another_team),
    Kind("contact", AND_COPY, 1, contact),
    Kind("save-it-plan", BOTH_AND_EXPORT, SAVED_IN, save_it_plan),
    Kind("said-to-issue", BOTH_AND_EXPORT, 4, said_to_issue),
    Kind("market-note", AND_EXPORT, 2, market_note),
    Kind("account-date", BOTH_AND_EXPORT, 3, account_date),
    Kind("market-note-of-touch", AND_EXPORT, 1, market_note_of_touch),
    Kind("paired", BOTH, 3, paired),
    Kind("cleared", BOTH_AND_EXPORT, 3, cleared),
    Kind("offered", WRITER_ALONE, 3, offered),
    SHARED,
    Kind("disputed", BOTH, 3, disputed),
    Kind("disputed-beside", BOTH_AND_EXPORT, 3, disputed_beside),
    Kind("half-filled", WRITER_ALONE, 3, half_filled),
    Kind("unsent-preparation", WRITER_ALONE, 4, unsent_preparation),
    Kind("preparation", BOTH_AND_EXPORT, 4, preparation),
)


@pytest.fixture
def story(world: World) -> Story:
    names = ("Dana Moss", "Otto Berg", "Raj Rao", "Lena Fox", "Tom Ash", "Mia Lo", "Nora Lind")
    dana, otto, raj, lena, tom, mia, nora = (world.person(name) for name in names)
    kim, pat = world.person("Kim Ito"), world.person("Pat Quill")
    world.team(dana, raj, lena, tom, mia, introduced=False)
    world.team(otto, lena, nora, introduced=False)
    channel = world.slack.add_channel("emea-sales", members=[dana, raj, lena, tom, mia, pat])
    changes = {"channel": channel, "meeting_days": (0,), "meeting_time": time(12)}
    setup.change_settings(world.database, world.actor(dana), changes, world.slack.clock.now())
    for manager in (dana, otto):
        manager.opens_home()
        manager.clicks("See and send")
        modal(manager).submit()
        closes(manager)
    return Story(world, dana, otto, raj, lena, tom, mia, nora, kim, pat, channel)


def lives_a_week(story: Story, week: int) -> None:
    for weekday in range(5):
        story.at(week, weekday, 7)
        for kind in KINDS:
            if kind.weekday == weekday:
                kind.write(story, kind, week)
        if weekday == 2 and week == STOOD_IN:
            goes_away(story)
        if weekday in (1, 4):
            looks_around(story)
        if weekday == 4 and week % 2:
            reads_what_is_disputed(story, story.rep_of(week))
        story.at(week, weekday, 10)
        story.at(week, weekday, 13)
        story.at(week, weekday, 15)


def goes_away(story: Story) -> None:
    today = story.world.slack.clock.now().date()
    story.dana.slash("/todo away")
    modal(story.dana).fill("From", today)
    modal(story.dana).fill("To", today + timedelta(days=6))
    modal(story.dana).fill("Who stands in", story.kim)
    modal(story.dana).submit()
    closes(story.dana)


def looks_around(story: Story) -> None:
    for person in story.everybody:
        person.opens_home()
        for line in ("/todo", "/agenda", "/binder @Lena Fox", "/session", "/touch @Lena Fox"):
            person.slash(line)
            closes(person)


def reads_what_is_disputed(story: Story, rep: Person) -> None:
    """Wherever words of a session are quoted by themselves."""
    dana = story.dana
    dana.slash(f"/binder @{rep.name}")
    modal(dana).picks("Plans")
    modal(dana).clicks("History")
    modal(dana).picks("Open")
    closes(dana)
    dana.slash(f"/session @{rep.name}")
    closes(dana)
    dana.slash("/todo next")
    dana.slash(f"/touch @{rep.name}")
    closes(dana)


Readers = Mapping[str, frozenset[Reader]]
AS_DECIDED: Readers = {kind.name: kind.readers for kind in KINDS}


def may_read(
    story: Story, person: Person, word: str, readers: frozenset[Reader], *, asked: bool
) -> bool:
    """Whether those readers of a word include that person, who `asked` for it or just got it."""
    _, writer, other = story.written[word]
    if person.id == writer.id:
        return Reader.WRITER in readers
    sides = {Reader.OTHER_SIDE, Reader.COPY} if asked else {Reader.OTHER_SIDE}
    return person.id == other.id and not sides.isdisjoint(readers)


def exports(story: Story) -> dict[str, set[str]]:
    """The marked words of each export there is, by its manager's Slack id."""
    world, now = story.world, story.world.slack.clock.now()
    found: dict[str, set[str]] = {}
    for manager in (story.dana, story.otto):
        record = export.export_team(
            world.database, world.workspace_id, manager.id, ExportRequest(), now
        )
        found[manager.id] = set(MARKED.findall("".join(to_json(record, now))))
    return found


def wrong(
    story: Story, eyes: Eyes, readers: Readers = AS_DECIDED, *, asked: bool = False
) -> dict[str, list[str]]:
    """Who got what was not for them, by kind of words."""
    found: dict[str, list[str]] = {}
    for person in story.everybody:
        for word, where in eyes.read.get(person.id, {}).items():
            kind = story.written[word][0].name
            if not may_read(story, person, word, readers[kind], asked=asked):
                found.setdefault(kind, []).append(f"{person.name} got {word} by {where}")
    return found


def wrong_in(
    story: Story, exported: Mapping[str, set[str]], readers: Readers = AS_DECIDED
) -> dict[str, list[str]]:
    """What stands in an export and is not for it, by kind of words."""
    found: dict[str, list[str]] = {}
    for manager, words in exported.items():
        for word in words:
            kind, writer, other = story.written[word]
            if Reader.EXPORT not in readers[kind.name] or manager not in (writer.id, other.id):
                found.setdefault(kind.name, []).append(f"{word} was exported")
    return found


def own_copies(story: Story) -> Eyes:
    """Each rep asks for **My copy**, whose files are looked through."""
    eyes = Eyes(story.world, together=story.beside)
    for person in (story.raj, story.lena, story.tom, story.mia, story.nora):
        person.opens_home()
        person.clicks("My copy")
        files = person.dm[-1].files
        assert list(files) == ["my-copy.md", "my-copy.json"]
        for name, text in files.items():
            eyes.sees(person.id, name, text)
    return eyes


def lives_six_weeks(
    story: Story, caplog: pytest.LogCaptureFixture, after: Callable[[int], object]
) -> Eyes:
    """All of it, with what is done `after` each week, searched."""
    caplog.set_level(logging.DEBUG, "windshield")
    with watched(story.world) as eyes:
        eyes.together = story.beside
        for week in range(WEEKS):
            lives_a_week(story, week)
            after(week)
        exported, copies = exports(story), own_copies(story)
        assert wrong(story, eyes) == wrong_in(story, exported) == {}
        assert wrong(story, copies, asked=True) == {}
        assert eyes.notices == set()
        assert eyes.unnamed == eyes.marked_up == set()
        assert eyes.apart == copies.apart == []
        _everything_was_there_to_be_read(story, eyes)
        _a_leak_would_be_seen(story, eyes, exported, copies)
    lines = "\n".join(f"{one.getMessage()} {one.exc_info}" for one in caplog.records)
    assert MARKED.findall(lines) == []
    return eyes


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"])
def test_in_six_weeks_nobody_gets_words_that_are_not_for_them(
    story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    lives_six_weeks(story, caplog, lambda _week: None)


@pytest.mark.sweep
@pytest.mark.parametrize("backend", ["postgresql"])
def test_nor_on_the_other_database(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    lives_six_weeks(story, caplog, lambda _week: None)


@pytest.mark.sweep
@pytest.mark.parametrize("backend", ["sqlite"])
def test_nor_when_everybody_presses_everything_while_somebody_stands_in(
    story: Story,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rehearsal = Rehearsal(story.world, monkeypatch)
    used: Counter[str] = Counter()

    def pressed(week: int) -> None:
        if week != STOOD_IN:
            return
        crawler = Crawler(rehearsal, story.raj.id, 1)
        crawler.goes(story.everybody, ())
        used.update(crawler.used)

    eyes = lives_six_weeks(story, caplog, pressed)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{eyes.payloads} payloads to {len(eyes.read)} people, {used.total()} presses of "
            f"{len(used)} kinds beside; {len(story.written)} marked words of {len(KINDS)} kinds\n"
        )


def _everything_was_there_to_be_read(story: Story, eyes: Eyes) -> None:
    """A kind that its own writer never met proves nothing of the others."""
    met = {
        story.written[word][0].name
        for person in story.everybody
        for word in eyes.read.get(person.id, {})
    }
    assert met == {kind.name for kind in KINDS}
    assert eyes.payloads > 1000
    beside = {"views.open", "views.push", "views.update", "chat.postMessage", "chat.update"}
    assert eyes.met >= beside, "words that somebody disputes were read, of a list and a page"


def _a_leak_would_be_seen(
    story: Story, eyes: Eyes, exported: Mapping[str, set[str]], copies: Eyes
) -> None:
    """That none was found is worth something: of each kind one is let out by the same messenger,
    and each would be found where the table of who may read what were another."""
    every = {kind.name for kind in KINDS}
    nobody: Readers = dict.fromkeys(every, frozenset())
    assert set(wrong(story, eyes, nobody)) == every
    in_exports = {kind.name for kind in KINDS if Reader.EXPORT in kind.readers}
    # What a rep prepares may be exported, and is not yet.
    assert set(wrong_in(story, exported, nobody)) == in_exports - {"preparation"}
    in_copies = {kind.name for kind in KINDS if kind.readers & {Reader.OTHER_SIDE, Reader.COPY}}
    assert set(wrong(story, copies, nobody, asked=True)) == in_copies
    messenger = story.world.product.app.messenger
    to_pat = messenger.open_conversation(story.pat.id)
    one_of_each = {kind.name: word for word, (kind, *_) in story.written.items()}
    messenger.post(to_pat, kit.message(", ".join(one_of_each.values())))
    assert set(wrong(story, eyes)) == every
    assert {story.written[word][0].name for word in eyes.notices} == every
    kept = [kit.button("Kept", PromiseAction.KEEP, Metadata(subject=one)) for one in (1, 2)]
    messenger.post(to_pat, kit.message("Kept?", [kit.actions([one]) for one in kept]))
    messenger.post(to_pat, kit.message("*Kept?*"))
    assert (eyes.unnamed, eyes.marked_up) == ({"Kept"}, {"*Kept?*"})
    messenger.post(
        messenger.open_conversation(story.otto.id), kit.message(next(iter(story.beside)))
    )
    assert len(eyes.apart) == 1, "words, without what is to stand beside them"
