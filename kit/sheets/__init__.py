"""Tables for people who work in a spreadsheet: CSV and XLSX, in which nothing that somebody typed becomes a formula."""
