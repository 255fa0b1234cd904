"""How the values and tables of a script are read: one description for reading, schema and docs."""
