"""**Pair them**: what the manager makes of a pair that is proposed."""

from datetime import datetime

from bot.domain.meetings.agenda import Agenda, PairShown, Role
from bot.domain.meetings.meetings import Meeting
from bot.domain.meetings.pairing import Pair
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.domain.team.calendar import when_awake
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, NotYours
from bot.services.meetings import pairing
from bot.services.meetings.meetings import agenda_of
from bot.services.meetings.series import changed
from bot.services.meetings.swaps import hold, put_question
from bot.services.workspaces.absence import days_off
from bot.services.workspaces.authority import attended_meeting
from bot.services.workspaces.naming import whom
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import swaps


def to_pair(
    database: Database, actor: Actor, meeting_id: int, seen: str, now: datetime
) -> PairShown | None:
    """The pair that the manager pressed, as each would read of it; None where it does not fit any
    more. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting = _own(tx, actor, meeting_id, now)
        agenda = agenda_of(tx, team, meeting, now)
        pair = _proposed(tx, agenda, seen, now)
        return _shown(tx, agenda, pair.learner, pair.shower, pair.skill, now) if pair else None


def pair(
    database: Database,
    actor: Actor,
    meeting_id: int,
    seen: str,
    skill: str,
    form: str,
    now: datetime,
) -> PairShown | None:
    """**Pair them**: who would see it is asked, in those words; nobody else before they say yes,
    and nothing changes before both did. None where the pair does not fit any more: nobody is asked.
    The same form again asks nobody else: while there is no answer yet, the question says its words.

    Raises Gone, NotYours, and BadField for no words, and for words that name somebody.
    """
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _own(tx, actor, meeting_id, now)
        hold(tx, team)
        agenda = agenda_of(tx, team, meeting, now)
        again = swaps.made_by(tx, form)
        if again is not None and again.learner is not None:
            said = again.skill
            if again.is_open(meeting, now):
                said = _words(tx, team, skill)
                if said != again.skill:
                    swaps.mend(tx, again.id, said)
                    changed(tx, meeting.id)
            return _shown(tx, agenda, again.learner, again.shower, said, now)
        found = _proposed(tx, agenda, seen, now)
        if found is None:
            return None
        words = _words(tx, team, skill)
        swaps.end(tx, meeting.id)
        shown = _shown(tx, agenda, found.learner, found.shower, words, now)
        put_question(
            tx, meeting, shown.at, form=form, until=shown.until, **_columns(team, found, words)
        )
        return shown


def put_off(
    database: Database, actor: Actor, meeting_id: int, seen: str, form: str, now: datetime
) -> None:
    """**Not now**: that pair is not proposed for this meeting any more, and nobody is asked. Raises
    Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = _own(tx, actor, meeting_id, now)
        hold(tx, team)
        found = _proposed(tx, agenda_of(tx, team, meeting, now), seen, now)
        if found is None:
            return
        swaps.ask(
            tx,
            form=form,
            team_id=team.id,
            meeting_id=meeting.id,
            holder_id=None,
            day=meeting.day,
            at=meeting.at,
            until=now,
            state=SwapState.PUT_OFF,
            **_columns(team, found, ""),
        )
        changed(tx, meeting.id)


def _words(tx: Transaction, team: Team, skill: str) -> str:
    words = " ".join(skill.split())
    if not words:
        raise BadField("skill", FieldError.MISSING)
    if whom(tx, team, words, frozenset()) is not None:
        raise BadField("skill", FieldError.NAMES_SOMEBODY)
    return words


def _columns(team: Team, pair: Pair, skill: str) -> dict[str, object]:
    return {
        "asked_id": pair.learner.id,
        "asked_by_id": team.manager.id,
        "kind": SwapKind.LEARN,
        "other_id": pair.shower.id,
        "skill": skill,
        "strength_id": pair.strength.field_day,
        "focus_id": pair.focus.field_day,
    }


def _own(tx: Transaction, actor: Actor, meeting_id: int, now: datetime) -> tuple[Team, Meeting]:
    """What was noted on field days is the manager's alone: no stand-in pairs anybody."""
    team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
    if role is not Role.MANAGER:
        raise NotYours(team.manager.name)
    return team, meeting


def _proposed(tx: Transaction, agenda: Agenda, seen: str, now: datetime) -> Pair | None:
    pair = pairing.proposed(tx, [agenda], now).get(agenda.meeting.id)
    return pair if pair is not None and pair.seen == seen else None


def _shown(
    tx: Transaction, agenda: Agenda, learner: Person, shower: Person, skill: str, now: datetime
) -> PairShown:
    team = agenda.team
    zone = team.zone_of(learner)
    at = when_awake(now, zone)
    until = pairing.until_of(team, agenda.meeting, learner, days_off(tx, team, learner))
    return PairShown(
        agenda=agenda,
        learner=learner,
        shower=shower,
        skill=skill,
        until=until.astimezone(zone),
        at=at.astimezone(zone),
        waits=at > now,
    )
