"""A message, a modal or Home as a whole: service → view → messenger."""
