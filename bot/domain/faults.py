"""Faults from outside that every layer must be able to name."""


class DatabaseUnavailableError(Exception):
    """The database did not answer, or not in time. Nothing of the transaction was kept."""


class OutOfTimeError(DatabaseUnavailableError):
    """This one piece of work waited or took longer than it may; others may well be done."""
