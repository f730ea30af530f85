"""A month of which something is told: **You said, we did**, as its manager writes it."""

from datetime import date

from sqlalchemy import select

from bot.domain.promises import Owner, PromiseEntry
from bot.services import promises
from bot.services.team.memberships import end_today
from slack_sandbox import Person
from storage.contacts import cleared as rows
from storage.models import Cleared
from storage.team import people, teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world

QUOTES, DEMO, SECRET = "quotes take four days", "no demo unit", "my father is ill"
LINE, UNIT = "quotes go out in two days now", "the demo unit is in the van"


def raised(world: World, dana: Person, rep: Person, what: str, *, between_us: bool = False) -> None:
    """The rep raised it, and the manager kept it, now."""
    actor, now = world.actor(dana), world.slack.clock.now()
    entry = PromiseEntry(rep.id, Owner.MANAGER, what, None, between_us)
    made = promises.make(world.database, actor, entry, what, now, raised=True)
    promises.fulfil(world.database, actor, made.promise.id, now)


def november(world: World, *, introduced: bool = True) -> MeetingWorld:
    """Raj, Lena and Tom raised something that was done in November; Raj something else between the
    two of them. It is Tuesday 1 December."""
    team = meeting_world(world, introduced=introduced)
    raised(world, team.dana, team.raj, QUOTES)
    raised(world, team.dana, team.lena, DEMO)
    raised(world, team.dana, team.tom, "no car")
    raised(world, team.dana, team.raj, SECRET, between_us=True)
    team.at(1, 10, month=12)
    return team


def opens(team: MeetingWorld) -> None:
    half = "· half written" in home(team.dana)
    team.dana.clicks("Resume" if half else "Write it")


def writes(team: MeetingWorld, **lines: str) -> None:
    opens(team)
    for label, words in lines.items():
        what = {"quotes": QUOTES, "demo": DEMO, "car": "no car"}[label]
        modal(team.dana).fill(f"In your words: {what}", words)
    modal(team.dana).submit()


def asks(team: MeetingWorld) -> None:
    team.dana.clicks("Ask them")
    team.beat()


def lines_of(team: MeetingWorld) -> list[int]:
    """The lines of November, by id."""
    with team.world.database.reading(team.world.workspace_id) as tx:
        found = teams.of_manager(tx, team.dana.id)
        assert found is not None
        return [one.id for one in rows.of_month(tx, found.id, date(2026, 11, 1))]


def kept(team: MeetingWorld) -> list[str]:
    """All lines that the database holds, in the order they were written."""
    with team.world.database.engine.connect() as connection:
        return list(connection.scalars(select(Cleared.text).order_by(Cleared.id)))


def leaves(team: MeetingWorld, rep: Person) -> None:
    """The rep leaves the team, now."""
    world, now = team.world, team.world.slack.clock.now()
    with world.database.writing(world.workspace_id) as tx:
        own, gone = teams.of_manager(tx, team.dana.id), people.get(tx, rep.id)
        assert own is not None
        assert gone is not None
        end_today(tx, own, [gone.id], now)


def home(person: Person) -> str:
    person.opens_home()
    assert person.home is not None
    return person.home.text


def told(team: MeetingWorld) -> list[str]:
    return [one for one in team.posted if "You said, we did" in one]


def box(what: str) -> str:
    """The label of the field for what was raised."""
    return f"In your words: {what}"


def is_saved(team: MeetingWorld) -> None:
    """What was typed is in the database."""
    assert team.world.product.app.autosave.wait_until_idle(timeout=15)


def agrees_and_previews(team: MeetingWorld) -> None:
    """Raj says yes to the line about quotes, and its preview is before Dana."""
    writes(team, quotes=LINE)
    asks(team)
    team.raj.clicks("Yes, share it")
    opens(team)
    modal(team.dana).submit()
