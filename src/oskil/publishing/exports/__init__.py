"""Exports: claims in the formats of others, under the rules of publication."""

from oskil.publishing.exports.interface import Collection, Entry, Exporter
from oskil.publishing.exports.joining import exporter, exporters

__all__ = ["Collection", "Entry", "Exporter", "exporter", "exporters"]
