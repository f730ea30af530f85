"""`windshield export`: a team's record out."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from bot.cli.edge import CommandError, as_it_is, chosen_workspace, plain_errors, workspace_option

NOT_WRITTEN_DOWN = "The database takes nothing more: this export is not written down in it."


@click.command()
@click.option(
    "--manager", required=True, metavar="SLACK_ID", help="Whose team: the manager's user id (U…)."
)
@click.option("--format", "kind", type=click.Choice(["json"]), default="json", show_default=True)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file, readable by you alone; stdout otherwise.",
)
@workspace_option
def export(manager: str, kind: str, out: Path | None, workspace: str | None) -> None:
    """Everything kept of a team, but never private notes."""
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.refusals import NoTeam
        from bot.exchange.json_export import to_json
        from bot.services.binder.export import export_team

        now = SystemClock().now()
        with as_it_is(read_settings(), to_read=True) as database:
            try:
                record = export_team(
                    database, chosen_workspace(database, workspace), manager, kind, now
                )
            except NoTeam as error:
                raise CommandError(f"{manager} has no team in this database.") from error
        if not record.written_down:
            click.echo(NOT_WRITTEN_DOWN, err=True)
        # JSON is UTF-8 whatever the terminal is set to (RFC 8259, section 8.1).
        content = (piece.encode() for piece in to_json(record, now))
        if out is None:
            for piece in content:
                click.echo(piece, nl=False)
        else:
            _write(out, content)


NAME = 50
"""Characters of a file's name that the file it is first written to has too."""


def _write(path: Path, content: Iterable[bytes]) -> None:
    """Write the file whole or not at all; only its owner may read it."""
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise CommandError(f"{path} is there and is not a file.")
    if not target.parent.is_dir():
        raise CommandError(f"There is no folder {target.parent} to write to.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:NAME]}.", dir=target.parent)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
