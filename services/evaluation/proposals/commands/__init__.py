"""Proposals are made from results that become final, and decided by an official."""
