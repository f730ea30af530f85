"""A binder on paper, against bare typst on the same words."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Any
from unittest.mock import patch

from pypdf import PdfReader

from bot.domain.binder.book.build import book_of
from bot.domain.binder.export import ExportRequest, Format, Paper
from bot.domain.binder.record import TeamRecord
from bot.domain.sessions.sessions import Session, SessionNotes, TopicNotes
from bot.exchange.printing import child, pdf, processes
from tests.bench.table import Row
from tests.exchange.binders import AT, USUAL
from tests.exchange.parts import in_parts
from tests.exchange.test_json_export import SAID, SAM, SESSION, TOUCH

ROUNDS = 3
SESSIONS = 260
REPS_FEW, REPS_MANY = 2, 20

WORDS = "the renewal is early, and who at the customer has to say yes before the year is over"

BARE = """
#set page(paper: "a4", margin: (left: 24mm, right: 18mm, y: 20mm))
#set text(font: ("Noto Sans",), size: 9.5pt)
#for words in json(bytes(sys.inputs.data)) { par(words) }
"""


MEASURED = """
import sys
from bot.exchange.printing import child
child.main()
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
with open(sys.argv[1], "a") as told:
    print(peak.split()[1], file=told)
"""


SET = """
import sys, time
import typst
from bot.exchange.printing import fonts
known = typst.Fonts(font_paths=[str(one) for one in fonts.folders()])
from tests.exchange.parts import in_parts
from tests.exchange.parts import in_parts
data = open(sys.argv[2], encoding="utf-8").read()
begun = time.process_time()
compiler = typst.Compiler(sys.argv[1], font_paths=known, sys_inputs={"data": data})
content = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
print(time.process_time() - begun)
open(sys.argv[3], "wb").write(content)
"""
"""In a process of its own: typst keeps what it set, and does it once."""


def page_row() -> Row:
    """CPU of the pages of a rep's chapter, template and all, against the same words set bare, a
    paragraph each."""
    pairs = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        data = _data(folder)
        bare, words = folder / "bare.typ", folder / "words.json"
        bare.write_text(BARE)
        words.write_text(json.dumps(_words(json.loads(data.read_text("utf-8"))["chapters"])))
        for _ in range(ROUNDS):
            floor = _cpu(bare, words, folder)
            pairs.append((_cpu(child.TEMPLATE, data, folder), floor))
        pages = len(PdfReader(folder / "set.pdf").pages)
    ratios = [ours / floor for ours, floor in pairs]
    ours, floor = (median(side) for side in zip(*pairs, strict=True))
    return Row(
        f"print: {pages} pages, CPU",
        f"{ours * 1000:.0f} ms against {floor * 1000:.0f} ms",
        f"{median(ratios):.2f} × ({min(ratios):.2f} to {max(ratios):.2f})",
        "≤ 1.5 ×",
    )


def _cpu(template: Path, data: Path, folder: Path) -> float:
    command = (sys.executable, "-c", SET, str(template), str(data), str(folder / "set.pdf"))
    return float(subprocess.run(command, capture_output=True, check=True).stdout)


def memory_row() -> Row:
    """What a process that sets or joins pages takes at most, for few reps and for many."""
    few, many = (_peak(reps) for reps in (REPS_FEW, REPS_MANY))
    return Row(
        f"print: memory of a child, {REPS_MANY} reps",
        f"{many} MB against {few} MB with {REPS_FEW}",
        f"{many / few:.2f} ×",
        "≤ 1.2 ×",
    )


def _peak(reps: int) -> int:
    """MB of the child that took most, as it says itself when it ends."""
    book = book_of(in_parts(_record(reps)), ExportRequest(Format.PDF), AT)
    with NamedTemporaryFile("r") as told:
        measured = (sys.executable, "-c", MEASURED, told.name)
        with patch.object(processes, "CHILD", measured):
            pdf.write_pdf(book, Paper.A4, None, AT, io.BytesIO(), lambda _done, _of: None)
        return max(int(line) for line in told) // 1024


def _record(reps: int) -> TeamRecord:
    """So many reps, each with ten years of sessions and contacts."""
    people = [replace(SAM, id=1000 + n, slack_id=f"U{n}", name=f"Rep {n:03}") for n in range(reps)]
    days = [timedelta(days=14 * n) for n in range(SESSIONS)]
    numbered = [
        (1 + n * SESSIONS + turn, rep, TOUCH.occurred_on - day)
        for n, rep in enumerate(people)
        for turn, day in enumerate(days)
    ]
    places = [replace(USUAL.members[-1], id=rep.id, rep=rep) for rep in people]
    return replace(
        USUAL,
        members=tuple(places),
        touches=tuple(
            replace(TOUCH, id=n, rep=rep, occurred_on=on, about=f"{WORDS} {n}")
            for n, rep, on in numbered
        ),
        sessions=tuple(
            (replace(SESSION, id=n, rep=rep, occurred_on=on), _said(n)) for n, rep, on in numbered
        ),
        shared={},
        field_days=(),
        promises=(),
        results=(),
        plans=(),
    )


def _said(number: int) -> Session:
    words = f"{WORDS} {number}"
    said = TopicNotes(f"plan, {words}", f"new, {words}", f"next, {words}")
    return Session(SAID.topics, SessionNotes({"pipeline": said}, "", f"both, {words}"))


def _data(folder: Path) -> Path:
    """The chapter of one rep, as a child gets it."""
    book = book_of(in_parts(_record(1)), ExportRequest(Format.PDF), AT)
    reps = next(part for part in book.parts if part.title == "Reps")
    alone = replace(book, parts=(reps,))
    printing = pdf.Printing(alone, Paper.A4, None, AT, folder, 60)
    (chunk,) = printing.chunks()
    return Path(chunk.job["data"])


def _words(data: Any) -> list[str]:
    """The texts of it, in order."""
    if isinstance(data, str):
        return [data] if data else []
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [words for one in inner for words in _words(one)]
