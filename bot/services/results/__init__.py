"""Results, and what follows from them."""
