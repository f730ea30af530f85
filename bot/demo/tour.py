"""A manager's first six weeks, played against the pretend Slack and printed as each person sees
them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import click

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.demo.later_weeks import live_on, tell_counts
from bot.demo.quiet import only_errors
from bot.demo.stage import HOME, at, beat, counting, form, shows, title, week_list
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.manifest import manifest_path
from bot.serving.sockets import SocketMode
from slack_sandbox import Person, Sandbox
from storage.database.engine import Database
from storage.migrations import migrate

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
REPS = (
    "Sam Stone",
    "Lena Fox",
    "Raj Rao",
    "Ines Ortega",
    "Tom Ash",
    "Ada Ek",
    "Ben Cole",
    "Mia Lo",
)
NEXT_MONDAY = date(2026, 11, 30)
MEETING_DAY = date(2026, 12, 7)
SESSION_DAY = date(2026, 12, 9)
ZONES = (HOME, "America/New_York", "Asia/Kolkata", "Australia/Sydney")
OTHER_TEAMS = 12
REPS_A_TEAM = 8
STEPS = (
    "walk the north with Tom by Fri\nme: ask for a second demo car\nlist ten names",
    "meet the buyer at Acme, 11 Dec\nme: find a reference\nwrite down who decides",
    "send the Acme terms by Fri\ncall Hooli\nme: ask finance about sixty days",
    "three visits by next Friday\nfive calls a day\nme: come along on Tuesday",
)
Command: TypeAlias = Callable[[list[str]], object]
PATIENCE = 15
"""Seconds for the bot to finish what a press began."""


def play(port: int, command: Command) -> None:
    """Play the first weeks; ends well, or with the assertion that did not hold. `command` runs a
    command line of windshield."""
    with (
        # One line for each thing said is enough here; the bot's own log would stand in between.
        only_errors(),
        TemporaryDirectory() as folder,
        Sandbox(manifest=manifest_path(), now=MONDAY, port=port) as slack,
        _environment(slack, Path(folder)) as settings,
    ):
        title(f"Windshield against a pretend Slack on {slack.api_url}")
        dana = slack.add_person("Dana Moss", tz="Europe/Berlin")
        reps = [slack.add_person(name, tz="Europe/Berlin") for name in REPS]
        channel = slack.add_channel("emea-sales", [dana, *reps])
        costs: dict[str, int] = {}
        _roster(slack, Path(folder), command)
        with _windshield(slack, settings) as heart:
            with counting(dana, "Eight reps set up", costs):
                _set_up(dana, reps, channel)
            _first_list(slack, heart, dana)
            _touch(dana, costs)
            _raise(dana, reps[0])
            _note(dana)
            _binder(dana)
            _monday(slack, heart, dana)
            _week(slack, heart, dana)
            _ride_along(dana, reps[1], costs)
            _ride(dana, reps[2])
            _meet(slack, heart, dana, reps, channel)
            _sit_down(slack, heart, dana, reps[2])
            with counting(dana, "A session with three steps to each of four topics", costs):
                _talk_it_all_through(dana)
            shows(dana, "Four topics with three steps each, shared, and the next one planned")
            live_on(slack, heart, dana, costs)
            tell_counts(slack, [dana, *reps], channel, costs)
        _export(dana, command)
        broken = slack.violations
    click.echo(f"\nSlack's rules broken on the way: {len(broken)}")
    if broken:
        raise click.ClickException("; ".join(violation.detail for violation in broken))


@contextmanager
def _environment(slack: Sandbox, folder: Path) -> Iterator[Settings]:
    """The settings of the sandbox, in the process too, for the commands that read them there."""
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        slack_api_url=slack.api_url,
        database_url=f"sqlite:///{folder}/windshield.db",
    )
    values = {
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_API_URL": settings.slack_api_url,
        "DATABASE_URL": settings.database_url,
        "WINDSHIELD_SECRET_KEY": "",
    }
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield settings
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _windshield(slack: Sandbox, settings: Settings) -> Iterator[Heartbeat]:
    database = Database(settings.database_url)
    migrate(database)
    windshield = assemble(settings, database, clock=slack.clock)
    transport = SocketMode(windshield, settings.app_token, settings.slack_api_url)
    slack.settle = lambda: _idle(windshield)
    transport.start()
    slack.wait_for_app()
    try:
        yield Heartbeat(windshield.app, all_kinds())
    finally:
        transport.stop()


def _idle(windshield: Windshield) -> None:
    assert windshield.listeners.wait_until_idle(PATIENCE), "the bot did not come to rest"


def _roster(slack: Sandbox, folder: Path, command: Command) -> None:
    """Sales operations sets up the rest of the company from a file."""
    size = OTHER_TEAMS * (REPS_A_TEAM + 1)
    people = slack.add_people(
        (f"Colleague {number:04}", ZONES[number % len(ZONES)]) for number in range(size)
    )
    lines = ["manager_id,rep_id,time_zone"]
    for team in range(OTHER_TEAMS):
        manager, *reps = people[team * (REPS_A_TEAM + 1) :][: REPS_A_TEAM + 1]
        lines += [f"{manager.id},{rep.id},{ZONES[team % len(ZONES)]}" for rep in reps]
    file = folder / "roster.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    title("Sales operations: the roster of the other teams")
    click.echo(f"$ windshield import roster roster.csv    ({len(lines) - 1} lines)")
    command(["import", "roster", str(file)])
    click.echo("$ windshield import roster roster.csv    (once more)")
    command(["import", "roster", str(file)])


def _set_up(dana: Person, reps: list[Person], channel: str) -> None:
    dana.opens_home()
    shows(dana, "Dana opens Windshield for the first time")
    dana.clicks("Add your reps")
    form(dana).fill("Reps", reps)
    shows(dana, "Dana presses it and picks the reps")
    form(dana).submit()
    form(dana).fill("Sam Stone", "the Acme renewal")
    form(dana).fill("Lena Fox", "I promised a second demo laptop")
    shows(dana, "A line for each, if there is one")
    form(dana).submit()
    form(dana).fill("Team channel", channel)
    form(dana).fill("Meeting day", "Monday")
    form(dana).fill("Meeting time", "09:00")
    form(dana).submit()
    shows(dana, "The to-do list comes on Monday at eight unless Dana says otherwise")
    form(dana).submit()
    shows(dana, "What each rep will read, before it is sent")
    form(dana).submit()
    reps[0].sees("Dana Moss")
    shows(reps[0], "Sam is told once what is kept, and who sees it")


def _touch(dana: Person, costs: dict[str, int]) -> None:
    line = "/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet"
    with counting(dana, "A touch in one line", costs):
        dana.slash(line)
    dana.sees("Logged: call with Sam Stone, yesterday")
    shows(dana, f"Dana types {line}")
    dana.clicks("Undo")
    dana.sees("Taken back")
    shows(dana, "Undo")
    dana.clicks("Put it back")
    dana.picks("Edit")
    form(dana).fill("Channel", "Video")
    shows(dana, "Put it back, then Edit")
    form(dana).submit()
    dana.sees("Logged: video call with Sam Stone")
    dana.slash("/touch @Lena Fox")
    form(dana).fill("Channel", "In person")
    form(dana).fill("About", "the Hooli pipeline, over lunch")
    shows(dana, "The form: /touch @Lena Fox")
    form(dana).submit()
    dana.sees("in person with Lena Fox")
    shows(dana, "Both are logged")


def _raise(dana: Person, sam: Person) -> None:
    dana.clicks("They raised something", beside="Sam Stone")
    form(dana).fill("What they raised", "quotes take four days")
    form(dana).submit()
    dana.sees("quotes take four days")
    shows(dana, "Sam raised something, and Dana takes it on")
    sam.opens_home()
    sam.sees("quotes take four days")
    shows(sam, "What Sam sees on Sam's page")
    dana.opens_home()
    shows(dana, "Dana's page")
    dana.clicks("You owe · 1")
    form(dana).clicks("Kept", beside="quotes take four days")
    shows(dana, "What Dana owes, one press away: kept")
    form(dana).close()
    title("Sam is told, once, when it is closed")
    click.echo(f"(Sam Stone sees)\n{sam.dm[-1].text}")


def _note(dana: Person) -> None:
    dana.says("Met Raj at Northwind; would like to lead the next demo")
    shows(dana, "A plain message, sent from a car park without signal")
    dana.clicks("Contact")
    form(dana).fill("Rep", "Raj Rao")
    form(dana).submit()
    shows(dana, "…becomes a contact")


def _binder(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    shows(dana, "/binder @Sam Stone")
    form(dana).picks("Open")
    shows(dana, "One entry of it")
    form(dana).close()
    form(dana).close()


def _first_list(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    beat(slack, heart)
    dana.sees("Your week, 23–27 Nov")
    shows(dana, "Set up on a Monday morning, the rest of the week's list comes at once")


def _monday(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    title("The clock goes to Monday, 08:00, in each manager's zone")
    for zone in sorted(ZONES, key=lambda zone: at(NEXT_MONDAY, 8, zone)):
        slack.clock.move_to(at(NEXT_MONDAY, 8, zone))
        click.echo(f"{zone}: {beat(slack, heart)}")
        if zone == HOME:
            dana.sees("Your week, 30 Nov – 4 Dec")
            shows(dana, "Dana's list: everyone once, each with a reason")
            _work(dana)


def _work(dana: Person) -> None:
    found = week_list(dana)
    found.clicks("Another reason")
    shows(dana, "Another reason: those there are, best first, in the row itself")
    found.clicks("This one")
    found.clicks("Done")
    dana.sees("✓")
    shows(dana, "Done: a contact today, and what else there is to say of it, in the same row")
    found.picks("Move")
    form(dana).submit()
    shows(dana, "Another rep moves to another day")


def _week(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    slack.clock.move_to(at(NEXT_MONDAY + timedelta(days=1), 6, HOME))
    beat(slack, heart)
    title("Tuesday morning: the same message opens on the new day")
    click.echo(week_list(dana).text)
    dana.slash("/todo issue price change until friday")
    dana.slash("/todo next")
    shows(dana, "An issue of the day, and a look at next week")
    slack.clock.move_to(at(NEXT_MONDAY + timedelta(days=5), 6, HOME))
    beat(slack, heart)
    title("The end of the week: what stayed open comes first next Monday")
    click.echo(week_list(dana).text)


def _ride_along(dana: Person, rep: Person, costs: dict[str, int]) -> None:
    with counting(dana, "A field day with one visit", costs):
        dana.slash(f"/fieldday @{rep.name}")
        form(dana).fill("Visits", "Globex: Ann Berg, signs next week")
        form(dana).submit()
        form(dana).close()
    dana.sees(f"Logged: field day with {rep.name}, today")


def _ride(dana: Person, raj: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    form(dana).fill("Visits", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli: Pat Quist")
    form(dana).fill("One focus", "asking for the next step")
    form(dana).fill("They will", "lead the Northwind demo")
    form(dana).clicks("More")
    form(dana).fill("One strength", "listens first")
    form(dana).fill("Heard of market and competitors", "a competitor offers 60-day terms")
    shows(dana, "A field day with Raj, written down in one form")
    form(dana).submit()
    dana.clicks("To the team agenda")
    shows(dana, "What was heard goes to the team agenda, in words Dana has seen first")
    form(dana).submit()
    form(dana).close()
    dana.clicks("Preview as Raj Rao")
    form(dana).submit()
    form(dana).close()
    title("Raj reads strength and focus, and nothing of the market")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")
    dana.slash("/binder account northwind")
    shows(dana, "/binder account northwind: who knows whom")
    form(dana).close()


def _meet(slack: Sandbox, heart: Heartbeat, dana: Person, reps: list[Person], channel: str) -> None:
    raj, lena = reps[2], reps[1]
    raj.slash("/agenda win: two renewals came in early")
    shows(raj, "Raj adds a win to the agenda of the next team meeting")
    dana.slash("/agenda why is Lena so slow with quotes")
    shows(dana, "An item that names a teammate is asked about, and never reaches the channel")
    dana.clicks("Move to their session")
    # Monday's lists took all the edits that Slack allows for a minute.
    slack.clock.advance(timedelta(minutes=2))
    beat(slack, heart)
    draft = next(one for one in reversed(dana.dm) if "Your team meeting" in one.text)
    title("The draft: what is on it, what waits, how much looks back")
    click.echo(draft.text)
    draft.clicks("Let in")
    for hour, words in ((8, "An hour before, in the channel"), (9, "At nine: the same message")):
        slack.clock.move_to(at(MEETING_DAY, hour, HOME))
        beat(slack, heart)
        title(words)
        click.echo(raj.channel_messages(channel)[-1].text)
    raj.clicks("Take notes")
    form(raj).clicks("Done", beside="two renewals")
    form(raj).clicks("Outcome or promise")
    form(raj).fill("Team promise", "a list of who asks for sixty days")
    form(raj).fill("Who takes it", lena)
    form(raj).fill("By", (MEETING_DAY + timedelta(days=4)).isoformat())
    form(raj).submit()
    shows(raj, "Raj takes notes")
    form(raj).close()
    slack.clock.move_to(at(MEETING_DAY, 10, HOME))
    beat(slack, heart)
    title("Afterwards it is the recap, and one line in its thread says so")
    for message in raj.channel_messages(channel)[-2:]:
        click.echo(message.text)
    lena.opens_home()
    lena.sees("You promised the team")
    lena.clicks("Kept")


def _sit_down(slack: Sandbox, heart: Heartbeat, dana: Person, raj: Person) -> None:
    dana.slash("/binder @Raj Rao")
    form(dana).picks("Plan a session")
    form(dana).fill("Day", SESSION_DAY.isoformat())
    shows(dana, "A strategy session is planned")
    form(dana).submit()
    form(dana).close()
    slack.clock.move_to(at(SESSION_DAY - timedelta(days=1), 9, HOME))
    beat(slack, heart)
    title("The working day before: a note to each side")
    click.echo(f"(Raj Rao sees)\n{raj.dm[-1].text}\n\n(Dana Moss sees)\n{dana.dm[-1].text}")
    raj.clicks("Prepare")
    form(raj).fill("Pipeline", "Hooli could close this year")
    form(raj).submit()
    form(raj).close()
    slack.clock.move_to(at(SESSION_DAY, 10, HOME))
    dana.slash("/session @Raj Rao")
    form(dana).fill("Plan", "win the north: Northwind first")
    form(dana).fill("Next step", "offer the trial")
    shows(dana, "One topic at a time; each step is kept as it is written")
    form(dana).submit()
    form(dana).close()
    dana.opens_home()
    dana.clicks("Resume")
    form(dana).submit()
    shows(dana, "Called away and back: Resume, and what Raj prepared")
    for _ in range(3):
        form(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao")
    dana.clicks("Preview as Raj Rao", beside="strategy session")
    shows(dana, "What Raj will read, before it is shared")
    form(dana).submit()
    form(dana).close()
    raj.dm[-1].clicks("Add my words")
    form(raj).fill("Your own words", "I want Acme too")
    form(raj).submit()
    title("Raj adds own words")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")


def _talk_it_all_through(dana: Person) -> None:
    dana.slash("/session @Sam Stone")
    for steps in STEPS:
        form(dana).fill("What changed", "Acme asks for a reference")
        form(dana).fill("Next step", steps)
        form(dana).submit()
    form(dana).submit()
    form(dana).close()
    dana.sees("Next session: Wed 23 Dec, 10:00.")
    dana.clicks("Preview as Sam Stone", beside="strategy session")
    form(dana).submit()
    form(dana).close()


def _export(dana: Person, command: Command) -> None:
    title("Sales operations: everything of a team, but for private notes")
    click.echo(f"$ windshield export --manager {dana.id}")
    command(["export", "--manager", dana.id])
