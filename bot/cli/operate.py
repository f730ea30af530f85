"""`windshield migrate` and `windshield manifest`."""

import click

from bot.cli.edge import CommandError, opened, plain_errors


@click.command()
def migrate() -> None:
    """Bring the database's schema to the newest version."""
    with plain_errors():
        from bot.config import read_settings
        from storage import migrations

        with opened(read_settings()) as database:
            before = migrations.version(database)
            migrations.migrate(database)
            now = migrations.version(database)
    click.echo(f"The schema is at {now}" + (", as it was." if before == now else "."))


@click.command()
@click.option("--url", metavar="URL", help="Where Slack reaches you by HTTP: https://…")
def manifest(url: str | None) -> None:
    """Print the app's manifest, to paste where Slack asks for it.

    For Socket Mode as it is; with --url for HTTP.
    """
    from bot.config import address_flaw
    from bot.manifest import EVENTS_PATH, manifest_for, manifest_path

    if url is None:
        click.echo(manifest_path().read_text(encoding="utf-8"), nl=False)
        return
    flaw = address_flaw(url, public=True)
    if not flaw and url.rstrip("/").endswith(EVENTS_PATH):
        flaw = f"{EVENTS_PATH} is added to it"
    if flaw:
        raise CommandError(
            f"--url takes the address where Slack reaches you, https://HOST, and nothing else: "
            f"{flaw}."
        )
    click.echo(manifest_for(url), nl=False)
