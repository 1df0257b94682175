"""Imported once by the fork server, so that no file pays for loading the libraries again."""

import audit.job

__all__ = ["audit"]
