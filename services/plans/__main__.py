"""Starts the plans service: ``python -m services.plans api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(
        Service(
            "plans",
            api="services.plans.api",
            consumers="services.plans.consumers",
            activities="services.plans.activities",
        )
    )
