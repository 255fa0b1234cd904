"""Make sessions and more."""
