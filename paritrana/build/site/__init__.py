"""The site: Jupyter Book over the pages, and the exchange of the finished site for the old one."""
