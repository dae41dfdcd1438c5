"""Rules of objections: states, windows, authorities, hearings, decisions."""
