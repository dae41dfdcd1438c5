"""What each unit of a cycle achieved as an organisation, set by the office."""
