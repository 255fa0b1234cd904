"""Languages: a data file each, such as ``en.toml``, and the one loader of them."""
