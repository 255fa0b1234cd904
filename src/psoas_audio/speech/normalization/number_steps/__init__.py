"""Steps that read numbers and what belongs to them."""
