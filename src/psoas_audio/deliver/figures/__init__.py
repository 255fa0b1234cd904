"""Figures of positions and movements: the poses, how they are drawn, what they show."""
