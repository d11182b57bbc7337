"""Weighing: what the claims amount to together."""
