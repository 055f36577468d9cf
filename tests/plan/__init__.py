"""What has to be made, and why."""
