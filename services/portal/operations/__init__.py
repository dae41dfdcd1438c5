"""How the services do, in counts, for whoever runs the system; what is finer lies in the metrics."""
