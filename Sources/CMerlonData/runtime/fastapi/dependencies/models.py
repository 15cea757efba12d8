class Dependant:
    def __init__(self, **attributes):
        self.path_params = []
        self.query_params = []
        self.header_params = []
        self.cookie_params = []
        self.body_params = []
        self.dependencies = []
        self.name = None
        self.call = None
        for name, value in attributes.items():
            setattr(self, name, value)
