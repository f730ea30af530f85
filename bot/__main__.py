"""The command line: `windshield`, or `python -m bot`."""

import importlib

import click

from bot.cli.edge import collect_rarely, plain_errors

COMMANDS = {
    "run": "bot.cli.run:run",
    "sandbox": "bot.cli.sandbox:sandbox",
    "tick": "bot.cli.tick:tick",
    "import": "bot.cli.imports:import_",
    "export": "bot.cli.exports:export",
    "handover": "bot.cli.handover:handover",
    "teams": "bot.cli.teams:teams",
    "migrate": "bot.cli.operate:migrate",
    "backup": "bot.cli.copies:backup",
    "restore": "bot.cli.copies:restore",
    "retention": "bot.cli.keeping:retention",
    "person": "bot.cli.people:person",
    "doctor": "bot.cli.doctor:doctor",
    "manifest": "bot.cli.operate:manifest",
}


class Commands(click.Group):
    """Commands whose modules are loaded when they are asked for."""

    def invoke(self, ctx: click.Context) -> object:
        with plain_errors():
            return super().invoke(ctx)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, name = place.split(":")
        collect_rarely()
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=Commands)
@click.version_option(package_name="windshield", prog_name="windshield")
def main() -> None:
    """Windshield keeps a sales manager's attention on the road ahead."""


if __name__ == "__main__":
    main()
