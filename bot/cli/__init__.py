"""The operator's command line, one module a command.

Nothing heavy is imported before a command runs, so that `--help` answers at once.
"""
