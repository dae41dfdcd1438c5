"""What is mailed beside the inbox, and what is not: a table, with the reason for each."""

INBOX_ONLY: dict[str, str] = {
    "colleague_postponed": "more time harms nobody who reads of it late, and every reminder carries the new day",
    "duty_born_about_others": "a leader gets many of them a day, and the to-do list has them all",
    "obligations_postponed": "more time harms nobody who reads of it late, and every reminder carries the new day",
    "cycle_joined_rater": "what must be done comes as obligations with their own reminders",
    "dialogue_recorded": "both sides have just spoken with one another",
    "result_final": "the result itself was mailed when it was issued",
    "result_superseded": "whoever objected or decided was mailed the decision",
    "moderation_done": "the obligation to issue has reminders of its own",
    "moderation_closed": "there is nothing to do any more",
    "proposal_decided": "several are decided about one person in one go",
    "proposal_superseded": "it lies on the list of who decides",
    "feedback_answered": "a conversation, often a brisk one",
    "objection_late_rater": "a statement is asked for by mail once the objection is filed",
    "objection_withdrawn": "there is nothing to do any more",
    "objection_reassigned": "who must act is mailed",
    "development_completed": "whoever it concerns was there",
    "improvement_decision_asked": "the decision itself is mailed",
    "improvement_superseded": "there is nothing to do any more",
    "coaching_reported": "confidential: no trace of it in a mailbox that others may see",
    "coaching_reported_superior": "confidential: no trace of it in a mailbox that others may see",
    "coaching_planned": "confidential: no trace of it in a mailbox that others may see",
    "plan_in_order": "there is nothing to do",
    "people_passed": "there is nothing to do any more",
}
"""By template; everything else is mailed as well, to whoever has an address."""


def mailed(template: str) -> bool:
    """Whether a notice goes out as e-mail, too."""
    return template not in INBOX_ONLY
