"""Listening to Slack: Socket Mode, or signed HTTP requests; and stopping without losing work.

Each stands in a module of its own, so that a process loads the one that it uses.
"""
