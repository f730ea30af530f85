"""What is typed outlasts what happens around the form: an end of the process, a form that is the
third, and a change of something logged."""

from typing import Any

import pytest
from sqlalchemy import Integer, select

from bot.app import assemble
from bot.config import Settings
from bot.serving.sockets import SocketMode
from slack_sandbox import Person
from storage.models import Base, FieldDay, Session, SessionTopic
from tests.scenarios.conftest import World, settled
from tests.scenarios.forms import modal
from tests.scenarios.sessions.half_written import LONG_FORMS, LongForm, is_ready, is_saved
from tests.scenarios.workspaces.trouble import held

pytestmark = pytest.mark.slow


@pytest.fixture
def dana(world: World, raj: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, raj)
    return manager


@pytest.mark.parametrize("form", [LONG_FORMS[0], LONG_FORMS[6], LONG_FORMS[7]], ids=str)
def test_a_process_that_ends_leaves_every_word_to_the_next(
    world: World, dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    author = form.author(dana, raj)
    one, two = form.fields
    form.opens(author)
    with held(world, "draft"):
        modal(author).fill(one, "the last word")
        modal(author).fill(two, "typed as it ended")
    world.product.app.autosave.close()
    slack = world.slack
    settings = Settings(
        bot_token=slack.bot_token, app_token=slack.app_token, slack_api_url=slack.api_url
    )
    product = assemble(settings, world.database, clock=slack.clock)
    socket = SocketMode(product, slack.app_token, slack.api_url)

    def settle() -> None:
        for each in (world.product, product):
            settled(each)

    slack.settle = settle
    socket.start()
    slack.wait_for_app(sockets=2)
    # Of the first process nothing is left; Slack tells the other of all that happens.
    slack.cut_sockets(most=1)
    try:
        modal(author).close_all()
        author.opens_home()
        author.clicks("Resume")
        assert modal(author).value(one) == "the last word"
        assert modal(author).value(two) == "typed as it ended"
    finally:
        socket.stop()


@pytest.mark.parametrize("form", [LONG_FORMS[3], LONG_FORMS[6]], ids=str)
def test_a_long_form_whose_place_an_answer_takes_is_there_again(
    world: World, dana: Person, raj: Person, form: LongForm
) -> None:
    is_ready(dana, raj, form)
    one, two = form.fields
    form.opens(dana)
    assert modal(dana).raw["previous_view_id"] != modal(dana).raw["root_view_id"]
    modal(dana).fill(one, "typed before")
    with held(world, "draft"):
        modal(dana).fill(two, "and meanwhile")
        # Slack lays no fourth modal on three: the answer stands where the form was.
        modal(dana).clicks("Finish later")
        assert one not in modal(dana).labels
        modal(dana).close_all()
    is_saved(world)
    dana.opens_home()
    dana.clicks("Resume")
    assert modal(dana).value(one) == "typed before"
    assert modal(dana).value(two) == "and meanwhile"


def submit_label(person: Person) -> str:
    return str(modal(person).raw["submit"]["text"])


def fills_in_everything(person: Person) -> None:
    """Something of its own in every field that words, a number or a tick go into, step by step, and
    under **More**."""
    while True:
        for number, block in enumerate(modal(person).raw["blocks"]):
            element = block.get("element", {})
            label = block.get("label", {}).get("text", "")
            match element.get("type"):
                case "plain_text_input":
                    modal(person).fill(label, f"word {number} of {block['block_id']}")
                case "number_input":
                    modal(person).fill(label, "739")
                case "static_select" if block["block_id"] == "practice":
                    modal(person).fill(label, "Together: you both did it")
                case "checkboxes":
                    modal(person).fill(label, [one["text"]["text"] for one in element["options"]])
        if "[More]" in modal(person).text:
            modal(person).clicks("More")
            continue
        last = submit_label(person) != "Next"
        modal(person).submit()
        if last:
            return


def everything_shown(person: Person) -> str:
    """What stands in all fields of the form, step by step."""
    shown: list[Any] = []
    while True:
        shown += [modal(person).value(label) for label in modal(person).labels]
        if submit_label(person) != "Next":
            return str(shown)
        modal(person).submit()


def said(world: World, *tables: type[Base]) -> dict[str, list[Any]]:
    """What the rows of those tables say, by column: all that is no id."""
    found: dict[str, list[Any]] = {}
    with world.database.engine.connect() as connection:
        for model in tables:
            for column in model.__table__.columns:
                is_id = isinstance(column.type, Integer) and column.name.endswith("id")
                if not column.foreign_keys and not is_id:
                    rows = connection.execute(select(column)).scalars().all()
                    found[f"{model.__tablename__}.{column.name}"] = [row for row in rows if row]
    return found


@pytest.mark.parametrize(
    ("form", "tables"),
    [(LONG_FORMS[3], (Session, SessionTopic)), (LONG_FORMS[7], (FieldDay,))],
    ids=str,
)
def test_a_change_shows_everything_that_is_kept(
    world: World, dana: Person, form: LongForm, tables: tuple[type[Base], ...]
) -> None:
    dana.slash("/session @Raj Rao" if Session in tables else "/fieldday @Raj Rao")
    fills_in_everything(dana)
    modal(dana).close_all()
    kept = said(world, *tables)
    form.opens(dana)
    shown = everything_shown(dana).casefold()
    for column, values in kept.items():
        assert values, f"no field of the form is kept in {column}"
        for value in values:
            words = "worth a word next week" if value is True else str(value).casefold()
            assert words in shown, (column, value)
