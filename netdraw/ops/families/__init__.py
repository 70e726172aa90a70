"""The ops, a family a module; each registers its own when it is imported."""
