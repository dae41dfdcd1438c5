"""Somebody reminds a person of what he or she owes, beside the ladders: at most once a day and obligation."""
