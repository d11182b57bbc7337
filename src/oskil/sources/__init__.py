"""Sources: one file for each kind of input; each yields Documents."""
