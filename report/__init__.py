"""What people and programs read: spreadsheet, page, letters, terminal and JSON."""
