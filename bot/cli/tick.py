"""`windshield tick`: one heartbeat, for a cron of one's own or to see what a day would bring."""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot.cli.edge import CommandError, as_it_is, log_to_stderr, plain_errors, tune_gc

if TYPE_CHECKING:
    from bot.domain.delivery import Counts


FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Beyond them calendars end, of holidays and of Python itself."""


class Instant(click.ParamType[datetime]):
    """An instant by ISO 8601, with its offset from UTC."""

    name = "instant"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            instant = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(
                f"“{value}” is no instant; write it as 2026-11-30T08:00:00+01:00.", param, ctx
            )
        if instant.tzinfo is None:
            self.fail(
                f"“{value}” names no offset from UTC; write it as {value}+01:00, or {value}Z.",
                param,
                ctx,
            )
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            self.fail(f"“{value}” is not of this age; name a year up to {LAST_YEAR}.", param, ctx)
        return instant


@click.command()
@click.option(
    "--at",
    type=Instant(),
    metavar="INSTANT",
    help="As of then: ISO 8601 with an offset. Now, else.",
)
def tick(at: datetime | None) -> None:
    """Send all that is due, once, and say how that went.

    Any number of these may run at once, beside `windshield run` or without it.
    """
    with plain_errors():
        from bot.app import make_context
        from bot.clock import StandingClock, SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.faults import DatabaseUnavailableError, OutOfTimeError
        from bot.jobs.exporting import Exports
        from bot.jobs.heartbeat import Heartbeat
        from bot.jobs.kinds import all_kinds

        settings = read_settings()
        if not settings.bot_token:
            raise CommandError("SLACK_BOT_TOKEN is not set. It begins with xoxb-; see README.md.")
        log_to_stderr(settings)
        clock = StandingClock(at) if at else SystemClock()
        with as_it_is(settings) as database:
            app, _ = make_context(settings, database, clock)
            tune_gc()
            heartbeat = Heartbeat(app, all_kinds())
            try:
                counts = heartbeat.beat(clock.now())
                if Exports(app).work(clock.now()):
                    # What is said about a file is drawn anew once that is there.
                    counts += heartbeat.beat(clock.now())
            except DatabaseUnavailableError as error:
                what = (
                    "did not answer in time"
                    if isinstance(error, OutOfTimeError)
                    else "cannot be used"
                )
                raise CommandError(
                    f"The database {what} ({error}). What is due and was not sent is still due; "
                    "what was sent is not sent again."
                ) from error
    click.echo(line(counts))


def line(counts: "Counts") -> str:
    """What a heartbeat did, for people and scripts."""
    return (
        f"planned={counts.planned} sent={counts.sent} retry={counts.retry} "
        f"failed={counts.failed} unknown={counts.unknown} expired={counts.expired}"
    )
