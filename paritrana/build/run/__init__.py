"""Running pages: the coordinator, its executors and kernels, and what came of a page."""
