"""The next agenda as somebody opens it: the manager, who stands in, or a rep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from bot.domain.accounts.market import (
    NEWS,
    MarketNote,
    MarketTag,
    Spread,
    agenda_words,
    spreads,
)
from bot.domain.accounts.market_lines import Known, without_tags_in
from bot.domain.accounts.market_tags import of_several_words
from bot.domain.meetings.agenda import (
    ITEM_LIMIT,
    Agenda,
    AgendaView,
    MeetingAhead,
    Role,
    Suggestion,
)
from bot.domain.meetings.meetings import RECORD, Meeting, record_of
from bot.domain.meetings.naming import Words
from bot.domain.promises import Owner
from bot.domain.team.settings import FIELD, LOOKING_AHEAD, WINS
from bot.domain.team.teams import Team, by_team
from bot.domain.workspaces.people import Actor, Person, first_zone
from bot.domain.workspaces.refusals import BetweenUs, Gone, NoTeam, NotYours
from bot.services.meetings import pairing
from bot.services.meetings.meetings import agendas_of, known_person
from bot.services.workspaces.absence import stood_in_for
from bot.services.workspaces.authority import (
    attended_meeting,
    meeting_role,
    own_interaction,
    promise_to_change,
)
from storage import field_days, promises, todo
from storage.accounts import market
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.sessions import sessions, sharing
from storage.team import people, teams

LOOKED_BACK = timedelta(days=14)
"""How far back suggestions look where there was no meeting yet."""


SUGGESTED_OF_A_KIND = 2


def words_of_promise(
    database: Database, actor: Actor, promise_id: int, now: datetime
) -> tuple[AgendaView, str]:
    """The next agenda of the manager who acts, and what a promise says, to be put there in words
    the manager sees first. Raises Gone, NotYours and BetweenUs."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        role = meeting_role(tx, actor, team, now)
        if not role.leads:
            raise NotYours(team.manager.name)
        if promise.between_us:
            raise BetweenUs(promise.rep.name)
        return view_in(tx, team, role, team.manager, now), promise.what


def words_of_session(
    database: Database, actor: Actor, interaction_id: int, now: datetime
) -> tuple[AgendaView, str]:
    """The same, with the first thing that changed by a session. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        held = sessions.of_interactions(tx, [contact.id]).get(contact.id)
        if held is None or contact.deleted_at is not None:
            raise Gone
        words = next((said.changed for _, said in held.spoken() if said.changed), "")
        shared = sharing.of_interactions(tx, [contact.id], with_objection=True).get(contact.id)
        if shared is not None and shared.objection:
            # What its rep remembers otherwise is nothing to propose to the team.
            words = ""
        role = meeting_role(tx, actor, team, now)
        return view_in(tx, team, role, team.manager, now), words[:ITEM_LIMIT]


def view(database: Database, actor: Actor, channel: str | None, now: datetime) -> AgendaView:
    """The next agenda as who acts may see it: of the team that meets in `channel`, where they are
    on several. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, role, reader = team_of(tx, actor, channel, now)
        return view_in(tx, team, role, reader, now)


def view_of(database: Database, actor: Actor, meeting_id: int, now: datetime) -> AgendaView:
    """The same, of one meeting. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
        return view_in(tx, team, role, known_person(tx, actor.slack_id), now, meeting)


def next_view(database: Database, actor: Actor, team_id: int, now: datetime) -> AgendaView:
    """The next agenda of that team. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.get(tx, team_id)
        if team is None:
            raise Gone
        role = meeting_role(tx, actor, team, now)
        return view_in(tx, team, role, known_person(tx, actor.slack_id), now)


class Asked(NamedTuple):
    """Who asks for the agenda of a meeting, and what they are to its team."""

    team: Team
    role: Role
    reader: Person
    meeting: Meeting


def view_in(
    tx: Transaction,
    team: Team,
    role: Role,
    reader: Person,
    now: datetime,
    meeting: Meeting | None = None,
) -> AgendaView:
    """What is on the agenda of that meeting, the next one where none is named."""
    if meeting is None:
        meeting = next(iter(meetings.to_come(tx, [team.id])), None)
    if meeting is None:
        items = [item for item in agenda.open_items(tx, [team.id]) if item.rep is None]
        return AgendaView(team, role, reader, None, tuple(items))
    return views_in(tx, [Asked(team, role, reader, meeting)], now)[0]


def views_in(tx: Transaction, asked: Sequence[Asked], now: datetime) -> list[AgendaView]:
    """What is on the agendas of those meetings, for who asks, in order."""
    if not asked:
        return []
    agendas = agendas_of(tx, [(one.team, one.meeting) for one in asked], now)
    past = {one.team.id for one, found in zip(asked, agendas, strict=True) if found.meeting.is_past}
    kept = agenda.open_items(tx, list(past)) if past else []
    still_open = by_team(item for item in kept if item.rep is None)
    led = {one.team.id for one in asked if one.role.leads}
    over = by_team(meetings.over(tx, list(led), RECORD * 2)) if led else {}
    thin = [
        found
        for one, found in zip(asked, agendas, strict=True)
        if one.role is Role.MANAGER and found.is_thin and one.meeting.closed_at is None
    ]
    suggestions = _suggestions(tx, thin, over)
    own = [found for one, found in zip(asked, agendas, strict=True) if one.role is Role.MANAGER]
    proposed = pairing.proposed(tx, own, now)

    def view(one: Asked, found: Agenda) -> AgendaView:
        items = still_open.get(one.team.id, ()) if found.meeting.is_past else found.still_open()
        record = record_of(over.get(one.team.id, ()) if one.role.leads else ())
        more = suggestions.get(one.meeting.id, ()) if one.role is Role.MANAGER else ()
        pair = proposed.get(one.meeting.id) if one.role is Role.MANAGER else None
        return AgendaView(one.team, one.role, one.reader, found, tuple(items), record, more, pair)

    return [view(one, found) for one, found in zip(asked, agendas, strict=True)]


def _suggestions(
    tx: Transaction, thin: Sequence[Agenda], over: Mapping[int, Sequence[Meeting]]
) -> dict[int, tuple[Suggestion, ...]]:
    """What thin agendas could hold, by meeting: wins since the last meeting, what was heard in the
    field, what spreads on the market, the issue of the day; what spreads is no more said by itself
    or as an issue too. Nothing that was on an agenda since. Seen by the manager alone, who
    chooses."""
    if not thin:
        return {}
    since = {found.meeting.id: _last_held(found, over.get(found.team.id, ())) for found in thin}
    team_ids, first = list({found.team.id for found in thin}), min(since.values())
    own = (one for one in promises.kept_by(tx, Owner.REP, team_ids, first) if one.is_agreed)
    kept = by_team(own)
    markets = field_days.markets(tx, team_ids, first)
    sent = agenda.heard_in(tx, [one.contact for one in markets]) if markets else set()
    heard = by_team(one for one in markets if (one.team_id, one.contact) not in sent)
    issues = todo.issues(tx, team_ids, min(found.today for found in thin))
    stood = (issue.starts_on for of_team in issues.values() for issue in of_team)
    before = by_team(agenda.over_since(tx, team_ids, min([first, *stood])))
    news = _news(tx, thin)

    def of_one(found: Agenda, since: date) -> tuple[Suggestion, ...]:
        market = news[found.team.id]
        spread = market.spreads(found.today)
        said = market.said_of(found.today)
        wins = [
            Suggestion(
                f"{one.rep.name} kept it: {one.what}",
                WINS,
                f"A promise {one.rep.name} kept",
                one.what,
            )
            for one in kept.get(found.team.id, ())
            if one.kept_on is not None and one.kept_on >= since
        ]
        field = [
            Suggestion(words, FIELD, f"Heard on your field day with {one.rep}", contact=one.contact)
            for one in heard.get(found.team.id, ())
            if one.occurred_on >= since
            and (words := without_tags_in(one.text, market.known, but=said.get(one.contact, ())))
        ]
        ahead = [
            Suggestion(issue.text, LOOKING_AHEAD, "The issue of the day")
            for issue in issues[found.team.id]
            if issue.ends_on >= found.today and issue.id not in market.issues(found.today)
        ]
        spreading = [_of_spread(found, one) for one in spread]
        newest = [
            *wins[-SUGGESTED_OF_A_KIND:],
            *spreading[:SUGGESTED_OF_A_KIND],
            *field[-SUGGESTED_OF_A_KIND:],
        ]
        first = ahead[:SUGGESTED_OF_A_KIND]
        stood = [issue.starts_on for issue in issues[found.team.id]]
        closed = [
            one for one in before.get(found.team.id, ()) if one.added_on >= min([since, *stood])
        ]
        there = [*found.items, *closed]
        return tuple(
            one
            for one in (*newest, *first)
            # What spreads anew after a quarter may be said in the same words.
            if not one.is_among(there if one.tag is None else found.items)
        )

    return {found.meeting.id: of_one(found, since[found.meeting.id]) for found in thin}


@dataclass(frozen=True)
class _News:
    """What was heard of late on a team, and its tags."""

    tags: tuple[MarketTag, ...]
    notes: tuple[MarketNote, ...]

    @cached_property
    def known(self) -> Known:
        return of_several_words(self.tags)

    def spreads(self, today: date) -> tuple[Spread, ...]:
        return spreads(self.tags, self.notes, today)

    def said_of(self, today: date) -> dict[int, set[int]]:
        """The lines of each contact, by place, that are a part of what spreads, or covered by what
        was taken to an agenda or put aside."""
        spreading = {one.tag.id for one in self.spreads(today)}
        quiet = {tag.id: tag for tag in self.tags if tag.settled_on is not None}
        found: dict[int, set[int]] = {}
        for note in self.notes:
            if note.heard_on <= today - NEWS:
                continue
            for tag in note.tags:
                of = quiet.get(tag.id)
                if tag.id in spreading or (of is not None and of.is_quiet(note.heard_on)):
                    found.setdefault(note.contact or 0, set()).add(note.place)
        return found

    def issues(self, today: date) -> set[int]:
        """The issues of the day that were made of what spreads, or of what was taken."""
        spreading = {one.tag.id for one in self.spreads(today)}
        return {
            tag.issue.id
            for tag in self.tags
            if tag.issue is not None and (tag.id in spreading or tag.is_quiet(today))
        }


def _news(tx: Transaction, thin: Sequence[Agenda]) -> dict[int, _News]:
    """What was heard on each team of late."""
    team_ids = list({found.team.id for found in thin})
    notes = by_team(market.since(tx, team_ids, min(found.today for found in thin) - NEWS))
    tags = by_team(market.tags_of(tx, list(notes)))
    return {
        team_id: _News(tuple(tags.get(team_id, ())), tuple(notes.get(team_id, ())))
        for team_id in team_ids
    }


def _of_spread(found: Agenda, spread: Spread) -> Suggestion:
    """What is heard at a third customer, in words that name nobody."""
    words = agenda_words(spread.tag, len(spread.accounts), _quoted(found, spread))
    return Suggestion(words, FIELD, "Heard at a third customer", tag=spread.tag.id)


def _quoted(found: Agenda, spread: Spread) -> str:
    texts = (note.text for note in spread.notes)
    return next((one for one in texts if found.namable.in_words(Words(one)) is None), "")


def _last_held(found: Agenda, over: Sequence[Meeting]) -> date:
    """Since when suggestions are news."""
    held = [meeting.day for meeting in over if meeting.was_held]
    return max([*held, found.today - LOOKED_BACK])


def meeting_ahead(tx: Transaction, team: Team, reader: Person, now: datetime) -> MeetingAhead:
    """The next meeting as that person's App Home says it: a manager sees all that was promised to
    the team, a rep their own."""
    leads = reader.id == team.manager.id
    meeting = next(iter(meetings.to_come(tx, [team.id])), None)
    promised = meetings.open_promises(tx, [team.id])
    return MeetingAhead(
        meeting=meeting,
        starts_at=meeting.starts(team.meeting_zone) if meeting else None,
        channel=team.settings.channel,
        items=agenda.count_open(tx, team.id) if leads else 0,
        promises=tuple(one for one in promised if leads or one.owner.id == reader.id),
        reader_id=reader.id,
        today=team.meeting_today(now),
        elsewhere=first_zone(reader.zone, team.meeting_zone_name) != team.meeting_zone_name,
    )


def team_of(
    tx: Transaction, actor: Actor, channel: str | None, now: datetime
) -> tuple[Team, Role, Person]:
    """The team whose agenda who acts means: their own, one they stand in for, one they sit on; of
    these, the one that meets in that channel."""
    person = people.get(tx, actor.slack_id)
    if person is None:
        raise NoTeam
    found: list[tuple[Team, Role]] = []
    own = teams.of_manager(tx, actor.slack_id)
    if own is not None:
        found.append((own, Role.MANAGER))
    found += [(team, Role.STAND_IN) for team in stood_in_for(tx, person, now)]
    for team, member in teams.memberships_of(tx, actor.slack_id, date.min):
        if member.is_on(team.meeting_today(now)):
            found.append((team, Role.REP))
    if not found:
        raise NoTeam
    here = [one for one in found if channel and one[0].settings.channel == channel]
    team, role = (here or found)[0]
    return team, role, person
