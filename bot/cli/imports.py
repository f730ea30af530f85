"""`windshield import`: files in."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar, cast

import click

from bot.cli.edge import (
    CommandError,
    chosen_slack_id,
    chosen_workspace,
    migrated,
    plain_errors,
    sqlite_file,
    tune_gc,
    workspace_option,
)

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.domain.results.results import Metric
    from bot.domain.results.standing import InTheWay
    from bot.domain.team.file_rows import FileRow, Rejection
    from bot.messenger import Messenger
    from storage.database.engine import Database

_T = TypeVar("_T")


@click.group("import")
def import_() -> None:
    """Take in a file."""


def _of_a_file(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every import."""
    options: list[Callable[[Any], Any]] = [
        click.argument("file", type=click.Path(path_type=Path)),
        click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing."),
        click.option("--keep-good", is_flag=True, help="Write good lines though others are bad."),
        workspace_option,
    ]
    for option in reversed(options):
        command = option(command)
    return command


@import_.command()
@_of_a_file
@click.option(
    "--move",
    is_flag=True,
    help="Reps of the file sit where it says and nowhere else: other seats end the day before.",
)
def roster(file: Path, dry_run: bool, keep_good: bool, workspace: str | None, move: bool) -> None:
    """Teams and their reps.

    Columns: manager_id, rep_id, and if wanted time_zone, channel_id, country, until (the last day
    of that seat, 2026-11-30; 9999-12-31 for none). People are Slack user ids or, where the token
    may see them, e-mail addresses. Nothing is sent to anyone. A dry run says who would sit where.

    With --move what a later manager may read goes along with a rep: contacts, what was shared,
    promises, what is planned, results. Private notes, what was said between two and what nobody
    shared stay with who wrote them. A dry run counts it.
    """
    with plain_errors():
        from bot.cli.seats import what_goes_along, who_sits_where
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.team.roster import OPTIONAL, REQUIRED, Directory
        from bot.domain.workspaces.whole import whole
        from bot.exchange.countries import is_country
        from bot.services.binder import moving
        from bot.services.team.roster import import_roster

        settings = read_settings()
        rows = _rows(file, "roster", REQUIRED, OPTIONAL)
        messenger = slack_of(settings)
        with _database(settings, dry_run) as database:
            workspace_id = _token_workspace(database, messenger, workspace, dry_run)
            profiles = list(messenger.all_profiles(_wait))
            with _progress(rows, len(rows)) as bar:
                report = import_roster(
                    database,
                    workspace_id,
                    bar,
                    profiles,
                    is_country=is_country,
                    file_name=whole(file.name),
                    keep_good=keep_good,
                    dry_run=dry_run,
                    move=move,
                    now=SystemClock().now(),
                )
            counted = moving.looked_at(database, workspace_id, report.moves)
            if report.written:
                moving.carry_all(database, workspace_id, SystemClock().now())
    if dry_run:
        for line in who_sits_where(report.changes, Directory(profiles)):
            click.echo(line)
    if dry_run or report.written:
        for line in what_goes_along(report.moves, counted, Directory(profiles), dry_run=dry_run):
            click.echo(line)
    changed = f", {_count(report.teams_changed, 'team')} changed" if report.teams_changed else ""
    ended = report.given_a_last_day
    ends = f", {_count(ended, 'seat')} given a last day" if ended else ""
    _finish(
        f"{_count(report.teams_made, 'team')} made{changed}, "
        f"{_count(report.reps_added, 'rep')} added{ends}, {report.already_there} already there",
        report.rejected,
        dry_run=dry_run,
        written=report.written,
    )


@import_.command()
@_of_a_file
def touches(file: Path, dry_run: bool, keep_good: bool, workspace: str | None) -> None:
    """Touches of managers with their reps.

    Columns: manager_id, rep_id, date (2026-11-20), and if wanted channel and about. People are
    Slack user ids or, where the token may see them, e-mail addresses; the teams must be there.
    Nothing is sent to anyone.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.whole import whole
        from bot.services.contacts.touch_import import OPTIONAL, REQUIRED, import_touches

        settings = read_settings()
        rows = _by_id(_rows(file, "touches", REQUIRED, OPTIONAL), settings)
        with _database(settings, dry_run) as database, _progress(rows, len(rows)) as bar:
            report = import_touches(
                database,
                chosen_workspace(database, workspace),
                bar,
                file_name=whole(file.name),
                keep_good=keep_good,
                dry_run=dry_run,
                now=SystemClock().now(),
            )
    _finish(
        f"{_count(report.added, 'touch', 'touches')} added, {report.already_there} already there",
        report.rejected,
        dry_run=dry_run,
        written=report.written,
    )


@import_.command()
@_of_a_file
@click.option("--decimal", type=click.Choice([".", ","]), help="What separates the decimals.")
@click.option("--dates", type=click.Choice(["dmy", "mdy"]), help="What comes first in 1/2/2026.")
@click.option(
    "--percent", type=click.Choice(["share", "percent"]), help="What 0.5 is of a percent."
)
@click.option("--encoding", metavar="NAME", help="How the file is encoded: utf-8, cp1252 …")
@click.option(
    "--replace-periods",
    is_flag=True,
    help="Take back kept periods that share days with those of the file.",
)
def results(
    file: Path,
    dry_run: bool,
    keep_good: bool,
    workspace: str | None,
    decimal: str | None,
    dates: str | None,
    percent: str | None,
    encoding: str | None,
    replace_periods: bool,
) -> None:
    """Results of reps: what was to be reached, and what was by which day.

    Columns: rep_id, metric, period_start, period_end, target, actual, as_of, and if wanted kind
    (leading or lagging), unit (a word or a currency's code), better (more or less), manager_id.
    `actual` is since the period's beginning. FILE is - for standard input. A reading as of a day
    that is there already is replaced, so that a nightly export can be sent as it is. People are
    Slack user ids or, where the token may see them, e-mail addresses; the teams must be there.
    Nothing is sent to anyone.

    A period that was sent with wrong dates is in the way of the right one, and the lines of that
    are rejected. With --replace-periods the wrong one is taken back, with all its readings; a dry
    run says which.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.results.addressed import resolve_addresses
        from bot.domain.team.file_rows import printable
        from bot.domain.team.roster import Directory
        from bot.domain.workspaces.whole import whole
        from bot.exchange.days import DayOrder
        from bot.exchange.numbers import DecimalSign
        from bot.exchange.percents import PercentScale
        from bot.exchange.results_columns import ReadingOptions
        from bot.exchange.results_file import ResultsFile
        from bot.services.results.importing import import_results, known_units

        tune_gc()
        settings = read_settings()
        options = ReadingOptions(
            decimal=DecimalSign(decimal) if decimal else None,
            dates=DayOrder(dates) if dates else None,
            percent=PercentScale(percent) if percent else None,
            encoding=encoding,
        )
        name = "standard input" if str(file) == "-" else whole(file.name)
        with _stream(file) as stream, _database(settings, dry_run) as database:
            workspace_id = chosen_workspace(database, workspace)
            found = ResultsFile(stream, options=options, units=known_units(database, workspace_id))
            for sentence in found.decided:
                click.echo(sentence, err=True)
            with _progress(found, len(found)) as bar:
                report = import_results(
                    database,
                    workspace_id,
                    resolve_addresses(
                        bar, lambda: Directory(slack_of(settings).all_profiles(_wait))
                    ),
                    file_name=name,
                    keep_good=keep_good,
                    dry_run=dry_run,
                    now=SystemClock().now(),
                    replace_periods=replace_periods,
                )
    _in_the_way(report.in_the_way, replace_periods=replace_periods, written=report.written)
    for before, after in report.changes:
        click.echo(
            f"“{printable(before.name)}” was {_metric_words(before)}; its earlier readings go by "
            f"what it is now too: {_metric_words(after)}",
            err=True,
        )
    counted = Counter(metric for own in report.metrics.values() for metric in own)
    for metric, teams in counted.items():
        click.echo(
            f"“{printable(metric.name)}” is {_metric_words(metric)}: {_count(teams, 'team')}"
        )
    _finish(
        f"{_count(report.added, 'reading')} added, {report.replaced} replaced, "
        f"{report.already_there} already there",
        report.rejected,
        dry_run=dry_run,
        written=report.written,
    )


def _metric_words(metric: "Metric") -> str:
    from bot.domain.team.file_rows import printable

    unit = f", in {metric.unit}" if metric.unit else ""
    return f"{metric.kind}, {metric.better} is better{printable(unit)}"


def _in_the_way(periods: "Sequence[InTheWay]", *, replace_periods: bool, written: bool) -> None:
    """Say which kept periods share days with those of the file, and what becomes of them."""
    from bot.domain.team.file_rows import printable

    goes = "was taken back" if written else "would be taken back"
    for one in periods:
        what = f"“{printable(one.metric)}”, {one.period.start} to {one.period.end}"
        reps = f"{_count(one.reps, 'rep')} of {one.manager}"
        if replace_periods:
            click.echo(f"{what}, {goes}: {reps}")
        else:
            click.echo(
                f"{what}, stands for {reps} and is in the way. If its dates were wrong, "
                "--replace-periods takes it back, with all its readings.",
                err=True,
            )


@contextmanager
def _stream(file: Path) -> Iterator[BinaryIO]:
    """The file, or the table of results in an export of ours; `-` is standard input, kept on disk
    meanwhile, since it is gone through more than once."""
    from bot.exchange.csv_export import table_of

    if str(file) != "-":
        with file.open("rb") as opened, table_of(opened, "results") as table:
            yield table
        return
    with TemporaryFile() as spooled:
        copyfileobj(sys.stdin.buffer, spooled)
        spooled.seek(0)
        yield cast(BinaryIO, spooled)


def _rows(
    file: Path, table: str, required: Sequence[str], optional: Sequence[str]
) -> "Sequence[FileRow | Rejection]":
    """The rows of the file, or of that table in an export of ours."""
    from bot.exchange.csv_export import table_of
    from bot.exchange.csv_files import read_file

    with file.open("rb") as opened, table_of(opened, table) as content:
        found = read_file(content.read(), required=required, optional=optional)
    if found.read_as:
        click.echo(
            f"The file is not UTF-8; read as {found.read_as}. If that looks wrong, save it as "
            "“CSV UTF-8” and import that.",
            err=True,
        )
    return found.rows


def _by_id(
    rows: "Sequence[FileRow | Rejection]", settings: "Settings"
) -> "Sequence[FileRow | Rejection]":
    """The rows with Slack ids for e-mail addresses; Slack is asked only where there are some."""
    from bot.domain.team.addresses import has_addresses, resolve_addresses
    from bot.domain.team.roster import Directory

    people = ("manager_id", "rep_id")
    if not has_addresses(rows, people):
        return rows
    directory = Directory(slack_of(settings).all_profiles(_wait))
    return list(resolve_addresses(rows, people, directory))


def slack_of(settings: "Settings") -> "Messenger":
    """Slack, to ask it who people are."""
    from bot.messenger import Messenger

    if not settings.bot_token:
        raise CommandError("SLACK_BOT_TOKEN is not set; Slack is asked who the people are.")
    return Messenger(settings.bot_token, settings.slack_api_url)


@contextmanager
def _database(settings: "Settings", dry_run: bool) -> "Iterator[Database]":
    """The database of an import; a dry run before there is one makes none."""
    from dataclasses import replace

    file = sqlite_file(settings)
    if dry_run and file is not None and not file.exists():
        with TemporaryDirectory() as folder:
            rehearsal = replace(settings, database_url=f"sqlite:///{folder}/rehearsal.db")
            with migrated(rehearsal) as database:
                yield database
    else:
        with migrated(settings) as database:
            yield database


def _token_workspace(
    database: "Database", messenger: "Messenger", named: str | None, dry_run: bool
) -> int:
    """The id of the workspace to import to, which the token must belong to.

    The first one is made from what Slack says; 0, which no workspace has, where a dry run
    would make it.
    """
    from storage.workspaces import installs

    known = installs.all_ids(database)
    home = messenger.who_am_i()
    own = str(home["team_id"])
    wanted = chosen_slack_id(list(known) or [own], named)
    if wanted != own:
        raise CommandError(
            f"SLACK_BOT_TOKEN belongs to workspace {own}, not to {wanted}; "
            "set the other token, or name the workspace with --workspace."
        )
    if dry_run:
        return known.get(own, 0)
    return installs.ensure(database, own, str(home["team"]))


def _wait(seconds: float) -> None:
    click.echo(f"Slack asks to wait {seconds:g} s…", err=True)
    time.sleep(seconds)


def _progress(rows: Iterable[_T], count: int) -> "AbstractContextManager[Iterable[_T]]":
    hidden = not sys.stderr.isatty()
    return click.progressbar(rows, count, label="Lines", file=sys.stderr, hidden=hidden)


def _finish(summary: str, rejected: "Sequence[Rejection]", *, dry_run: bool, written: bool) -> None:
    """Report; the exit code is 1 where a line was rejected."""
    for rejection in rejected:
        click.echo(f"line {rejection.line}: {rejection.reason}", err=True)
    if rejected:
        summary += f", {_count(len(rejected), 'line')} rejected"
    if dry_run:
        summary += "; dry run, nothing was written"
    elif not written:
        summary += "; nothing was written"
    click.echo(summary)
    if rejected:
        raise SystemExit(1)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
