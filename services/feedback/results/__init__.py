"""The copy of results that this service keeps."""
