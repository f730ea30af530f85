"""`windshield sandbox`: the bot against a pretend Slack on this machine."""

import click

from bot.cli.edge import CommandError


@click.command()
@click.option("--port", default=8065, show_default=True, help="Where the pretend Slack listens.")
@click.option("--tour", is_flag=True, help="Play a manager's first day in the terminal.")
def sandbox(port: int, tour: bool) -> None:
    """Try the bot without Slack: a manager's first day, as each person sees it.

    The sandbox has no page of its own yet, so that with or without --tour it plays the tour.
    """
    try:
        from bot.cli.tour import play
    except ModuleNotFoundError as error:
        if error.name != "aiohttp":
            raise
        raise CommandError(
            "The sandbox needs one more package: pip install 'windshield[sandbox]'."
        ) from error
    play(port)
