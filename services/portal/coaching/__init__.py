"""Guidance on competence and counselling on behaviour: asked for by who rates, read by those whom it concerns."""
