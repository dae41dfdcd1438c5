"""Official forms as papers: what each says, how it is typeset, what was made, and whether a paper is genuine.

A page hands one out like this, as the person who asks, so that the services decide what may be read::

    reads = Asked(visit.ask, visit.copies)
    head = await letterhead(reads, visit.actor.tenant_id)
    paper = await plan_paper(reads, head, plan_id)
    file = await make(visit.copies, paper, address=settings.portal_url, language="id")
    return Response(file.content, media_type="application/pdf", headers=...file.name)

| form | made by |
|---|---|
| SKP with its annex | ``queries.plans.plan_paper(reads, head, plan_id)`` |
| evaluation of a period, or of the cycle without a number (form B) | ``queries.evaluations.evaluation_paper(reads, head, plan_id, period)`` |
| document of a result: D.1.1, by the superior D.1.2, after an objection D.1.3 | ``queries.evaluations.result_paper(reads, head, result_id)`` |
| decision of an objection | ``queries.objections.objection_paper(reads, head, objection_id)`` |
| report of a visit | ``queries.visits.visit_paper(reads, head, visit_id)`` |
| one's own file | ``queries.files.file_paper(reads, head, visit.actor.id)`` |
| report of results to the competent official | ``queries.upward.upward_paper(reads, head, cycle_id, report_id)`` |
| tables of a page | ``listings.paper.paper_of(visit, name, title, listings)``, which does all of the above |

The official text is Indonesian (``language="id"``); ``"en"`` is a paper of its own with the Indonesian title below the
English one. Whoever asks again gets the same bytes: nothing is stored but the hashes. ``pages`` hands them out, and is where the code leads.
"""
