"""From Kafka to Temporal: which event starts or signals which workflow, as data; ids made from the business are the inbox.

======================================================================  ========================  ==================
event                                                                   workflow id               start or signal
======================================================================  ========================  ==================
CycleOpened                                                             deadlines/<city>          start
CycleOpened                                                             cycle/<cycle>             start
PhaseCleared                                                            cycle/<cycle>             ``cleared``
CyclePaused, CycleResumed, PhaseExtended, CycleCancelled,
LateMembersEnrolled                                                     cycle/<cycle>             ``steered``
CycleScheduleChanged                                                           season/<scope>            start, ``changed``
ObligationsOpened, ObligationsMoved                                     deadlines/<city>          ``earlier``
ObjectionFiled                                                          objection/<objection>     start
StatementGiven, ObjectionDecided, ObjectionWithdrawn                    objection/<objection>     ``heard``
ImprovementStarted                                                      improvement/<case>        start
ImprovementDecided, ImprovementSuperseded                               improvement/<case>        ``heard``
VisitScheduled                                                          visit/<visit>             start
VisitDateSet, VisitHeld, VisitNotHeld, VisitResponded, VisitUnanswered  visit/<visit>             ``heard``
======================================================================  ========================  ==================
"""
