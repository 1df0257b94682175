"""Imported once by the fork server, so that no file pays again for loading the readers and their data."""

import scipy.optimize
import scipy.special

import extract.docx
import extract.image
import extract.pdf
import extract.scan.page
import extract.textfile
from audit.work import load_data

__all__ = ["extract", "scipy"]

load_data()
