"""`windshield teams`: who has set up what."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import click

from bot.cli.edge import as_it_is, chosen_workspace, plain_errors, workspace_option

if TYPE_CHECKING:
    from bot.domain.team.overview import TeamOverview
    from bot.domain.workspaces.people import Person

HEADER = ("manager", "id", "reps", "introductions", "list", "meeting", "channel", "country")
NOTHING = "-"


@click.command()
@workspace_option
def teams(workspace: str | None) -> None:
    """Who has set up what: a line for each team, and counts. No word that people wrote.

    Days and times are on the wall of the manager (list) and of the team (meeting). A team that was
    joined with another has a line below: it is over.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.services.team.overview import of_workspace

        with as_it_is(read_settings(), to_read=True) as database:
            found = of_workspace(
                database, chosen_workspace(database, workspace), SystemClock().now()
            )
    there = [one for one in found if one.joined_to is None]
    for line in _table([HEADER, *map(_cells, there)]):
        click.echo(line)
    click.echo(_counts(there))
    for one in found:
        if one.joined_to is not None:
            click.echo(_joined(one, one.joined_to))


def _cells(one: "TeamOverview") -> tuple[str, ...]:
    from bot.domain.team.file_rows import printable

    manager, settings = one.team.manager, one.team.settings
    series = settings.series
    return (
        printable(manager.name) + ("" if manager.active else " (left Slack)"),
        manager.slack_id,
        str(one.reps),
        _introductions(one),
        f"{_days((settings.todo_day,))} {settings.todo_time:%H:%M}",
        _every(series.meeting.every, series.weekdays) + f" {series.at:%H:%M}"
        if series
        else NOTHING,
        settings.channel or NOTHING,
        settings.country or NOTHING,
    )


def _joined(one: "TeamOverview", other: "Person") -> str:
    from bot.domain.team.file_rows import printable

    was = one.team.manager
    return (
        f"joined: the team of {printable(was.name)} ({was.slack_id}) with that of "
        f"{printable(other.name)} ({other.slack_id})"
    )


def _introductions(one: "TeamOverview") -> str:
    if not one.reps:
        return NOTHING
    if one.is_introduced:
        return "sent"
    return f"{one.introduced} of {one.reps} sent" if one.introduced else "not sent"


def _every(weeks: int, weekdays: Sequence[int]) -> str:
    return _days(weekdays) + (f" every {weeks} weeks" if weeks > 1 else "")


def _days(weekdays: Sequence[int]) -> str:
    from bot.domain.team.calendar import DAYS

    return "+".join(DAYS[day][:3] for day in weekdays)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows with their columns one beneath the other."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns that a terminal takes for it: some scripts have characters of two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _counts(found: Sequence["TeamOverview"]) -> str:
    settings = [one.team.settings for one in found]
    counts = (
        ("teams", len(found)),
        ("reps", sum(one.reps for one in found)),
        ("introductions sent", sum(one.is_introduced for one in found)),
        ("with a meeting", sum(one.series is not None for one in settings)),
        ("with a channel", sum(one.channel is not None for one in settings)),
        ("with a country", sum(one.country is not None for one in settings)),
        ("manager left Slack", sum(not one.team.manager.active for one in found)),
    )
    return ", ".join(f"{what}: {count}" for what, count in counts)
