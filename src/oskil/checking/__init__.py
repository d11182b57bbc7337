"""Checking: one file for each check; a check is a pure function of a claim and data."""
