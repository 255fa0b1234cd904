"""Human narrators: a sheet to record from, and the import of recordings as takes."""
