"""What is on every page and around it: the start, the bars, pausing, leaving, and what is said when something goes wrong."""
