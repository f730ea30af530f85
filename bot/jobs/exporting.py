"""Binders that were asked for from Slack: made in a process of their own, sent, and looked for
where Slack's answer got lost, in a thread beside the heartbeat."""

import logging
import os
import tempfile
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from bot.context import AppContext
from bot.domain.binder.exporting import (
    GIVEN_UP_AFTER,
    LOOKS,
    Claimed,
    ExportFault,
    ExportState,
)
from bot.domain.binder.order import Order
from bot.domain.delivery import LOOK_AFTER, back_off
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.exchange.formats import FORMATS
from bot.jobs.child import COMMAND, TIME_LIMIT, Child
from bot.jobs.held import HeldFile, NotOursError
from bot.messenger import (
    AnswerLostError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TurnedAwayError,
)
from bot.screens.delivery.direct import conversation_with
from bot.services.binder import exporting
from bot.slack_errors import FILE_DELETED, MISSING_SCOPE, NO_FILES, STORAGE_FULL, TOO_LARGE
from bot.views.binder import exports as views

log = logging.getLogger("windshield")

FORMATS_HERE = [one.value for one in FORMATS]


class Exports:
    """Makes and sends one after the other; any number of processes may. `command` is the process
    that writes the file, `time_limit` its time in seconds."""

    def __init__(
        self,
        app: AppContext,
        stopped: threading.Event | None = None,
        *,
        command: Sequence[str] = COMMAND,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self.app = app
        self.stopped = stopped or threading.Event()
        self.command = command
        self.time_limit = time_limit

    def work(self, now: datetime) -> bool:
        """Do all there is to do as of `now`; whether there was anything. Raises
        DatabaseUnavailableError: what was under way is taken up again once its lease is over."""
        began = self.app.clock.now()

        def at() -> datetime:
            return now + max(timedelta(), self.app.clock.now() - began)

        served = sorted(self.app.workspaces.values())
        any_done = False
        for workspace_id in exporting.due(self.app.database, served, now):
            while not self.stopped.is_set():
                claimed = exporting.claim(self.app.database, workspace_id, FORMATS_HERE, at())
                if claimed is None:
                    break
                any_done = True
                _OnItsWay(self, workspace_id, claimed, at).go_on()
                self.app.bell.ring()
        return any_done


class _OnItsWay:
    """One export, while it is ours."""

    def __init__(
        self, exports: Exports, workspace_id: int, claimed: Claimed, at: Callable[[], datetime]
    ) -> None:
        self.exports = exports
        self.app = exports.app
        self.database = exports.app.database
        self.workspace_id = workspace_id
        self.claimed = claimed
        self.at = at
        self.notes: list[str] = []

    def go_on(self) -> None:
        """Make it and send it, or look for what was sent."""
        try:
            if self.claimed.export.state is ExportState.HANDED:
                self._look()
            else:
                self._make_and_send()
        except DatabaseUnavailableError:
            raise
        except Exception:  # one that cannot be made must not keep the others waiting
            log.exception("export %s met something unexpected", self.claimed.export.id)
            self._later()

    def _make_and_send(self) -> None:
        try:
            folder = tempfile.TemporaryDirectory(prefix="windshield-export-")
        except OSError as error:
            log.error("no room for an export: %s", error.strerror)
            self._failed(ExportFault.NO_ROOM)
            return
        # The file itself is gone from its folder at once, and only its owner may read it.
        with folder as place, tempfile.TemporaryFile(dir=place) as file:
            fault = self._make(file, place)
            export = self.claimed.export
            if fault is not None:
                self._failed(fault)
            elif self.exports.stopped.is_set():
                self._hand_back()
            elif self.keep(export.of, export.of):
                self._send(file)

    def _make(self, file: BinaryIO, folder: str) -> ExportFault | None:
        export = self.claimed.export
        order = Order(
            self.database.url,
            self.database.secret_keys,
            Actor(self.workspace_id, export.manager.slack_id),
            export.team_id,
            export.request,
            self.at(),
        )
        exports = self.exports
        child = Child(exports.command, exports.time_limit, exports.stopped, self._said)
        fault = child.write(order, file, folder)
        self.notes = child.notes
        return fault

    def _said(self, written: int, of: int) -> bool:
        """The process is so far; whether the file is still wanted."""
        try:
            ours = self.keep(written, of)
        except DatabaseUnavailableError as error:
            # It is asked again before anything is sent.
            log.warning("how far an export is was not kept: %s", log_words(error))
            return True
        self.app.bell.ring()
        return ours

    def keep(self, written: int, of: int) -> bool:
        """So much is written by now; whether it is still ours."""
        kept = exporting.progress(self.database, self.workspace_id, self.claimed, written, of)
        self._is(kept)
        return kept is not None

    def _is(self, kept: Claimed | None) -> bool:
        if kept is not None:
            self.claimed = kept
        return kept is not None

    def _send(self, file: BinaryIO) -> None:
        """To where Slack wants it, and then into the conversation."""
        app, export = self.app, self.claimed.export
        length = file.seek(0, os.SEEK_END)
        try:
            channel = conversation_with(app, self.workspace_id, export.manager.slack_id)
            url, file_id = app.messenger.start_upload(views.file_name(export, self.at()), length)
        except SlackError as error:
            self._refused(error)
            return
        ours = exporting.save_file_id(self.database, self.workspace_id, self.claimed, file_id)
        if not self._is(ours):
            return
        file.seek(0)
        held = HeldFile(file, lambda: self._said(export.of, export.of), self.at)
        try:
            app.messenger.send_file(url, held, length)
        except NotOursError:
            return
        except SlackError as error:
            self._refused(error)
            return
        self._complete(channel)

    def _complete(self, channel: str) -> None:
        """Let the file be shown, where it still may be. From here on it may be there, whatever is
        heard of it."""
        if not self._is(exporting.hand(self.database, self.workspace_id, self.claimed, self.at())):
            return
        export = self.claimed.export
        sent = [{"id": export.file_id or "", "title": views.file_name(export, self.at())}]
        try:
            self.app.messenger.finish_upload(channel, sent, views.comment(export, self.notes))
        except AnswerLostError as error:
            log.warning("export %s: no answer to its file: %s", export.id, error.code)
            self._look_later(LOOK_AFTER)
        except SlackError as error:
            self._refused(error)
        else:
            exporting.done(self.database, self.workspace_id, self.claimed, self.at())

    def _look(self) -> None:
        """What became of a file of which nothing was heard."""
        export = self.claimed.export
        since = export.handed_at or export.asked_at
        if self.at() < since + LOOK_AFTER:
            self._look_later(since + LOOK_AFTER - self.at())
            return
        try:
            channel = conversation_with(self.app, self.workspace_id, export.manager.slack_id)
            there = self.app.messenger.is_shared(export.file_id or "", channel)
        except SlackError as error:
            if error.code != FILE_DELETED:
                self._not_looked(error)
                return
            there = True
        if there:
            exporting.done(self.database, self.workspace_id, self.claimed, self.at())
        elif there is None:
            self._put_off(timedelta(), ExportState.WAITING, export.tries)
        elif export.tries + 1 < LOOKS:
            self._look_later(LOOK_AFTER, export.tries + 1)
        elif self._is_given_up():
            self._failed(ExportFault.IN_DOUBT)
        else:
            self._complete(channel)

    def _not_looked(self, error: SlackError) -> None:
        export = self.claimed.export
        log.warning("export %s could not be looked for: %s", export.id, error.code)
        if error.code == MISSING_SCOPE or self._is_given_up():
            self._failed(ExportFault.IN_DOUBT)
        elif isinstance(error, RateLimitedError):
            self._look_later(timedelta(seconds=error.retry_after))
        else:
            self._look_later(max(LOOK_AFTER, back_off(export.tries + 1)), export.tries + 1)

    def _look_later(self, pause: timedelta, tries: int | None = None) -> None:
        kept = self.claimed.export.tries if tries is None else tries
        self._put_off(pause, ExportState.HANDED, kept)

    def _refused(self, error: SlackError) -> None:
        """Slack did not take it: for good, or for now."""
        export = self.claimed.export
        log.warning("export %s was not taken: %s", export.id, error.code)
        if error.code in TOO_LARGE:
            self._failed(ExportFault.TOO_LARGE)
        elif error.code in NO_FILES or error.code == MISSING_SCOPE:
            self._failed(ExportFault.NOT_ALLOWED)
        elif error.code in STORAGE_FULL:
            self._failed(ExportFault.STORAGE_FULL)
        elif not _may_pass(error) or self._is_given_up():
            self._failed(ExportFault.NOT_TAKEN)
        elif isinstance(error, RateLimitedError):
            self._put_off(timedelta(seconds=error.retry_after), ExportState.WAITING, export.tries)
        else:
            self._put_off(back_off(export.tries + 1), ExportState.WAITING, export.tries + 1)

    def _later(self) -> None:
        """It could be neither made nor sent for a reason of ours."""
        if self._is_given_up() or self.claimed.export.tries + 1 >= LOOKS:
            self._failed(ExportFault.NOT_MADE)
            return
        state, tries = self.claimed.export.state, self.claimed.export.tries + 1
        back = state if state is ExportState.HANDED else ExportState.WAITING
        self._put_off(max(LOOK_AFTER, back_off(tries)), back, tries)

    def _hand_back(self) -> None:
        """The bot stops: whoever comes next makes it."""
        self._put_off(timedelta(), ExportState.WAITING, self.claimed.export.tries)

    def _is_given_up(self) -> bool:
        return self.at() - self.claimed.export.asked_at >= GIVEN_UP_AFTER

    def _put_off(self, pause: timedelta, state: ExportState, tries: int) -> None:
        until = self.at() + pause
        exporting.put_off(
            self.database, self.workspace_id, self.claimed, until, state=state, tries=tries
        )

    def _failed(self, fault: ExportFault) -> None:
        exporting.failed(self.database, self.workspace_id, self.claimed, fault, self.at())


def _may_pass(error: SlackError) -> bool:
    return isinstance(error, RateLimitedError | NotSentError | TurnedAwayError | AnswerLostError)
