"""Questions about a result that is not signed yet: asked, and the answer read."""
