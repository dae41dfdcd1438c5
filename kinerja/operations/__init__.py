"""What whoever runs Kinerja asks of the engines themselves, beyond one city: read by roles that see every city, as counts."""
