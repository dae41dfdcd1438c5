"""Starts the service of integrations: ``python -m services.integrations api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(
        Service(
            "integrations",
            api="services.integrations.api",
            consumers="services.integrations.consumers",
            background="services.integrations.background",
        )
    )
