"""How the links of files are kept: encrypted, in a column of what they came with."""

import json
from collections.abc import Sequence

from bot.domain.contacts.received import FileKind, KeptFile
from bot.domain.workspaces.private import Unreadable


def pack(files: Sequence[KeptFile]) -> str | None:
    """Those files as a column holds them; None for none."""
    rows = [[one.kind.value, one.name, one.link] for one in files]
    return json.dumps(rows, ensure_ascii=False) if rows else None


def unpack(packed: str | None) -> tuple[KeptFile, ...]:
    """As they were packed; none where they cannot be read."""
    if packed is None or isinstance(packed, Unreadable):
        return ()
    return tuple(KeptFile(FileKind(kind), name, link) for kind, name, link in json.loads(packed))
