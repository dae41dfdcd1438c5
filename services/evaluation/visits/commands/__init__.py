"""Field visits by the independent panel: what can be done."""
