"""The states of a cycle, when its phases open and are due, and which period comes next; without database or clock."""
