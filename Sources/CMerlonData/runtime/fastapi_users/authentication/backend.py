class AuthenticationBackend:
    def __init__(self, name, transport, get_strategy):
        self.name = name
        self.transport = transport
        self.get_strategy = get_strategy
