"""Whoever reads a text that its rep may remember otherwise reads that with it."""

import pytest
from sqlalchemy import Column, Select
from sqlalchemy.sql.visitors import iterate

from storage.models import FieldDay, Session, SessionTopic
from tests.storage.test_statements import constants

TEXTS = frozenset(
    {
        *(SessionTopic.__table__.c[name] for name in ("plan", "changed", "next_step")),
        Session.__table__.c.shared_note,
        *(FieldDay.__table__.c[name] for name in ("strength", "focus")),
    }
)
"""What a rep reads once it is shared."""

WHOLE = "a contact whole: who reads it reads its `sharing` too"
SEARCHED = "looked through, and not shown"
WITHOUT = {
    **dict.fromkeys(
        (
            *(
                f"storage.sessions.sessions.{one}"
                for one in (
                    *("EVERYTHING_SAID", "ALL_SAID", "SAID", "SAID_OF_REPS", "SAID_WITH"),
                    *("ALL_SESSIONS", "SESSIONS", "SESSIONS_OF_REPS", "SESSIONS_WITH"),
                )
            ),
            *(f"storage.field_days.{one}" for one in ("ALL_FIELD_DAYS", "FIELD_DAYS")),
            *(f"storage.field_days.FIELD_DAYS_{one}" for one in ("OF_REPS", "WITH")),
        ),
        WHOLE,
    ),
    **dict.fromkeys(
        (f"storage.binder.stayed.{one}" for one in ("SESSIONS", "NOTES", "FIELD_DAYS")),
        "never shared: nobody else has read it",
    ),
    "storage.sessions.sessions.TEXTS_OF_TOPICS": SEARCHED,
    "storage.sessions.sessions.TEXTS": SEARCHED,
    "storage.field_days.TEXTS": SEARCHED,
    "storage.field_days.STRENGTHS": "left out where its rep says otherwise",
    "storage.results.balance.SESSIONS": "counted, and not shown",
    "storage.field_days.PRACTISED": "compared, and not shown",
    "storage.sessions.sharing.PLANS_READ": "compared with the plans of now, and not shown",
}


def quotes(statement: Select[tuple[object, ...]]) -> bool:
    """Whether one of its columns is made of such a text."""
    return any(
        part in TEXTS
        for column in statement.selected_columns
        for part in (column, *iterate(column))
        if isinstance(part, Column)
    )


def readers() -> dict[str, Select[tuple[object, ...]]]:
    return {
        name: statement
        for name, statement in constants()
        if isinstance(statement, Select) and quotes(statement)
    }


def test_every_statement_that_reads_such_a_text_reads_what_stands_beside_it(
    subtests: pytest.Subtests,
) -> None:
    found = readers()
    assert set(found) > set(WITHOUT)
    for name, statement in found.items():
        with subtests.test(name):
            assert ("otherwise" in statement.selected_columns) is (name not in WITHOUT)
