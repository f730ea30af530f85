"""A manager's first two weeks, played against the pretend Slack and printed as each person sees
them."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from zoneinfo import ZoneInfo

import click

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.demo.quiet import only_errors
from bot.domain.team.calendar import instant
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.manifest import manifest_path
from bot.serving.sockets import SocketMode
from slack_sandbox import Message, Modal, Person, Sandbox
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
HOME = "Europe/Berlin"
ZONES = (HOME, "America/New_York", "Asia/Kolkata", "Australia/Sydney")
OTHER_TEAMS = 60
REPS_A_TEAM = 8
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
        _title(f"Windshield against a pretend Slack on {slack.api_url}")
        dana = slack.add_person("Dana Moss", tz="Europe/Berlin")
        reps = [slack.add_person(name, tz="Europe/Berlin") for name in REPS]
        channel = slack.add_channel("emea-sales", [dana, *reps])
        _roster(slack, Path(folder), command)
        with _windshield(slack, settings) as heart:
            _set_up(dana, reps, channel)
            _first_list(slack, heart, dana)
            _touch(dana)
            _raise(dana, reps[0])
            _note(dana)
            _binder(dana)
            _monday(slack, heart, dana)
            _week(slack, heart, dana)
            _ride(dana, reps[2])
            _meet(slack, heart, dana, reps, channel)
            _sit_down(slack, heart, dana, reps[2])
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
    _title("Sales operations: the roster of the other teams")
    click.echo(f"$ windshield import roster roster.csv    ({len(lines) - 1} lines)")
    command(["import", "roster", str(file)])
    click.echo("$ windshield import roster roster.csv    (once more)")
    command(["import", "roster", str(file)])


def _set_up(dana: Person, reps: list[Person], channel: str) -> None:
    dana.opens_home()
    _shows(dana, "Dana opens Windshield for the first time")
    dana.slash("/team")
    _form(dana).fill("Reps", reps)
    _shows(dana, "Dana types /team and picks the reps")
    _form(dana).submit()
    _form(dana).fill("Sam Stone", "the Acme renewal")
    _form(dana).fill("Lena Fox", "I promised a second demo laptop")
    _shows(dana, "A line for each, if there is one")
    _form(dana).submit()
    _form(dana).fill("Team channel", channel)
    _form(dana).fill("Meeting day", "Monday")
    _form(dana).fill("Meeting time", "09:00")
    _form(dana).submit()
    _shows(dana, "The to-do list comes on Monday at eight unless Dana says otherwise")
    _form(dana).submit()
    _shows(dana, "What each rep will read, before it is sent")
    _form(dana).submit()
    reps[0].sees("Dana Moss")
    _shows(reps[0], "Sam is told once what is kept, and who sees it")


def _touch(dana: Person) -> None:
    line = "/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet"
    dana.slash(line)
    dana.sees("Logged: call with Sam Stone, yesterday")
    _shows(dana, f"Dana types {line}")
    dana.clicks("Undo")
    dana.sees("Taken back")
    _shows(dana, "Undo")
    dana.clicks("Put it back")
    dana.picks("Edit")
    _form(dana).fill("Channel", "Video")
    _shows(dana, "Put it back, then Edit")
    _form(dana).submit()
    dana.sees("Logged: video call with Sam Stone")
    dana.slash("/touch @Lena Fox")
    _form(dana).fill("Channel", "In person")
    _form(dana).fill("About", "the Hooli pipeline, over lunch")
    _shows(dana, "The form: /touch @Lena Fox")
    _form(dana).submit()
    dana.sees("in person with Lena Fox")
    _shows(dana, "Both are logged")


def _raise(dana: Person, sam: Person) -> None:
    dana.clicks("They raised something", beside="Sam Stone")
    _form(dana).fill("What they raised", "quotes take four days")
    _form(dana).submit()
    dana.sees("quotes take four days")
    _shows(dana, "Sam raised something, and Dana takes it on")
    sam.opens_home()
    sam.sees("quotes take four days")
    _shows(sam, "What Sam sees on Sam's page")
    dana.opens_home()
    _shows(dana, "Dana's page")
    dana.clicks("You owe · 1")
    _form(dana).clicks("Kept", beside="quotes take four days")
    _shows(dana, "What Dana owes, one press away: kept")
    _form(dana).close()
    _title("Sam is told, once, when it is closed")
    click.echo(f"(Sam Stone sees)\n{sam.dm[-1].text}")


def _note(dana: Person) -> None:
    dana.says("Met Raj at Northwind; would like to lead the next demo")
    _shows(dana, "A plain message, sent from a car park without signal")
    dana.clicks("Contact")
    _form(dana).fill("Rep", "Raj Rao")
    _form(dana).submit()
    _shows(dana, "…becomes a contact")


def _binder(dana: Person) -> None:
    dana.slash("/binder @Sam Stone")
    _shows(dana, "/binder @Sam Stone")
    _form(dana).clicks("Open")
    _shows(dana, "One entry of it")
    _form(dana).close()
    _form(dana).close()


def _first_list(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    _beat(slack, heart)
    dana.sees("Your week, 23–27 Nov")
    _shows(dana, "Set up on a Monday morning, the rest of the week's list comes at once")


def _monday(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    _title("The clock goes to Monday, 08:00, in each manager's zone")
    for zone in sorted(ZONES, key=lambda zone: _at(NEXT_MONDAY, 8, zone)):
        slack.clock.move_to(_at(NEXT_MONDAY, 8, zone))
        click.echo(f"{zone}: {_beat(slack, heart)}")
        if zone == HOME:
            dana.sees("Your week, 30 Nov – 4 Dec")
            _shows(dana, "Dana's list: everyone once, each with a reason")
            _work(dana)


def _work(dana: Person) -> None:
    found = _list(dana)
    found.clicks("Another reason")
    _shows(dana, "Another reason: those there are, best first, in the row itself")
    found.clicks("This one")
    found.clicks("Done")
    dana.sees("✓")
    _shows(dana, "Done: a contact today, and what else there is to say of it, in the same row")
    found.picks("Move")
    _form(dana).submit()
    _shows(dana, "Another rep moves to another day")


def _week(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    slack.clock.move_to(_at(NEXT_MONDAY + timedelta(days=1), 6, HOME))
    _beat(slack, heart)
    _title("Tuesday morning: the same message opens on the new day")
    click.echo(_list(dana).text)
    dana.slash("/todo issue price change until friday")
    dana.slash("/todo next")
    _shows(dana, "An issue of the day, and a look at next week")
    slack.clock.move_to(_at(NEXT_MONDAY + timedelta(days=5), 6, HOME))
    _beat(slack, heart)
    _title("The end of the week: what stayed open comes first next Monday")
    click.echo(_list(dana).text)


def _ride(dana: Person, raj: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    _form(dana).fill("Visits", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli: Pat Quist")
    _form(dana).fill("One strength", "listens first")
    _form(dana).fill("One focus", "asking for the next step")
    _form(dana).fill("Heard of market and competitors", "a competitor offers 60-day terms")
    _form(dana).fill("They will", "lead the Northwind demo")
    _shows(dana, "A field day with Raj, written down in one form")
    _form(dana).submit()
    dana.clicks("To the team agenda")
    _shows(dana, "What was heard goes to the team agenda, in words Dana has seen first")
    _form(dana).submit()
    _form(dana).close()
    dana.clicks("Preview as Raj Rao")
    _form(dana).submit()
    _form(dana).close()
    _title("Raj reads strength and focus, and nothing of the market")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")
    dana.slash("/binder account northwind")
    _shows(dana, "/binder account northwind: who knows whom")
    _form(dana).close()


def _meet(slack: Sandbox, heart: Heartbeat, dana: Person, reps: list[Person], channel: str) -> None:
    raj, lena = reps[2], reps[1]
    raj.slash("/agenda win: two renewals came in early")
    _shows(raj, "Raj adds a win to the agenda of the next team meeting")
    dana.slash("/agenda why is Lena so slow with quotes")
    _shows(dana, "An item that names a teammate is asked about, and never reaches the channel")
    dana.clicks("Move to their session")
    # Monday's lists took all the edits that Slack allows for a minute.
    slack.clock.advance(timedelta(minutes=2))
    _beat(slack, heart)
    draft = next(one for one in reversed(dana.dm) if "Your team meeting" in one.text)
    _title("The draft: what is on it, what waits, how much looks back")
    click.echo(draft.text)
    draft.clicks("Let in")
    for hour, words in ((8, "An hour before, in the channel"), (9, "At nine: the same message")):
        slack.clock.move_to(_at(MEETING_DAY, hour, HOME))
        _beat(slack, heart)
        _title(words)
        click.echo(raj.channel_messages(channel)[-1].text)
    raj.clicks("Take notes")
    _form(raj).clicks("Done", beside="two renewals")
    _form(raj).clicks("Outcome or promise")
    _form(raj).fill("Team promise", "a list of who asks for sixty days")
    _form(raj).fill("Who takes it", lena)
    _form(raj).fill("By", (MEETING_DAY + timedelta(days=4)).isoformat())
    _form(raj).submit()
    _shows(raj, "Raj takes notes")
    _form(raj).close()
    slack.clock.move_to(_at(MEETING_DAY, 10, HOME))
    _beat(slack, heart)
    _title("Afterwards it is the recap, and one line in its thread says so")
    for message in raj.channel_messages(channel)[-2:]:
        click.echo(message.text)
    lena.opens_home()
    lena.sees("You promised the team")
    lena.clicks("Kept")


def _sit_down(slack: Sandbox, heart: Heartbeat, dana: Person, raj: Person) -> None:
    dana.slash("/binder @Raj Rao")
    _form(dana).picks("Plan a session")
    _form(dana).fill("Day", SESSION_DAY.isoformat())
    _shows(dana, "A strategy session is planned")
    _form(dana).submit()
    _form(dana).close()
    slack.clock.move_to(_at(SESSION_DAY - timedelta(days=1), 9, HOME))
    _beat(slack, heart)
    _title("The working day before: a note to each side")
    click.echo(f"(Raj Rao sees)\n{raj.dm[-1].text}\n\n(Dana Moss sees)\n{dana.dm[-1].text}")
    raj.clicks("Prepare")
    _form(raj).fill("Pipeline", "Hooli could close this year")
    _form(raj).submit()
    _form(raj).close()
    slack.clock.move_to(_at(SESSION_DAY, 10, HOME))
    dana.slash("/session @Raj Rao")
    _form(dana).fill("Plan", "win the north: Northwind first")
    _form(dana).fill("Next step", "offer the trial")
    _shows(dana, "One topic at a time; each step is kept as it is written")
    _form(dana).submit()
    _form(dana).close()
    dana.opens_home()
    dana.clicks("Resume")
    _form(dana).submit()
    _shows(dana, "Called away and back: Resume, and what Raj prepared")
    for _ in range(3):
        _form(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao")
    dana.clicks("Preview as Raj Rao", beside="strategy session")
    _shows(dana, "What Raj will read, before it is shared")
    _form(dana).submit()
    _form(dana).close()
    raj.dm[-1].clicks("Add your own words")
    _form(raj).fill("Your own words", "I want Acme too")
    _form(raj).submit()
    _title("Raj adds own words")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")


def _list(dana: Person) -> Message:
    return next(message for message in reversed(dana.dm) if "Your week, " in message.text)


def _at(day: date, hour: int, zone: str) -> datetime:
    return instant(day, time(hour), ZoneInfo(zone))


def _beat(slack: Sandbox, heart: Heartbeat) -> str:
    """A heartbeat, as `windshield tick` says what it did."""
    counts = heart.beat(slack.clock.now())
    while counts.next_try is not None:
        # Slack takes so many messages a minute; the clock moves on to when it takes more.
        slack.clock.move_to(counts.next_try)
        more = heart.beat(slack.clock.now())
        counts.sent, counts.next_try = counts.sent + more.sent, more.next_try
    return f"planned={counts.planned} sent={counts.sent} expired={counts.expired}"


def _export(dana: Person, command: Command) -> None:
    _title("Sales operations: everything of a team, but for private notes")
    click.echo(f"$ windshield export --manager {dana.id}")
    command(["export", "--manager", dana.id])


def _form(person: Person) -> Modal:
    """The form that is open for that person."""
    assert person.modal is not None, f"no form is open for {person.name}:\n{person.screen()}"
    return person.modal


def _title(words: str) -> None:
    click.echo(f"\n━━━ {words} " + "━" * max(0, 70 - len(words)))


def _shows(person: Person, words: str) -> None:
    _title(words)
    click.echo(f"({person.name} sees)\n{person.screen()}")
