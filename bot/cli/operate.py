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
    from bot.manifest import manifest_for, manifest_path

    if url is None:
        click.echo(manifest_path().read_text(encoding="utf-8"), nl=False)
    elif url.startswith("https://") and len(url) > len("https://"):
        click.echo(manifest_for(url), nl=False)
    else:
        raise CommandError("Slack wants an address that begins with https://.")
