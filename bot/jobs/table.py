"""The scheduled messages that there are."""

from bot.domain.deliveries import ScheduleKind
from bot.jobs import Jobs
from bot.screens import appointments as appointment_screens
from bot.screens import meetings as meeting_screens
from bot.screens import sharing as sharing_screens
from bot.screens import todo as todo_screens
from bot.services import meetings, schedules, todo_sending
from bot.services.deliveries import Rules


def all_jobs() -> Jobs:
    """Every kind of schedule, and every kind of message that may be drawn anew."""
    return Jobs(
        rules=Rules(
            after=schedules.after,
            turns={
                ScheduleKind.TODO_TURN: todo_sending.turn,
                ScheduleKind.MEETING_TURN: meetings.turn,
            },
            missing={ScheduleKind.MEETING_AGENDA: meetings.agenda_missing},
        ),
        compose={
            ScheduleKind.TODO_LIST: todo_screens.lists_to_send,
            ScheduleKind.SESSION_NOTE: appointment_screens.manager_notes,
            ScheduleKind.SESSION_PREPARE: appointment_screens.rep_notes,
            ScheduleKind.MEETING_DRAFT: meeting_screens.drafts,
            ScheduleKind.MEETING_AGENDA: meeting_screens.agendas,
            ScheduleKind.MEETING_RECAP: meeting_screens.recaps,
            ScheduleKind.MEETING_ASK: meeting_screens.missing,
            ScheduleKind.MEETING_SKILL: meeting_screens.skills,
        },
        draw={
            "todo": todo_screens.drawn,
            "shared": sharing_screens.drawn,
            "meeting": meeting_screens.drawn,
            "meeting_draft": meeting_screens.drafts_drawn,
            "meeting_skill": meeting_screens.skills_drawn,
        },
    )
