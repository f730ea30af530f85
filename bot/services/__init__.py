"""Use cases: one function, one transaction, plain values out."""
