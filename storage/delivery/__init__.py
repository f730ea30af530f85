"""Schedules, the queue of scheduled messages, and messages that may be drawn anew."""
