"""The Kafka door: each event becomes one transaction with its inbox claim, waits for an engine, or is set aside."""

from kit.kafka.brokers import Broker, broker
from kit.kafka.listener import Effect, Listener
from kit.kafka.master_data import copy_master_data
from kit.kafka.reading import parse

__all__ = ["Broker", "Effect", "Listener", "broker", "copy_master_data", "parse"]
