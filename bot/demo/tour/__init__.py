"""The tour: what people do and see in a manager's first months, by feature."""
