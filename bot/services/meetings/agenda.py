"""Items of the next team meeting: added by anyone on the team, ordered and let out by its
manager, ticked in the meeting."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.domain.meetings.agenda import (
    ITEM_LIMIT,
    MOST_MINUTES,
    AgendaItem,
    ItemAdded,
    Role,
    moved,
    named_in,
)
from bot.domain.meetings.entries import TeamItemEntry, parse_item_line
from bot.domain.meetings.meetings import Phase
from bot.domain.meetings.naming import Question, WordsOf
from bot.domain.team.settings import WINS, Section
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, NotYours
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.hearing import check_introduced
from bot.services.meetings import schedule
from bot.services.meetings.agenda_view import team_of
from bot.services.meetings.meetings import known_person
from bot.services.meetings.series import agenda_changed, changed
from bot.services.workspaces.authority import (
    attended_meeting,
    led_item,
    led_meeting,
    meeting_role,
    own_interaction,
    own_item,
    own_market_tag,
    reps_on,
)
from bot.services.workspaces.naming import namable_in, named_by, whom
from bot.services.workspaces.passing import pass_item
from storage.accounts import market
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.workspaces import submissions


def add_line(
    database: Database, actor: Actor, typed: str, channel: str | None, form: str, now: datetime
) -> ItemAdded:
    """`/agenda …`: anyone on the team may add. Raises NoTeam, and BadField for words without
    end."""
    with database.writing(actor.workspace_id) as tx:
        team, role, reader = team_of(tx, actor, channel, now)
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
    *,
    tag_id: int | None = None,
    heard_in: int | None = None,
) -> ItemAdded:
    """Add an item to the next agenda of the team of that meeting; None: of the team that meets in
    `channel`, where who acts is on several. The same form sent again replaces it. `tag_id` is what
    spreads on the market and was proposed so: it is taken. `heard_in` is the field day on which it
    was heard, of which nothing is proposed again.

    Raises Gone, NotYours, NoTeam, and BadField for no words or senseless minutes.
    """
    with database.writing(actor.workspace_id) as tx:
        if meeting_id is None:
            team, role, reader = team_of(tx, actor, channel, now)
        else:
            team, _, role = attended_meeting(tx, actor, meeting_id, now)
            reader = known_person(tx, actor.slack_id)
        if tag_id is not None:
            market.settle(tx, own_market_tag(tx, actor, tag_id, now)[1].id, team.today(now))
        contact = own_interaction(tx, actor, heard_in)[1] if heard_in is not None else None
        return _add(tx, team, role, reader, entry, form, now, contact.id if contact else None)


def _add(
    tx: Transaction,
    team: Team,
    role: Role,
    author: Person,
    entry: TeamItemEntry,
    form: str,
    now: datetime,
    heard_in: int | None = None,
) -> ItemAdded:
    _check(entry)
    made = save_item(
        tx,
        form,
        team,
        rep_id=None,
        author_id=author.id,
        text=entry.text,
        link=entry.link,
        section=_section(team, entry.section).key,
        minutes=entry.minutes,
        direction=entry.direction,
        approved=role.leads or _is_on_now(tx, team, now),
        added_on=team.meeting_today(now),
        interaction_id=heard_in,
        **named_by(tx, team, entry.text, {author.slack_id}),
    )
    item = agenda.get(tx, made)
    if item is None:
        raise Gone
    if not role.leads and item.approved and _is_win_of_somebody(tx, team, item):
        agenda.change(tx, item.id, approved=False)
        item = replace(item, approved=False)
    agenda_changed(tx, team, now)
    return _added(tx, team, role, item, now)


def save_item(
    tx: Transaction,
    form: str,
    team: Team,
    *,
    rep_id: int | None,
    author_id: int,
    approved: bool,
    **says: Any,
) -> int:
    """A new item, unless that form made one before: that one then says this. Its id."""
    sent = submissions.claim(tx, form, Made.ITEM, author_id, team.id)
    if not sent.is_new:
        # Its place, whether it is let out and whom it is for stay: only what is said is said again.
        agenda.change(tx, sent.one, dropped_at=None, **says)
        return sent.one
    place = agenda.next_place(tx, team.id)
    own = {"team_id": team.id, "author_id": author_id, "approved": approved, "place": place}
    made = agenda.add(tx, rep_id=rep_id, **own, **says)
    submissions.keep(tx, sent, made)
    return made


def _is_on_now(tx: Transaction, team: Team, now: datetime) -> bool:
    """Whether the meeting is on, so that everyone is in the room: what reps add needs no leave."""
    coming = next(iter(meetings.to_come(tx, [team.id])), None)
    return coming is not None and coming.phase(team.meeting_zone, now) is Phase.RUNNING


def _is_win_of_somebody(tx: Transaction, team: Team, item: AgendaItem) -> bool:
    """Whether it is a win that names somebody: nobody asks about it, so that its manager reads it
    before the team does, unless it is the manager's own."""
    if item.section != WINS:
        return False
    return namable_in(tx, team, item.text).in_words(item.words) is not None


def _added(tx: Transaction, team: Team, role: Role, item: AgendaItem, now: datetime) -> ItemAdded:
    about = named_in(item, namable_in(tx, team, item.text))
    return ItemAdded(
        team,
        item,
        _section(team, item.section),
        role,
        about,
        waits=not item.approved,
        on_team=about is not None and _is_on(tx, team, about.person, now),
    )


def _is_on(tx: Transaction, team: Team, person: Person, now: datetime) -> bool:
    today = team.meeting_today(now)
    return person.id in {rep.id for rep in reps_on(tx, team, today)}


def get(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """An item that who acts may change. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        return _added(tx, team, role, item, now)


def change(
    database: Database, actor: Actor, item_id: int, entry: TeamItemEntry, now: datetime
) -> ItemAdded:
    """Let an item say this; minutes and direction are for who leads to give. Raises Gone,
    NotYours, and BadField."""
    _check(entry)
    with database.writing(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        if not role.leads:
            entry = replace(entry, minutes=item.minutes, direction=item.direction)
        return _say(tx, actor, team, role, item, entry, now)


def make_a_win(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """**It's a win**: so it may name somebody. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        entry = TeamItemEntry(item.text, WINS, item.minutes, item.direction)
        return _say(tx, actor, team, role, item, entry, now)


def let_stand(
    database: Database, actor: Actor, item_id: int, seen: str, now: datetime
) -> ItemAdded:
    """**Fine for the team**: the manager has seen whom these words name, and the team may read
    them. Where `seen` (`Question.seen`) is of other words than there are by now, or of somebody
    else, nothing is changed, and the question is asked anew.

    Raises Gone, and NotYours for anyone but the manager.
    """
    with database.writing(actor.workspace_id) as tx:
        team, role, item = own_item(tx, actor, item_id, now)
        if role is not Role.MANAGER:
            raise NotYours(team.manager.name)
        about = named_in(item, namable_in(tx, team, item.text))
        if about is None or seen != Question(WordsOf.ITEM, item.id, item.text, about).seen:
            return _added(tx, team, role, item, now)
        fine = item.fine_for | {about.person.slack_id}
        named = whom(tx, team, item.text, fine)
        # Words that change in this moment were not seen.
        agenda.let_stand(
            tx, item.id, item.text, fine_for=tuple(sorted(fine)), named=named, approved=True
        )
        agenda_changed(tx, team, now)
        return _added(tx, team, role, agenda.get(tx, item.id) or item, now)


def _say(
    tx: Transaction,
    actor: Actor,
    team: Team,
    role: Role,
    item: AgendaItem,
    entry: TeamItemEntry,
    now: datetime,
) -> ItemAdded:
    entry = replace(entry, section=_section(team, entry.section).key)
    said: dict[str, Any] = {
        "text": entry.text,
        "section": entry.section,
        "minutes": entry.minutes,
        "direction": entry.direction,
    }
    if entry.text != item.text:
        # Other words are somebody else's, perhaps, and another question.
        said |= named_by(tx, team, entry.text, {actor.slack_id})
        said["approved"] = role.leads or _is_on_now(tx, team, now)
    agenda.change(tx, item.id, **said)
    item = agenda.get(tx, item.id) or item
    if not role.leads and item.approved and _is_win_of_somebody(tx, team, item):
        agenda.change(tx, item.id, approved=False)
        item = replace(item, approved=False)
    agenda_changed(tx, team, now)
    return _added(tx, team, role, item, now)


def drop(database: Database, actor: Actor, item_id: int, now: datetime) -> AgendaItem:
    """An item is not wanted any more. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, _, item = own_item(tx, actor, item_id, now)
        agenda.drop(tx, item.id, now)
        agenda_changed(tx, team, now)
        return item


def put_back(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """A dropped item is wanted after all. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        agenda.change(tx, item_id, dropped_at=None)
        team, role, item = own_item(tx, actor, item_id, now)
        agenda_changed(tx, team, now)
        return _added(tx, team, role, item, now)


def move(database: Database, actor: Actor, item_id: int, steps: int, now: datetime) -> AgendaItem:
    """Let an item come earlier or later within its section. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = led_item(tx, actor, item_id, now)
        items = [one for one in agenda.open_items(tx, [team.id]) if one.rep is None]
        if item.id in {one.id for one in items}:
            agenda.put_in_order(tx, moved(items, item, steps))
            agenda_changed(tx, team, now)
        return item


def to_session(database: Database, actor: Actor, item_id: int, now: datetime) -> Person:
    """**Move to their session**: the rep whom an item names has it in the next session with
    the manager, and the team never sees it. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = led_item(tx, actor, item_id, now)
        about = named_in(item, namable_in(tx, team, item.text))
        if about is None or not _is_on(tx, team, about.person, now):
            raise Gone
        pass_item(tx, item, about.person)
        return about.person


def let_in(database: Database, actor: Actor, item_id: int, now: datetime) -> ItemAdded:
    """**Let in**: what a rep added may go out. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, item = led_item(tx, actor, item_id, now)
        agenda.change(tx, item.id, approved=True)
        agenda_changed(tx, team, now)
        role = meeting_role(tx, actor, team, now)
        return _added(tx, team, role, replace(item, approved=True), now)


def post_now(database: Database, actor: Actor, meeting_id: int, now: datetime) -> None:
    """**Post now**: the agenda goes out at once, with what its manager added or let in. Raises
    Gone, NotYours, and NotIntroduced where nobody on the team has been told of Windshield."""
    _post(database, actor, meeting_id, now, at_once=True)


def as_it_is(database: Database, actor: Actor, meeting_id: int, now: datetime) -> None:
    """**As it is**: the agenda goes out at its lead time, and nothing more is asked about it.
    Raises as `post_now`."""
    _post(database, actor, meeting_id, now, at_once=False)


def _post(
    database: Database, actor: Actor, meeting_id: int, now: datetime, *, at_once: bool
) -> None:
    with database.writing(actor.workspace_id) as tx:
        team, meeting = led_meeting(tx, actor, meeting_id, now)
        if not meeting.is_ahead(team.meeting_zone, now):
            raise Gone
        check_introduced(tx, team.id)
        if meeting.out_at is None:
            at = now if at_once else meeting.goes_out(team.meeting_zone)
            meetings.change(tx, meeting.id, posts_at=at)
            schedule.follow_meetings(tx, [(team, replace(meeting, posts_at=at))], now)
        changed(tx, meeting.id)


def _check(entry: TeamItemEntry) -> None:
    if not entry.text:
        raise BadField("text", FieldError.MISSING)
    if len(entry.text) > ITEM_LIMIT:
        raise BadField("text", FieldError.TOO_LONG)
    if entry.minutes is not None and not 1 <= entry.minutes <= MOST_MINUTES:
        raise BadField("minutes", FieldError.SENSELESS_MINUTES)


def _section(team: Team, key: str) -> Section:
    """The section of that key, else the last: what it was kept for may be gone."""
    sections = team.settings.meeting.sections
    return next((one for one in sections if one.key == key), sections[-1])
