"""The HTTP door: how long and how much anybody may send, how often, and what every answer says beside its body."""
