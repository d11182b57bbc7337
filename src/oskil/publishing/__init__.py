"""Publishing: the pages that show the record."""
