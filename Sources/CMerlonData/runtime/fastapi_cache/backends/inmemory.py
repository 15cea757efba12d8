class InMemoryBackend:
    pass
