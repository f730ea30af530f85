"""The three forms that are saved as one types, new and changed, and keystrokes that come as they
like."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.home.planned import THURSDAY, plan
from tests.scenarios.workspaces.trouble import receives


@dataclass(frozen=True)
class LongForm:
    """One of the forms: who fills it in, how it is opened, the fields that are typed in, and where
    it stands on their Home while it is half filled in."""

    name: str
    by_rep: bool
    opens: Callable[[Person], None]
    fields: tuple[str, str]
    block: str
    on_home: str

    def __str__(self) -> str:
        return self.name

    def author(self, dana: Person, raj: Person) -> Person:
        return raj if self.by_rep else dana


def _session(dana: Person) -> None:
    dana.slash("/session @Raj Rao")


def _second_step(dana: Person) -> None:
    _session(dana)
    modal(dana).submit()


def _last_step(dana: Person) -> None:
    _session(dana)
    for _ in range(4):
        modal(dana).submit()


def _field_day(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")


def _more_of_a_field_day(dana: Person) -> None:
    _field_day(dana)
    modal(dana).press("More")


def _nobodys_field_day(dana: Person) -> None:
    dana.slash("/fieldday")


def _entry(kind: str) -> Callable[[Person], None]:
    def opens(dana: Person) -> None:
        dana.slash("/binder @Raj Rao")
        dana.picks("Open", beside=kind)
        dana.clicks("Edit")

    return opens


def _prepare(raj: Person) -> None:
    raj.opens_home()
    raj.clicks("Prepare")


LONG_FORMS = (
    LongForm(
        "session",
        False,
        _session,
        ("Plan", "Next step"),
        "plan.territory",
        "Your strategy session with Raj Rao is half written down.",
    ),
    LongForm(
        "session, a later step",
        False,
        _second_step,
        ("Plan", "What changed"),
        "plan.accounts",
        "Your strategy session with Raj Rao is half written down.",
    ),
    LongForm(
        "session, the last step",
        False,
        _last_step,
        ("Results, looking back", "Note for both of you"),
        "results",
        "Your strategy session with Raj Rao is half written down.",
    ),
    LongForm(
        "a session that was held",
        False,
        _entry("strategy session"),
        ("Plan", "What changed"),
        "plan.territory",
        "Your strategy session with Raj Rao is half changed.",
    ),
    LongForm(
        "field day",
        False,
        _field_day,
        ("Visits", "One focus"),
        "visits",
        "Your field day with Raj Rao is half written down.",
    ),
    LongForm(
        "field day, behind More",
        False,
        _more_of_a_field_day,
        ("How they saw the day", "One strength"),
        "rep_view",
        "Your field day with Raj Rao is half written down.",
    ),
    LongForm(
        "field day with nobody yet",
        False,
        _nobodys_field_day,
        ("Visits", "They will"),
        "visits",
        "Your field day is half written down.",
    ),
    LongForm(
        "a field day that was logged",
        False,
        _entry("field day"),
        ("Visits", "One focus"),
        "visits",
        "Your field day with Raj Rao is half changed.",
    ),
    LongForm(
        "Prepare",
        True,
        _prepare,
        ("Pipeline", "Activity plan"),
        "topic.pipeline",
        "Your preparation for the strategy session with Dana Moss is half written down.",
    ),
)


def is_ready(dana: Person, raj: Person, form: LongForm) -> None:
    """What must be there before the form can be opened: something held, or something planned."""
    if form.by_rep:
        plan(dana, raj, "session", THURSDAY, "10:00")
    elif "was held" in form.name:
        _last_step(dana)
        modal(dana).fill("Note for both of you", "a good talk")
        modal(dana).submit()
        modal(dana).close_all()
    elif "was logged" in form.name:
        _field_day(dana)
        modal(dana).fill("One focus", "shorter first meetings")
        modal(dana).submit()
        modal(dana).close_all()


def keystroke(
    world: World, person: Person, view: dict[str, Any], block: str, text: str, later: float
) -> None:
    """A keystroke in that modal as Slack may bring it: late, or from another device. It happened so
    many seconds after the latest that the sandbox told of."""
    held = {name: dict(entries) for name, entries in view["state"]["values"].items()}
    (action_id,) = held[block]
    held[block][action_id] = {"type": "plain_text_input", "value": text}
    action = {
        "type": "plain_text_input",
        "block_id": block,
        "action_id": action_id,
        "value": text,
        "action_ts": f"{float(world.slack.clock.now().timestamp()) + later:.6f}",
    }
    receives(
        world,
        {
            "type": "block_actions",
            "team": {"id": world.slack.team_id},
            "user": {"id": person.id},
            "view": {**view, "state": {"values": held}},
            "actions": [action],
            "trigger_id": "",
        },
    )


def stands(person: Person) -> dict[str, Any]:
    """The modal that is open now, as Slack tells of it, also later."""
    return deepcopy(modal(person).raw)


def is_saved(world: World) -> None:
    """All that was typed has come to rest."""
    assert world.product.app.autosave.wait_until_idle(timeout=15)
