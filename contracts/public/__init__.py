"""The published language: which facts integrators get, under which names, versions and schemas.

Apart from the internal events (``contracts/<service>``), so that a service can change inside without breaking anybody: what
is published is copied here field by field. Ids only: no names, no NIP, no texts that people wrote, and nothing of who
assessed whom. A published type gains optional fields alone; everything else is a new version that runs beside the old one.
"""
