"""The Kafka door: directory copy, obligations of every service, and the events that people read about."""

from contracts.evaluation.cycles import MembersEnrolled
from contracts.evaluation.obligations import OBLIGATIONS as EVALUATION
from contracts.feedback.obligations import OBLIGATIONS as FEEDBACK
from contracts.plans.obligations import OBLIGATIONS as PLANS
from directory.consumers import copy_assistants, copy_cycles, copy_people
from kit.db import Database
from kit.kafka import Broker, Listener
from services.notify.notices.commands.notices import notify, notify_joined, notify_moves, notify_opened, notify_steps
from services.notify.notices.rules.recipients.table import RECIPIENTS
from services.notify.todos.commands import take_closed, take_moved, take_opened, take_stepped


def install(broker: Broker, database: Database) -> None:
    """Bind every topic."""
    copy_people(broker, database, "notify")
    listener = Listener(broker, database, "notify")
    copy_cycles(listener)
    copy_assistants(listener)
    for owner in (PLANS, EVALUATION, FEEDBACK):
        listener.on(owner.opened, notify_opened)
        listener.on(owner.opened, take_opened)
        listener.on(owner.closed, take_closed)
        # Words first: the lock on the city's numbers is then held no longer than its one statement.
        listener.on(owner.stepped, notify_steps)
        listener.on(owner.stepped, take_stepped)
        listener.on(owner.moved, notify_moves)
        listener.on(owner.moved, take_moved)
    listener.on(MembersEnrolled, notify_joined)
    for event_type in RECIPIENTS:
        listener.on(event_type, notify)
