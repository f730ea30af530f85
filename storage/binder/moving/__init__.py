"""What goes along with a rep who moves.

The team that they come to gets copies, and the earlier one keeps what it has. Each statement copies
what is not there yet, so that a rep who moves back, or twice, has nothing twice: two rows are one
where they come from one `origin_id`. Nothing here reads a private note, a file, what was said
between two, or words of a session or field day that were never shared.
"""
