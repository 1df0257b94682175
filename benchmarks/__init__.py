"""Measurements of the program on reports whose truth is known."""
