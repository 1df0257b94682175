"""The letter held against the tables: what each claim would have to find there."""
