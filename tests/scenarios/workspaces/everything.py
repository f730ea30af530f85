"""A team in the midst of its work, and every way into what Windshield shows."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

from bot.domain.field_days import FieldDayEntry, FieldDayNotes
from bot.services import field_days, promises
from bot.services.sessions import sharing
from bot.services.team import introductions, ramp
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.promises.promising import promise
from tests.scenarios.team.setting_up import team_of
from tests.scenarios.workspaces.crawl import Crawler
from tests.scenarios.workspaces.rehearsal import Rehearsal
from tests.services.rides import sent

CLEARED = "the coffee is cold"

Way = tuple[Person, Callable[[], object]]


def busy_team(world: World) -> MeetingWorld:
    """On Monday morning: the list is out, and the meeting is on."""
    team = meeting_world(world)
    dana, raj = team.dana, team.raj
    facts = team_of(world, dana)
    (tom,) = [one for one in facts.active if one.rep.slack_id == team.tom.id]
    # There is still somebody to introduce.
    introductions.give_back(world.database, world.workspace_id, tom.id)
    # What a team's ramp begins with is there, so that looking at it keeps nothing.
    ramp.of_team(world.database, world.actor(dana), world.slack.clock.now())
    has_cleared_something(team)
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Northwind: Jo Lee, wants a trial\nHooli")
    modal(dana).fill("One focus", "ask for the next step")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "Northwind: 60 days #terms\nno fairs #fair")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).fill("Next step", "call Hooli")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Note for both of you", "good talk")
    modal(dana).submit()
    modal(dana).close()
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()
    are_a_pair(team)
    dana.slash("/touch @Lena Fox call about Acme")
    dana.slash("/agenda price change")
    raj.slash("/agenda win: two renewals early", team.channel)
    raj.slash("/agenda Lena's late quotes", team.channel)
    promise(world, dana, raj, "send the price sheet", raised=True)
    promise(world, dana, team.lena, "call Acme")
    dana.says("Raj mentioned the Hooli tender")
    dana.slash("/binder @Lena Fox")
    dana.picks("Plan a session")
    modal(dana).fill("Day", "2026-12-01")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/session @Lena Fox")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/fieldday @Tom Ash")
    modal(dana).fill("Visits", "Initech")
    modal(dana).clicks("Finish later")
    modal(dana).close_all()
    team.at(27, 7)
    team.at(30, 7)
    team.at(30, 8, 10)
    for person in (dana, raj, team.lena):
        person.reloads()
    return team


def are_a_pair(team: MeetingWorld) -> None:
    """What Lena does well is what Raj works on, and both read it."""
    world = team.world
    actor, now = world.actor(team.dana), world.slack.clock.now()
    for rep, notes in (
        (team.lena, FieldDayNotes((), strength="asks for the next step")),
        (team.raj, FieldDayNotes((), focus="the next step, in each meeting")),
    ):
        step = sent(FieldDayEntry(rep.id, now.date(), notes), f"pair {rep.id}")
        made = field_days.log_step(world.database, actor, step, now)
        sharing.share(world.database, actor, made.logged.touch.id, rep.id, now)


def has_cleared_something(team: MeetingWorld) -> None:
    """Raj raised something this month, and it is done."""
    world = team.world
    made = promise(world, team.dana, team.raj, CLEARED, raised=True)
    promises.fulfil(world.database, world.actor(team.dana), made, world.slack.clock.now())


def ways(team: MeetingWorld) -> Iterator[Way]:
    """Commands, shortcuts, messages, Home, and every message that stands."""
    dana, raj, lena = team.dana, team.raj, team.lena
    nia = team.world.person("Nia New")
    spoken = raj.says("the price sheet is out of date", team.channel)
    yield from ((one, one.opens_home) for one in (dana, raj, nia))
    for line in (
        *("/touch", "/touch @Raj Rao call about Acme", "/touch @Nia New call", "/touch help"),
        *("/todo", "/todo next", "/todo issue", "/todo issue price change until friday"),
        *("/todo away", "/binder", "/binder @Raj Rao", "/binder account Northwind"),
        *("/binder account", "/binder market", "/session", "/mirror"),
        *("/binder account Northwind renewal 1 March", "/binder bench", "/binder export"),
        "/binder pack",
        *("/mirror period", "/mirror balance", "/mirror results", "/mirror teams"),
        *("/session @Raj Rao", "/session topics", "/fieldday", "/fieldday @Raj Rao", "/agenda"),
        *("/agenda which customers first?", "/agenda Tom's late quotes", "/team", "/team @Nia New"),
    ):
        yield dana, partial(dana.slash, line)
    yield dana, partial(_rounds_up, dana)
    yield nia, partial(nia.slash, "/team")
    yield raj, partial(raj.slash, "/mirror teams")
    yield raj, partial(raj.slash, "/binder market")
    yield raj, partial(raj.slash, "/binder export")
    yield raj, partial(raj.slash, "/agenda", team.channel)
    yield raj, partial(raj.slash, "/agenda one more thing", team.channel)
    yield dana, partial(dana.shortcut, "Log a touch")
    yield dana, partial(dana.message_shortcut, "They raised something", spoken)
    yield dana, partial(dana.message_shortcut, "Add to team agenda", spoken)
    yield dana, partial(dana.says, "Raj Rao and the Acme renewal")
    yield raj, partial(raj.says, "the price sheet is wrong")
    yield raj, partial(raj.slash, "/touch help")
    yield raj, partial(raj.slash, "/todo")
    yield dana, partial(_away_again, dana)
    yield lena, partial(_promises_the_team, team)
    yield dana, partial(_is_asked_what_got_done, team)
    yield dana, partial(team.at, 4, 7, month=12)
    yield dana, partial(_tells_the_team, team)
    yield dana, partial(_agenda_lost, team)
    for one in (dana, raj, lena):
        yield one, partial(one.changes, name=f"{one.name} II")


def _is_asked_what_got_done(team: MeetingWorld) -> None:
    team.at(30, 8, 50)
    team.at(30, 8, 51)


def _rounds_up(dana: Person) -> None:
    """A line is noted of what a rep said to an issue of the day."""
    dana.slash("/todo issue delivery times until friday")
    dana.slash("/todo issue")
    dana.ephemerals[-1].clicks("What was said", beside="delivery times")
    modal(dana).clicks("Add what a rep said")
    modal(dana).fill("Rep", "Raj Rao")
    modal(dana).fill("One line of what they said", "Acme will ask in March")
    modal(dana).submit()


def _away_again(dana: Person) -> None:
    dana.slash("/todo away")
    modal(dana).submit()
    dana.slash("/todo away")


def _promises_the_team(team: MeetingWorld) -> None:
    """Somebody who took something on in the meeting looks at Home."""
    team.raj.clicks("Take notes")
    modal(team.raj).clicks("Outcome or promise")
    modal(team.raj).fill("Item", "price change")
    modal(team.raj).fill("Team promise", "list of the five")
    modal(team.raj).fill("Who takes it", team.lena)
    modal(team.raj).submit()
    team.lena.opens_home()


def tells_the_team(team: MeetingWorld) -> None:
    """A line is written of what was cleared, and Raj is asked."""
    dana = team.dana
    dana.opens_home()
    dana.clicks("Write it")
    modal(dana).fill(f"In your words: {CLEARED}", "it is warm now")
    modal(dana).submit()
    modal(dana).clicks("Ask them")
    team.beat()
    modal(dana).close_all()
    dana.opens_home()


def _tells_the_team(team: MeetingWorld) -> None:
    team.at(4, 7, month=12)
    tells_the_team(team)


def _agenda_lost(team: MeetingWorld) -> None:
    """Slack does not say whether the next agenda arrived."""
    team.at(4, 7, month=12)
    team.lose_answer(before=True)
    team.at(7, 7, month=12)
    team.at(7, 7, 1, month=12)


def go_everywhere(rehearsal: Rehearsal, team: MeetingWorld, most: int) -> Counter[str]:
    """Use all there is, at most so often; how often, by name."""
    crawler = Crawler(rehearsal, team.raj.id, most)
    crawler.goes((team.dana, team.raj, team.lena), ways(team))
    return crawler.used
