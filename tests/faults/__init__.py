"""What goes wrong between the clock, the database and Slack: never twice, never lost."""
