"""Reports printed by other programs than the generator's: a browser and an office's HTML import."""
