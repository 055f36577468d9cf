"""A whole build: checked input, the pages that changed, the site."""
