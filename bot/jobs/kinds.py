"""Every kind of message that Windshield sends by itself or draws anew.

A new scheduled message is one more entry here, its composer, and whoever sets when it is due.
"""

from datetime import timedelta

from bot.domain.delivery import MessageKind
from bot.jobs import Kinds, MessageRules
from bot.screens import binder, contacts, meetings, promises, results, todo
from bot.screens.sessions import preparing, sharing
from bot.screens.team import introductions, memberships, roles
from bot.services.binder import moving
from bot.services.meetings import meetings as meeting_services
from bot.services.results import activity
from bot.services.todo import schedule, sending

WEEKS_DRAWN = timedelta(days=28)
"""A list is drawn for the last time when its week is over; and it came at the earliest on the
Friday before."""

MONTHS_DRAWN = timedelta(days=100)
"""Notes of a meeting are mended for some weeks, rarely for longer."""

DAY_DRAWN = timedelta(days=2)
"""An export is over within a day."""


def all_kinds() -> Kinds:
    """What goes for each kind of message."""
    return Kinds(
        {
            MessageKind.TODO_LIST: MessageRules(
                next_due=schedule.next_lists,
                compose=todo.lists_to_send,
                draw=todo.drawn,
                drawn_for=WEEKS_DRAWN,
            ),
            MessageKind.TODO_ROLL_OVER: MessageRules(run=sending.roll_over),
            MessageKind.TODO_MORNING: MessageRules(
                next_due=schedule.next_mornings, compose=todo.mornings
            ),
            MessageKind.SESSION_NOTE: MessageRules(
                compose=preparing.manager_notes,
                draw=preparing.manager_notes_drawn,
                drawn_for=WEEKS_DRAWN,
            ),
            MessageKind.SESSION_PREPARE: MessageRules(compose=preparing.rep_notes),
            MessageKind.MEMBERSHIP_ASK: MessageRules(
                compose=memberships.questions,
                draw=memberships.questions_drawn,
                drawn_for=MONTHS_DRAWN,
            ),
            MessageKind.INTRODUCTION: MessageRules(compose=introductions.due),
            MessageKind.STAND_IN_GONE: MessageRules(compose=roles.stand_ins_gone),
            MessageKind.MEMBERSHIP_TOLD: MessageRules(compose=memberships.answers),
            MessageKind.SHARED: MessageRules(draw=sharing.drawn),
            MessageKind.RAISED: MessageRules(
                compose=promises.raised, draw=promises.raised_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.NOTE: MessageRules(drawn_for=MONTHS_DRAWN),
            MessageKind.MEETING_DRAFT: MessageRules(
                compose=meetings.drafts, draw=meetings.drafts_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.MEETING_AGENDA: MessageRules(
                compose=meetings.agendas,
                draw=meetings.drawn,
                drawn_for=MONTHS_DRAWN,
                told_by=MessageKind.MEETING_ASK,
            ),
            MessageKind.MEETING_ROLL_OVER: MessageRules(run=meeting_services.roll_over),
            MessageKind.HANDOVER: MessageRules(
                compose=binder.offers, draw=binder.offers_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.HANDOVER_TOLD: MessageRules(compose=binder.offers_answered),
            MessageKind.HANDED_OVER: MessageRules(compose=binder.handed_over),
            MessageKind.EXPORT: MessageRules(
                compose=binder.exports, draw=binder.exports_drawn, drawn_for=DAY_DRAWN
            ),
            MessageKind.REP_MOVE: MessageRules(run=moving.carry_due),
            MessageKind.MEETING_RECAP: MessageRules(
                compose=meetings.recaps, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.MEETING_DONE: MessageRules(
                compose=meetings.questions, draw=meetings.questions_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.MEETING_ASK: MessageRules(compose=meetings.missing),
            MessageKind.MEETING_SKILL: MessageRules(
                compose=meetings.skills, draw=meetings.skills_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.MEETING_SWAP: MessageRules(
                compose=meetings.swaps, draw=meetings.swaps_drawn, drawn_for=MONTHS_DRAWN
            ),
            MessageKind.CLEARED: MessageRules(
                compose=contacts.cleared_asks,
                draw=contacts.cleared_drawn,
                drawn_for=MONTHS_DRAWN,
            ),
            MessageKind.ACTIVITY_ASK: MessageRules(
                next_due=activity.next_asks,
                compose=results.asks,
                draw=results.asks_drawn,
                drawn_for=MONTHS_DRAWN,
            ),
        }
    )
