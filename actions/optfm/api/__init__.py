"""The door for the company's own systems: `/v1` over the domain packages, by keys with scopes."""
