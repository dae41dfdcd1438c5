"""What moves obligations to another day: more time given (extensions), an outage of the system, a pause of the cycle.

All of them count working days on the week of the unit of who owes, and go through the one :mod:`postponement`.
"""
