"""The document that the JSON export is, and that the tables of the CSV export are made of."""
