#!/usr/bin/env bash
# Who may say and hear what on the bus. A service alone speaks for itself: nobody but evaluation produces `evaluation`, so an
# event there is evaluation's word. Each sets its own dead letters aside, and hears the topics that it has consumers for
# (tests/deploy/test_rights.py holds this list against them). What is not allowed here is refused by the broker.
#
# Environment: KAFKA (host:port), ADMIN (the properties of a client that may do this).
set -euo pipefail

allow() {  # side by side: each starts a virtual machine of its own
    kafka-acls.sh --bootstrap-server "$KAFKA" --command-config <(echo "$ADMIN") --force --add "$@" &
    started+=($!)
}

done_with_these() {
    for one in "${started[@]}"; do wait "$one"; done
    started=()
}

speaks() {  # NAME TOPIC...: produces these
    local name=$1; shift
    allow --allow-principal "User:$name" --operation Write --operation Describe --operation DescribeConfigs "${@/#/--topic=}"
}

hears() {  # NAME TOPIC...: consumes these, in groups that begin with its name
    local name=$1; shift
    allow --allow-principal "User:$name" --operation Read --operation Describe --operation DescribeConfigs "${@/#/--topic=}"
    allow --allow-principal "User:$name" --operation Read --group "$name." --resource-pattern-type prefixed
}

publishes() {  # NAME PREFIX: makes topics that begin so, produces them, and reads where it stopped
    allow --allow-principal "User:$1" --operation Create --operation Write --operation Read --operation Describe \
        --operation DescribeConfigs --topic "$2" --resource-pattern-type prefixed
}

started=()
for service in registry plans evaluation feedback notify integrations portal; do
    speaks "$service" "$service" "$service.dead"
done
speaks workflows workflows.dead
publishes integrations public.
done_with_these

hears plans registry evaluation
hears evaluation registry plans feedback notify
done_with_these

hears feedback evaluation plans registry
hears notify registry plans evaluation feedback integrations
hears integrations registry plans evaluation feedback
hears workflows plans evaluation feedback
hears portal registry plans evaluation feedback
done_with_these
