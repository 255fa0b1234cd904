"""The faces of a timeline: tags, captions, pages."""
