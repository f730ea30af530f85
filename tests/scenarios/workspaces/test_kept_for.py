"""For how long things are kept, as a manager and a rep live it: a year and more later."""

import json
import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.promises import Owner
from bot.domain.workspaces.names import fold
from bot.exchange.json_export import to_json
from bot.jobs.kinds import all_kinds
from bot.jobs.upkeep import Upkeep
from bot.services import promises
from bot.services.binder.export import export_team
from bot.services.contacts import touches
from bot.services.workspaces import retention
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.storage.world import rows_of

pytestmark = pytest.mark.slow

OLD = "zq1"
"""In every word of long ago that is not to be kept."""
STANDS = "zq2"
"""In every word of long ago that still stands."""
NEW = "zq3"
YEARS = timedelta(days=400)


@dataclass
class Story:
    world: World
    dana: Person
    raj: Person
    upkeep: Upkeep

    def a_day_passes(self) -> None:
        """All of the upkeep of a day, beside the heartbeat."""
        clock = self.world.slack.clock
        clock.advance(timedelta(days=1))
        for _ in range(40):
            self.upkeep.step(clock.now())
        self.world.heart.beat(clock.now())

    def everything(self) -> str:
        """What the two of them open, the export, the rep's copy and all that is in plain words in
        the database."""
        dana, raj = self.dana, self.raj
        actor, now = self.world.actor(dana), self.world.slack.clock.now()
        record = export_team(self.world.database, actor.workspace_id, dana.id, ExportRequest(), now)
        seen = ["".join(to_json(record, now))]
        for person in (dana, raj):
            person.opens_home()
            seen.append(person.screen())
        for line in ("/binder @Raj Rao", "/binder account", "/binder market", "/todo", "/mirror"):
            dana.slash(line)
            seen.append(str([message.text for message in dana.ephemerals[-1:]]))
        raj.opens_home()
        raj.clicks("My copy")
        files = raj.dm[-1].files
        seen += [files["my-copy.md"], files["my-copy.json"]]
        with self.world.database.reading(actor.workspace_id) as tx:
            seen.append(str(rows_of(tx, actor.workspace_id)))
        return fold("\n".join(seen))


@pytest.fixture
def story(world: World, raj: Person) -> Story:
    """A session, a field day, a contact and promises of long ago, and a few of now."""
    world.expired = True
    dana = world.person("Dana Moss")
    world.team(dana, raj)
    now, actor = world.slack.clock.now(), world.actor(dana)
    touches.log_line(world.database, actor, f"<@{raj.id}> call about {OLD}", now)
    kept = promise(world, dana, raj, f"sheet {OLD}")
    promise(world, dana, raj, f"demo {STANDS}", owner=Owner.REP)
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", f"win the north {STANDS}")
    modal(dana).fill("What changed", f"moved {OLD}")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Results, looking back", f"behind {OLD}")
    modal(dana).submit()
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Northwind: Jo Lee")
    modal(dana).fill("One focus", f"shorter {STANDS}")
    modal(dana).clicks("More")
    modal(dana).fill("One strength", f"listens {OLD}")
    modal(dana).fill("Heard of market and competitors", f"terms {OLD}")
    modal(dana).submit()
    modal(dana).close()
    dana.says(f"a thought {OLD}")
    promises.fulfil(world.database, actor, kept, now)
    upkeep = Upkeep(world.product.app, all_kinds().drawn_for, threading.Event())
    made = Story(world, dana, raj, upkeep)
    world.slack.clock.advance(YEARS)
    return made


def test_what_is_older_than_a_workspace_keeps_things_is_nowhere(story: Story) -> None:
    world, dana, raj = story.world, story.dana, story.raj
    story.a_day_passes()
    before = story.everything()
    assert OLD in before
    assert STANDS in before
    raj.opens_home()
    raj.clicks("Read it")
    assert "until somebody deletes it" in str(modal(raj))
    modal(raj).close()
    retention.keep_for(world.database, world.workspace_id, 12, world.slack.clock.now())
    now, actor = world.slack.clock.now(), world.actor(dana)
    touches.log_line(world.database, actor, f"<@{raj.id}> call about {NEW}", now)
    assert [one for one in raj.dm if f"moved {OLD}" in one.text]
    story.a_day_passes()
    story.a_day_passes()
    after = story.everything()
    assert OLD not in after
    assert NEW in after
    assert STANDS in after
    for words in ("win the north", "demo", "shorter", "northwind"):
        assert words in after, words
    assert not [one for one in raj.dm if OLD in one.text]
    raj.sees("older than Windshield keeps things")
    raj.opens_home()
    assert f"demo {STANDS}" in raj.screen()
    raj.clicks("Read it")
    assert "1 year, then it goes by itself" in str(modal(raj))
    modal(raj).close()
    data = json.loads(raj.dm[-1].files["my-copy.json"])
    assert data["kept_for_months"] == 12
    page = raj.dm[-1].files["my-copy.md"]
    assert "It is kept for 1 year" in page
    assert f"win the north {STANDS}" in page
    assert data["teams"][0]["not_shown"]["shared"] == 1, "the focus, which nobody shared"
