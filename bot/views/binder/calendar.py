"""What goes into calendars: a file of one appointment, and the address to subscribe to."""

from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.appointments import Appointment
from bot.domain.binder.calendar import CalendarEntry
from bot.views.block_kit import kit
from bot.views.block_kit.ids import CalendarAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import NAMES

WHAT = "the calendar file"

WHAT_IS_IN_IT = (
    "In it stand your strategy sessions, field days and team meetings, and dates of accounts: "
    "when, where and with whom. Nothing that anybody noted."
)


def file_name(appointment: Appointment) -> str:
    """strategy-session-2026-12-09.ics"""
    what = NAMES[appointment.kind].replace(" ", "-")
    return f"{what}-{appointment.day.isoformat()}.ics"


def file_comment(entry: CalendarEntry, appointment: Appointment, today: date) -> str:
    """What is said with the file."""
    what = kit.escape(entry.title)
    if entry.cancelled:
        return (
            f"Off: {what}. Open the file to take it out of your calendar. You get this because you "
            "asked for it."
        )
    day = kit.date_words(appointment.day, today)
    return (
        f"{what}, {day}, for your calendar: open the file to add it. If it moves, take a new file: "
        "it changes what your calendar has. You get this because you asked for it."
    )


def address_button() -> BlockElement:
    """**Calendar address**, on Home."""
    return kit.button("Calendar address", CalendarAction.ADDRESS)


def build_address_form(since: date | None, today: date) -> View:
    """Whether the calendar of who reads it has an address, and the way to make one."""
    here = Metadata()
    if since is None:
        blocks: list[Block] = [
            kit.section(
                "Your calendar can follow Windshield by itself, every move too, by an address that "
                "it subscribes to."
            ),
            kit.context(
                f"{WHAT_IS_IN_IT} Keep the address to yourself: it opens without Slack. "
                "End it when you like."
            ),
        ]
        return kit.modal("Calendar address", Form.CALENDAR, blocks, here, submit="Make an address")
    end = kit.button("End it", CalendarAction.END, style="danger")
    blocks = [
        kit.section(
            f"Your calendar has an address since {kit.date_words(since, today)}. A new one ends it."
        ),
        kit.actions([end]),
        kit.context(WHAT_IS_IN_IT),
    ]
    return kit.modal("Calendar address", Form.CALENDAR, blocks, here, submit="Make a new one")


def build_address(address: str) -> View:
    """The address, this once."""
    blocks: list[Block] = [
        kit.field(
            "address",
            "Your address",
            kit.text_input(initial=address, multiline=True),
            hint="Copy it now: it is not shown again.",
        ),
        kit.section(
            "Google, on a computer: *Other calendars*, *From URL*. iPhone and Mac: *Add "
            "subscription calendar*. Outlook: *Add calendar*, *Subscribe from web*."
        ),
        kit.context("Keep it to yourself: it opens without Slack."),
    ]
    # In a box, for a phone copies out of no other text; Slack wants something to send then.
    return kit.modal("Calendar address", Form.CALENDAR_SHOWN, blocks, submit="Done", close="Close")


def build_ended() -> View:
    """It is none any more."""
    words = "The address is ended. What subscribed to it gets nothing more; you can make a new one."
    return kit.modal("Calendar address", Form.READ_ONLY, [kit.section(words)], close="Close")
