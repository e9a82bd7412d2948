"""Facts that ship with the code, each with its source."""
