"""The HTTP door of what people owe: one's own list, the feed of all, and a cycle's obligations in numbers."""
