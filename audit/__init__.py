"""A folder of files to one audit: isolation, cache, order and the runs across documents."""
