"""`windshield sandbox`: the bot against a pretend Slack on this machine."""

import click

from bot.cli.edge import CommandError, port_refused


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8065,
    show_default=True,
    help="Where the pretend Slack listens.",
)
@click.option("--tour", is_flag=True, help="Play a manager's first months in the terminal.")
def sandbox(port: int, tour: bool) -> None:
    """Try the bot without Slack, in a browser: a sales organisation with twelve weeks behind it.

    With --tour, a manager's first weeks and two quarters of results are played in the terminal
    instead.
    """
    from bot.cli.exports import export
    from bot.cli.imports import import_

    commands = {"export": export, "import": import_}

    def command(line: list[str]) -> object:
        return commands[line[0]].main(line[1:], standalone_mode=False)

    try:
        from bot.demo.page import serve
        from bot.demo.tour.playing import play
    except ModuleNotFoundError as error:
        if error.name not in ("aiohttp", "jinja2"):
            raise
        raise CommandError(
            "The sandbox needs more packages: pip install 'windshield[sandbox]'."
        ) from error
    try:
        play(port, command) if tour else serve(port)
    except OSError as error:
        raise port_refused(error, port, "name another with --port") or error from error
