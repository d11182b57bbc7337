"""Places: the gazetteer, the names in a text, and where each was put."""
