"""Records changes of personnel and lets them take effect on their day."""
