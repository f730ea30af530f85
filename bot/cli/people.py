"""`windshield person`: all that is kept about somebody goes, or comes as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.edge import CommandError, as_it_is, chosen_workspace, plain_errors, workspace_option
from bot.cli.exports import NOT_WRITTEN_DOWN
from bot.cli.files import write_file

if TYPE_CHECKING:
    from bot.services.team.erasure import Erasure

IDS_SHOWN = 20


@click.group()
def person() -> None:
    """What is kept about one person: a copy of it, or its end."""


@person.command()
@click.argument("slack_id", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file, readable by you alone; stdout otherwise.",
)
@workspace_option
def copy(slack_id: str, out: Path | None, workspace: str | None) -> None:
    """All that is kept about the person with that Slack id, as JSON.

    It has what My copy on their Home tab gives them, and besides what they do not see there.
    Private notes, half-filled forms and links to files are counted and not shown.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.faults import DatabaseUnavailableError
        from bot.domain.workspaces.refusals import Gone
        from bot.exchange.own_copy import person_to_json
        from bot.services.binder import person_copy as service

        now = SystemClock().now()
        with as_it_is(read_settings(), to_read=True) as database:
            workspace_id = chosen_workspace(database, workspace)
            try:
                found = service.person_copy(database, workspace_id, slack_id, now)
            except Gone as error:
                raise CommandError(f"Nothing is kept of {slack_id} here.") from error
            try:
                service.write_down(database, workspace_id, slack_id, now)
            except DatabaseUnavailableError:
                click.echo(NOT_WRITTEN_DOWN, err=True)
        content = person_to_json(found, now).encode()
        if out is None:
            click.echo(content, nl=False)
        else:
            write_file(out, lambda file: file.write(content))


@person.command()
@click.argument("slack_id", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@workspace_option
def erase(slack_id: str, dry_run: bool, yes: bool, workspace: str | None) -> None:
    """Let go of everything about the person with that Slack id, and of what they wrote.

    That contacts happened stays, with kind and day, as "a former rep". Words of others that name
    the person are listed first and not changed. There is no way back; broken off, run it again.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.services.team import erasure as service

        now = SystemClock().now()
        with as_it_is(read_settings(), to_read=dry_run) as database:
            workspace_id = chosen_workspace(database, workspace)
            try:
                _say(service.look(database, workspace_id, slack_id))
                if dry_run:
                    return
                if not yes:
                    click.confirm(f"Let go of all of it about {slack_id}?", abort=True, err=True)
                service.erase(database, workspace_id, slack_id, now)
            except service.NobodyKnownError as error:
                raise CommandError(f"Nothing is kept of {slack_id} here.") from error
            except service.LeadsTeamError as error:
                raise CommandError(
                    f"{slack_id} manages a team. Hand it over first: "
                    f"windshield handover --from {slack_id} --to ID. Nothing was changed."
                ) from error
    click.echo(
        f"Gone. Messages that stand in Slack are drawn anew while windshield run runs. Copies of "
        f"the database hold it still: after one is put back, run this again for {slack_id}."
    )


def _say(found: "Erasure") -> None:
    if found.is_done:
        click.echo("It went before. What a copy brought back since goes now:")
    if found.is_begun:
        click.echo("It was broken off, and goes on.")
    if found.found:
        click.echo("What goes, and how many of each:")
    for kind, count in found.found.items():
        click.echo(f"{kind}: {count}")
    if not found.found:
        click.echo("Nothing is left to go but the name.")
    if found.market_notes:
        click.echo(f"stay, without who heard them: market notes: {found.market_notes}")
    for one in found.mentions:
        ids = ", ".join(str(each) for each in one.ids[:IDS_SHOWN])
        more = f" and {len(one.ids) - IDS_SHOWN} more" if len(one.ids) > IDS_SHOWN else ""
        click.echo(
            f"named in words of others, not changed: {one.place}: {len(one.ids)} ({ids}{more})"
        )
