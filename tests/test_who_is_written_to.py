"""Whom the product writes to at once: who acts, a manager, or a rep who was introduced."""

import ast
from collections.abc import Iterator

import pytest

from tests.places import ROOT

ITSELF = {"actor.slack_id", "request.actor.slack_id"}
MANAGERS = {"promised.manager.slack_id", "part.manager.slack_id"}
WITHIN = {("bot/screens/delivery/direct.py", "rep.slack_id")}
"""`write_to_rep`, once it has asked whether the rep was introduced."""

POSTS = {
    "bot/jobs/sending.py": "what is scheduled, once it is decided who hears",
    "bot/screens/delivery/direct.py": "where the others write to one person",
    "bot/screens/team/introductions.py": "the introduction itself",
    "bot/screens/todo.py": "thanks in the team's channel, which its manager pressed for",
    "bot/screens/contacts.py": "the answer to a plain message, beneath it",
    "handlers/contacts/messages.py": "the same",
}
"""The modules that post a message, and what."""


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of that function or method, with its module."""
    for room in ("bot", "handlers"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    called = node.func
                    own = called.attr if isinstance(called, ast.Attribute) else None
                    if own == name or (isinstance(called, ast.Name) and called.id == name):
                        yield path.relative_to(ROOT).as_posix(), node


@pytest.mark.slow
def test_who_did_not_ask_is_written_to_only_once_introduced() -> None:
    found = {(where, ast.unparse(call.args[2])) for where, call in calls("write_to")}
    others = {one for one in found if one[1] not in ITSELF | MANAGERS}
    assert others == WITHIN, "a rep is written to by write_to_rep"


@pytest.mark.slow
def test_every_message_is_posted_in_a_known_place() -> None:
    posts = {
        where
        for where, call in calls("post")
        if isinstance(call.func, ast.Attribute) and "messenger" in ast.unparse(call.func.value)
    }
    assert posts == set(POSTS)
