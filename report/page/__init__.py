"""`report.html`: one file that works offline, from a shared folder."""
