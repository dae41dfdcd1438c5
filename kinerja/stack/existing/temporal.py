"""A Temporal that exists already: whether it answers, its namespace, and the search attributes that it lacks."""

import asyncio

from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from contracts.workflows import SEARCH_ATTRIBUTES
from kinerja.stack.errors import StackError
from kinerja.stack.temporal import add_search_attributes

PATIENCE_SECONDS = 10.0


async def connected(address: str, namespace: str) -> Client:
    """A client of the namespace; raises StackError if there is no such server or namespace."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            client = await Client.connect(address, namespace=namespace)
            await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=namespace))
    except (RuntimeError, TimeoutError) as error:  # what the SDK raises when the server does not answer
        raise StackError(
            f"no Temporal answers at {address} ({str(error) or 'too late'}): is it running, and is this the port"
            " of its frontend (7233), not that of its pages?"
        ) from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise StackError(
                f"Temporal at {address} has no namespace {namespace}: `temporal operator namespace create --namespace"
                f" {namespace}`, or name another one as {address}/NAMESPACE"
            ) from error
        raise StackError(f"Temporal at {address} refuses namespace {namespace}: {error}") from error
    return client


async def prepare(address: str, namespace: str) -> None:
    """Make known by what cycles are searched for; who may not do so needs an administrator once."""
    client = await connected(address, namespace)
    try:
        known = await client.operator_service.list_search_attributes(ListSearchAttributesRequest(namespace=namespace))
        missing = [name for name in SEARCH_ATTRIBUTES if name not in known.custom_attributes]
        if missing:
            await add_search_attributes(client, namespace, missing)
    except RPCError as error:
        words = " ".join(f"--name {name} --type Keyword" for name in SEARCH_ATTRIBUTES)
        raise StackError(
            f"Temporal at {address} does not take the search attributes ({error}): let its administrator run"
            f" `temporal operator search-attribute create --namespace {namespace} {words}`"
        ) from error
