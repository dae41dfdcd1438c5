"""Steering of a cycle by the performance office: opened after a preview, extended, paused, resumed, cancelled; more time."""
