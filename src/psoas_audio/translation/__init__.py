"""Scripts and programmes in other languages: gettext catalogues beside them and their blocks."""
