"""Takes in a submission: units, people, policies, calendar and changes of personnel, all or nothing."""
