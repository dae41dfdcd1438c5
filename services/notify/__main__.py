"""Starts the notify service: ``python -m services.notify api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(
        Service(
            "notify",
            api="services.notify.api",
            consumers="services.notify.consumers",
            background="services.notify.mailer",
        )
    )
