"""`discrepancies.xlsx`: one module a sheet, one pass over the documents."""
