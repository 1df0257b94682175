"""Files to documents: pages, prose and tables as they stand on the paper."""
