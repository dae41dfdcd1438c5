"""Which panel visits which unit, as evaluation told, and the plans of the unit that it may read until the visit is over."""
