"""Starts the portal: ``python -m services.portal api|worker|all|migrate|verify``."""

from kit.run import Service, main
from services.portal.settings import PortalSettings

if __name__ == "__main__":
    main(
        Service(
            "portal",
            api="services.portal.api",
            consumers="services.portal.consumers",
            background="services.portal.sweeping",
            settings=PortalSettings,
        )
    )
