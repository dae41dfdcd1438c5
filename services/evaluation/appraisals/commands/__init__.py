"""Who may do what about an appraisal, facts and changes of personnel taken in, and its completion."""
