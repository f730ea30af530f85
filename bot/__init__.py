"""Windshield: a Slack bot that keeps a sales manager's attention on the road ahead."""
