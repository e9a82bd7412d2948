"""One file per screen, each read top to bottom like the screen it draws."""
