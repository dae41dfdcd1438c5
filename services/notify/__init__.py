"""Tells people: in-app inbox, e-mail, and the to-do list that is fed by everybody's obligations."""
