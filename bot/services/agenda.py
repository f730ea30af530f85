"""Items of the next team meeting: added by anyone on the team, ordered and let out by its
manager, ticked in the meeting; and what was heard on a field day, sent where it is talked about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.domain.agenda import (
    ITEM_LIMIT,
    MOST_MINUTES,
    AgendaDesk,
    AgendaItem,
    ItemAdded,
    ItemEntry,
    MeetingAhead,
    PromiseWords,
    Role,
    Suggestion,
    TeamItemEntry,
    TeamPromise,
    moved,
    named,
    named_in,
    parse_item_line,
    retold,
)
from bot.domain.interactions import Interaction
from bot.domain.meetings import (
    FIELD,
    LOOKING_AHEAD,
    RECORD,
    WINS,
    Meeting,
    Phase,
    Section,
    record_of,
)
from bot.domain.people import Actor, Person, zone_named
from bot.domain.promises import Owner
from bot.domain.refusals import BadField, Flaw, Gone, NoTeam, NotYours
from bot.domain.teams import Team
from bot.services.authority import (
    meeting_role,
    own_interaction,
    promise_to_change,
    stands_in,
    today_of,
)
from bot.services.meetings import (
    agenda_changed,
    agenda_of,
    attended,
    changed,
    everyone,
    known_person,
    led_by,
    team_today,
)
from storage import agenda, field_days, meetings, people, promises, sessions, teams, todo
from storage.engine import Database, Transaction

LOOKED_BACK = timedelta(days=14)
"""How far back suggestions look where there was no meeting yet."""

SUGGESTED_OF_A_KIND = 2


@dataclass(frozen=True)
class Heard:
    """What was heard on a field day, and with whom."""

    contact: Interaction
    market: str


def heard(database: Database, actor: Actor, interaction_id: int) -> Heard:
    """What that field day says of market and competitors. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        contact = own_interaction(tx, actor, interaction_id)[1]
        notes = field_days.of_interactions(tx, [contact.id]).get(contact.id)
        if notes is None or contact.deleted_at is not None or not notes.market:
            raise Gone
        return Heard(contact, notes.market)


def words_of_promise(
    database: Database, actor: Actor, promise_id: int, now: datetime
) -> tuple[AgendaDesk, str]:
    """The next agenda of the manager who acts, and what a promise says, to be put there in words
    the manager sees first. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, promise = promise_to_change(tx, actor, promise_id)
        role = meeting_role(tx, actor, team, now)
        if not role.leads:
            raise NotYours(team.manager.name)
        return _desk(tx, team, role, team.manager, now), promise.what


def words_of_session(
    database: Database, actor: Actor, interaction_id: int, now: datetime
) -> tuple[AgendaDesk, str]:
    """The same, with the first thing that changed by a session. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        held = sessions.of_interactions(tx, [contact.id]).get(contact.id)
        if held is None or contact.deleted_at is not None:
            raise Gone
        words = next((said.changed for _, said in held.spoken() if said.changed), "")
        role = meeting_role(tx, actor, team, now)
        return _desk(tx, team, role, team.manager, now), words[:ITEM_LIMIT]


def send(
    database: Database,
    actor: Actor,
    interaction_id: int,
    entry: ItemEntry,
    form: str,
    now: datetime,
    *,
    to_session: bool,
) -> Interaction:
    """Keep these words for the next session with the rep, or for the next team meeting; the same
    form sent again replaces them. The contact they were heard in.

    Raises Gone, NotYours, and BadField for no words at all.
    """
    with database.writing(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        if contact.deleted_at is not None:
            raise Gone
        if not entry.text:
            raise BadField("text", Flaw.MISSING)
        named = entry.named and not to_session
        agenda.add(
            tx,
            form,
            team_id=team.id,
            rep_id=contact.rep.id if to_session else None,
            author_id=contact.rep.id if named else team.manager.id,
            text=f"{contact.rep.name}: {entry.text}" if named else entry.text,
            section="" if to_session else FIELD,
            place=agenda.next_place(tx, team.id),
            approved=True,
            added_on=today_of(team, now),
            interaction_id=contact.id,
        )
        agenda_changed(tx, team.id)
        return contact


def desk(database: Database, actor: Actor, channel: str | None, now: datetime) -> AgendaDesk:
    """The next agenda as who acts may see it: of the team that meets in `channel`, where they are
    on several. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, role, reader = _team_of(tx, actor, channel, now)
        return _desk(tx, team, role, reader, now)


def desk_of(database: Database, actor: Actor, meeting_id: int, now: datetime) -> AgendaDesk:
    """The same, of one meeting. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, meeting, role = attended(tx, actor, meeting_id, now)
        return _desk(tx, team, role, known_person(tx, actor.slack_id), now, meeting)


def next_desk(database: Database, actor: Actor, team_id: int, now: datetime) -> AgendaDesk:
    """The next agenda of that team. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.with_id(tx, team_id)
        if team is None:
            raise Gone
        role = meeting_role(tx, actor, team, now)
        return _desk(tx, team, role, known_person(tx, actor.slack_id), now)


def desk_for(
    tx: Transaction, team: Team, reader: Person, meeting: Meeting, now: datetime
) -> AgendaDesk:
    """The same, for who has the draft of it: the manager, or a stand-in."""
    role = Role.MANAGER if reader.id == team.manager.id else Role.STAND_IN
    return _desk(tx, team, role, reader, now, meeting)


def _desk(
    tx: Transaction,
    team: Team,
    role: Role,
    reader: Person,
    now: datetime,
    meeting: Meeting | None = None,
) -> AgendaDesk:
    if meeting is None:
        meeting = next(iter(meetings.to_come(tx, [team.id])), None)
    items = tuple(item for item in agenda.open_items(tx, team.id) if item.rep is None)
    if meeting is None:
        return AgendaDesk(team, role, reader, None, items)
    found = agenda_of(tx, team, meeting, now)
    over = meetings.over(tx, team.id, RECORD * 2) if role.leads else []
    thin = role is Role.MANAGER and found.is_thin and meeting.closed_at is None
    suggestions = _suggestions(tx, team, found.items, over, now) if thin else ()
    return AgendaDesk(team, role, reader, found, items, record_of(over), suggestions)


def _suggestions(
    tx: Transaction,
    team: Team,
    items: Sequence[AgendaItem],
    over: Sequence[Meeting],
    now: datetime,
) -> tuple[Suggestion, ...]:
    """What a thin agenda could hold: wins since the last meeting, what was heard in the field, the
    issue of the day. Seen by the manager alone, who chooses."""
    today = team_today(team, now)
    held = [meeting.day for meeting in over if meeting.was_held]
    since = max([*held, today - LOOKED_BACK])
    there = {" ".join(item.text.split()) for item in items}
    found = [
        Suggestion(f"{one.rep.name} kept it: {one.what}", WINS, f"A promise {one.rep.name} kept")
        for one in promises.of_teams(tx, [team.id], since)
        if one.owner is Owner.REP and one.kept_on is not None
    ][-SUGGESTED_OF_A_KIND:]
    sent = agenda.heard_in(tx, team.id)
    found += [
        Suggestion(market, FIELD, f"Heard on your field day with {rep}")
        for contact, rep, market in field_days.markets(tx, team.id, since)
        if contact not in sent
    ][-SUGGESTED_OF_A_KIND:]
    found += [
        Suggestion(issue.text, LOOKING_AHEAD, "Your issue of the day")
        for issue in todo.issues(tx, [team.id], today)[team.id]
    ][:SUGGESTED_OF_A_KIND]
    return tuple(one for one in found if " ".join(one.text.split()) not in there)


def meeting_ahead(tx: Transaction, team: Team, reader: Person, now: datetime) -> MeetingAhead:
    """The next meeting as that person's App Home says it: a manager sees all that was promised to
    the team, a rep their own."""
    leads = reader.id == team.manager.id
    meeting = next(iter(meetings.to_come(tx, [team.id])), None)
    items = [one for one in agenda.open_items(tx, team.id) if one.rep is None] if leads else []
    promised = meetings.open_promises(tx, team.id)
    return MeetingAhead(
        meeting=meeting,
        starts_at=meeting.starts(zone_named(team.zone_name)) if meeting else None,
        channel=team.settings.channel,
        items=len(items),
        promises=tuple(one for one in promised if leads or one.owner.id == reader.id),
        reader_id=reader.id,
        today=team_today(team, now),
        elsewhere=bool(reader.zone) and reader.zone != team.zone_name,
    )


def add_line(
    database: Database, actor: Actor, typed: str, channel: str | None, form: str, now: datetime
) -> ItemAdded:
    """`/agenda …`: anyone on the team may add. Raises NoTeam, and BadField for words without
    end."""
    with database.writing(actor.workspace_id) as tx:
        team, role, reader = _team_of(tx, actor, channel, now)
        entry = parse_item_line(typed, team.settings.meeting.sections)
        return _add(tx, team, role, reader, entry, form, now)


def add(
    database: Database,
    actor: Actor,
    entry: TeamItemEntry,
    meeting_id: int | None,
    channel: str | None,
    form: str,
    now: datetime,
) -> ItemAdded:
    """Add an item to the next agenda of the team of that meeting; None: of the team that meets in
    `channel`, where who acts is on several. The same form sent again replaces it.

    Raises Gone, NotYours, NoTeam, and BadField for no words or senseless minutes.
    """
    with database.writing(actor.workspace_id) as tx:
        if meeting_id is None:
            team, role, reader = _team_of(tx, actor, channel, now)
        else:
            team, _, role = attended(tx, actor, meeting_id, now)
            reader = known_person(tx, actor.slack_id)
        return _add(tx, team, role, reader, entry, form, now)


def _add(
    tx: Transaction,
    team: Team,
    role: Role,
    author: Person,
    entry: TeamItemEntry,
    form: str,
    now: datetime,
) -> ItemAdded:
    _check(entry)
    coming = next(iter(meetings.to_come(tx, [team.id])), None)
    zone = zone_named(team.zone_name)
    # Once the meeting is on, everyone is in the room.
    published = coming is not None and (
        coming.published_at is not None or coming.phase(zone, now) is Phase.RUNNING
    )
    made = agenda.add(
        tx,
        form,
        team_id=team.id,
        rep_id=None,
        author_id=author.id,
        text=entry.text,
        link=entry.link,
        section=_section(team, entry.section).key,
        minutes=entry.minutes,
        direction=entry.direction,
        place=agenda.next_place(tx, team.id),
        approved=role.leads or published,
        added_on=team_today(team, now),
        interaction_id=None,
    )
    agenda_changed(tx, team.id)
    item = agenda.one(tx, made)
    if item is None:
        raise Gone
    return _added(tx, team, role, item, now)


def _added(tx: Transaction, team: Team, role: Role, item: AgendaItem, now: datetime) -> ItemAdded:
    about = named_in(item, everyone(tx, team))
    return ItemAdded(team, item, _section(team, item.section), role, about, not item.approved)


def one(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """An item that who acts may change. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, role, item = _own(tx, actor, item_id, now)
        return _added(tx, team, role, item, now)


def change(
    database: Database, actor: Actor, item_id: int, entry: TeamItemEntry, now: datetime
) -> ItemAdded:
    """Let an item say this. Raises Gone, NotYours, and BadField."""
    _check(entry)
    with database.writing(actor.workspace_id) as tx:
        team, role, item = _own(tx, actor, item_id, now)
        entry = replace(entry, section=_section(team, entry.section).key)
        agenda.change(
            tx,
            item.id,
            text=entry.text,
            section=entry.section,
            minutes=entry.minutes,
            direction=entry.direction,
        )
        agenda_changed(tx, team.id)
        return _added(tx, team, role, retold(item, entry), now)


def drop(database: Database, actor: Actor, item_id: int, now: datetime) -> AgendaItem:
    """An item is not wanted any more. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, _, item = _own(tx, actor, item_id, now)
        agenda.drop(tx, item.id, now)
        agenda_changed(tx, team.id)
        return item


def put_back(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """A dropped item is wanted after all. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        agenda.change(tx, item_id, dropped_at=None)
        team, role, item = _own(tx, actor, item_id, now)
        agenda_changed(tx, team.id)
        return _added(tx, team, role, item, now)


def move(database: Database, actor: Actor, item_id: int, steps: int, now: datetime) -> AgendaItem:
    """Let an item come earlier or later within its section. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = _led(tx, actor, item_id, now)
        items = [one for one in agenda.open_items(tx, team.id) if one.rep is None]
        if item.id in {one.id for one in items}:
            agenda.put_in_order(tx, moved(items, item, steps))
            agenda_changed(tx, team.id)
        return item


def to_session(database: Database, actor: Actor, item_id: int, now: datetime) -> Person:
    """**Move to their session**: the teammate whom an item names has it in the next session with
    the manager, and the team never sees it. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = _led(tx, actor, item_id, now)
        about = named_in(item, everyone(tx, team))
        if about is None:
            raise Gone
        agenda.change(tx, item.id, rep_id=about.id)
        agenda_changed(tx, team.id)
        return about


def publish(database: Database, actor: Actor, meeting_id: int, now: datetime) -> Meeting:
    """**Publish**: all that is on the agenda goes out. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_by(tx, actor, meeting_id, now)
        if meeting.dropped is not None or meeting.closed_at is not None:
            raise Gone
        agenda.approve(tx, team.id)
        meetings.change(tx, meeting.id, published_at=now)
        changed(tx, meeting.id)
        return meetings.some(tx, [meeting.id])[meeting.id]


def tick(
    database: Database,
    actor: Actor,
    meeting_id: int,
    item_id: int,
    now: datetime,
    *,
    done: bool = True,
) -> AgendaDesk:
    """An item is done in that meeting, or open again after all: anyone on the team may take
    notes. In a meeting that is over only what was on its agenda. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting, role = attended(tx, actor, meeting_id, now)
        item = _on_agenda(tx, team, meeting, item_id)
        if done and item.done_in is None:
            agenda.change(tx, item.id, done_in=meeting.id)
            meetings.carry_not(tx, meeting.id, item.id)
        elif not done and item.done_in == meeting.id:
            agenda.change(tx, item.id, done_in=None)
            if meeting.closed_at is not None:
                meetings.carry(tx, meeting.id, [item.id])
        agenda_changed(tx, team.id)
        changed(tx, meeting.id)
        return _desk(tx, team, role, known_person(tx, actor.slack_id), now, meeting)


def note_outcome(
    database: Database,
    actor: Actor,
    meeting_id: int,
    item_id: int | None,
    outcome: str,
    promise: PromiseWords | None,
    form: str,
    now: datetime,
) -> AgendaDesk:
    """What came of an item, which is done with it, and what somebody promised the team; either may
    be without the other. The same form sent again replaces the promise.

    Raises Gone, NotYours, and BadField where nothing is said, or the owner is not on the team.
    """
    if promise is None and not outcome:
        raise BadField("outcome", Flaw.MISSING)
    if outcome and item_id is None:
        raise BadField("item", Flaw.MISSING)
    with database.writing(actor.workspace_id) as tx:
        team, meeting, role = attended(tx, actor, meeting_id, now)
        today = team_today(team, now)
        if promise is not None:
            others = (one for one in everyone(tx, team) if one.slack_id != promise.owner)
            if named(promise.what, others):
                raise BadField("what", Flaw.NAMES_A_TEAMMATE)
        if item_id is not None and outcome:
            item = _on_agenda(tx, team, meeting, item_id)
            if item.section != WINS and named(outcome, everyone(tx, team)):
                raise BadField("outcome", Flaw.NAMES_A_TEAMMATE)
            # Two may take notes at once: neither takes the other's words away.
            said = [item.outcome, outcome] if item.outcome != outcome else [outcome]
            words = " / ".join(each for each in said if each)
            done = {"outcome": words, "done_in": item.done_in or meeting.id}
            agenda.change(tx, item.id, **done)
            meetings.carry_not(tx, meeting.id, item.id)
        if promise is not None:
            _promise(tx, team, promise, today, form, meeting.id, item_id)
        agenda_changed(tx, team.id)
        changed(tx, meeting.id)
        return _desk(tx, team, role, known_person(tx, actor.slack_id), now, meeting)


def give_owner(
    database: Database, actor: Actor, item_id: int, promise: PromiseWords, form: str, now: datetime
) -> AgendaItem:
    """An item that was carried often has somebody who does it: it becomes a team promise.

    Raises Gone, NotYours, and BadField.
    """
    with database.writing(actor.workspace_id) as tx:
        team, item = _led(tx, actor, item_id, now)
        _promise(tx, team, promise, team_today(team, now), form, None, item.id)
        agenda.drop(tx, item.id, now)
        agenda_changed(tx, team.id)
        return item


def _promise(
    tx: Transaction,
    team: Team,
    said: PromiseWords,
    today: date,
    form: str,
    meeting_id: int | None,
    item_id: int | None,
) -> None:
    if not said.what:
        raise BadField("what", Flaw.MISSING)
    if said.due_on is not None and said.due_on < today:
        raise BadField("due_on", Flaw.PAST_DAY)
    owner = known_person(tx, said.owner)
    if owner.id != team.manager.id and owner.id not in {p.id for p in _reps(tx, team, today)}:
        raise BadField("owner", Flaw.NOT_A_TEAMMATE)
    meetings.promise(
        tx,
        form,
        team_id=team.id,
        meeting_id=meeting_id,
        item_id=item_id,
        owner_id=owner.id,
        what=said.what,
        made_on=today,
        due_on=said.due_on,
    )


def close_promise(
    database: Database, actor: Actor, promise_id: int, now: datetime, *, kept: bool
) -> TeamPromise:
    """A team promise was kept, as its owner or who leads says; or dropped, as who leads says.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        promise = meetings.one_promise(tx, promise_id)
        team = teams.with_id(tx, promise.team_id) if promise else None
        if promise is None or team is None:
            raise Gone
        role = meeting_role(tx, actor, team, now)
        if not role.leads and not (kept and promise.owner.slack_id == actor.slack_id):
            raise NotYours(team.manager.name)
        closed = {"kept_on" if kept else "dropped_on": team_today(team, now)}
        if promise.is_open:
            meetings.change_promise(tx, promise.id, **closed)
            agenda_changed(tx, team.id)
        return promise


def _check(entry: TeamItemEntry) -> None:
    if not entry.text:
        raise BadField("text", Flaw.MISSING)
    if len(entry.text) > ITEM_LIMIT:
        raise BadField("text", Flaw.TOO_LONG)
    if entry.minutes is not None and not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", Flaw.SENSELESS_MINUTES)


def _section(team: Team, key: str) -> Section:
    """The section of that key, else the last: what it was kept for may be gone."""
    sections = team.settings.meeting.sections
    return next((one for one in sections if one.key == key), sections[-1])


def _reps(tx: Transaction, team: Team, today: date) -> list[Person]:
    return [one.rep for one in teams.members(tx, team.id, on=today) if one.is_on(today)]


def _team_of(
    tx: Transaction, actor: Actor, channel: str | None, now: datetime
) -> tuple[Team, Role, Person]:
    """The team whose agenda who acts means: their own, one they stand in for, one they sit on; of
    these, the one that meets in that channel."""
    person = people.one(tx, actor.slack_id)
    if person is None:
        raise NoTeam
    found: list[tuple[Team, Role]] = []
    own = teams.of_manager(tx, actor.slack_id)
    if own is not None:
        found.append((own, Role.MANAGER))
    for team in teams.stood_in_for(tx, actor.slack_id):
        away = teams.time_off(tx, [team.manager.id])[team.manager.id]
        if stands_in(person, away, today_of(team, now)):
            found.append((team, Role.STAND_IN))
    for team, member in teams.seats(tx, actor.slack_id, date.min):
        if member.is_on(team_today(team, now)):
            found.append((team, Role.REP))
    if not found:
        raise NoTeam
    here = [one for one in found if channel and one[0].settings.channel == channel]
    team, role = (here or found)[0]
    return team, role, person


def _own(
    tx: Transaction, actor: Actor, item_id: int, now: datetime
) -> tuple[Team, Role, AgendaItem]:
    """An item for the team that who acts may change: whoever leads any, a rep their own."""
    item = agenda.one(tx, item_id)
    team = teams.with_id(tx, item.team_id) if item else None
    if item is None or team is None or item.done_in is not None:
        raise Gone
    role = meeting_role(tx, actor, team, now)
    mine = item.author is not None and item.author.slack_id == actor.slack_id
    if not role.leads and (item.rep is not None or not mine):
        raise NotYours(team.manager.name)
    return team, role, item


def _led(tx: Transaction, actor: Actor, item_id: int, now: datetime) -> tuple[Team, AgendaItem]:
    team, role, item = _own(tx, actor, item_id, now)
    if not role.leads:
        raise NotYours(team.manager.name)
    return team, item


def _on_agenda(tx: Transaction, team: Team, meeting: Meeting, item_id: int) -> AgendaItem:
    """An item on the agenda of that meeting. Raises Gone, also where the meeting was dropped."""
    item = agenda.one(tx, item_id)
    if item is None or item.team_id != team.id or item.rep is not None or meeting.dropped:
        raise Gone
    if meeting.closed_at is not None and item.done_in != meeting.id:
        left = agenda.carried_from(tx, [meeting.id]).get(meeting.id, [])
        if item.id not in {one.id for one in left}:
            raise Gone
    return item
