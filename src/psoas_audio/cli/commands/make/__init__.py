"""Make sessions and what goes with them."""
