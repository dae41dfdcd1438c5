"""Where the code on a paper leads: the field for a code, and a code that nobody gave."""

PAGES = [("ani", "/keaslian"), ("ani", "/keaslian/1472-00000-00000-00000-00000")]
