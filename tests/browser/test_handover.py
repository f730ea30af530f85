"""A team passes to another manager, on a phone: the form, what the receiver and the rep get, and
what stayed."""

from datetime import UTC, datetime

import pytest

from bot.domain.contacts.touches import Channel, TouchEntry
from bot.domain.promises import RaisedEntry
from bot.services.contacts import private_notes, raising, touches
from tests.browser.conftest import Visit
from tests.scenarios.accounts.test_transition import log_visits
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise

WORDS = "You are in good hands with Kim; she knows the north better than I do."


@pytest.mark.slow
def test_a_team_passes_on_a_phone(world: World, visit: Visit) -> None:
    dana, raj, kim = map(world.person, ("Dana Moss", "Raj Rao", "Kim Ito"))
    world.team(dana, raj, world.person("Lena Fox"))
    now, database = world.slack.clock.now(), world.database
    entry = TouchEntry(raj.id, Channel.CALL, now.date(), "the ferry")
    logged = touches.log_form(database, world.actor(dana), entry, "form-ferry", now)
    private_notes.add(database, world.actor(dana), logged.touch.id, "seems tired", "form-note")
    said = RaisedEntry("", "I may move away in spring", between_us=True)
    raising.raise_something(database, world.actor(raj), said, "form-said", now)
    log_visits(dana, "Raj Rao", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli")
    promise(world, dana, raj, "price sheet")
    dana.slash("/team")
    modal(dana).clicks("Pass the team on")
    modal(dana).fill("To", kim)
    modal(dana).fill("A word of yours", WORDS)
    modal(dana).submit()
    look = visit(dana, phone=True)
    look.form("Pass the team on")
    look.shoots("phone-handover-form")
    modal(dana).submit()
    modal(dana).close_all()
    world.slack.clock.move_to(datetime(2026, 11, 23, 10, tzinfo=UTC))
    world.heart.beat(world.slack.clock.now())
    look = visit(kim, phone=True)
    look.sees("Take it")
    look.shoots("phone-handover-offer")
    look.presses("Transition pack")
    look.form("Transition pack")
    look.shoots("phone-pack-team")
    look.tab.get_by_role("button", name="See Raj Rao").click()
    look.sees("been there too: Dana Moss")
    look.shoots("phone-pack-rep")
    look.presses("Close")
    kim.opens_home()
    look = visit(kim, "app/home", phone=True)
    look.sees("would like to pass")
    look.shoots("phone-handover-home")
    kim.clicks("Take it")
    for _ in range(2):
        world.heart.beat(world.slack.clock.now())
    look = visit(raj, phone=True)
    look.sees("Kim Ito manages your team from now on")
    look.shoots("phone-handover-rep")
    dana.opens_home()
    look = visit(dana, "app/home", phone=True)
    look.sees("What stayed with you")
    look.shoots("phone-handover-stayed")
