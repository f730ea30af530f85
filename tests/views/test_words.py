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
A_RECORD_THAT_PEOPLE_KEEP = "*For how long:* as long as the team keeps its record;"
SHOWN = ("bot/views", "bot/screens", "handlers", "bot/domain/todo")


def test_no_screen_speaks_of_machines() -> None:
    found = {
        f"{said.place}:{said.line} “{said.text}”"
        for said in all_said()
        if said.place.startswith(SHOWN)
        and MACHINES.search(said.text)
        and not said.text.startswith(A_RECORD_THAT_PEOPLE_KEEP)
    }
    assert not found, "\n".join(sorted(found))
