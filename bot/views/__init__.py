"""Block Kit: each view's builder, and the reader of what comes back, side by side."""
