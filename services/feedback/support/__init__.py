"""Requests for support, coaching, and work results that a leader took over."""
