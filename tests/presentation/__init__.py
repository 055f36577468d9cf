"""How anything is said or shown."""
