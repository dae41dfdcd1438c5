"""Starts the registry: ``python -m services.registry api|worker|all|migrate|verify``."""

from kit.run import Service, main

if __name__ == "__main__":
    main(Service("registry", api="services.registry.api", background="services.registry.due"))
