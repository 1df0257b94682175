"""Documents to submissions: units, scores and claims with their meaning."""
