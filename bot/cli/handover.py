"""`windshield handover`: a team, or a rep, to another manager."""

from typing import TYPE_CHECKING

import click

from bot.cli.edge import (
    CommandError,
    as_it_is,
    chosen_workspace,
    plain_errors,
    workspace_option,
)

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.domain.binder.moving import Moved
    from bot.domain.workspaces.refusals import Refusal
    from bot.services.binder.handover import Passed
    from storage.database.engine import Database

COUNTED = {
    "touches": ("touch", "touches"),
    "sessions": ("session", "sessions"),
    "field_days": ("field day", "field days"),
    "promises": ("open promise", "open promises"),
    "closed": ("closed promise", "closed promises"),
    "appointments": ("appointment", "appointments"),
    "for_session": ("item for a session", "items for a session"),
    "market_notes": ("market note", "market notes"),
    "results": ("result", "results"),
    "save_it_plans": ("save-it plan", "save-it plans"),
}


@click.command()
@click.option("--from", "giver", required=True, metavar="ID", help="Whose team it is (U…).")
@click.option("--to", "receiver", required=True, metavar="ID", help="Who manages it then (U…).")
@click.option("--rep", metavar="ID", help="One rep of the team alone; without it the whole team.")
@click.option(
    "--join", is_flag=True, help="Where --to leads a team already: join the reps to that one."
)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@workspace_option
def handover(
    giver: str, receiver: str, rep: str | None, join: bool, dry_run: bool, workspace: str | None
) -> None:
    """A team, or one rep of it, to another manager, also when the old one has left.

    What was shared goes along, promises of both sides, what is planned, results. Private notes,
    what was never shared and what was said between the two of them stay with the old manager.
    Nobody but the new manager is written to: their list says hello, and their reps read the
    introduction when the new manager sends it.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from bot.domain.workspaces.refusals import Refusal
        from bot.services.binder.handover import JoinsTeamsError, by_operator

        settings, now = read_settings(), SystemClock().now()
        with as_it_is(settings, to_read=dry_run) as database:
            workspace_id = chosen_workspace(database, workspace)
            if not dry_run:
                _know(settings, database, workspace_id, receiver)
            try:
                done = by_operator(
                    database,
                    workspace_id,
                    giver,
                    receiver,
                    rep,
                    now,
                    join=join,
                    dry_run=dry_run,
                )
            except JoinsTeamsError as error:
                raise CommandError(
                    f"{receiver} leads a team already. --join puts the reps on that one."
                ) from error
            except Refusal as error:
                raise CommandError(_refused(error, giver, receiver, rep)) from error
    click.echo(_said(done, dry_run=dry_run))


def _know(settings: "Settings", database: "Database", workspace_id: int, receiver: str) -> None:
    """Whoever takes it may be new here: Slack says who they are, where there is a token."""
    from bot.cli.imports import slack_of
    from bot.clock import SystemClock
    from bot.services.team import people

    if settings.bot_token is None or not people.unknown(database, workspace_id, [receiver]):
        return
    profile = slack_of(settings).profile(receiver)
    if profile is not None:
        people.save(database, workspace_id, [profile], SystemClock().now())


def _refused(error: "Refusal", giver: str, receiver: str, rep: str | None) -> str:
    from bot.domain.workspaces.refusals import (
        BadField,
        CannotBeRep,
        FieldError,
        NoTeam,
        NotOnTeam,
        OwnManager,
    )

    flaws = {
        FieldError.LEADS_IT_ALREADY: f"{receiver} manages that already",
        FieldError.CANNOT_LEAD: f"{receiver} is not known here, is a bot or has left Slack",
        FieldError.A_REP_OF_IT: f"{receiver} is a rep of that very team; end that seat first",
    }
    match error:
        case NoTeam():
            why = f"{giver} has no team in this database"
        case NotOnTeam():
            why = f"{rep} is not on the team of {giver}"
        case BadField() if error.flaw in flaws:
            why = flaws[error.flaw]
        case CannotBeRep() | OwnManager():
            why = f"not with {receiver}: {', '.join(error.names)}"
        case _:
            why = type(error).__name__
    return f"{why}; nothing was written."


def _said(done: "Passed", *, dry_run: bool) -> str:
    from bot.domain.team.file_rows import printable

    reps = "1 rep" if done.reps == 1 else f"{done.reps} reps"
    what = printable(done.rep.name) if done.rep else f"the team of {done.team.manager.slack_id}"
    whole = "" if done.rep else f" ({reps})"
    how = " (joined)" if done.joined else ""
    along = f": {_counts(done.moved)}" if done.moved else ""
    begun = "Would pass" if dry_run else "Passed"
    return f"{begun} {what}{whole} to {done.receiver.slack_id}{how}{along}"


def _counts(moved: "Moved") -> str:
    counts = [(getattr(moved, name), *words) for name, words in COUNTED.items()]
    found = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(found) or "nothing kept yet"
