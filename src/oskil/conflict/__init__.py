"""Conflict profiles as data: parties, their names, bodies, officials, outlets."""

from oskil.conflict.choosing import for_text
from oskil.conflict.loading import available, load
from oskil.conflict.profile import Actor, ConflictProfile, Party

__all__ = ["Actor", "ConflictProfile", "Party", "available", "for_text", "load"]
