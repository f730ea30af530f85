"""`windshield export`: what is kept of a team, or of every team, out."""

import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from bot.cli.edge import (
    CommandError,
    as_it_is,
    chosen_workspace,
    plain_errors,
    tune_gc,
    workspace_option,
)
from bot.cli.files import write_file
from bot.domain.binder.export import ExportRequest, Format, Paper, What

if TYPE_CHECKING:
    from bot.domain.binder.record import Binder
    from storage.database.engine import Database

NOT_WRITTEN_DOWN = "The database takes nothing more: this export is not written down in it."
LEFT_OUT = "Left out, with no team of their own any more by their turn"
ZIP = ".zip"


class Day(click.ParamType[date]):
    """A day, or a year for its first or its last one."""

    name = "day"

    def __init__(self, in_year: str) -> None:
        self.in_year = in_year

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(f"{value}-{self.in_year}" if len(value) == 4 else value)
        except ValueError:
            self.fail(
                f"{value} is no day; write it as 2026-11-30, or 2026 for the year.", param, ctx
            )


@click.command()
@click.option("--manager", metavar="SLACK_ID", help="Whose team: the manager's user id (U…).")
@click.option("--all", "every", is_flag=True, help="Every team of the workspace, a file each.")
@click.option(
    "--format",
    "kind",
    type=click.Choice([one.value for one in Format]),
    default=Format.JSON.value,
    show_default=True,
    help="csv is a zip of tables.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="Write to this file, readable by you alone; stdout otherwise. With --all a folder, or a "
    "file that ends in .zip.",
)
@click.option(
    "--reps", multiple=True, metavar="SLACK_ID", help="These reps alone; say it once for each."
)
@click.option("--since", type=Day("01-01"), help="From this day (2026-11-30) or year (2026) on.")
@click.option("--until", type=Day("12-31"), help="Through this day or year.")
@click.option(
    "--what",
    type=click.Choice([one.value for one in What]),
    default=What.BINDER.value,
    show_default=True,
    help="What a PDF is of: all of it, the transition pack of each rep and of the team, or the "
    "period on one page (the one that runs, or that has the day of --since).",
)
@click.option(
    "--paper",
    type=click.Choice([one.value for one in Paper]),
    default=Paper.A4.value,
    show_default=True,
    help="What a PDF is printed on.",
)
@workspace_option
def export(
    manager: str | None,
    every: bool,
    kind: str,
    out: Path | None,
    reps: Sequence[str],
    since: date | None,
    until: date | None,
    what: str,
    paper: str,
    workspace: str | None,
) -> None:
    """Everything kept of a team, or of every team, but never private notes.

    That it was taken is written down, and its manager can see it.
    """
    named = frozenset(one for each in reps for one in each.split(",") if one)
    request = ExportRequest(Format(kind), named, since, until, what=What(what), paper=Paper(paper))
    _check(request, manager, out, every=every)
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings

        tune_gc()
        now = SystemClock().now()
        with as_it_is(read_settings(), to_read=True) as database:
            exports = _Exports(database, chosen_workspace(database, workspace), request, now)
            if manager is not None:
                exports.one(manager, out)
            elif out is not None:
                exports.all(out)


def _check(request: ExportRequest, manager: str | None, out: Path | None, *, every: bool) -> None:
    """Refuse what cannot be meant."""
    if every is (manager is not None):
        raise click.UsageError("Say whose team: --manager SLACK_ID, or --all.")
    if every and request.reps:
        raise click.UsageError("--reps needs --manager: reps sit on a team.")
    if every and out is None:
        raise click.UsageError("--all needs --out: a folder, or a file that ends in .zip.")
    if request.what is What.PERIOD and (not request.is_of_period or request.reps):
        raise click.UsageError("--what period is a PDF of no rep: --format pdf, without --reps.")
    if request.since and request.until and request.since > request.until:
        raise click.UsageError("--since is after --until.")
    if out is None and not request.format.is_text and sys.stdout.isatty():
        raise click.UsageError(
            f"A terminal cannot show {request.format.value}; name a file with --out."
        )


class _Exports:
    """The exports of one command."""

    def __init__(
        self, database: "Database", workspace_id: int, request: ExportRequest, now: datetime
    ) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.request = request
        self.now = now
        self.left_out: list[str] = []

    def one(self, manager: str, out: Path | None) -> None:
        """The team of that manager: to the file, or else to stdout."""
        if out is None:
            self._one(manager, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            write_file(out, lambda file: self._one(manager, file))

    def all(self, out: Path) -> None:
        """Every team, each in a file that is called by its manager's id: in a folder, or a zip."""
        from bot.services.binder.export import managers

        found = managers(self.database, self.workspace_id)
        if out.suffix == ZIP:
            write_file(out, lambda file: self._pack(found, file))
        else:
            self._fill(found, out)
        count = len(found) - len(self.left_out)
        click.echo(f"{count} {'team' if count == 1 else 'teams'} exported to {out}")
        if self.left_out:
            click.echo(f"{LEFT_OUT}: {', '.join(self.left_out)}.", err=True)

    def _pack(self, managers: Sequence[str], out: BinaryIO) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for manager, binder in self._in_turn(managers):
                with packed.open(self._name(manager), "w", force_zip64=True) as file:
                    self._write(binder, cast(BinaryIO, file), quietly=True)

    def _fill(self, managers: Sequence[str], folder: Path) -> None:
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is there and is not a folder. Or end it in {ZIP}.")
        if not folder.resolve().parent.is_dir():
            raise CommandError(f"There is no folder {folder.resolve().parent} to write to.")
        folder.mkdir(exist_ok=True)
        for manager, binder in self._in_turn(managers):
            write = partial(self._write, binder, quietly=True)
            write_file(folder / self._name(manager), write)

    def _name(self, manager: str) -> str:
        return f"{manager}.{self.request.format.suffix}"

    def _in_turn(self, managers: Sequence[str]) -> Iterator[tuple[str, "Binder"]]:
        """The team of each; whoever leads none any more by their turn is left out."""
        from bot.domain.workspaces.refusals import Gone, NoTeam

        hidden = not sys.stderr.isatty()
        with click.progressbar(managers, label="Teams", file=sys.stderr, hidden=hidden) as bar:
            for manager in bar:
                try:
                    binder = self._open(manager)
                except (Gone, NoTeam):
                    self.left_out.append(manager)
                else:
                    with binder:
                        yield manager, binder

    def _one(self, manager: str, file: BinaryIO) -> None:
        from bot.domain.workspaces.refusals import Gone, NoTeam, NotOnTeam

        try:
            binder = self._open(manager)
        except NoTeam as error:
            raise CommandError(f"{manager} has no team in this database.") from error
        except Gone as error:
            raise CommandError("There is no such period; leave out --since and --until.") from error
        except NotOnTeam as error:
            raise CommandError(f"{error.slack_id} never sat on that team.") from error
        with binder:
            self._write(binder, file)

    def _open(self, manager: str) -> "Binder":
        """Begin to read that team, and write down that it is read."""
        from bot.services.binder.export import export_team

        binder = export_team(self.database, self.workspace_id, manager, self.request, self.now)
        if not binder.team.written_down:
            line = f"{self.now.isoformat()} operator export {manager}: {self.request.words}"
            click.echo(f"{NOT_WRITTEN_DOWN}\n{line}", err=True)
        return binder

    def _write(self, binder: "Binder", file: BinaryIO, *, quietly: bool = False) -> None:
        """Write it into the file."""
        from bot.exchange.formats import FORMATS

        with _progress(hidden=quietly) as told:
            write = FORMATS[self.request.format]
            for sentence in write(binder, self.request, self.now, file, told) or ():
                click.echo(sentence, err=True)


STEPS = 100


@contextmanager
def _progress(*, hidden: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, where that is a terminal, which is moved by telling how much of how much is
    written."""
    hidden = hidden or not sys.stderr.isatty()
    with click.progressbar(length=STEPS, label="Export", file=sys.stderr, hidden=hidden) as bar:

        def told(done: int, of: int) -> None:
            bar.update(max(0, done * STEPS // of - bar.pos))

        yield told
