"""What each form made, by who sent it to which team: nobody finds another's."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.domain.workspaces.private import readable
from bot.domain.workspaces.submissions import Made, Submission
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Submission as Row

OWN = (
    Row.workspace_id == WORKSPACE,
    Row.author_id == bindparam("author"),
    Row.team_id == bindparam("team"),
)
OF_KIND = (*OWN, Row.kind == bindparam("kind"))
COLUMNS = (Row.id, Row.step, Row.made, Row.said)
OF_FORM = select(*COLUMNS).where(*OF_KIND, Row.form == bindparam("form"))
ONE = OF_FORM.where(Row.step == bindparam("step"))
HELD = ONE.with_for_update()
FORM_OF = select(Row.form).where(*OF_KIND, Row.made == bindparam("of"))
KEEP = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("submission"))
MADE_ANEW = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.kind == bindparam("of_kind"),
        Row.made == bindparam("before"),
    )
    .values(made=bindparam("now"))
)
FORGET = delete(Row).where(
    Row.workspace_id == WORKSPACE, Row.kind == bindparam("kind"), Row.made.in_(AMONG)
)
NEW = (
    select(Row.id)
    .where(Row.workspace_id == WORKSPACE, Row.met_on.is_(None))
    .limit(bindparam("limit"))
)
MEET = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))
    .values(met_on=bindparam("day"))
)
KEY = ("form", "step", "kind", "author_id", "team_id")


def claim(
    tx: Transaction, form: str | None, kind: Made, author_id: int, team_id: int, step: str = ""
) -> Submission:
    """That form as that author sent it to that team before, or as new. Whoever sends it at the
    same time waits until this transaction has ended. No form: always new. Raises Sealed where
    what it said cannot be read."""
    if form is None:
        return Submission(0)
    row = {"form": form, "step": step, "kind": kind, "author_id": author_id, "team_id": team_id}
    tx.insert_missing(Row, [{**row, "made": _pack(()), "said": None}], KEY)
    asked = {"form": form, "kind": kind, "author": author_id, "team": team_id, "step": step}
    return _read(tx.first(HELD, **asked))


def keep(tx: Transaction, submission: Submission, *made: int | str, said: str = "") -> None:
    """Keep what it made, and what it said there."""
    if submission.id:
        values = {"made": _pack(made), "said": said or None}
        tx.change(KEEP, values, submission=submission.id)


def find(
    tx: Transaction, form: str | None, kind: Made, author_id: int, team_id: int, step: str = ""
) -> Submission:
    """The same, only to look."""
    if form is None:
        return Submission(0)
    asked = {"form": form, "kind": kind, "author": author_id, "team": team_id, "step": step}
    row = tx.first(ONE, **asked)
    return _read(row) if row else Submission(0)


def steps_of(
    tx: Transaction, form: str, kind: Made, author_id: int, team_id: int
) -> dict[str, Submission]:
    """What each step of a form made of that kind."""
    rows = tx.all(OF_FORM, form=form, kind=kind, author=author_id, team=team_id)
    return {row.step: _read(row) for row in rows}


def form_of(tx: Transaction, kind: Made, made: int, author_id: int, team_id: int) -> str | None:
    """The form by which that author made it."""
    row = tx.first(FORM_OF, kind=kind, of=_pack([made]), author=author_id, team=team_id)
    return row.form if row else None


def forget(tx: Transaction, kind: Made, made: Iterable[int]) -> None:
    """Those are gone, or do not consist any more of what forms said."""
    tx.run_among(FORGET, [_pack([one]) for one in made], kind=kind)


def made_anew(tx: Transaction, kind: Made, before: int, now: int) -> None:
    """Another stands in the place of that one: the form that made it says the other anew."""
    tx.run(MADE_ANEW, of_kind=kind, before=_pack([before]), now=_pack([now]))


def meet(tx: Transaction, day: date, limit: int) -> int:
    """Write down that day of what was sent since anybody looked, of `limit` at most; of how
    many."""
    new = [row.id for row in tx.all(NEW, limit=limit)]
    return tx.run_among(MEET, new, day=day)


def _pack(made: Iterable[int | str]) -> str:
    return json.dumps([str(one) for one in made], ensure_ascii=False)


def _read(row: Any) -> Submission:
    return Submission(row.id, tuple(json.loads(row.made)), readable(row.said) or "")
