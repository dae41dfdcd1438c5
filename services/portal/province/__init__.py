"""The province sees its cities in numbers and no person, on any page."""
