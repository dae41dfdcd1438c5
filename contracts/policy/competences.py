"""What a policy says about the technical competences that positions ask for; which these are, the office imports."""

from contracts.base import Frozen


class CompetenceRule(Frozen):
    """Who says how high a competence is; the rater always does where the position asks for some."""

    by_peers: bool = False
    """Colleagues who assess the person say it as well; at their share, and from their minimum on."""
