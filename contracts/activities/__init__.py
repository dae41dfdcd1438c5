"""What a story may ask a service to do: typed activity stubs, one file a service; the bodies live in the services."""
