"""The Kafka door: copies of people, cycles and obligations, to read and never to decide by."""

from contracts.evaluation.obligations import OBLIGATIONS as EVALUATION
from contracts.feedback.obligations import OBLIGATIONS as FEEDBACK
from contracts.plans.obligations import OBLIGATIONS as PLANS
from directory.consumers import copy_cycles, copy_people
from kit.db import Database
from kit.kafka import Broker, Listener
from services.portal.duties.commands import take_closed, take_moved, take_opened, take_stepped
from services.portal.standings import events as standings


def install(broker: Broker, database: Database) -> None:
    """Bind every topic."""
    copy_people(broker, database, "portal")
    listener = Listener(broker, database, "portal")
    copy_cycles(listener)
    standings.install(listener)
    for owner in (PLANS, EVALUATION, FEEDBACK):
        listener.on(owner.opened, take_opened)
        listener.on(owner.closed, take_closed)
        listener.on(owner.stepped, take_stepped)
        listener.on(owner.moved, take_moved)
