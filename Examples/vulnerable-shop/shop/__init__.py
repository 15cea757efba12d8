"""The Larkspur homeware shop."""
