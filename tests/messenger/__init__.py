"""What becomes of a call to Slack, whatever is answered: over a real socket, each call in turn."""
