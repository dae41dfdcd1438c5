"""HTTP of objections: filing, hearing, decision, and what the plain way does not foresee."""
