"""Bolt, through the official driver: addresses, what each database can do, errors, and a stranger's statements."""
