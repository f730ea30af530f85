"""A team's binder as a book: what stands in it, in which words and in which order, however it is
laid out."""
