"""A visit's way: scheduled, dated, reported, responded to, assessed; a file a step."""
