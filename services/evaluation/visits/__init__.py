"""Field visits by the independent panel."""
