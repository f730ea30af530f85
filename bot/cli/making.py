"""A process of its own that reads a binder and writes it into a file: what takes long there keeps
no click of the bot waiting.

It reads what to make from its standard input, as JSON on one line, writes the file to its standard
output, and says on its standard error, a line each, how far it is and what went wrong. It ends when
its input does: whoever began it is gone then.
"""

import errno
import json
import os
import shutil
import signal
import sys
import threading
from typing import BinaryIO

from bot.cli.edge import collect_rarely
from bot.domain.binder.exporting import ExportFault
from bot.domain.binder.order import FAULT, FOLDER, NOTE, PROGRESS, Order

BEHIND = 10
"""By how much nicer it is to the machine than the bot: clicks come first."""


def make(order: Order, out: BinaryIO) -> ExportFault | None:
    """Write the file; why there is none, where there is none. Writes that it was taken."""
    from bot.domain.workspaces.refusals import NotOnTeam, Refusal
    from bot.exchange.formats import FORMATS
    from bot.services.binder.export import export_own
    from storage.database.engine import Database

    def progress(written: int, of: int) -> None:
        _say(PROGRESS, written, of)

    database = Database(order.database_url, order.secret_keys)
    try:
        own = export_own(database, order.actor, order.request, order.now, team_id=order.team_id)
        write = FORMATS[order.request.format]
        with own as binder:
            for sentence in write(binder, order.request, order.now, out, progress) or ():
                _say(NOTE, json.dumps(sentence))
        out.flush()
    except NotOnTeam:
        return ExportFault.NOBODY
    except ModuleNotFoundError:
        return ExportFault.NOT_INSTALLED
    except Refusal:
        return ExportFault.NOT_YOURS
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return ExportFault.NO_ROOM if full else ExportFault.NOT_MADE
    finally:
        database.close()
    return None


def main() -> int:
    """Make what standard input asks for; 0 where the file is whole."""
    os.nice(BEHIND)
    collect_rarely()
    line = sys.stdin.buffer.readline()
    threading.Thread(target=end_with_the_bot, daemon=True).start()
    try:
        fault = make(Order.unpack(line), sys.stdout.buffer)
    except Exception as error:  # its words may be those of people, and are nobody's here
        _say(type(error).__name__)
        fault = ExportFault.NOT_MADE
    if fault is None:
        return 0
    _say(FAULT, fault.value)
    return 1


def _say(*words: object) -> None:
    sys.stderr.write(" ".join(map(str, words)) + "\n")
    sys.stderr.flush()


def end_with_the_bot() -> None:
    """Wait until whoever began this process is gone, and go with it, with whatever was begun here
    and what it wrote for a while."""
    # Not by the buffer: Python ends badly while a thread of a daemon's holds its lock.
    while os.read(sys.stdin.fileno(), 1):
        pass
    folder = os.environ.get(FOLDER)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
