"""Conflict profiles as data: parties, their names, bodies, officials, outlets."""
