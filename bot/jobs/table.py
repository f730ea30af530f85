"""The scheduled messages that there are."""

from bot.domain.deliveries import ScheduleKind
from bot.jobs import Jobs
from bot.screens import appointments as appointment_screens
from bot.screens import sharing as sharing_screens
from bot.screens import todo as todo_screens
from bot.services import schedules, todo_sending
from bot.services.deliveries import Rules


def all_jobs() -> Jobs:
    """Every kind of schedule, and every kind of message that may be drawn anew."""
    return Jobs(
        rules=Rules(after=schedules.after, turns={ScheduleKind.TODO_TURN: todo_sending.turn}),
        compose={
            ScheduleKind.TODO_LIST: todo_screens.lists_to_send,
            ScheduleKind.SESSION_NOTE: appointment_screens.manager_notes,
            ScheduleKind.SESSION_PREPARE: appointment_screens.rep_notes,
        },
        draw={"todo": todo_screens.drawn, "shared": sharing_screens.drawn},
    )
