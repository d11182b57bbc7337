"""Reading: text to claims."""
