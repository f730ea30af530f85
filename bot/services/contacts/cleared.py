"""**You said, we did**: written by the manager, agreed to by whoever raised it, posted once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.contacts.cleared import (
    LINE_LIMIT,
    ClearedAnswer,
    ClearedItem,
    ClearedLine,
    ClearedMonth,
    ClearedPost,
    ClearedQuestion,
    ClearedWords,
    as_line,
    box_of,
    cleared_of,
    is_cleared,
    last_day,
    month_before,
)
from bot.domain.contacts.drafts import ONE_STEP, Draft, DraftKind, DraftStep
from bot.domain.delivery import MessageKind, ScheduleKey, Subject, Unsent
from bot.domain.meetings.naming import Words
from bot.domain.team.calendar import local_date, when_awake
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import Named, mentioned_in
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.schedules import set_due
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import not_theirs, on_today, reps_on, require_manager
from bot.services.workspaces.naming import namable_in
from storage import promises
from storage.contacts import cleared
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.sessions import drafts
from storage.team import teams
from storage.workspaces import submissions


def offered(
    tx: Transaction, team: Team, there: Collection[int], today: date
) -> ClearedMonth | None:
    """What a team cleared in the month before, for its manager; `there` are its reps today, persons
    by id. None before the first working day, where there is nothing, and once it was posted."""
    month = month_before(today)
    calendar = calendars.of_team(team.settings, month, today)
    if today < next(calendar.days_from(today.replace(day=1))):
        return None
    kept = promises.raised_and_kept(tx, team.id, month, last_day(month_before(month)))
    if not kept:
        return None
    lines = cleared.of_month(tx, team.id, month)
    items = cleared_of(kept, lines, there, month)
    if not items or any(one.posted_on for one in lines):
        return None
    found = ClearedMonth(team.manager, team.settings.channel, month, today, items)
    half = next(iter(_half_written(tx, team, month)), None)
    told = {rep for _, rep in teams.introduced(tx, {team.id})}
    unheard = frozenset(one.promise.rep.id for one in items) - told
    return replace(found, aside=_is_aside(tx, team, month), draft=half, unheard=unheard)


def to_tell(database: Database, actor: Actor, now: datetime) -> ClearedMonth | None:
    """What may be told of the month before, as `offered` has it. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        return offered(tx, team, {one.id for one in reps_on(tx, team, today)}, today)


def to_write(database: Database, actor: Actor, now: datetime) -> ClearedMonth:
    """The same, where there is something. Raises ForManagers, NoTeam, and Gone where there is
    nothing, or it was posted."""
    with database.reading(actor.workspace_id) as tx:
        return _offered(tx, require_manager(tx, actor, now), now)


def write(
    database: Database,
    actor: Actor,
    sent: DraftStep,
    texts: Mapping[int, ClearedWords],
    now: datetime,
) -> ClearedMonth:
    """Those are the lines now, by what was promised; no words: no line. Whoever was asked about
    other words is asked no more; words that were answered before have that answer. What was put
    aside is taken up again.

    Where words seem to name somebody who is not said to be no name in them, it says whom: they are
    kept as they were `sent`, and no line changes before that is answered.

    Raises as `to_write`, and BadField, at the `box_of` what was promised, for words that mention
    somebody.
    """
    with database.writing(actor.workspace_id) as tx:
        month = sent.day or date.min
        team, found = _held(tx, actor, month, now)
        said = {one: replace(words, text=as_line(words.text)) for one, words in texts.items()}
        new = [one for one in found.items if one.promise.id in said and _differs(one, said)]
        about = _named_in(tx, team, {one.promise.id: said[one.promise.id] for one in new})
        if about:
            drafts.save_sent(tx, actor.slack_id, sent, now, then=ONE_STEP)
            return replace(_offered(tx, team, now), about=about)
        before = [one.line.id for one in new if one.line is not None]
        messages.mark_stale(tx, [_subject(one) for one in before])
        cleared.remove(tx, before)
        answered = {
            (one.promise_id, one.text): one.id
            for one in cleared.answered_before(tx, team.id, month)
        }
        for one in new:
            words = said[one.promise.id]
            again = answered.get((one.promise.id, words.text))
            if again is not None:
                cleared.put_back(tx, [again])
                messages.mark_stale(tx, [_subject(again)])
            elif words.text:
                cleared.add(
                    tx,
                    team_id=team.id,
                    promise_id=one.promise.id,
                    month=month,
                    text=words.text,
                    fine_for=tuple(sorted(words.fine_for)),
                )
        for form in {sent.form, *(half.form for half in _half_written(tx, team, month))}:
            drafts.close(tx, team.manager.id, DraftKind.CLEARED, form, now)
        _take_up(tx, team, month)
        return _offered(tx, team, now)


def _differs(item: ClearedItem, said: Mapping[int, ClearedWords]) -> bool:
    return said[item.promise.id].text != (item.line.text if item.line else "")


def _named_in(tx: Transaction, team: Team, said: Mapping[int, ClearedWords]) -> dict[int, Named]:
    """Whom those words seem to name. Raises BadField."""
    namable = namable_in(tx, team, *(one.text for one in said.values()))
    about = {}
    for promise_id, words in said.items():
        if len(words.text) > LINE_LIMIT:
            raise BadField(box_of(promise_id), FieldError.TOO_LONG)
        if mentioned_in(words.text):
            raise BadField(box_of(promise_id), FieldError.NAMES_A_PERSON)
        found = namable.in_words(Words(words.text, words.fine_for))
        if found is not None:
            about[promise_id] = found
    return about


def ask(database: Database, actor: Actor, month: date, now: datetime) -> ClearedMonth:
    """Whoever raised what a line is about is asked, once, between 07:00 and 19:00 on their own
    clock; nobody before they were told of Windshield. Raises as `to_write`."""
    with database.writing(actor.workspace_id) as tx:
        team, found = _held(tx, actor, month, now)
        new = found.to_ask
        cleared.ask(tx, [one.id for one in new])
        for one in new:
            at = when_awake(now, team.zone_of(one.rep))
            set_due(tx, MessageKind.CLEARED, {ScheduleKey(team.id, one.id): at})
        return _offered(tx, team, now)


def put_aside(database: Database, actor: Actor, typed: DraftStep, now: datetime) -> ClearedMonth:
    """That month is not told of, unless its manager takes it up again with what was `typed`.
    Whoever was asked is asked no more. Raises as `to_write`."""
    with database.writing(actor.workspace_id) as tx:
        month = typed.day or date.min
        team, found = _held(tx, actor, month, now)
        drafts.save_pressed(tx, actor.slack_id, typed, now)
        _settle(tx, team, month)
        cleared.remove(tx, [one.id for one in found.lines])
        messages.mark_stale(tx, [_subject(one.id) for one in found.lines])
        return _offered(tx, team, now)


def answer(
    database: Database, actor: Actor, line_id: int, said: ClearedAnswer, now: datetime
) -> ClearedQuestion:
    """**Yes, share it**, or **Not this one**, by who raised it; how it stands then. Where it cannot
    be answered any more, nothing changes. Raises NotYours, and Gone where the words are others by
    now, and for who left the team."""
    with database.writing(actor.workspace_id) as tx:
        line = cleared.get_many(tx, [line_id]).get(line_id)
        if line is None or not line.asked:
            raise Gone
        if line.rep.slack_id != actor.slack_id:
            raise not_theirs(tx, actor, line.team_id)
        if line.team_id not in {team.id for team, _ in on_today(tx, actor.slack_id, now)}:
            raise Gone
        _lock(tx, line.team_id)
        (shown,) = _questions(tx, [line_id], now)
        if shown is None:
            raise Gone
        if shown.open:
            cleared.answer(tx, line_id, said)
            messages.mark_stale(tx, [_subject(line_id)])
            (shown,) = _questions(tx, [line_id], now)
            if shown is None:
                raise Gone
        return shown


def claim_post(
    database: Database, actor: Actor, month: date, seen: Collection[int], now: datetime
) -> ClearedPost:
    """The lines that are to be posted now, by this call alone: of those that were `seen`, by id,
    the ones with a yes still. Raises as `to_write`, and Gone where none has, or there is no
    channel."""
    with database.writing(actor.workspace_id) as tx:
        team, found = _held(tx, actor, month, now)
        agreed = [one for one in found.agreed if one.id in seen]
        # Somebody may have come to be known meanwhile.
        namable = namable_in(tx, team, *(one.text for one in agreed))
        lines = tuple(
            one for one in agreed if namable.in_words(Words(one.text, one.fine_for)) is None
        )
        channel = found.channel
        if not lines or not channel:
            raise Gone
        cleared.post(tx, [one.id for one in lines], found.today)
        messages.mark_stale(tx, [_subject(one.id) for one in found.lines])
        return ClearedPost(channel, month, lines)


def give_back(database: Database, actor: Actor, month: date, now: datetime) -> None:
    """What was posted of that month was not, as Slack or the manager says: it may be, again.
    Raises ForManagers and NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        lines = [one.id for one in cleared.of_month(tx, team.id, month) if one.posted_on]
        cleared.not_posted(tx, lines)
        messages.mark_stale(tx, [_subject(one) for one in lines])


def due(
    database: Database, workspace_id: int, line_ids: Sequence[int], now: datetime
) -> list[ClearedQuestion | Unsent]:
    """The questions about those lines, in order. Not needed where it cannot be answered, or was."""
    with database.reading(workspace_id) as tx:
        found = _questions(tx, line_ids, now)
    return [
        one if one and one.open and one.line.answer is None else Unsent.NOT_NEEDED for one in found
    ]


def posted(
    database: Database, workspace_id: int, line_ids: Sequence[int], now: datetime
) -> list[ClearedQuestion | None]:
    """What the questions about those lines show now, in order; None for words that are gone."""
    with database.reading(workspace_id) as tx:
        return _questions(tx, line_ids, now)


def _questions(
    tx: Transaction, line_ids: Sequence[int], now: datetime
) -> list[ClearedQuestion | None]:
    lines = cleared.get_many(tx, line_ids)
    about = promises.get_many(tx, [one.promise_id for one in lines.values()])
    team_ids = list({one.team_id for one in lines.values()})
    own = {one.id: one for one in teams.get_many(tx, team_ids)}
    told = cleared.told_of(tx, team_ids)

    def one(line: ClearedLine) -> ClearedQuestion:
        team = own[line.team_id]
        stands = (
            line.asked
            and line.posted_on is None
            and is_cleared(about[line.promise_id], line.month)
            and team.today(now) <= last_day(line.month)
            and (team.id, line.month) not in told
        )
        today = local_date(now, team.zone_of(line.rep))
        return ClearedQuestion(line, team.manager, team.settings.channel, today, stands)

    return [one(lines[some]) if some in lines else None for some in line_ids]


def _held(tx: Transaction, actor: Actor, month: date, now: datetime) -> tuple[Team, ClearedMonth]:
    """That month, and its team, while nobody else changes or posts it."""
    team = require_manager(tx, actor, now)
    _lock(tx, team.id)
    if month != month_before(team.today(now)):
        raise Gone
    return team, _offered(tx, team, now)


def _offered(tx: Transaction, team: Team, now: datetime) -> ClearedMonth:
    today = team.today(now)
    found = offered(tx, team, {one.id for one in reps_on(tx, team, today)}, today)
    if found is None:
        raise Gone
    return found


def _lock(tx: Transaction, team_id: int) -> None:
    """One at a time answers or posts."""
    teams.lock(tx, [team_id])


def _half_written(tx: Transaction, team: Team, month: date) -> list[Draft]:
    """What that manager typed of a month and did not preview, the latest first."""
    found = drafts.of_author(tx, team.manager.id, DraftKind.CLEARED)
    return [one for one in found if one.day == month]


def _is_aside(tx: Transaction, team: Team, month: date) -> bool:
    sent = submissions.find(tx, _form_of(month), Made.CLEARED, team.manager.id, team.id)
    return not sent.is_new


def _settle(tx: Transaction, team: Team, month: date) -> None:
    sent = submissions.claim(tx, _form_of(month), Made.CLEARED, team.manager.id, team.id)
    submissions.keep(tx, sent, month.isoformat())


def _take_up(tx: Transaction, team: Team, month: date) -> None:
    sent = submissions.find(tx, _form_of(month), Made.CLEARED, team.manager.id, team.id)
    submissions.keep(tx, sent)


def _form_of(month: date) -> str:
    return f"cleared:{month.isoformat()}"


def _subject(line_id: int) -> Subject:
    return Subject(MessageKind.CLEARED, line_id)
