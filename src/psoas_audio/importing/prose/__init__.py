"""How a page of prose is read: what is a heading, a direction, a dose, or speech."""
