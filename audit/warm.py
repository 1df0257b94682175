"""Imported once by the fork server, so that no file pays for loading the libraries again."""

import scipy.optimize
import scipy.special

import audit.work

__all__ = ["audit", "scipy"]
