"""The start page, full and empty, and what everybody may open."""

PAGES = [("ani", "/"), ("sekda", "/"), ("ani", "/tidak-ada")]
