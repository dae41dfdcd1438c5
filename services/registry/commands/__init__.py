"""What the registry does when it is told to: imports, and changes of raters."""
