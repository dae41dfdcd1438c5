"""Who is notified of colleagues who were named to assess: the rater, who answers."""

from contracts.evaluation.assessments import PeersNominated
from services.notify.notices.rules.notes import Note, Recipients, params


def peers_nominated(event: PeersNominated) -> list[Note]:
    """Whom, the notice does not say: it stands between servant and rater alone."""
    return [Note(event.rater_id, "peers_nominated", params(servant=event.servant_id), event.appraisal_id)]


RECIPIENTS: Recipients = {PeersNominated: peers_nominated}
