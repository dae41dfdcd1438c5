"""Who owes what, by when: the one home of obligations, between the technique of ``kit`` and the copy in ``directory``.

An obligation is a row of the service whose business it is (``rows``). Its terms, due date and ladder of reminders,
follow from the frozen policy on the legal calendar (``terms``, ``ladders``, ``legal_dates``) and are frozen in the row.
It is opened with the state change that makes somebody owe it (``opening``) and closed with the one that fulfils it
(``closing``); what nobody does in time is moved up its ladder, at last to its default (``sweep``). A recorded fact
moves it: to another day (``shifting``: extension, outage, pause) or to another debtor (``succession``, ``personnel``);
while its cycle is paused its ladder stands still (``holding``). Each of these emits what happened (``events``), and
that a phase waits for nobody any more (``clearing``). All of it is set-based: a few statements for any number.

People, units and policies are handed in (``weeks``, ``consumers``): this package knows neither services nor the copy.
"""
