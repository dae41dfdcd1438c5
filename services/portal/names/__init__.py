"""How people are called: names beside ids, as the registry's copy has them."""
