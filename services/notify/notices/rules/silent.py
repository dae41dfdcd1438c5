"""Events of which nobody is notified, each with the reason; a test sees that every event is here or notifies somebody."""

SILENT: dict[str, str] = {
    # master data: whoever imports or publishes it sees the outcome
    "UnitRecorded": "master data",
    "ServantRecorded": "master data; what changes for a person is PersonnelChanged",
    "AccountRecorded": "master data; what changes for a person is OfficeHolderDeclared",
    "PolicyPublished": "everybody acknowledges the standard of each cycle",
    "CalendarPublished": "limits that were frozen do not move with it",
    "OutageRecorded": "whoever has more time because of it is notified with the obligation that moved",
    # one's own acts, seen where they are done
    "PlanDrafted": "one's own act",
    "ActivitiesLogged": "one's own act; the leader has the board",
    "TemplateKept": "it is offered where a plan is written",
    "EnteredOnBehalf": "whoever it was entered for reads it in the own file; a notice for each day's log would bury it",
    "PlansSampled": "the performance office's own act; whose plan was read is notified of what was found",
    "TemplateRetired": "it is offered no more",
    "ActualsDrafted": "one's own act, which counts for nothing yet",
    "ReportsReopened": "what is owed again is an obligation with reminders",
    "InitiativeProved": "whoever is to verify it has an obligation with reminders",
    "InitiativeRecorded": "whoever is to verify it has an obligation with reminders",
    "AssessmentSubmitted": "the assessor's own act; others must not learn when a colleague assessed",
    "AssessmentRevised": "the result that follows is notified",
    "SourceDropped": "the explanation of the result tells it",
    "StandardAcknowledged": "one's own act",
    "SessionHeld": "those who came were there",
    "StatementGiven": "both in, the authority has an obligation with reminders",
    "OrgPerformanceSet": "the explanation says it of the results that it decides",
    "SystemReviewed": "the performance office's own act",
    "ResultsReportedUpward": "the performance office's own act",
    # the course of a cycle, notified with the obligations that it brings or moves
    "PhaseOpened": "the obligations that it brings have reminders",
    "PhaseClosed": "nobody has anything to do because of it",
    "PhaseCleared": "between the services and a workflow",
    "PhaseExtended": "whoever has more time because of it is notified with the obligation that moved",
    "CycleClosed": "nobody has anything to do because of it",
    "LateMembersEnrolled": "who they are, MembersEnrolled tells: each of them and their raters",
    "MembersChanged": "PersonnelChanged has notified the people; obligations that passed on are notified with each of them",
    "CycleScheduleChanged": "the performance office's own act",
    "ObligationsClosed": "the to-do list drops them",
    "PracticeWithdrawn": "plans that took it over stay as they are; the library no longer shows it",
    "PublicReportMade": "it is there for everybody, and about nobody",
    # proposals and deliveries
    "ProposalsMade": "they lie on the list of who decides; a notice for each would bury it",
    "ResultDelivered": "a delivery is not delivered again",
    "NoticeDelivered": "a delivery is not delivered again",
}
"""By the name of the event's class."""
