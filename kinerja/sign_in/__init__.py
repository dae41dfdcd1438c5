"""The pages of the development issuer: pick one of the sample people and be signed in; never outside a local stack."""
