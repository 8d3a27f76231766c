"""The `steadily` command."""

from steadily.cli.app import main

__all__ = ["main"]
