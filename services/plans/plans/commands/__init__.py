"""Writes, proposes, returns, sets and amends plans; follows members who change."""
