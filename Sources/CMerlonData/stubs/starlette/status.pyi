"""HTTP status codes."""
