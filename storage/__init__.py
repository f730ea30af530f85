"""The database: models, and queries by feature that return frozen domain values."""
