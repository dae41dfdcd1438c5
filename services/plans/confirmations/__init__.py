"""Whether a plan that was set was agreed on by both: the servant's answer, or silence."""
