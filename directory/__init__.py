"""The copy of people, units, policies, calendars and cycles that every service keeps, fed by events.

Services must not ask one another at run time; what they need to know of master data lies here, in their own database.
The registry owns people, units, policies and calendars; evaluation owns cycles and their members. ``obligations`` lies
below and does not know the copy: what it needs of people, weeks and policies is made here (``weeks``, ``terms``,
``queries.people_of``, ``queries.office``) and handed to it by the services.
"""
