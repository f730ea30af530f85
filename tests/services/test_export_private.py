"""A private word is in no export but its author's own, whatever the format; a new one too."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.record import Binder
from bot.domain.workspaces.people import Actor
from bot.exchange.formats import FORMATS
from bot.services.binder.export import export_own, export_team
from storage.database.engine import Database
from tests.services.history import NOW, seed
from tests.services.monday import DANA, KIM
from tests.services.private_words import add_private_words

MINE, THEIRS = "kwxmine", "kwxtheirs"
KINDS = (MINE, f"{MINE}, between us", f"{MINE}, closed", f"{MINE}, to myself")

WITH_PRIVATE_WORDS = {Format.JSON, Format.CSV, Format.MARKDOWN, Format.PDF}
"""Formats in which a manager may take their own along."""


def read(binder: Binder, request: ExportRequest) -> str:
    """All that the file says, whatever it is."""
    out = io.BytesIO()
    FORMATS[request.format](binder, request, NOW, out, lambda _done, _of: None)
    content = out.getvalue()
    if content.startswith(b"%PDF"):
        pages = (page.extract_text() for page in PdfReader(out).pages)
        return " ".join(" ".join(pages).split())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(out) as packed:
            return "\n".join(packed.read(name).decode() for name in packed.namelist())
    return content.decode()


def test_every_format_can_be_made() -> None:
    assert set(FORMATS) == set(Format)


@pytest.mark.slow
@pytest.mark.parametrize("kind", Format)
def test_private_words_are_in_nothing_but_their_authors_own(
    database: Database, workspace_id: int, kind: Format
) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    add_private_words(database, workspace_id, DANA, MINE)
    add_private_words(database, workspace_id, KIM, THEIRS, team_of=DANA)
    actor, plain = Actor(workspace_id, DANA), ExportRequest(kind)
    for binder in (
        export_team(database, workspace_id, DANA, plain, NOW),
        export_own(database, actor, plain, NOW),
    ):
        said = read(binder, plain)
        assert len(said) > 50
        assert "kwx" not in said
    ticked = ExportRequest(kind, with_private_notes=True)
    own = read(export_own(database, actor, ticked, NOW), ticked)
    assert THEIRS not in own
    if kind in WITH_PRIVATE_WORDS:
        assert [words for words in KINDS if words not in own] == []
