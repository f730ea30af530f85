"""The rules, as functions from facts to values. Standard library only; `now` is passed in."""
