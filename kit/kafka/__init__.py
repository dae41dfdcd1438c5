"""The Kafka door: each event becomes one transaction with its inbox claim, waits for an engine, or is set aside."""

from kit.kafka.batches import Heard, take_batches
from kit.kafka.brokers import Broker, broker
from kit.kafka.listener import Effect, Listener
from kit.kafka.master_data import copy_master_data
from kit.kafka.reading import parse

__all__ = ["Broker", "Effect", "Heard", "Listener", "broker", "copy_master_data", "parse", "take_batches"]
