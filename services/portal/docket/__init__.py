"""The docket of objections for the office: what is to be decided soonest, by unit and state, and who decides instead."""
