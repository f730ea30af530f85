"""The id of what another team has, sent by hand, is answered as if there were no such thing."""

import inspect
from collections.abc import Callable
from typing import Any

from bot.domain.accounts.dates import SaidDate
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner
from bot.domain.workspaces.refusals import NotYours, Refusal
from bot.services.team import setup
from bot.services.workspaces import authority
from storage import appointments
from storage.accounts import accounts, dates, market, transitions
from storage.meetings import agenda, meetings
from tests.services.monday import DANA, FRI, INES, KEN, KIM, LENA, MON, SAM, Office, at
from tests.storage.world import heard_of

NOW = at(MON)
UNKNOWN = 987_654_321
AS_OF_NOW = (
    *("own_or_stood_in", "own_item", "led_item", "attended_meeting", "led_meeting"),
    *("own_market_note", "own_market_tag"),
)

OF_A_LIST = {"reader_of_list"}
"""A list can be forwarded: whoever sees it is told whose it is."""
OF_THE_TEAM = {"led_team", "meeting_role", "not_theirs"}
"""About the team itself."""


def of_team(office: Office) -> dict[str, int]:
    """What Dana's team has, by what finds it."""
    sam, team_id = office.person(SAM).id, office.team_id(DANA)
    touch = office.touches(SAM, MON, NOW, "a form")
    promise = office.promises(Owner.REP, SAM, "a demo kit", FRI, NOW)
    meets: dict[str, object] = {"meeting_days": (2,), "meeting_time": NOW.time()}
    office.asks(setup.change_settings, DANA, meets, NOW)
    with office.database.writing(office.workspace_id) as tx:
        planned = appointments.add(
            tx,
            team_id=team_id,
            rep_id=sam,
            kind=InteractionKind.SESSION,
            day=FRI,
            at=None,
            notes="",
            made_on=MON,
            after_contact=0,
        )
        item = agenda.add(
            tx,
            team_id=team_id,
            author_id=sam,
            rep_id=None,
            text="60-day terms",
            added_on=MON,
            interaction_id=None,
        )
        acme = accounts.ensure(tx, team_id, ["Acme"])["Acme"]
        transitions.keep(tx, team_id, sam, [acme], office.person(LENA).id, FRI, MON)
        renewal = dates.add(tx, team_id, SaidDate(acme, "", "renewal", FRI))
        dates.say(tx, renewal, "", MON)
        _, tag = market.add_tag(tx, team_id, "terms")
        dana = office.person(DANA).id
        heard = market.add(tx, **heard_of(team_id, touch, dana, sam, acme))
        (passes,) = transitions.of_teams(tx, [team_id])
        meeting = meetings.to_come(tx, [team_id])[0].id
    return {
        "own_interaction": touch,
        "own_or_stood_in": touch,
        "authored_contact": touch,
        "promise_to_change": promise,
        "promise_of_rep": promise,
        "managed_promise": promise,
        "own_appointment": planned,
        "appointment_of_rep": planned,
        "own_transition": passes.id,
        "own_account": acme,
        "own_account_date": renewal,
        "own_market_note": heard,
        "own_market_tag": tag,
        "own_item": item,
        "led_item": item,
        "attended_meeting": meeting,
        "led_meeting": meeting,
    }


def said(office: Office, name: str, who: str, number: int) -> Refusal | None:
    find: Callable[..., Any] = getattr(authority, name)
    with office.database.reading(office.workspace_id) as tx:
        try:
            find(tx, office.actor(who), number, *([NOW] if name in AS_OF_NOW else []))
        except Refusal as refusal:
            return refusal
    return None


def test_what_another_team_has_is_as_if_unknown(office: Office) -> None:
    office.team(KIM, INES)
    for name, number in of_team(office).items():
        for who in (KIM, INES, KEN, "U0STRANGER"):
            told, unknown = said(office, name, who, number), said(office, name, who, UNKNOWN)
            assert unknown is not None
            assert (type(told), vars(told)) == (type(unknown), vars(unknown)), (name, who)
        whose = said(office, name, LENA, number)
        assert not isinstance(whose, NotYours) or whose.owner in ("", "Dana Moss"), name


def test_every_way_to_find_something_by_its_id_is_tried(office: Office) -> None:
    finds = {
        name
        for name, find in inspect.getmembers(authority, inspect.isfunction)
        if find.__module__ == authority.__name__ and "NotYours" in (find.__doc__ or "")
    }
    # Of a contact that was found already.
    finds -= {authority.require_readable.__name__, authority.require_own.__name__}
    assert finds - OF_A_LIST - OF_THE_TEAM == set(of_team(office))
