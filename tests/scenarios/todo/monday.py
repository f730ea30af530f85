"""What stories of the Monday list share: a team, its mornings, and a look at the list."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.delivery import Counts
from slack_sandbox import Modal, Person
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World

NAMES = (
    "Sam Stone",
    "Lena Fox",
    "Raj Rao",
    "Ines Ortega",
    "Tom Ash",
    "Ada Ek",
    "Ben Cole",
    "Mia Lo",
)


def team_of(
    world: World, manager: Person, size: int = len(NAMES), zone: str = "Europe/Berlin"
) -> list[Person]:
    """A team of `size` reps, set up before the story begins."""
    named = [*NAMES, *(f"Rep {number:02}" for number in range(len(NAMES), size))]
    reps = [world.person(name, tz=zone) for name in named[:size]]
    world.team(manager, *reps)
    return reps


def beat(world: World) -> Counts:
    """A heartbeat now."""
    counts = world.heart.beat(world.slack.clock.now())
    assert world.slack.settle is not None
    world.slack.settle()
    return counts


def at(world: World, day: date, hour: int, minute: int = 0, zone: str = "Europe/Berlin") -> Counts:
    """Let it be that time on the wall of that zone, and let the heart beat."""
    local = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(zone))
    world.slack.clock.move_to(local.astimezone(UTC))
    return beat(world)


def list_of(person: Person) -> Message:
    """The newest list in that person's messages."""
    return next(message for message in reversed(person.dm) if "week, " in message.text)


def lists_of(person: Person) -> list[Message]:
    """Every list in that person's messages, the oldest first."""
    return [message for message in person.dm if "week, " in message.text]


def modal(person: Person) -> Modal:
    """The form that is open for that person."""
    assert person.modal is not None, person.screen()
    return person.modal


def row(text: str, name: str) -> str:
    """What a list says of that rep, with the controls: from the line with the name on, up to the
    next rep."""
    lines = text.splitlines()
    (start,) = (place for place, line in enumerate(lines) if name in line)
    end = start + 1
    while "[" not in lines[end - 1] and end < len(lines):
        end += 1
    return "\n".join(lines[start:end])


def reason(text: str, name: str) -> str:
    """The reason that a list gives for that rep, who is open on it."""
    first, *rest = row(text, name).splitlines()
    return rest[0] if rest else first.split(" · ", 2)[2].partition(" [")[0]


def chooses(message: Message | Modal, label: str, name: str) -> None:
    """Press that button beside a rep, or choose it in the rep's menu, whichever there is."""
    if not message.press(label, name):
        message.picks(label, beside=name)
