"""Scripts and programmes in other languages, by gettext catalogues beside their files."""
