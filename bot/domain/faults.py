"""Faults from outside that every layer must be able to name."""


class DatabaseUnavailableError(Exception):
    """The database cannot be used: it is away, shut down, read-only, full or damaged, or it did not
    answer in time. Nothing of the transaction was kept."""


class OutOfTimeError(DatabaseUnavailableError):
    """This one piece of work took or waited longer than it may. The database itself is there, and
    other work may well be done."""


class BusyError(OutOfTimeError):
    """It could not even begin, for others were at work: less of it would have waited as long."""
