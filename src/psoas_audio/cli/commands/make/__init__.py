"""Make sessions."""
