"""How anything is said or shown: words, numbers, HTML, charts; nothing here knows the award."""
