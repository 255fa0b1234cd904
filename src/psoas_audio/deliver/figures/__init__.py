"""The line figures of positions and movements: poses, drawing, descriptions."""
