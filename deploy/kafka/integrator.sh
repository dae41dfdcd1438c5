#!/usr/bin/env bash
# Lets an integrator read the published events of one city on Kafka: integrator.sh NAME CITY, e.g. integrator.sh payroll 14.72
# NAME is the principal under which it signs in, and its consumer groups begin with it. It may read that topic and nothing else;
# `integrator.sh --remove NAME CITY` takes that back. KINERJA_PUBLIC_TOPICS=true on the worker of integrations makes the topics.
#
# Environment: KAFKA (host:port), ADMIN (the properties of a client that may do this).
set -euo pipefail

action=--add
if [[ ${1-} == --remove ]]; then action=--remove; shift; fi
name=${1:?NAME of the integrator} city=${2:?CITY, e.g. 14.72}
[[ $name =~ ^[a-z][a-z0-9-]{1,60}$ ]] || { echo "NAME is small letters, digits and hyphens" >&2; exit 2; }
[[ $city =~ ^[0-9]{2}\.[0-9]{2}$ ]] || { echo "CITY is a code such as 14.72" >&2; exit 2; }

acls() { kafka-acls.sh --bootstrap-server "$KAFKA" --command-config <(echo "$ADMIN") --force "$action" --allow-principal "User:$name" "$@"; }

acls --operation Read --operation Describe --topic "public.$city"
acls --operation Read --group "$name." --resource-pattern-type prefixed
