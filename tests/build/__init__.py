"""Builds, their failures and the site."""
