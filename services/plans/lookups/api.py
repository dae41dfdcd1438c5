"""The route by which everybody reads who looked at his or her records."""

from kit.lookups.api import lookups_router
from services.plans.lookups.commands import LOOKUPS

router = lookups_router(LOOKUPS)
