"""Starts the feedback service: ``python -m services.feedback api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(
        Service(
            "feedback",
            api="services.feedback.api",
            consumers="services.feedback.consumers",
            activities="services.feedback.activities",
        )
    )
