"""`windshield retention`: for how long a workspace keeps things."""

import click

from bot.cli.edge import (
    CommandError,
    as_it_is,
    chosen_workspace,
    plain_errors,
    workspace_option,
)


@click.command()
@workspace_option
@click.option("--months", type=int, metavar="N", help="Keep things for so many months.")
@click.option("--forever", is_flag=True, help="Keep everything until somebody deletes it.")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
def retention(workspace: str | None, months: int | None, forever: bool, dry_run: bool) -> None:
    """Say for how long things are kept, or set it.

    What is older goes within a day, wherever the bot runs, and for good. What still stands stays:
    plans, the last focus, open promises, who knows whom, dates to come, periods that run.
    """
    if months is not None and forever:
        raise CommandError("Name --months or --forever, not both.")
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.retention import MOST_MONTHS, is_months, months_words
        from bot.services.workspaces import retention as service

        if months is not None and not is_months(months):
            raise CommandError(f"--months takes a number from 1 to {MOST_MONTHS}.")
        now = SystemClock().now()
        with as_it_is(read_settings(), to_read=dry_run) as database:
            workspace_id = chosen_workspace(database, workspace)
            before = service.kept_months(database, workspace_id)
            wanted = None if forever else before if months is None else months
            if dry_run:
                found = service.old(database, workspace_id, wanted, now) if wanted else {}
                if found:
                    click.echo(f"Older than {months_words(wanted or 0)}, and would go:")
                for kind, count in found.items():
                    click.echo(f"{kind}: {count}")
                if not found:
                    click.echo("Nothing would go.")
                return
            if wanted != before:
                service.keep_for(database, workspace_id, wanted, now)
    until = f"for {months_words(wanted)}" if wanted else "until somebody deletes it"
    click.echo(f"Everything is kept {until}.")
