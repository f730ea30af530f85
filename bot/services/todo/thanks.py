"""**Thank in the channel**: claimed before it is posted, so that nobody is thanked twice."""

from dataclasses import replace
from datetime import datetime

from bot.domain.meetings.naming import Words
from bot.domain.team.teams import Thanks
from bot.domain.todo.lists import Slot
from bot.domain.todo.sources.thanks import has_number
from bot.domain.todo.thanks import ThanksForm, first_words, may_thank
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import (
    AlreadyThanked,
    BadField,
    FieldError,
    NotInTheChannel,
)
from bot.services.delivery.messages import lists_changed
from bot.services.todo.lists import managed
from bot.services.workspaces.authority import not_theirs, on_today
from bot.services.workspaces.naming import namable_in
from storage import todo
from storage.database.engine import Database
from storage.team import teams


def say(database: Database, actor: Actor, team_id: int, said: Thanks, now: datetime) -> None:
    """What a rep says of thanks in the channel of a team that they are on. Raises Gone and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        own = [one for team, one in on_today(tx, actor.slack_id, now) if team.id == team_id]
        if not own:
            raise not_theirs(tx, actor, team_id)
        teams.set_thanks(tx, own[0].id, said)
        (team,) = teams.get_many(tx, [team_id])
        lists_changed(tx, team_id, team.today(now))


def to_thank(
    database: Database, actor: Actor, slot_id: int, words: str, now: datetime
) -> ThanksForm:
    """What the thanks of a slot begin with: `words`, or those that its reason gives.

    Raises Gone, NotYours, WeekOver, NotOnTeam, NotInTheChannel and AlreadyThanked.
    """
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        return _form(week, slot, words)


def claim(
    database: Database,
    actor: Actor,
    slot_id: int,
    words: str,
    fine_for: str | None,
    now: datetime,
) -> ThanksForm:
    """The thanks that are to be posted now, by this call alone. Where they name somebody else than
    `fine_for` (a Slack id), nothing is claimed, and it is asked about first.

    Raises what `to_thank` raises, and BadField for no words or for a number in them.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        form = _form(week, slot, words)
        if not words.strip():
            raise BadField("words", FieldError.MISSING)
        if has_number(words):
            raise BadField("words", FieldError.NUMBER)
        fine = {actor.slack_id, slot.rep.slack_id, *([fine_for] if fine_for else [])}
        said = Words(words, frozenset(fine))
        named = namable_in(tx, week.team, words).in_words(said)
        if named is not None:
            return replace(form, named=named)
        if not todo.thank(tx, slot.id, week.today):
            raise AlreadyThanked(slot.rep.name)
        lists_changed(tx, slot.team_id, slot.monday)
        return form


def give_back(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    """The thanks of that slot were not posted, as Slack or the manager says: they may be, again.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, thanked_on=None)
        lists_changed(tx, slot.team_id, slot.monday)


def _form(week: Week, slot: Slot, words: str) -> ThanksForm:
    team, reason = week.team, week.reason(slot)
    if slot.thanked_on is not None:
        raise AlreadyThanked(slot.rep.name)
    if not may_thank(team, week.places.get(slot.rep.id), reason) or not team.settings.channel:
        raise NotInTheChannel(slot.rep.name)
    begun = words or first_words(slot.rep.name, reason)
    return ThanksForm(slot.rep, team.manager, team.settings.channel, reason, begun)
