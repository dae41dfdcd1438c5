"""What the evaluation refuses of an assessment stands at the field that is wrong: a score at its score, a level at its level."""

from services.portal.rating.given import numbers_at
from services.portal.rating.pages import fields_of
from services.portal.upstream.refusals import Fault, Refusal
from services.portal.web.forms import Form

ASKED = {"boxes": [{"code": "behaviour"}], "competences": [{"code": "arsip"}]}


def test_every_place_that_is_named_leads_to_its_field() -> None:
    sent = Form({"score-behaviour": "95", "level-arsip": "9", "reason-result_rating": ""})
    # A level of 9 is refused as the shape of a request, whose places begin with the body.
    wrong = ("scores.behaviour", "body.competences.arsip", "reasons.result_rating")
    sent.refuse(Refusal(422, "", "", tuple(Fault(one, one) for one in wrong)), fields_of(ASKED))
    assert sent.errors == {
        "score-behaviour": "scores.behaviour",
        "level-arsip": "body.competences.arsip",
        "reason-result_rating": "reasons.result_rating",
    }


def test_of_a_colleague_there_are_the_numbers_alone() -> None:
    found = {"scores.behaviour": "score-behaviour", "competences.arsip": "level-arsip"}
    assert numbers_at(ASKED) == found
