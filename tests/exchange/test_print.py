"""A binder on paper: what another program reads in the file."""

import io
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PageObject, PdfReader, PdfWriter

from bot.domain.binder.export import ExportRequest, Format, Paper, What
from bot.domain.binder.record import TeamRecord
from bot.exchange.formats import FORMATS
from bot.exchange.printing import pdf, processes
from bot.exchange.printing.processes import Children, PrintError
from tests.exchange.binders import (
    AT,
    HARD,
    LONG_NAME,
    MARKUP,
    NO_FONT,
    NOTHING_YET,
    SCRIPTS,
    USUAL,
)
from tests.exchange.parts import in_parts
from tests.exchange.test_json_export import TOUCH

pytestmark = pytest.mark.slow


def _printed(record: TeamRecord, paper: Paper = Paper.A4) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    request = ExportRequest(Format.PDF, paper=paper)
    report = FORMATS[Format.PDF](in_parts(record), request, AT, out, lambda _done, _of: None)
    return out.getvalue(), list(report or ())


@pytest.fixture(scope="module")
def hard() -> tuple[PdfReader, list[str], list[str]]:
    """The hard record on paper: the file, the text of each page, and what is told of it."""
    content, report = _printed(HARD)
    reader = PdfReader(io.BytesIO(content))
    return reader, [page.extract_text() for page in reader.pages], report


def _plain(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_what_people_typed_is_on_paper_as_they_typed_it(
    hard: tuple[PdfReader, list[str], list[str]],
) -> None:
    read = _plain("".join(hard[1]))
    assert _plain(MARKUP) in read
    assert "word0word1" in read
    assert "word9998word9999" in read
    assert "a" * 600 in read
    assert _plain(LONG_NAME) in read
    for name in ("Greek", "Cyrillic", "Chinese", "Japanese", "Korean"):
        assert _plain(SCRIPTS[name]) in read, name
    # Every step of a table that goes over the page, and its headings on each of its pages.
    assert all(f"Step{n}:" in read for n in range(60))


def test_every_font_is_in_the_file(hard: tuple[PdfReader, list[str], list[str]]) -> None:
    names = set()
    for page in hard[0].pages:
        for font in _fonts(page):
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]).partition("+")[2])
    assert {"NotoSans-Regular", "NotoSansArabic-Regular", "NotoEmoji-Regular"} <= names


def test_another_program_reads_the_same(hard: tuple[PdfReader, list[str], list[str]]) -> None:
    if shutil.which("pdftotext") is None:
        # Where a browser must be there, so must the rest of what CI installs.
        required = os.environ.get("WINDSHIELD_BROWSER") == "required"
        (pytest.fail if required else pytest.skip)("poppler is not installed here")
    file = io.BytesIO()
    PdfWriter(hard[0]).write(file)
    read = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=file.getvalue(), capture_output=True, check=True
    ).stdout.decode()
    assert _plain(MARKUP) in _plain(read)
    for name in ("Greek", "Devanagari", "Thai", "Tamil", "Chinese", "Japanese", "Korean"):
        assert _plain(SCRIPTS[name]) in _plain(read), name


def _fonts(page: PageObject) -> Iterator[Any]:
    resources: Any = page["/Resources"]
    yield from resources.get("/Font", {}).values()


def test_what_no_font_has_is_told(hard: tuple[PdfReader, list[str], list[str]]) -> None:
    (told,) = hard[2]
    assert f"{NO_FONT} (U+13080 EGYPTIAN HIEROGLYPH" in told


def test_each_chapter_is_where_the_contents_and_the_outline_say(
    hard: tuple[PdfReader, list[str], list[str]],
) -> None:
    reader, texts, _ = hard
    contents = _plain(texts[2])
    for number, title in enumerate(("Team meetings", "Ada Ek", LONG_NAME, "Sam Stone"), 1):
        page = _pages_of(reader, title)[-1]
        assert reader.page_labels[page] == f"{number}–1"
        assert f"{number}–1" in texts[page]
        assert _plain(title) in _plain(texts[page])
        assert f"{number}–1" in contents
        # Chapters begin on the right.
        assert page % 2 == 0
    assert all("What became of it" in texts[page] for page in _pages_of(reader, "Promises"))
    assert len(texts) % 2 == 0


def _pages_of(reader: PdfReader, title: str) -> list[int]:
    """The pages that the outline names under that title."""

    def walk(items: Any) -> Iterator[Any]:
        for item in items:
            yield from walk(item) if isinstance(item, list) else [item]

    found = [one for one in walk(reader.outline) if one.title == title]
    return [reader.get_destination_page_number(one) or 0 for one in found]


def test_the_same_record_gives_the_same_file_and_chunks_change_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record = replace(NOTHING_YET, touches=(replace(TOUCH, rep=NOTHING_YET.members[0].rep),))
    first, report = _printed(record, Paper.LETTER)
    assert report == []
    assert _printed(record, Paper.LETTER)[0] == first
    monkeypatch.setattr(pdf, "CHUNK", 1)
    alone = PdfReader(io.BytesIO(_printed(record, Paper.LETTER)[0]))
    whole = PdfReader(io.BytesIO(first))
    assert [one.extract_text() for one in alone.pages] == [
        one.extract_text() for one in whole.pages
    ]
    assert alone.page_labels == whole.page_labels
    assert tuple(whole.pages[0].mediabox)[2:] == (612, 792)


def _roles(node: Any) -> Iterator[str]:
    """What the parts of a page are said to be."""
    found = node.get_object()
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield from [str(one["/S"])] if "/S" in one else []
            yield from _roles(one["/K"]) if "/K" in one else []
        elif not isinstance(one, int):
            yield from _roles(one)


def test_what_is_not_joined_says_what_its_parts_are_and_all_of_it_in_which_language(
    hard: tuple[PdfReader, list[str], list[str]],
) -> None:
    out = io.BytesIO()
    request = ExportRequest(Format.PDF, what=What.PACK)
    FORMATS[Format.PDF](in_parts(USUAL), request, AT, out, lambda _done, _of: None)
    pack = PdfReader(out)
    for reader, title in ((pack, "Transition pack"), (hard[0], "Team binder")):
        root: Any = reader.trailer["/Root"]
        assert root["/Lang"] == "en"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata is not None
        assert reader.metadata.title == f"Dana Moss: {title}"
    root = pack.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/P"} <= set(_roles(root["/StructTreeRoot"]))
    # Each heading once in the outline, and none of what was there before it was made.
    titles = [one.title for one in pack.outline if not isinstance(one, list)]
    assert len(titles) == len(set(titles))


def test_a_process_that_hangs_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = "import threading; threading.Event().wait()"
    monkeypatch.setattr(processes, "CHILD", (sys.executable, "-c", hangs))
    with pytest.raises(PrintError, match=r"within 0\.2 seconds"):
        Children(0.2).run([{"do": "nothing"}] * 3, lambda _: None)


def test_a_process_that_dies_is_told_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dies = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    monkeypatch.setattr(processes, "CHILD", (sys.executable, "-c", dies))
    out = io.BytesIO()
    with pytest.raises(PrintError, match=r"ended by itself \(signal 11\)"):
        FORMATS[Format.PDF](
            in_parts(NOTHING_YET), ExportRequest(Format.PDF), AT, out, lambda _done, _of: None
        )
    assert out.getvalue() == b""


def test_no_key_and_no_token_reaches_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    told = "import json, os; input(); print(json.dumps({'env': dict(os.environ)}))"
    monkeypatch.setattr(processes, "CHILD", (sys.executable, "-c", told))
    ((found),) = Children().run([{"do": "nothing"}], lambda _: None)
    assert "SLACK_BOT_TOKEN" not in found["env"]
    assert set(found["env"]) - {"LC_CTYPE"} <= set(processes.PASSED_ON)


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is there on Linux alone")
def test_a_full_disk_is_told() -> None:
    job = {
        "do": "join",
        "files": [],
        "out": "/dev/full",
        "marks": [],
        "labels": [],
        "title": "",
        "author": "",
        "at": 0,
    }
    with pytest.raises(OSError, match="No space left on device"):
        Children().run([job], lambda _: None)


def test_a_file_that_may_not_grow_is_told() -> None:
    """As on a disk that is full: the folder of the pages takes no more than a few bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    out = io.BytesIO()
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16, before[1]))
        with pytest.raises(OSError, match="File too large"):
            FORMATS[Format.PDF](
                in_parts(NOTHING_YET), ExportRequest(Format.PDF), AT, out, lambda _done, _of: None
            )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert out.getvalue() == b""
