"""Team meetings on their way: drafts, agendas in channels, notes; and how the posted ones look."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import Posted, Unsent
from bot.domain.meetings.agenda import AgendaView
from bot.screens.delivery.direct import Outgoing, Sendable, ToChannel
from bot.services.meetings import sending
from bot.services.meetings import swaps as asking
from bot.services.meetings.series import done_subject, swap_subject
from bot.views.block_kit.kit import Message
from bot.views.meetings.draft import build_draft, build_draft_not_for_reader
from bot.views.meetings.meeting import build_missing, build_skill_note
from bot.views.meetings.message import build_agenda
from bot.views.meetings.recap import build_recap_line, build_what_got_done
from bot.views.meetings.swaps import build_question

Dues = Sequence[tuple[int, datetime]]


def drafts(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """To managers or their stand-ins, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one.reader, build_draft(one.agenda), one.subject)
        for one in sending.drafts_due(app.database, workspace_id, dues, now)
    ]


def agendas(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """To the teams' channels, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else ToChannel(one.channel, build_agenda(one.agenda), one.subject)
        for one in sending.agendas_due(app.database, workspace_id, dues, now)
    ]


def recaps(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """A line in the thread of each agenda, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else ToChannel(one.channel, build_recap_line(one.agenda), one.subject, one.thread)
        for one in sending.recaps_due(app.database, workspace_id, dues, now)
    ]


def questions(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """To managers or their stand-ins: what got done, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one[1], build_what_got_done(one[0]), done_subject(one[0].meeting.id))
        for one in sending.questions_due(app.database, workspace_id, dues, now)
    ]


def questions_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the questions what got done are to show now, in order."""
    return _for_who_leads(
        app,
        workspace_id,
        posted,
        now,
        lambda shown: build_what_got_done(shown.agenda) if shown.agenda else None,
    )


def missing(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """To managers, about agendas that did not go out, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one[1], build_missing(one[0].agenda, one[0].fault), one[0].subject)
        for one in sending.missing_due(app.database, workspace_id, dues, now)
    ]


def skills(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Sendable | Unsent]:
    """To reps who lead one skill, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one.leader, build_skill_note(one.agenda, one.leader.id), one.subject)
        for one in sending.skills_due(app.database, workspace_id, dues, now)
    ]


def swaps(app: AppContext, workspace_id: int, dues: Dues, now: datetime) -> list[Sendable | Unsent]:
    """To reps who are asked to take a turn, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one.swap.asked, build_question(one), swap_subject(one.swap.meeting_id))
        for one in asking.due(app.database, workspace_id, dues, now)
    ]


def drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the messages in channels are to show now, in order."""
    found = sending.posted_agendas(app.database, workspace_id, _meetings(posted), now)
    return [build_agenda(agenda) if agenda else None for agenda in found]


def drafts_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the drafts are to show now, in order."""
    return _for_who_leads(app, workspace_id, posted, now, build_draft)


def _for_who_leads(
    app: AppContext,
    workspace_id: int,
    posted: Sequence[Posted],
    now: datetime,
    build: Callable[[AgendaView], Message | None],
) -> list[Message | None]:
    wanted = list(zip(_meetings(posted), (one.reader_id for one in posted), strict=True))
    found = sending.posted_drafts(app.database, workspace_id, wanted, now)
    shown: list[Message | None] = []
    for one in found:
        if isinstance(one, sending.NotForReader):
            shown.append(build_draft_not_for_reader(one.team))
        else:
            shown.append(build(one) if one else None)
    return shown


def skills_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the notes to who leads one skill are to show now, in order."""
    found = sending.posted_agendas(app.database, workspace_id, _meetings(posted), now)
    return [
        build_skill_note(agenda, one.reader_id) if agenda else None
        for one, agenda in zip(posted, found, strict=True)
    ]


def swaps_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What the questions to reps who are asked to take a turn are to show now, in order."""
    wanted = list(zip(_meetings(posted), (one.reader_id for one in posted), strict=True))
    found = asking.posted(app.database, workspace_id, wanted, now)
    return [build_question(one) if one else None for one in found]


def _meetings(posted: Sequence[Posted]) -> list[int]:
    return [one.subject.id for one in posted]
