"""Forms made from what the services answer to whoever reads, and papers that were made before."""
