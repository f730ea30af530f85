"""Nothing of machines on a screen: words that an engineer would say and a colleague would not."""

import re

from tests.views.sentences import all_said

MACHINES = re.compile(
    r"stands? in (your|the) settings|in the settings|deactivated|"
    r"\b(null|boolean|payload|timeout|time-?out|exception|traceback|invalid|undefined|"
    r"parameters?|param|API|JSON|UTC|ISO|token|synced|cache[ds]?|queue[ds]?|retry|retries|"
    r"user ?id|string|config|configuration|instance|process(es|ed|ing)?|server|"
    r"execute[ds]?|default|toggle|entity|object|row|column|record(?!ed)|parse[ds]?)\b"
)
FILES = {"bot/views/binder/exports.py": "JSON, complete, for other programs"}
"""What a file is called that somebody asks for."""

SHOWN = ("bot/views", "bot/screens", "handlers", "bot/domain/todo")


def test_no_screen_speaks_of_machines() -> None:
    found = {
        f"{said.place}:{said.line} “{said.text}”"
        for said in all_said()
        if said.place.startswith(SHOWN) and MACHINES.search(said.text)
        if FILES.get(said.place) != said.text
    }
    assert not found, "\n".join(sorted(found))
