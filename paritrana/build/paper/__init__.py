"""The book on paper: PDF files of a built site, printed by a headless Chromium."""
