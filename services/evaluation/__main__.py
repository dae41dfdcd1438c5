"""Starts the evaluation service: ``python -m services.evaluation api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(
        Service(
            "evaluation",
            api="services.evaluation.api",
            consumers="services.evaluation.consumers",
            activities="services.evaluation.activities",
            background="services.evaluation.background",
        )
    )
