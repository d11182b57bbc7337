"""Oskil reads war reporting and keeps a sourced record of it."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("oskil")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0+unknown"
