"""Submissions to findings: every figure re-computed, every claim checked."""
