"""The exchange by which 1C pushes its list: CommerceML 2, kept as told, made a price list."""
