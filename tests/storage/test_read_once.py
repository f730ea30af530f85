"""What several statements read is made of a row in one place."""

import ast

from tests.places import ROOT

MADE_IN = {
    "TopicNotes": {"storage/sessions/said.py"},
    "PastTopic": {"storage/sessions/said.py"},
}


def test_what_was_said_of_a_topic_is_made_of_a_row_in_one_place() -> None:
    found: dict[str, set[str]] = {name: set() for name in MADE_IN}
    for path in (ROOT / "storage").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.get(node.func.id, set()).add(str(path.relative_to(ROOT)))
    assert found == MADE_IN
