"""A gateway of the national application that is none: what a local stack and the tests send final results to."""
