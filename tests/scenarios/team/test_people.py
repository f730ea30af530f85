"""Profiles that change in Slack while the team works on."""

import pytest

from bot.domain.workspaces.people import Profile
from bot.services.team import people
from slack_sandbox import Person
from storage.team import people as stored
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import happens, held

pytestmark = pytest.mark.reps("sam", "lena")


def choices(person: Person) -> list[str]:
    """The reps that the form of a touch offers."""
    person.slash("/touch")
    options = modal(person).raw["blocks"][0]["element"]["options"]
    modal(person).close()
    return [option["text"]["text"] for option in options]


def test_a_new_name_is_used_from_then_on(dana: Person, sam: Person) -> None:
    sam.changes(name="Sam Stone-Berg")
    assert choices(dana) == ["Lena Fox", "Sam Stone-Berg"]


def test_a_manager_who_moves_has_the_date_of_the_new_zone(world: World, dana: Person) -> None:
    dana.changes(tz="Pacific/Kiritimati")
    world.slack.clock.move_to(world.slack.clock.now().replace(hour=12))
    dana.slash("/touch @Sam Stone")
    assert modal(dana).value("When") == "2026-11-24"


def test_who_is_deactivated_leaves_the_choices_and_keeps_the_binder(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/touch @Sam Stone call about the Acme renewal")
    sam.is_deactivated()
    assert choices(dana) == ["Lena Fox"]
    dana.slash("/touch @Sam Stone call")
    dana.sees("Sam Stone: a bot, or someone who has left Slack.")
    dana.slash("/binder @Sam Stone")
    dana.sees("Not in Slack any more. All of it stays here.")
    dana.sees("about the Acme renewal")
    assert "Log a touch" not in modal(dana).text
    with world.database.reading(world.workspace_id) as tx:
        kept = stored.get(tx, sam.id)
    assert kept is not None
    assert kept.zone == "Europe/Berlin"


@pytest.mark.usefixtures("dana")
def test_strangers_are_none_of_our_business(world: World) -> None:
    stranger = world.person("Ola Berg")
    stranger.changes(name="Ola Bergman")
    assert people.find(world.database, world.actor(stranger)) is None


def test_a_change_that_cannot_be_saved_is_told_again(
    world: World, dana: Person, sam: Person
) -> None:
    user = {
        "id": sam.id,
        "name": "sam",
        "real_name": "Sam Berg",
        "profile": {"real_name": "Sam Berg"},
        "tz": "Europe/Berlin",
    }
    event = {"type": "user_change", "user": user}
    with held(world, "person"):
        assert happens(world, event).status == 503
    assert happens(world, event, 1).status == 200
    assert choices(dana) == ["Lena Fox", "Sam Berg"]


def test_a_profile_that_is_older_than_what_is_known_changes_nothing(
    world: World, dana: Person, sam: Person
) -> None:
    sam.changes(name="Sam Stone-Berg")
    now = int(world.slack.clock.now().timestamp())

    def told(name: str, updated: object, **more: object) -> list[str]:
        user = {"id": sam.id, "name": "sam", "real_name": name, "tz": "Asia/Tokyo", **more}
        happens(world, {"type": "user_change", "user": {**user, "updated": updated}})
        return choices(dana)

    assert told("Sam of old", now - 1, deleted=True) == ["Lena Fox", "Sam Stone-Berg"]
    older = Profile(sam.id, "Sam of old", "Asia/Tokyo", active=False, updated=now - 1)
    people.refresh(world.database, world.workspace_id, [older], world.slack.clock.now())
    people.save(world.database, world.workspace_id, [older], world.slack.clock.now())
    assert choices(dana) == ["Lena Fox", "Sam Stone-Berg"]
    kept = people.find(world.database, world.actor(sam))
    assert kept is not None
    assert kept.zone == "Europe/Berlin"
    assert told("Sam Berg", now + 1) == ["Lena Fox", "Sam Berg"]
    for senseless in (None, "soon", 0, True, -1):
        assert told(f"Sam {senseless}", senseless) == ["Lena Fox", f"Sam {senseless}"]
