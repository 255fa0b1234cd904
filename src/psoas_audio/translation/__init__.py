"""Scripts in other languages: gettext catalogues beside the script and its blocks."""
